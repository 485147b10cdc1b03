"""Each party confirms the minutes; with the client's confirmation the conversation counts."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, update

from app.access import grants
from app.access.collection import Parent
from app.access.conversations import covered as covered_by_consent
from app.access.facts import ConversationConfirmation
from app.access.log import Entry
from app.access.session import Session
from app.access.vocabulary import Category, Role, Verb
from app.access.writing import record_fact
from app.domain.startconversation.actions.reading import (
    CONVERSATIONS,
    accepted_absences,
    ids,
    last,
    locked,
    own_party,
    parties,
)
from app.domain.startconversation.rules.conversation import (
    ORGANISERS,
    How,
    Kind,
    Party,
    seats_filled,
    seats_named,
    seats_without_consent,
)
from app.domain.startconversation.schemas.incoming import ConfirmationIn
from app.domain.startconversation.schemas.outgoing import ConversationOut
from app.domain.startconversation.tables import StartConversation
from app.domain.trajectory import queries as trajectories
from app.domain.trajectory.actions import reached
from app.domain.trajectory.rules import Milestone
from app.domain.trajectory.rules.presentation import COARSE_VIEW, WAITS
from app.domain.trajectory.rules.process import start_conversation_lacks
from app.domain.trajectory.rules.standing import Seat
from app.platform import outbox
from app.platform.clock import day_of
from app.platform.http.problems import BadRequest, Conflict, Fault, NotAllowed

REVIEWS = {Kind.REVIEW: Milestone.REVIEW, Kind.FINAL_REVIEW: Milestone.FINAL_REVIEW}


async def confirm(
    session: Session, trajectory_id: UUID, conversation_id: UUID, body: ConfirmationIn
) -> ConversationOut:
    """A party says: so it was agreed. The client's word makes it count, once nothing is lacking.

    Conflict for minutes that are not the newest, for a second confirmation, and, for the client,
    with the codes of what is lacking.
    """
    before = await CONVERSATIONS.found(session, trajectory_id, conversation_id)
    await grants.lock(session.db, before.client_id)
    row = await locked(session, trajectory_id, conversation_id)
    party = _party(session, row, body)
    _check_minutes(row, body, party)
    counts = party.role is Role.CLIENT
    parent = await trajectories.parent(session, trajectory_id) if counts else None
    if parent is not None:
        await _check_nothing_lacks(session, parent, row)
    await _record(session, row, party, body)
    await _mark(session, row, counts=counts)
    if parent is not None:
        await _reach(session, parent, row)
    await session.recompile(row.client_id)
    await outbox.announce(session.db, "start_conversation.confirmed", conversation_id)
    return await CONVERSATIONS.read(session, trajectory_id, conversation_id)


def _party(session: Session, row: Row[Any], body: ConfirmationIn) -> Party:
    """Who confirms: the viewer, or whoever did so on paper or by word before a witness."""
    own = own_party(session, row)
    if body.how is How.OWN_SESSION:
        if own is None:
            raise NotAllowed("Only a party of this conversation confirms it.")
        return own
    if session.viewer.role not in ORGANISERS or own is None:
        raise NotAllowed("Another professional of this conversation writes down a confirmation.")
    told = [party for party in parties(row) if party.invitation_id == body.invitation_id]
    if not told or told[0] == own:
        detail = "There is no such other party in this conversation."
        raise BadRequest(errors=[Fault("body", "#/invitationId", "unknown_reference", detail)])
    return told[0]


def _check_minutes(row: Row[Any], body: ConfirmationIn, party: Party) -> None:
    known = ids([part["id"] for part in row.all_minutes or []])
    if body.minutes_id not in known:
        detail = "There are no such minutes here."
        raise BadRequest(errors=[Fault("body", "#/minutesId", "unknown_reference", detail)])
    if body.minutes_id != known[-1]:
        raise Conflict("There is a newer version of these minutes; read it first.")
    confirmed = ids([part["invitation_id"] for part in row.all_confirmations or []])
    if party.invitation_id in confirmed:
        raise Conflict("This party confirmed these minutes before.")


async def _check_nothing_lacks(session: Session, parent: Parent, row: Row[Any]) -> None:
    lacks = await _lacking(session, parent, row)
    if lacks:
        faults = [
            Fault("body", "#", code, "This is lacking before it can count.") for code in lacks
        ]
        raise Conflict("Something is lacking before this conversation can count.", errors=faults)


async def _lacking(session: Session, parent: Parent, row: Row[Any]) -> list[str]:
    """Every conversation needs its day; one of four parties the whole hard join."""
    attendance = last(row.attendances)
    if attendance is None:
        return ["attendance_recorded"]
    standing = await trajectories.standing(session, parent)
    if not standing.begins_with(row.kind):
        return []
    there = [*ids(attendance["present"]), *accepted_absences(row)]
    present = seats_filled(parties(row), there)
    closed = await _without_consent(session, row)
    standing = replace(standing, consents_in_place=not closed)
    needs = start_conversation_lacks(standing, present)
    if session.viewer.role is Role.CLIENT:
        return [*needs, *seats_named(standing.seats - present - standing.absent, closed)]
    return [WAITS] if needs and session.viewer.role in COARSE_VIEW else list(needs)


async def _without_consent(session: Session, row: Row[Any]) -> Collection[Seat]:
    """Whoever wrote the minutes needs no consent to see them; everyone else does."""
    minutes = last(row.all_minutes)
    wrote = None if minutes is None else Role(minutes["author_role"])
    others = [party for party in parties(row) if party.role is not wrote]
    where = (row.client_id, row.trajectory_id, row.id, session.viewer.moment)
    return seats_without_consent(others, await covered_by_consent(session.db, *where))


async def _record(session: Session, row: Row[Any], party: Party, body: ConfirmationIn) -> None:
    """Only who confirms in an own session keeps the conversation by it."""
    own = body.how is How.OWN_SESSION
    await record_fact(
        session,
        ConversationConfirmation,
        client_id=row.client_id,
        trajectory_id=row.trajectory_id,
        values={
            "conversation_id": row.id,
            "minutes_id": body.minutes_id,
            "invitation_id": party.invitation_id,
            "membership_id": session.viewer.membership_id if own else None,
            "party": party.role.value,
            "how": body.how.value,
            "witness": body.witness,
            "valid_from": session.viewer.moment,
        },
    )


async def _mark(session: Session, row: Row[Any], *, counts: bool) -> None:
    at = session.viewer.moment
    values = {"first_confirmed_at": row.first_confirmed_at or at}
    if counts:
        values["confirmed_at"] = at
    await session.execute(
        update(StartConversation).where(StartConversation.id == row.id).values(**values)
    )
    session.seen(
        Entry(
            client_id=row.client_id,
            trajectory_id=row.trajectory_id,
            resource="Conversation",
            record_id=row.id,
            verb=Verb.UPDATE,
            shown=Category.START_CONVERSATION.bit,
            grounds=tuple(row.grounds or ()),
        )
    )


async def _reach(session: Session, parent: Parent, row: Row[Any]) -> None:
    """The clock of WGB starts on the day of the conversation, once it is confirmed."""
    attendance, minutes = last(row.attendances), last(row.all_minutes)
    if attendance is None or minutes is None:
        raise LookupError("what counts was held and written down")
    held_on = date.fromisoformat(attendance["held_on"])
    kind = Kind(row.kind)
    if kind in REVIEWS:
        await reached(session, parent, REVIEWS[kind], on=held_on)
    elif (await trajectories.standing(session, parent)).begins_with(row.kind):
        today, agreed = day_of(session.viewer.moment), minutes["duration_months"]
        months = None if agreed is None else str(agreed)
        await reached(session, parent, Milestone.START_CONVERSATION, on=held_on)
        confirmed = Milestone.START_CONVERSATION_CONFIRMED
        await reached(session, parent, confirmed, on=today, detail=months)
