"""What goes in and out about support: public provisions, support at work, the register."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from app.access.disclosure import Disclosed
from app.access.versions import Stamp
from app.access.vocabulary import Category
from app.domain.placement.rules.supports import (
    AnswersForReturn,
    Authority,
    Provision,
    Registered,
    RegisterSource,
    WorkSupport,
)
from app.domain.placement.schemas.placements import HoursPerWeek
from app.platform.http.schemas import Day, Id, In, ShortText

WageValue = Annotated[float, Field(gt=0, le=100)]


def _example(**fields: Any) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [fields]})


class ProvisionIn(In):
    """What an authority pays or insures, recorded by that authority."""

    model_config = _example(
        kind="wage_cost_subsidy",
        authority="municipality",
        wageValuePercent=60,
        startsOn="2025-04-01",
        until="2026-04-01",
    )

    placement_id: Id | None = None
    kind: Provision
    authority: Authority
    wage_value_percent: WageValue | None = None
    hours_per_week: HoursPerWeek | None = None
    starts_on: Day
    until: Day | None = None
    note: ShortText | None = None
    supersedes: Id | None = None


class ProvisionOut(Stamp, Disclosed, category=Category.BENEFIT):
    placement_id: UUID | None
    kind: Provision
    authority: Authority
    wage_value_percent: float | None
    hours_per_week: float | None
    starts_on: Day
    until: Day | None
    note: str | None


class TargetGroupStatusIn(In):
    """Whether the client is in the target-group register; the number itself is not kept here."""

    model_config = _example(registered="yes", checkedOn="2025-03-10", source="register")

    registered: Registered
    checked_on: Day
    source: RegisterSource
    supersedes: Id | None = None


class TargetGroupStatusOut(Stamp, Disclosed, category=Category.BENEFIT):
    registered: Registered
    checked_on: Day
    source: RegisterSource


class SupportIn(In):
    """What is done at the workplace: a job coach, a trained colleague, a block of social return."""

    model_config = _example(kind="job_coach", internal=False, hoursPerWeek=3, startsOn="2025-04-01")

    placement_id: Id | None = None
    kind: WorkSupport
    internal: bool | None = None
    hours_per_week: HoursPerWeek | None = None
    sroi_region: ShortText | None = None
    sroi_block: ShortText | None = None
    starts_on: Day
    until: Day | None = None
    supersedes: Id | None = None


class SupportOut(Stamp, Disclosed, category=Category.PLACEMENT):
    placement_id: UUID | None
    kind: WorkSupport
    internal: bool | None
    hours_per_week: float | None
    sroi_region: str | None
    sroi_block: str | None
    starts_on: Day
    until: Day | None


class RetainedJobIn(In):
    """Work that the client has and returns to; why it stopped is not asked and not kept.

    An occupational physician is named by the service alone; what he advises reaches the employer
    as adjustments.
    """

    model_config = _example(
        title="Medewerker magazijn",
        employerName="Magazijn Voorbeeld BV",
        hoursPerWeek=24,
        answersForReturn="occupational_physician",
        healthService="Arbodienst Voorbeeld",
        startsOn="2025-03-10",
    )

    title: ShortText
    employer_name: ShortText
    hours_per_week: HoursPerWeek | None = None
    answers_for_return: AnswersForReturn
    health_service: ShortText | None = None
    starts_on: Day
    until: Day | None = None
    supersedes: Id | None = None


class RetainedJobOut(Stamp, Disclosed, category=Category.PLACEMENT):
    title: str
    employer_name: str
    hours_per_week: float | None
    answers_for_return: AnswersForReturn
    health_service: str | None
    starts_on: Day
    until: Day | None
