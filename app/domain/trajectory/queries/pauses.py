"""Pauses with the precise reason beside them, each where this viewer may see it."""

from sqlalchemy import and_

from app.access.rows import shown, visible
from app.domain.trajectory.tables import (
    PauseReasonOfCare,
    PauseReasonOfCoach,
    TrajectoryPause,
)

SHOWN = (
    shown(
        TrajectoryPause,
        *TrajectoryPause.__table__.c,
        PauseReasonOfCoach.reason.label("coach_reason"),
        PauseReasonOfCare.reason.label("care_reason"),
    )
    .outerjoin(
        PauseReasonOfCoach,
        and_(
            PauseReasonOfCoach.pause_id == TrajectoryPause.id,
            visible(PauseReasonOfCoach),
        ),
    )
    .outerjoin(
        PauseReasonOfCare,
        and_(
            PauseReasonOfCare.pause_id == TrajectoryPause.id,
            visible(PauseReasonOfCare),
        ),
    )
)
