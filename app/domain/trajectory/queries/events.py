"""The milestones of a trajectory, as far as this viewer may know them."""

from uuid import UUID

from sqlalchemy import Uuid, bindparam

from app.access.rows import shown
from app.access.session import Session
from app.domain.trajectory.rules.milestones import Milestone, Reached
from app.domain.trajectory.tables import TrajectoryEvent

_ALL = (
    shown(
        TrajectoryEvent,
        TrajectoryEvent.milestone,
        TrajectoryEvent.occurred_on,
        TrajectoryEvent.recorded_at,
        TrajectoryEvent.detail,
    )
    .where(TrajectoryEvent.trajectory_id == bindparam("trajectory", type_=Uuid()))
    .order_by(TrajectoryEvent.occurred_on, TrajectoryEvent.recorded_at, TrajectoryEvent.id)
)


async def milestones(session: Session, trajectory_id: UUID) -> list[Reached]:
    """In the order of their days; for an action's own use (unlogged)."""
    rows = await session.rows(_ALL, trajectory=trajectory_id)
    return [
        Reached(Milestone(row.milestone), row.occurred_on, row.recorded_at, row.detail)
        for row in rows
    ]
