"""What holds for every trajectory; pure."""

from app.domain.trajectory.rules.milestones import Milestone

__all__ = ["Milestone"]
