"""Pauses: coarse for everyone who may know the status, precise only where it was entrusted."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Role
from app.domain.trajectory.rules.pauses import CoarseReason, PauseReason
from app.platform.http.schemas import Day, In, Moment


class PauseIn(In):
    """The trajectory rests; nothing ends by it and planned placements are held."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"pausedOn": "2025-08-25", "reason": "admission"}]}
    )
    paused_on: Day
    reason: PauseReason


class ResumptionIn(In):
    """The trajectory goes on."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"resumedOn": "2025-11-10"}]})
    resumed_on: Day


class PauseOut(Disclosed, category=Category.STATUS):
    """One pause; a funder reads the coarse reason only.

    The precise one belongs to the coach's contact log, or to what client and clinician share
    about life events: whoever wrote it decides which.
    """

    id: UUID
    paused_on: Day
    resumed_on: Day | None
    coarse_reason: CoarseReason
    coach_reason: Annotated[PauseReason | None, Category.CONTACT_LOG] = None
    care_reason: Annotated[PauseReason | None, Category.LIFE_EVENT] = None
    days: int
    author_role: Annotated[
        Role | None, Field(description="Empty for a funder: who paused tells why.")
    ]
    recorded_at: Moment
    withheld: list[str]
