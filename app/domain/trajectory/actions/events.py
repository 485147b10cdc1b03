"""Writing down that a milestone was reached, by whoever reached it."""

from datetime import date
from uuid import UUID

from app.access.ceilings import written_by
from app.access.collection import Parent
from app.access.session import Session
from app.access.vocabulary import Category
from app.access.writing import record
from app.domain.trajectory import queries
from app.domain.trajectory.rules.milestones import NEUTRAL, Milestone, audience_of
from app.domain.trajectory.rules.presentation import lacks_for
from app.domain.trajectory.rules.process import lacks_before
from app.domain.trajectory.tables import TrajectoryEvent
from app.platform.http.problems import Conflict, Fault


async def reached(
    session: Session,
    parent: Parent,
    milestone: Milestone,
    *,
    on: date,
    detail: str | None = None,
) -> UUID | None:
    """The event, and beside a private one its neutral twin; the id of the event.

    None for a role that writes no [status] (a representative, a job coach): there the record of
    the act itself stands for the moment.
    """
    if session.viewer.machine_id is None and Category.STATUS not in written_by(session.viewer.role):
        return None
    made = await _add(session, parent, milestone, on, detail)
    if milestone in NEUTRAL:
        await _add(session, parent, NEUTRAL[milestone], on, None)
    return made


async def require_reachable(session: Session, parent: Parent, milestone: Milestone) -> None:
    """Conflict with what is lacking before this can be reached; after the end nothing can."""
    standing = await queries.standing(session, parent)
    codes = ["trajectory_ended"] if standing.has(Milestone.ENDED) else []
    if not codes and not standing.process.counts(milestone):
        codes = ["not_applicable"]
    codes += lacks_for(session.viewer.role, lacks_before(milestone, standing))
    if codes:
        detail = "This is not possible as the trajectory stands now."
        raise Conflict(detail, errors=[Fault("body", "#", code, detail) for code in codes])


async def _add(
    session: Session, parent: Parent, milestone: Milestone, on: date, detail: str | None
) -> UUID:
    values = {
        "milestone": milestone.value,
        "occurred_on": on,
        "detail": detail,
        "audience": audience_of(milestone),
    }
    return await record(
        session,
        TrajectoryEvent,
        client_id=parent.client_id,
        trajectory_id=parent.trajectory_id,
        values=values,
    )
