"""Moving a trajectory where no record of its own says so, and ending it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Row, Uuid, bindparam, or_, update

from app.access import grants
from app.access.collection import Parent, Records
from app.access.days import require_past
from app.access.facts import Participant, Responsibility
from app.access.log import Entry
from app.access.session import Session
from app.access.vocabulary import Category, Verb
from app.domain.trajectory import queries
from app.domain.trajectory.actions import trajectories
from app.domain.trajectory.actions.events import reached
from app.domain.trajectory.rules.end_reasons import EndReason, coarse_end, may_end
from app.domain.trajectory.rules.milestones import Milestone, names_its_author
from app.domain.trajectory.rules.moves import Move
from app.domain.trajectory.rules.standing import Standing
from app.domain.trajectory.rules.transitions import may_move, refusals, refusals_of_end
from app.domain.trajectory.schemas.trajectories import TransitionIn, TransitionOut
from app.domain.trajectory.tables import TrajectoryEvent
from app.platform import outbox
from app.platform.clock import day_of, start_of
from app.platform.http.problems import BadRequest, Conflict, Fault, NotAllowed


def _present(_: Session, row: Row[Any]) -> dict[str, Any]:
    known = names_its_author(Milestone(row.milestone))
    return {"author_role": row.author_role if known else None}


TRANSITIONS = Records(TrajectoryEvent, TransitionOut, present=_present)
_UNTIL = bindparam("until", type_=DateTime(timezone=True))
_CLOSE_PARTICIPANTS = (
    update(Participant)
    .where(
        Participant.trajectory_id == bindparam("trajectory", type_=Uuid()),
        or_(Participant.valid_until.is_(None), Participant.valid_until > _UNTIL),
    )
    .values(valid_until=_UNTIL, keeps_own_records=True)
)
_CLOSE_RESPONSIBILITIES = (
    update(Responsibility)
    .where(
        Responsibility.trajectory_id == bindparam("trajectory", type_=Uuid()),
        or_(Responsibility.valid_until.is_(None), Responsibility.valid_until > _UNTIL),
    )
    .values(valid_until=_UNTIL)
)


async def move(session: Session, trajectory_id: UUID, body: TransitionIn) -> TransitionOut:
    """One step further, by a role that acts in it and when nothing is lacking."""
    parent = await queries.parent(session, trajectory_id)
    _check(session, body)
    await grants.lock(session.db, parent.client_id)
    await trajectories.require_match(session, trajectory_id)
    standing = await queries.standing(session, parent)
    refuse(*refusals(session.viewer.role, body.to, standing))
    if body.to is Move.ENDED and body.reason is not None:
        return await _end(session, parent, standing, body, body.reason)
    _check_outcome(body, standing)
    made = await reached(session, parent, body.to.milestone, on=body.on, detail=_detail(body))
    return await _told(session, body.to, made)


def refuse(*codes: str) -> None:
    """Conflict that names what stands in the way; nothing when there is nothing."""
    if codes:
        detail = "This is not possible as the trajectory stands now."
        raise Conflict(detail, errors=[Fault("body", "#/to", code, detail) for code in codes])


def _check(session: Session, body: TransitionIn) -> None:
    """The role before the words: what one may never do needs no correction of the form."""
    role = session.viewer.role
    if not may_move(role, body.to):
        raise NotAllowed
    _check_fields(body)
    require_past(session, on=body.on)
    if body.reason is not None and not may_end(role, body.reason):
        raise NotAllowed


def _check_fields(body: TransitionIn) -> None:
    moved = body.reason is EndReason.MOVED_TO_OTHER_TRAJECTORY
    wrong = {
        "reason": (body.reason is not None) is not (body.to is Move.ENDED),
        "successorKind": body.successor_kind is not None and not moved,
        "absentParty": (body.absent_party is not None) is not (body.to is Move.ABSENCE_ACCEPTED),
        "until": body.until is not None and body.to is not Move.SUPPORT_AGREED,
        "outcome": (body.outcome is not None) is not (body.to in {Move.REVIEWED, Move.CONCLUDED}),
    }
    detail = "Belongs with one transition, and is needed there."
    faults = [
        Fault("body", f"#/{name}", "wrong_combination", detail)
        for name, is_wrong in wrong.items()
        if is_wrong
    ]
    if faults:
        raise BadRequest(errors=faults)


def _check_outcome(body: TransitionIn, standing: Standing) -> None:
    if body.outcome is not None and body.outcome not in standing.process.moves[body.to].outcomes:
        detail = "This is no outcome in a trajectory of this kind."
        raise BadRequest(errors=[Fault("body", "#/outcome", "not_applicable", detail)])


def _detail(body: TransitionIn) -> str | None:
    """The code that goes with a moment: whose absence, what came of it, or until which day."""
    if body.until is not None:
        return body.until.isoformat()
    code = body.absent_party or body.outcome
    return None if code is None else code.value


async def _end(
    session: Session, parent: Parent, standing: Standing, body: TransitionIn, reason: EndReason
) -> TransitionOut:
    """Everyone may read a while longer, then each party keeps its own; treatment goes on."""
    viewer = session.viewer
    if viewer.machine_id is not None and viewer.membership_id is None:
        raise NotAllowed  # it sees only what it registered, so it cannot close for the others
    refuse(*refusals_of_end(reason, standing))
    made = await reached(
        session, parent, Milestone.ENDED, on=body.on, detail=coarse_end(reason).value
    )
    await reached(session, parent, Milestone.END_REASON, on=body.on, detail=reason.value)
    if body.successor_kind is not None:
        kind = body.successor_kind.value
        await reached(session, parent, Milestone.MOVED_ON, on=body.on, detail=kind)
    await _close(session, parent)
    told = await _told(session, body.to, made)
    await session.recompile(parent.client_id)
    return told


async def _close(session: Session, parent: Parent) -> None:
    """The reading days count from today: an end that is dated back takes them from nobody."""
    today = day_of(session.viewer.moment)
    until = start_of(today + timedelta(days=session.services.reading_days_after_end))
    values = {"trajectory": parent.id, "until": until}
    await session.execute(_CLOSE_PARTICIPANTS, values)
    await session.execute(_CLOSE_RESPONSIBILITIES, values)
    session.seen(
        Entry(
            client_id=parent.client_id,
            trajectory_id=parent.trajectory_id,
            resource="trajectory",
            record_id=parent.id,
            verb=Verb.UPDATE,
            shown=Category.STATUS.bit,
        )
    )


async def _told(session: Session, to: Move, made: UUID | None) -> TransitionOut:
    if made is None:
        raise NotAllowed
    await outbox.announce(session.db, f"transition.{to.value}", made)
    return await TRANSITIONS.again(session, made)
