"""One act of consent for all parties of one conversation."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row

from app.access import grants
from app.access.collection import Parent
from app.access.disclosure import preview
from app.access.facts import Consent
from app.access.session import Session
from app.access.vocabulary import FITTING_PURPOSES, Category, Role
from app.access.writing import record_fact
from app.domain.client import queries as clients
from app.domain.consent.actions import giving, withdrawing
from app.domain.consent.actions.checking import (
    Faults,
    check_recipient,
    check_trajectory,
    period_of,
)
from app.domain.consent.queries import consents
from app.domain.consent.rules.giving import never_shared
from app.domain.consent.schemas.consents import (
    ConversationConsentIn,
    ConversationConsentOut,
    WithdrawalIn,
)
from app.domain.trajectory.rules import Milestone
from app.platform.http.problems import NotAllowed, NotFound

SHARED = Category.START_CONVERSATION


async def give(
    session: Session, client_id: UUID, body: ConversationConsentIn
) -> ConversationConsentOut:
    """Each party is also a recipient of the others, so only the client's own side may give it."""
    parent = await clients.parent(session, client_id)
    if session.viewer.role not in giving.ACTING:
        raise NotAllowed("A consent for all parties is given by the client.")
    giving.check_mandate(session, parent, SHARED.bit)
    await grants.lock(session.db, client_id)
    act_id = uuid4()
    await _record(session, parent, body, act_id)
    await session.recompile(client_id)
    return _out(session, await consents.of_act(session, client_id, act_id))


async def _record(
    session: Session, parent: Parent, body: ConversationConsentIn, act_id: UUID
) -> None:
    faults = Faults()
    await _check(session, parent, body, faults)
    giving.check_act(session, body, faults)
    period = period_of(session, body.valid_from, body.valid_until, faults)
    faults.done()
    act = giving.act_values(session, body, period)
    for party in sorted(set(body.parties), key=lambda party: (party.organisation_id, party.role)):
        made = await record_fact(
            session,
            Consent,
            client_id=parent.client_id,
            trajectory_id=body.trajectory_id,
            values={
                **act,
                "kind": body.kind.value,
                "sender_organisation_id": None,
                "recipient_organisation_id": party.organisation_id,
                "recipient_role": party.role.value,
                "recipient_membership_id": party.membership_id,
                "categories": SHARED.bit,
                "purposes": _purposes(body, party.role),
                "conversation_id": body.conversation_id,
                "act_id": act_id,
            },
        )
        await giving.tell(session, "consent.given", made, None, Milestone.CONSENT_GIVEN)
    await giving.tell(
        session, "conversation_consent.given", act_id, body.trajectory_id, Milestone.CONSENT_GIVEN
    )


async def _check(
    session: Session, parent: Parent, body: ConversationConsentIn, faults: Faults
) -> None:
    await check_trajectory(session, parent, body.trajectory_id, faults)
    for place, party in enumerate(body.parties):
        version = await check_recipient(session, party, f"parties/{place}", faults)
        if version is not None and never_shared([SHARED], party.role, version):
            detail = f"No consent can share {SHARED} with the role {party.role}."
            faults.add(f"parties/{place}/role", "never_shared", detail)
        elif version is not None and not _purposes(body, party.role):
            detail = f"None of these is a purpose of the role {party.role}."
            faults.add(f"parties/{place}/role", "does_not_fit", detail)
    if not await consents.names_record(
        session, parent.client_id, body.conversation_id, frozenset({SHARED})
    ):
        faults.unknown("conversationId")


def _purposes(body: ConversationConsentIn, role: Role) -> int:
    """What fits this party of the purposes that were named for all."""
    return sum(purpose.bit for purpose in set(body.purposes) & set(FITTING_PURPOSES[role]))


async def again(session: Session, act_id: UUID) -> ConversationConsentOut:
    """What an earlier POST made, disclosed anew."""
    return _out(session, await consents.of_act_anywhere(session, act_id))


async def withdraw(
    session: Session, client_id: UUID, act_id: UUID, body: WithdrawalIn
) -> ConversationConsentOut:
    """The whole act; one party alone is withdrawn as any consent."""
    parent = await clients.parent(session, client_id)
    rows = await consents.of_act(session, client_id, act_id)
    if not rows:
        raise NotFound
    await withdrawing.withdraw_rows(session, parent, rows, body)
    return _out(session, await consents.of_act(session, client_id, act_id))


def _out(session: Session, rows: list[Row[Any]]) -> ConversationConsentOut:
    if not rows:
        raise NotFound
    parts = [giving.RECORDS.preview(session, row) for row in rows]
    return preview(ConversationConsentOut, rows[0], id=rows[0].act_id, consents=parts)
