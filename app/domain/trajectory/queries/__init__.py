"""What others may ask of a trajectory."""

from app.domain.trajectory.queries.events import milestones
from app.domain.trajectory.queries.trajectories import parent

__all__ = ["milestones", "parent"]
