"""What others may ask of a trajectory."""

from app.domain.trajectory.queries.events import milestones
from app.domain.trajectory.queries.participants import (
    inbox,
    member,
    participants,
    responsibilities,
)
from app.domain.trajectory.queries.standing import practice, standing
from app.domain.trajectory.queries.trajectories import parent

__all__ = [
    "inbox",
    "member",
    "milestones",
    "parent",
    "participants",
    "practice",
    "responsibilities",
    "standing",
]
