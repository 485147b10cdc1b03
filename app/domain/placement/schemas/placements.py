"""What goes in and out about a placement; the employer's part is a schema of its own."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Role
from app.domain.placement.rules.placements import EndReason, JobCoach, PlacementKind
from app.domain.placement.rules.terms import ContractKind, Setting
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
    """Work with an employer with an account, one of your own directory, or one named only.

    One of your own directory (`employerId`) has a workplace scan that is green throughout, or a
    reason why there is none. `setAside`: kept for people of a target group; all five answers
    from `openToAnyone` on tell whether the work is competitive. What is not known stays out.
    """

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
    employer_id: Id | None = None
    employer_name: ShortText | None = None
    workplace_scan_id: Id | None = None
    scan_reason: ShortText | None = None
    hours_per_week: HoursPerWeek | None = None
    schedule: ShortText | None = None
    starts_on: Day
    planned_end_on: Day | None = None
    trial: TrialIn | None = None
    job_coach: JobCoach = JobCoach.NONE
    contract_kind: ContractKind | None = None
    setting: Setting | None = None
    mixed: bool | None = None
    return_guarantee: bool | None = None
    open_to_anyone: bool | None = None
    paid_by_employer: bool | None = None
    wage_at_least_minimum: bool | None = None
    set_aside: bool | None = None
    normal_supervision: bool | None = None
    supersedes: Id | None = None

    @model_validator(mode="after")
    def _one_employer(self) -> Self:
        known = (self.workplace_organisation_id, self.employer_id) != (None, None)
        named = self.employer_name is not None
        if known == named and (named or self.kind is not PlacementKind.SELF_EMPLOYMENT):
            raise refuse(
                "wrong_combination",
                "Give employerName, or else workplaceOrganisationId or employerId.",
            )
        if self.employer_id is None and (self.workplace_scan_id, self.scan_reason) != (None, None):
            raise refuse("wrong_combination", "A scan is of an employer of your own directory.")
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
    """A placement; `days` counts a half-open period and is absent while the work goes on.

    `tenureDays` counts so far; weeks are reached on a day or not yet. `competitive` follows from
    five answers by rule `competitiveRule`, and is null as long as they leave it open.
    """

    id: UUID
    recorded_at: Moment
    author_role: Role
    kind: PlacementKind
    title: str
    workplace_organisation_id: UUID | None
    employer_id: UUID | None
    employer_name: str | None
    workplace_scan_id: UUID | None
    scan_reason: str | None
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
    tenure_days: int
    weeks_13_on: Day | None
    weeks_26_on: Day | None
    contract_kind: ContractKind | None
    time_limited_by_design: bool
    setting: Setting | None
    mixed: bool | None
    return_guarantee: bool | None
    open_to_anyone: bool | None
    paid_by_employer: bool | None
    wage_at_least_minimum: bool | None
    set_aside: bool | None
    normal_supervision: bool | None
    competitive: bool | None
    competitive_rule: int
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
