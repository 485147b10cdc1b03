"""The work question, in and out."""

from typing import Annotated

from pydantic import ConfigDict, Field

from app.access.disclosure import Disclosed
from app.access.versions import SharedText, Stamp
from app.access.vocabulary import Category
from app.domain.treatment.rules import (
    AttendedBy,
    BenefitStatus,
    IntakeModel,
    Occasion,
    WantsWork,
    WorkStatus,
)
from app.platform.http.schemas import Day, Id, In


class WorkQuestionIn(In):
    """What was asked about work; wish and possibilities in the client's own words."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "askedOn": "2025-01-14",
                    "occasion": "intake",
                    "workStatus": "no_work",
                    "withoutWorkSince": "2022-03-01",
                    "benefitStatus": "wia",
                    "wantsWork": "yes",
                    "wish": "Iets met hout.",
                    "possibilities": "Een paar uur per dag, op een rustige plek.",
                }
            ]
        }
    )
    asked_on: Day
    occasion: Occasion = Occasion.INTAKE
    work_status: WorkStatus
    without_work_since: Day | None = None
    benefit_status: BenefitStatus
    wants_work: WantsWork
    wish: SharedText | None = None
    possibilities: SharedText | None = None
    intake_model: IntakeModel | None = None
    attended_by: Annotated[list[AttendedBy] | None, Field(max_length=4)] = None
    supersedes: Id | None = None


class WorkQuestionOut(Stamp, Disclosed, category=Category.WORK_QUESTION):
    """The work question as it was answered, and when it is asked again."""

    asked_on: Day
    next_due: Day
    occasion: Occasion
    work_status: WorkStatus
    without_work_since: Day | None
    benefit_status: BenefitStatus
    wants_work: WantsWork
    wish: SharedText | None
    possibilities: SharedText | None
    intake_model: IntakeModel | None
    attended_by: list[AttendedBy] | None
