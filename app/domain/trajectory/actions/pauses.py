"""Pausing and resuming: nothing ends, and the precise reason goes only where it was entrusted."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, update

from app.access import grants
from app.access.collection import Parent, Records
from app.access.days import require_past
from app.access.log import Entry
from app.access.records import ClientRecord
from app.access.session import Session
from app.access.vocabulary import Category, Role, Verb
from app.access.writing import check_may_create, record
from app.domain.trajectory import queries
from app.domain.trajectory.actions.events import reached
from app.domain.trajectory.actions.transitions import refuse
from app.domain.trajectory.queries.pauses import SHOWN
from app.domain.trajectory.rules.milestones import Milestone, audience_of
from app.domain.trajectory.rules.pauses import PauseReason, coarse, kept_as
from app.domain.trajectory.rules.presentation import COARSE_VIEW
from app.domain.trajectory.rules.standing import SEATS
from app.domain.trajectory.schemas.pauses import PauseIn, PauseOut, ResumptionIn
from app.domain.trajectory.tables import (
    PauseReasonOfCare,
    PauseReasonOfCoach,
    TrajectoryPause,
)
from app.platform import outbox
from app.platform.clock import day_of
from app.platform.http.problems import BadRequest, Conflict, Fault, NotAllowed

_KEPT: dict[Category, type[ClientRecord]] = {
    Category.CONTACT_LOG: PauseReasonOfCoach,
    Category.LIFE_EVENT: PauseReasonOfCare,
}
_RESUME = (
    update(TrajectoryPause)
    .where(TrajectoryPause.id == bindparam("pause"))
    .values(resumed_on=bindparam("day"))
)


def _present(session: Session, row: Row[Any]) -> dict[str, Any]:
    until = row.resumed_on or day_of(session.viewer.moment)
    days = max(0, (until - row.paused_on).days)
    named = session.viewer.role not in COARSE_VIEW
    return {"days": days, "author_role": row.author_role if named else None}


PAUSES = Records(TrajectoryPause, PauseOut, statement=SHOWN, present=_present)


async def pause(session: Session, trajectory_id: UUID, body: PauseIn) -> PauseOut:
    """By any of the four parties; a funder's own words stay coarse as well."""
    parent = await queries.parent(session, trajectory_id)
    if session.viewer.role not in SEATS:
        raise NotAllowed
    require_past(session, paused_on=body.paused_on)
    await grants.lock(session.db, parent.client_id)
    await _check_not_resting(session, parent)
    made = await _add(session, parent, body)
    await outbox.announce(session.db, "pause.started", made)
    return await PAUSES.read(session, parent.id, made)


async def _check_not_resting(session: Session, parent: Parent) -> None:
    standing = await queries.standing(session, parent)
    refuse(*(["trajectory_ended"] if standing.has(Milestone.ENDED) else []))
    pauses = await PAUSES.rows(session, parent.id)
    refuse(*(["already_paused"] if any(row.resumed_on is None for row in pauses) else []))


async def _add(session: Session, parent: Parent, body: PauseIn) -> UUID:
    role = session.viewer.role
    of: dict[str, Any] = {"client_id": parent.client_id, "trajectory_id": parent.trajectory_id}
    told = coarse(body.reason).value
    values = {
        "coarse_reason": told,
        "paused_on": body.paused_on,
        "audience": audience_of(Milestone.PAUSED),
    }
    made = await record(session, TrajectoryPause, **of, values=values)
    kept = kept_as(role)
    if kept is not None:
        precise = {"pause_id": made, "reason": body.reason.value}
        await record(session, _KEPT[kept], **of, values=precise)
    await reached(session, parent, Milestone.PAUSED, on=body.paused_on, detail=told)
    if body.reason is PauseReason.CRISIS and role in {Role.CLIENT, Role.CLINICIAN}:
        await reached(session, parent, Milestone.CRISIS, on=body.paused_on)
    return made


async def resume(
    session: Session, trajectory_id: UUID, pause_id: UUID, body: ResumptionIn
) -> PauseOut:
    """The trajectory goes on; the days in between stay counted."""
    parent = await queries.parent(session, trajectory_id)
    require_past(session, resumed_on=body.resumed_on)
    await grants.lock(session.db, parent.client_id)
    row = await PAUSES.locked(session, parent.id, pause_id)
    PAUSES.require_match(session, row)
    await _check_resumption(session, parent, row, body)
    await session.execute(_RESUME, {"pause": row.id, "day": body.resumed_on})
    session.seen(_moved(parent, row.id))
    await reached(session, parent, Milestone.RESUMED, on=body.resumed_on)
    await outbox.announce(session.db, "pause.ended", row.id)
    return await PAUSES.read(session, parent.id, row.id)


async def _check_resumption(
    session: Session, parent: Parent, row: Row[Any], body: ResumptionIn
) -> None:
    await check_may_create(session, parent.client_id, parent.trajectory_id, Category.STATUS)
    if body.resumed_on < row.paused_on:
        detail = "This day lies before the pause."
        raise BadRequest(errors=[Fault("body", "#/resumedOn", "out_of_range", detail)])
    if row.resumed_on is not None:
        detail = "This pause is over."
        raise Conflict(detail, errors=[Fault("body", "#", "already_resumed", detail)])


def _moved(parent: Parent, record_id: UUID) -> Entry:
    return Entry(
        client_id=parent.client_id,
        trajectory_id=parent.trajectory_id,
        resource="trajectory_pause",
        record_id=record_id,
        verb=Verb.UPDATE,
        shown=Category.STATUS.bit,
    )
