"""The milestones of trajectories, as far as this viewer may know them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Row, Uuid, any_, bindparam

from app.access.rows import shown
from app.access.session import Session
from app.domain.trajectory.rules.milestones import Milestone, Reached, in_order
from app.domain.trajectory.tables import TrajectoryEvent

_ALL = shown(
    TrajectoryEvent,
    TrajectoryEvent.trajectory_id,
    TrajectoryEvent.milestone,
    TrajectoryEvent.occurred_on,
    TrajectoryEvent.recorded_at,
    TrajectoryEvent.detail,
).where(TrajectoryEvent.trajectory_id == any_(bindparam("trajectories", type_=ARRAY(Uuid()))))


async def milestones(session: Session, trajectory_id: UUID) -> list[Reached]:
    """In the order of their days; for an action's own use (unlogged)."""
    return (await milestones_of(session, [trajectory_id]))[trajectory_id]


async def milestones_of(
    session: Session, trajectories: Sequence[UUID]
) -> dict[UUID, list[Reached]]:
    """The same for a page of trajectories, in one statement."""
    found: dict[UUID, list[Reached]] = {trajectory: [] for trajectory in trajectories}
    for row in await session.rows(_ALL, trajectories=list(trajectories)):
        found[row.trajectory_id].append(_reached(row))
    return {trajectory: in_order(reached) for trajectory, reached in found.items()}


def _reached(row: Row[Any]) -> Reached:
    return Reached(Milestone(row.milestone), row.occurred_on, row.recorded_at, row.detail)
