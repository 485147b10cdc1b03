"""Treatment plans and their work-directed goals, in and out."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from app.access.disclosure import Disclosed
from app.access.versions import SharedLine, SharedText, Stamp
from app.access.vocabulary import Category, Role
from app.domain.treatment.rules import Standard
from app.platform.http.schemas import Day, In, Moment, Out, ShortText, Text

FEW = 50


class TreatmentGoal(In):
    """A goal of the treatment; medical."""

    goal: Text
    due_on: Day | None = None


class Intervention(In):
    """What is done towards the goals; medical."""

    what: Text
    by: ShortText | None = None


class WorkGoalIn(In):
    """A work-directed goal: what, in which steps, whose, by when."""

    goal: SharedText
    steps: list[SharedLine] = Field(default=[], max_length=FEW)
    owner: Role = Role.CLIENT
    due_on: Day | None = None


class TreatmentPlanIn(In):
    """A version of the treatment plan; the work-directed goals are kept apart from it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "madeOn": "2025-01-21",
                    "reviewOn": "2025-07-21",
                    "standard": "work_as_medicine",
                    "goals": [{"goal": "Minder piekeren."}],
                    "interventions": [{"what": "Werkgerichte gesprekken.", "by": "psycholoog"}],
                    "workGoals": [
                        {"goal": "Een dagritme dat bij werk past.", "steps": ["Om acht uur op."]}
                    ],
                }
            ]
        }
    )
    made_on: Day
    review_on: Day | None = None
    standard: Standard | None = None
    goals: list[TreatmentGoal] = Field(default=[], max_length=FEW)
    interventions: list[Intervention] = Field(default=[], max_length=FEW)
    work_goals: list[WorkGoalIn] = Field(default=[], max_length=FEW)


class WorkGoal(Out):
    """A work-directed goal inside its plan; its id can be named in a consent."""

    id: UUID
    goal: SharedText
    steps: list[SharedLine]
    owner: Role
    due_on: Day | None


class TreatmentPlanOut(Stamp, Disclosed, category=Category.MEDICAL):
    """The plan: medical fields, and the work goals for those who may see action plans."""

    version: int
    made_on: Day
    review_on: Day | None
    standard: Standard | None
    goals: list[TreatmentGoal]
    interventions: list[Intervention]
    work_goals: Annotated[list[WorkGoal], Category.ACTION_PLAN] = Field(default=[])


class WorkGoalOut(Disclosed, category=Category.ACTION_PLAN):
    """A work-directed goal apart from the treatment plan that it came with."""

    id: UUID
    recorded_at: Moment
    author_role: Role
    goal: SharedText
    steps: list[SharedLine]
    owner: Role
    due_on: Day | None
    plan_id: Annotated[UUID | None, Category.MEDICAL] = None
    withheld: list[str]
