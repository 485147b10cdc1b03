"""Who takes part: added by the party that commissions him, after the client's yes."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, update

from app.access import grants
from app.access.collection import Parent, Records, one_moved
from app.access.days import require_past
from app.access.facts import Participant
from app.access.log import Entry
from app.access.session import Session
from app.access.vocabulary import Category, Role, Verb
from app.access.writing import check_may_create, record_fact
from app.domain.trajectory import queries
from app.domain.trajectory.actions.events import reached
from app.domain.trajectory.queries.participants import PARTICIPANTS as _SHOWN
from app.domain.trajectory.rules.milestones import Milestone
from app.domain.trajectory.rules.participation import (
    COACHING,
    is_commissioned,
    may_add,
    may_add_self,
)
from app.domain.trajectory.rules.standing import Standing
from app.domain.trajectory.schemas.participants import EndIn, ParticipantIn, ParticipantOut
from app.platform import outbox
from app.platform.clock import day_of
from app.platform.http.problems import BadRequest, Conflict, Fault, NotAllowed

PARTICIPANTS = Records(Participant, ParticipantOut, statement=_SHOWN)
_END = (
    update(Participant)
    .where(Participant.id == bindparam("participant"))
    .values(valid_until=bindparam("until"), keeps_own_records=True)
)


async def add(session: Session, trajectory_id: UUID, body: ParticipantIn) -> ParticipantOut:
    """One more party or colleague; a coach makes the step `assignment` begin."""
    parent = await queries.parent(session, trajectory_id)
    member = await _member(session, body)
    await grants.lock(session.db, parent.client_id)
    standing = await queries.standing(session, parent)
    await _check_state(session, parent, standing, body.membership_id)
    if body.membership_id == session.viewer.membership_id and not may_add_self(session.viewer.role):
        raise NotAllowed("Who stands in for someone is let in by who takes part.")
    made = await join(session, parent, member, body)
    if Role(member.role) in COACHING:
        linked = standing.has(Milestone.COACH_LINKED)
        milestone = Milestone.COACH_CHANGED if linked else Milestone.COACH_LINKED
        await reached(session, parent, milestone, on=day_of(session.viewer.moment))
    await session.recompile(parent.client_id)
    await outbox.announce(session.db, "participant.added", made)
    return await PARTICIPANTS.read(session, parent.id, made)


async def _member(session: Session, body: ParticipantIn) -> Row[Any]:
    """The membership of the directory, if this viewer may let it take part."""
    member = await queries.member(session, body.membership_id)
    if member is None:
        detail = "There is no such membership in force."
        raise BadRequest(errors=[Fault("body", "#/membershipId", "unknown_reference", detail)])
    own = member.organisation_id == session.viewer.organisation_id
    if not may_add(session.viewer.role, Role(member.role), own_organisation=own):
        raise NotAllowed
    if body.client_agreement is not None:
        require_past(session, agreed_on=body.client_agreement.agreed_on)
    elif not own:
        detail = "The client agrees to a party of another organisation first."
        raise BadRequest(errors=[Fault("body", "#/clientAgreement", "required", detail)])
    return member


async def _check_state(
    session: Session, parent: Parent, standing: Standing, membership_id: UUID
) -> None:
    if standing.has(Milestone.ENDED):
        raise _refused("trajectory_ended", "This trajectory has ended.")
    taking_part = await queries.participants(session, parent.id)
    if any(row.membership_id == membership_id for row in taking_part):
        raise _refused("already_takes_part", "This membership takes part already.")


def _refused(code: str, detail: str) -> Conflict:
    return Conflict(detail, errors=[Fault("body", "#/membershipId", code, detail)])


async def join(
    session: Session, parent: Parent, member: Row[Any], body: ParticipantIn | None = None
) -> UUID:
    """Write the participation itself; the caller holds the lock and recompiles."""
    viewer, agreed = session.viewer, None if body is None else body.client_agreement
    commissioned = is_commissioned(Role(member.role))
    values = {
        "membership_id": member.id,
        "valid_from": viewer.moment,
        "commissioned_by": viewer.organisation_kind if commissioned else None,
        "assignment_number": None if body is None else body.assignment_number,
        "client_agreed_on": None if agreed is None else agreed.agreed_on,
        "agreement_how": None if agreed is None else agreed.how,
        "agreement_evidence": None if agreed is None else agreed.evidence,
    }
    return await record_fact(
        session,
        Participant,
        client_id=parent.client_id,
        trajectory_id=parent.trajectory_id,
        values=values,
    )


async def end(
    session: Session, trajectory_id: UUID, participant_id: UUID, _: EndIn
) -> ParticipantOut:
    """By the organisation that added him, or by himself; what he recorded stays his."""
    parent = await queries.parent(session, trajectory_id)
    await grants.lock(session.db, parent.client_id)
    row = await PARTICIPANTS.found(session, parent.id, participant_id)
    PARTICIPANTS.require_match(session, row)
    await check_may_end(session, parent, row)
    await _close(session, parent, row)
    ended = await PARTICIPANTS.read(session, parent.id, row.id)  # before one's own grant may go
    await session.recompile(parent.client_id)
    return ended


async def leave(session: Session, parent: Parent, row: Row[Any]) -> None:
    """The same within another act, that holds the lock and has checked that it may."""
    await _close(session, parent, row)
    await session.recompile(parent.client_id)


async def _close(session: Session, parent: Parent, row: Row[Any]) -> None:
    values = {"participant": row.id, "until": session.viewer.moment}
    one_moved(await session.execute(_END, values))
    session.seen(_moved(parent, row.id))
    await outbox.announce(session.db, "participant.ended", row.id)


async def check_may_end(session: Session, parent: Parent, row: Row[Any]) -> None:
    """By the organisation that added him, or by his own. Raises NotAllowed and Conflict."""
    viewer = session.viewer
    await check_may_create(session, parent.client_id, parent.trajectory_id, Category.STATUS)
    if viewer.organisation_id is None or viewer.organisation_id not in {
        row.controller_organisation_id,
        row.organisation_id,
    }:
        raise NotAllowed
    if row.valid_until is not None and row.valid_until <= viewer.moment:
        raise _refused("already_ended", "This participation has ended.")


def _moved(parent: Parent, record_id: UUID) -> Entry:
    return Entry(
        client_id=parent.client_id,
        trajectory_id=parent.trajectory_id,
        resource="participant",
        record_id=record_id,
        verb=Verb.UPDATE,
        shown=Category.STATUS.bit,
    )
