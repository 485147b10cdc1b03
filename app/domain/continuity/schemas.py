"""What goes in and out about support that goes on; each field carries its category."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from app.access.disclosure import Disclosed
from app.access.versions import SharedLine, Stamp
from app.access.vocabulary import Category, Role
from app.domain.continuity.rules import MOST_AREAS, Area, Phase
from app.platform.http.schemas import Day, Id, In, Moment, refuse

MANY = 30
PerMonth = Annotated[float, Field(gt=0, le=60, multiple_of=0.5)]


class Agreement(In):
    """Who does what, by when."""

    who: SharedLine
    what: SharedLine
    when: Day | None = None


class TransitionSupportIn(In):
    """A phase: the first is `plan`; the next one names what it follows in `supersedes`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "phase": "plan",
                    "startsOn": "2025-11-10",
                    "contactsPerMonth": 8,
                    "areas": ["work_and_day", "social_network"],
                    "agreements": [
                        {"who": "Mijn zus", "what": "Belt op zondag.", "when": "2025-11-16"}
                    ],
                }
            ]
        }
    )
    phase: Phase
    starts_on: Day
    ends_on: Day | None = None
    contacts_per_month: PerMonth
    areas: Annotated[list[Area], Field(min_length=1, max_length=MOST_AREAS)]
    agreements: list[Agreement] = Field(default=[], max_length=MANY)
    supersedes: Id | None = None

    @model_validator(mode="after")
    def fits(self) -> Self:
        if len(set(self.areas)) != len(self.areas):
            raise refuse("wrong_combination", "Name each area once.")
        if self.ends_on is not None and self.ends_on < self.starts_on:
            raise refuse("wrong_order", "A phase ends on or after the day it begins.")
        return self


class TransitionSupportOut(Stamp, Disclosed, category=Category.LIFE_EVENT):
    """One phase, for the client and whom the client lets see it; never for a funder."""

    phase: Phase
    starts_on: Day
    ends_on: Day | None
    contacts_per_month: float
    areas: list[Area]
    agreements: list[Agreement]


class AftercareIn(In):
    """So many hours a month from a day on; a later one takes the place of an earlier one."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"startsOn": "2026-09-03", "hoursPerMonth": 2}]}
    )
    starts_on: Day
    until: Day | None = None
    hours_per_month: Annotated[float, Field(gt=0, le=40, multiple_of=0.5)]

    @model_validator(mode="after")
    def in_order(self) -> Self:
        if self.until is not None and self.until < self.starts_on:
            raise refuse("wrong_order", "Aftercare ends on or after the day it begins.")
        return self


class AftercareOut(Disclosed, category=Category.STATUS):
    """What was agreed after the end."""

    id: UUID
    recorded_at: Moment
    author_role: Role
    starts_on: Day
    until: Day | None
    hours_per_month: float
    withheld: list[str]
