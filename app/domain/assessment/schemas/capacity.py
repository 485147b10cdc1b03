"""Work capacity and the physician's notes, in and out."""

from typing import Annotated

from pydantic import ConfigDict, Field

from app.access.disclosure import Disclosed
from app.access.versions import SharedLine, SharedText, Stamp
from app.access.vocabulary import Category
from app.domain.assessment.rules import Nights
from app.platform.http.schemas import Day, Id, In, Moment, Text

FEW = 50
HoursPerDay = Annotated[float, Field(gt=0, le=12, multiple_of=0.5)]
HoursPerWeek = Annotated[float, Field(gt=0, le=60, multiple_of=0.5)]


class WorkCapacityIn(In):
    """Conditions for suitable work, in plain words: what suits, never why it does.

    `manager` tells what kind of manager suits, `pace` what tempo.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "talkOn": "2025-02-18",
                    "hoursPerDay": 4,
                    "nights": "not_suitable",
                    "workplace": "Een rustige plek.",
                    "instructions": "Duidelijke opdrachten.",
                    "release": False,
                }
            ]
        }
    )
    talk_on: Day
    hours_per_day: HoursPerDay | None = None
    hours_per_week: HoursPerWeek | None = None
    nights: Nights | None = None
    kinds_of_work: SharedText | None = None
    workplace: SharedText | None = None
    manager: SharedText | None = None
    instructions: SharedText | None = None
    pace: SharedText | None = None
    other_conditions: list[SharedLine] = Field(default=[], max_length=FEW)
    review_on: Day | None = None
    release: bool = Field(default=False, description="Draft and release in one act.")
    supersedes: Id | None = None


class WorkCapacityOut(Stamp, Disclosed, category=Category.WORK_CAPACITY):
    """Conditions for suitable work; a draft while `releasedAt` is null."""

    talk_on: Day
    hours_per_day: HoursPerDay | None
    hours_per_week: HoursPerWeek | None
    nights: Nights | None
    kinds_of_work: SharedText | None
    workplace: SharedText | None
    manager: SharedText | None
    instructions: SharedText | None
    pace: SharedText | None
    other_conditions: list[SharedLine]
    review_on: Day | None
    released_at: Moment | None


class PhysicianNoteIn(In):
    """Medical notes of the insurance physician, for the own file."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"talkOn": "2025-02-18", "notes": "Verslag van het gesprek."}]
        }
    )
    talk_on: Day
    notes: Text
    supersedes: Id | None = None


class PhysicianNoteOut(Stamp, Disclosed, category=Category.INSURANCE_PHYSICIAN_NOTES):
    """Medical notes; for the physician and the client."""

    talk_on: Day
    notes: Text
