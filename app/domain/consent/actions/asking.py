"""Asking a client for a consent; the answer yes gives it in the same transaction."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access import grants
from app.access.collection import Parent, Records
from app.access.session import Session
from app.access.vocabulary import categories_in, mask_of
from app.access.writing import record_fact
from app.domain.client import queries as clients
from app.domain.consent.actions import giving
from app.domain.consent.actions.checking import Faults, check_choice
from app.domain.consent.actions.choices import purposes_of, recipient_of, stored
from app.domain.consent.queries.consents import speaks_for_all_trajectories
from app.domain.consent.queries.requests import REQUESTS
from app.domain.consent.rules import words
from app.domain.consent.rules.giving import Answer, RequestState
from app.domain.consent.schemas.asking import AnswerIn, ConsentRequestIn, ConsentRequestOut
from app.domain.consent.schemas.consents import ConsentIn
from app.domain.consent.tables import ConsentAnswer, ConsentRequest
from app.domain.trajectory.rules.medical import looks_medical
from app.platform import outbox
from app.platform.http.paging import Page
from app.platform.http.problems import Conflict, NotAllowed


def _present(_session: Session, row: Row[Any]) -> dict[str, Any]:
    return {
        "state": RequestState.OPEN if row.answer is None else RequestState(row.answer),
        "recipient": recipient_of(row),
        "asked": words.inner(categories_in(row.categories)),
        "purposes": purposes_of(row),
        "asked_by_organisation_id": row.controller_organisation_id,
    }


RECORDS = Records(
    ConsentRequest, ConsentRequestOut, under="client", statement=REQUESTS, present=_present
)


async def ask(session: Session, client_id: UUID, body: ConsentRequestIn) -> ConsentRequestOut:
    """By the party that would share or would receive; asking opens nothing."""
    parent = await clients.parent(session, client_id)
    await _check_asker(session, parent, body)
    faults = Faults()
    await check_choice(session, parent, body, faults)
    if looks_medical(body.reason):
        faults.add("reason", "medical_content", "No health content: colleagues read it too.")
    faults.done()
    await grants.lock(session.db, client_id)
    made = await record_fact(
        session,
        ConsentRequest,
        client_id=client_id,
        trajectory_id=body.trajectory_id,
        values={
            **stored(body),
            "reason": body.reason,
            "step": body.step,
        },
    )
    await outbox.announce(session.db, "consent_request.made", made)
    return await RECORDS.written(session, client_id, made)


async def _check_asker(session: Session, parent: Parent, body: ConsentRequestIn) -> None:
    own = session.viewer.organisation_id
    if own is None or own not in {
        body.sender_organisation_id,
        body.recipient.organisation_id,
    }:
        raise NotAllowed("A consent is asked for by the party that would share or receive.")
    if body.all_trajectories and not await speaks_for_all_trajectories(session, parent.client_id):
        raise NotAllowed("Only the trajectory that you take part in can be named.")


async def read(session: Session, client_id: UUID, request_id: UUID) -> ConsentRequestOut:
    parent = await clients.parent(session, client_id)
    return await RECORDS.read(session, parent.client_id, request_id)


async def browse(
    session: Session, client_id: UUID, cursor: str | None, size: int
) -> Page[ConsentRequestOut]:
    parent = await clients.parent(session, client_id)
    return await RECORDS.page(session, parent, cursor, size)


async def answer(
    session: Session, client_id: UUID, request_id: UUID, body: AnswerIn
) -> ConsentRequestOut:
    """Yes and no are final here; a consent can always be given or withdrawn by itself."""
    parent = await clients.parent(session, client_id)
    await grants.lock(session.db, client_id)
    row = await RECORDS.found(session, client_id, request_id)
    if session.viewer.role not in giving.ACTING:
        raise NotAllowed("Only the client, or who acts for the client, answers.")
    giving.check_mandate(session, parent, row.categories)
    RECORDS.require_match(session, row)
    if row.answer in {Answer.YES, Answer.NO}:
        raise Conflict("This request has its answer.")
    _check_answer(row, body)
    consent_id = None
    if body.answer is Answer.YES:
        consent = _consent(row, body)
        consent_id = await giving.give_within(session, parent, consent, request_id)
    await _record_answer(session, parent, row, body, consent_id)
    await session.recompile(client_id)
    return await RECORDS.written(session, client_id, request_id)


async def _record_answer(
    session: Session, parent: Parent, row: Row[Any], body: AnswerIn, consent_id: UUID | None
) -> None:
    await record_fact(
        session,
        ConsentAnswer,
        client_id=parent.client_id,
        trajectory_id=row.trajectory_id,
        values={
            "request_id": row.id,
            "asked_by_organisation_id": row.controller_organisation_id,
            "answer": body.answer.value,
            "consent_id": consent_id,
        },
    )
    await outbox.announce(session.db, "consent_request.answered", row.id)


def _check_answer(row: Row[Any], body: AnswerIn) -> None:
    """Nothing is pre-ticked: a yes says itself to what, and never to more than was asked."""
    faults = Faults()
    if body.answer is not Answer.YES:
        if body.categories:
            faults.add("categories", "wrong_combination", "Only a yes names categories.")
        faults.done()
        return
    if not body.categories:
        faults.add("categories", "required", "A yes repeats what may be shared.")
    if mask_of(set(body.categories)) & ~row.categories:
        faults.add("categories", "out_of_range", "A yes may name fewer categories, never more.")
    if body.text_version is None:
        faults.add("textVersion", "required", "A yes names the text that was read.")
    faults.done()


def _consent(row: Row[Any], body: AnswerIn) -> ConsentIn:
    return ConsentIn(
        kind=row.kind,
        trajectory_id=row.trajectory_id,
        all_trajectories=row.trajectory_id is None,
        sender_organisation_id=row.sender_organisation_id,
        recipient=recipient_of(row),  # type: ignore[arg-type]
        categories=body.categories,
        purposes=purposes_of(row),
        record_id=row.record_id,
        text_version=body.text_version or "",
        given_how=body.given_how,
        evidence=body.evidence,
        valid_from=body.valid_from,
        valid_until=body.valid_until,
    )
