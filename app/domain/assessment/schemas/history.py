"""Work history and benefit, in and out."""

from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from app.access.disclosure import Disclosed
from app.access.versions import SharedLine, Stamp
from app.access.vocabulary import Category
from app.domain.assessment.rules import BenefitKind, EducationLevel, EndReason
from app.platform.http.schemas import Day, Id, In, refuse

MANY = 100
HOURS_IN_WEEK = 80
Year = Annotated[int, Field(ge=1930, le=2999, description="A calendar year.")]
HoursPerWeek = Annotated[float, Field(gt=0, le=HOURS_IN_WEEK, multiple_of=0.5)]


class Job(In):
    """One job; why it ended is a code, and health is not among the codes."""

    title: SharedLine
    employer_name: SharedLine | None = None
    from_year: Year
    until_year: Year | None = Field(default=None, description="Absent or null: still going on.")
    hours_per_week: HoursPerWeek | None = None
    end_reason: EndReason | None = None

    @model_validator(mode="after")
    def in_order(self) -> Self:
        if self.until_year is not None and self.until_year < self.from_year:
            raise refuse("wrong_order", "A job ends in or after the year in which it began.")
        return self


class Education(In):
    """A school or course."""

    title: SharedLine
    level: EducationLevel
    until_year: Year | None = None
    diploma: bool


class WorkHistoryIn(In):
    """Jobs and education. Remarks on health have no place here."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "takenOn": "2025-03-04",
                    "jobs": [
                        {"title": "Timmermansknecht", "fromYear": 2012, "untilYear": 2018},
                        {
                            "title": "Winkelmedewerker",
                            "employerName": "Winkel Fictief",
                            "fromYear": 2019,
                            "untilYear": 2022,
                            "hoursPerWeek": 24,
                            "endReason": "contract_ended",
                        },
                    ],
                    "education": [{"title": "Timmerman", "level": "mbo_2", "diploma": True}],
                }
            ]
        }
    )
    taken_on: Day
    jobs: list[Job] = Field(max_length=MANY)
    education: list[Education] = Field(default=[], max_length=MANY)
    supersedes: Id | None = None


class WorkHistoryOut(Stamp, Disclosed, category=Category.WORK_HISTORY):
    """Jobs and education, in the order in which they were told."""

    taken_on: Day
    jobs: list[Job]
    education: list[Education]


class BenefitIn(In):
    """A benefit, confirmed by the body that is responsible."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"kind": "wia", "confirmedOn": "2025-03-04"}]}
    )
    kind: BenefitKind
    hours_per_week: HoursPerWeek | None = None
    confirmed_on: Day
    ends_on: Day | None = None
    supersedes: Id | None = None


class BenefitOut(Stamp, Disclosed, category=Category.BENEFIT):
    """A benefit, as it was confirmed on that day."""

    kind: BenefitKind
    hours_per_week: HoursPerWeek | None
    confirmed_on: Day
    ends_on: Day | None
