"""What happens to a trajectory."""

from app.domain.trajectory.actions.events import reached

__all__ = ["reached"]
