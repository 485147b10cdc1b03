"""Giving a consent: by the client, by a mandate that covers it, or as seen by the sender."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access import grants
from app.access.collection import Parent, Records
from app.access.facts import Consent
from app.access.session import Session
from app.access.vocabulary import Period, Role, Viewer, categories_in, mask_of
from app.access.writing import record_fact
from app.domain.client import queries as clients
from app.domain.consent.actions.checking import Faults, check_choice, period_of
from app.domain.consent.actions.choices import purposes_of, recipient_of, stored
from app.domain.consent.queries.consents import CONSENTS, speaks_for_all_trajectories
from app.domain.consent.rules import giving, words
from app.domain.consent.rules.consent_texts import versions
from app.domain.consent.schemas.consents import ConsentAct, ConsentChoice, ConsentIn, ConsentOut
from app.domain.trajectory import actions as trajectory
from app.domain.trajectory import queries as trajectories
from app.domain.trajectory.rules import Milestone
from app.platform import outbox
from app.platform.clock import day_of
from app.platform.http.paging import Page
from app.platform.http.problems import NotAllowed, NotFound

ACTING = giving.ACTING


def present(session: Session, row: Row[Any]) -> dict[str, Any]:
    """What is told of a consent beside its columns; the evidence is not for the recipient."""
    viewer = session.viewer
    period = Period(row.valid_from, row.valid_until)
    shared = viewer.organisation_id in {None, row.sender_organisation_id}
    return {
        "state": giving.state_of(
            period, row.withdrawn_at, viewer.moment, **_at_this_age(row, viewer)
        ),
        "recipient": recipient_of(row),
        "opened": words.inner(categories_in(row.categories)),
        "purposes": purposes_of(row),
        "evidence": row.evidence if shared else None,
        "recorded_by_organisation_id": row.controller_organisation_id,
    }


def _at_this_age(row: Row[Any], viewer: Viewer) -> dict[str, bool]:
    own, at = row.given_by == Role.CLIENT, viewer.moment
    return {
        "waits": giving.waits(row.born, at, own=own, other_yes=row.other_yes is not None),
        "outgrown": giving.outgrown(row.born, at, own=own, given_at=row.recorded_at),
    }


RECORDS = Records(Consent, ConsentOut, under="client", statement=CONSENTS, present=present)


async def give(session: Session, client_id: UUID, body: ConsentIn) -> ConsentOut:
    """One call; holds from the next statement on. The client is told at once."""
    parent = await clients.parent(session, client_id)
    await grants.lock(session.db, client_id)
    consent_id = await give_within(session, parent, body)
    await session.recompile(client_id)
    return await RECORDS.written(session, client_id, consent_id)


async def give_within(
    session: Session, parent: Parent, body: ConsentIn, request_id: UUID | None = None
) -> UUID:
    """Record it under the client's lock; whoever calls recompiles when all facts are in."""
    faults = Faults()
    await check_giver(session, parent, body)
    await check_choice(session, parent, body, faults)
    check_act(session, body, faults)
    period = period_of(session, body.valid_from, body.valid_until, faults)
    faults.done()
    made = await record_fact(
        session,
        Consent,
        client_id=parent.client_id,
        trajectory_id=body.trajectory_id,
        values={
            **act_values(session, body, period),
            **stored(body),
            "request_id": request_id,
        },
    )
    await tell(session, "consent.given", made, body.trajectory_id, Milestone.CONSENT_GIVEN)
    return made


async def check_giver(session: Session, parent: Parent, choice: ConsentChoice) -> None:
    """Raises NotAllowed for a recipient, for a third party and for what a mandate leaves out."""
    viewer = session.viewer
    if viewer.role in ACTING:
        check_mandate(session, parent, mask_of(set(choice.categories)))
        return
    own = viewer.organisation_id
    if own is None or choice.sender_organisation_id != own:
        raise NotAllowed("A consent is recorded by the client, or by the sender with evidence.")
    if choice.recipient.organisation_id == own:
        raise NotAllowed("A consent is never recorded by its recipient.")
    if choice.all_trajectories and not await speaks_for_all_trajectories(session, parent.client_id):
        raise NotAllowed("Only the trajectory that you take part in can be named.")


def check_mandate(session: Session, parent: Parent, categories: int) -> None:
    """A mandate decides about what it covers, nothing else; the client about everything."""
    outside = session.viewer.role is not Role.CLIENT and categories & ~parent.mask
    if outside:
        raise NotAllowed("This mandate does not cover all these categories.")


def check_act(session: Session, body: ConsentAct, faults: Faults) -> None:
    """A known text; and from a sender evidence of a yes that was not given in the portal."""
    if body.text_version not in versions():
        faults.add("textVersion", "unknown_reference", "There is no such version of the texts.")
    if session.viewer.role in ACTING:
        return
    if body.evidence is None:
        detail = "Who records a consent as its sender tells what proves it."
        faults.add("evidence", "required", detail)
    if body.given_how is giving.GivenHow.PORTAL:
        detail = "In the portal only the client's own hand gives a consent."
        faults.add("givenHow", "does_not_fit", detail)


def act_values(session: Session, body: ConsentAct, period: Period) -> dict[str, Any]:
    """How and when the yes was given; a person always speaks for the own hat."""
    viewer = session.viewer
    spoken = body.given_by or giving.GivenBy.CLIENT
    return {
        "given_by": viewer.role.value if viewer.role in ACTING else spoken.value,
        "text_version": body.text_version,
        "given_how": body.given_how.value,
        "evidence": body.evidence,
        "valid_from": period.valid_from,
        "valid_until": period.valid_until,
    }


async def tell(
    session: Session,
    verb: str,
    consent_id: UUID,
    trajectory_id: UUID | None,
    milestone: Milestone,
) -> None:
    """The client hears of it at once; on the course of the trajectory only the client sees it."""
    await outbox.announce(session.db, verb, consent_id)
    if trajectory_id is None:
        return
    try:
        parent = await trajectories.parent(session, trajectory_id)
    except NotFound:  # a mandate without [existence]
        return
    await trajectory.reached(session, parent, milestone, on=day_of(session.viewer.moment))


async def read(session: Session, consent_id: UUID) -> ConsentOut:
    return await RECORDS.again(session, consent_id)


async def browse(
    session: Session, client_id: UUID, cursor: str | None, size: int
) -> Page[ConsentOut]:
    """All consents of a client, or those between the client's parties and oneself."""
    parent = await clients.parent(session, client_id)
    return await RECORDS.page(session, parent, cursor, size)
