"""What goes in and out about day activity and green contracts."""

from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from app.access.disclosure import Disclosed
from app.access.versions import SharedLine, Stamp
from app.access.vocabulary import Category
from app.domain.dayactivity.rules import (
    Activity,
    BuildingBlock,
    Form,
    Growth,
    lasts_long_enough,
)
from app.domain.placement.rules.terms import Setting
from app.platform.http.schemas import Day, Id, In, refuse

MANY = 30
HalfDays = Annotated[float, Field(gt=0, le=14, multiple_of=0.5)]
Hours = Annotated[float, Field(gt=0, le=60, multiple_of=0.25)]
Percent = Annotated[int, Field(ge=0, le=100)]


class Skill(In):
    """Something that is learnt here, and how far it is."""

    name: SharedLine
    growth: Growth


class DayActivityIn(In):
    """From this day on: so many half-days a week, in this form. A change supersedes the earlier."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "form": "activation_recovery",
                    "setting": "group",
                    "mixed": True,
                    "since": "2025-04-14",
                    "halfDaysPerWeek": 1,
                    "activity": "green_work",
                    "buildingBlock": "meaningful_day_activity",
                    "tasks": ["Onkruid wieden."],
                    "skills": [{"name": "samenwerken", "growth": "practising"}],
                }
            ]
        }
    )
    form: Form
    setting: Setting
    mixed: Annotated[bool | None, Field(description="With people who come for other reasons.")] = (
        None
    )
    since: Day
    half_days_per_week: HalfDays
    hours_per_week: Hours | None = None
    tasks: list[SharedLine] = Field(default=[], max_length=MANY)
    skills: list[Skill] = Field(default=[], max_length=MANY)
    wage_value_percent: Percent | None = None
    activity: Activity | None = None
    building_block: BuildingBlock | None = None
    supersedes: Id | None = None


class DayActivityOut(Stamp, Disclosed, category=Category.PLACEMENT):
    """How often and in which form, from that day on."""

    form: Form
    setting: Setting
    mixed: bool | None
    since: Day
    half_days_per_week: float
    hours_per_week: float | None
    tasks: list[SharedLine]
    skills: list[Skill]
    wage_value_percent: int | None
    activity: Activity | None
    building_block: BuildingBlock | None


class GreenContractIn(In):
    """A contract of 6 to 12 months after the trial."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "startsOn": "2025-06-02",
                    "endsOn": "2026-06-01",
                    "daysPerWeek": 4,
                    "hoursPerWeek": 28,
                    "foreman": "Voorman-F1",
                    "internalJobCoach": "Jobcoach-F1",
                }
            ]
        }
    )
    starts_on: Day
    ends_on: Day
    days_per_week: Annotated[float, Field(gt=0, le=7, multiple_of=0.5)]
    hours_per_week: Hours
    foreman: SharedLine | None = None
    internal_job_coach: SharedLine | None = None
    supersedes: Id | None = None

    @model_validator(mode="after")
    def six_to_twelve_months(self) -> Self:
        if not lasts_long_enough(self.starts_on, self.ends_on):
            raise refuse("out_of_range", "Such a contract lasts 6 to 12 months.")
        return self


class GreenContractOut(Stamp, Disclosed, category=Category.PLACEMENT):
    """The contract in the green group."""

    starts_on: Day
    ends_on: Day
    days_per_week: float
    hours_per_week: float
    foreman: SharedLine | None
    internal_job_coach: SharedLine | None
