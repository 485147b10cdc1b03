"""What goes in and out about a placement; the employer's part is a schema of its own."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Role
from app.domain.placement.rules.placements import EndReason, JobCoach, PlacementKind
from app.platform.http.schemas import Day, Id, In, Moment, Out, ShortText, refuse

HoursPerWeek = Annotated[float, Field(gt=0, le=60, multiple_of=0.25)]
Months = Annotated[int, Field(ge=1, le=60)]


class TrialIn(In):
    """How long it is tried, and which contract is intended after it."""

    months: Annotated[int, Field(ge=1, le=12)]
    exceptionally_long: bool = False
    intent_months: Months
    intent_same_hours: bool


class PlacementIn(In):
    """Work with an employer of the directory, or with one that is named only."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kind": "trial",
                    "title": "Medewerker houtbewerking",
                    "employerName": "Meubelmaker Testhuis",
                    "hoursPerWeek": 16,
                    "schedule": "maandag en donderdag",
                    "startsOn": "2025-11-03",
                    "plannedEndOn": "2026-01-02",
                    "trial": {"months": 2, "intentMonths": 7, "intentSameHours": True},
                }
            ]
        }
    )

    kind: PlacementKind
    title: ShortText
    workplace_organisation_id: Id | None = None
    employer_name: ShortText | None = None
    hours_per_week: HoursPerWeek | None = None
    schedule: ShortText | None = None
    starts_on: Day
    planned_end_on: Day | None = None
    trial: TrialIn | None = None
    job_coach: JobCoach = JobCoach.NONE
    supersedes: Id | None = None

    @model_validator(mode="after")
    def _one_employer(self) -> Self:
        named = [self.workplace_organisation_id, self.employer_name].count(None)
        if named != 1 and not (named and self.kind is PlacementKind.SELF_EMPLOYMENT):
            raise refuse(
                "wrong_combination", "Give either workplaceOrganisationId or employerName."
            )
        return self


class AgreementIn(In):
    """The responsible body agrees with this placement."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"agreedOn": "2025-11-03"}]})

    agreed_on: Day


class EndIn(In):
    """The last day, and one main reason without blame."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"endedOn": "2026-01-02", "reason": "goal_reached"}]}
    )

    ended_on: Day
    reason: EndReason


class TrialOut(Out):
    months: int
    exceptionally_long: bool
    intent_months: int
    intent_same_hours: bool


class PlacementOut(Disclosed, category=Category.PLACEMENT):
    """A placement; `days` counts a half-open period and is absent while the work goes on."""

    id: UUID
    recorded_at: Moment
    author_role: Role
    kind: PlacementKind
    title: str
    workplace_organisation_id: UUID | None
    employer_name: str | None
    hours_per_week: float | None
    schedule: str | None
    starts_on: Day
    planned_end_on: Day | None
    planned_days: int | None
    trial: TrialOut | None
    job_coach: JobCoach
    agreed_on: Day | None
    agreed_by_role: Role | None
    ended_on: Day | None
    end_reason: EndReason | None
    days: int | None
    weeks_13_on: Annotated[
        Day | None, Field(description="When a paid job had lasted 13 weeks; computed.")
    ]
    weeks_26_on: Annotated[Day | None, Field(description="The same for 26 weeks.")]
    supersedes: UUID | None
    superseded_by: UUID | None
    withheld: list[str]


class ContractOut(Disclosed, category=Category.PLACEMENT):
    """The employer's own part: what was agreed with him, and a name if the client agreed.

    No `withheld`, no trajectory, no role of whoever wrote it: each would tell of care.
    """

    id: UUID
    kind: PlacementKind
    title: str
    hours_per_week: float | None
    schedule: str | None
    starts_on: Day
    planned_end_on: Day | None
    trial: TrialOut | None
    ended_on: Day | None
    given_name: Annotated[str | None, Category.IDENTITY] = None
    family_name: Annotated[str | None, Category.IDENTITY] = None
