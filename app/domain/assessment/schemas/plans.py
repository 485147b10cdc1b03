"""Action plans, the client's agreement and statements, in and out."""

from uuid import UUID

from pydantic import ConfigDict, Field

from app.access.disclosure import Disclosed
from app.access.versions import SharedLine, SharedText, Stamp
from app.access.vocabulary import Category, Role
from app.domain.assessment.rules import ChosenBy, Owner
from app.platform.http.schemas import Day, In, Moment, Out

MANY = 50


class Step(In):
    """A step towards a goal."""

    what: SharedLine
    owner: Owner = Owner.CLIENT
    due_on: Day | None = None


class Goal(In):
    """A goal of the client: whose, in which steps, by when."""

    goal: SharedText
    owner: Owner
    due_on: Day | None = None
    chosen_by: ChosenBy | None = None
    steps: list[Step] = Field(default=[], max_length=MANY)


class ActionPlanIn(In):
    """A version of the action plan; it takes the place of the one before."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "madeOn": "2025-03-20",
                    "goals": [
                        {
                            "goal": "Twee dagen per week met hout bezig.",
                            "owner": "client",
                            "dueOn": "2025-06-01",
                            "steps": [{"what": "Drie werkplaatsen bellen.", "owner": "coach"}],
                        }
                    ],
                }
            ]
        }
    )
    made_on: Day
    goals: list[Goal] = Field(min_length=1, max_length=MANY)


class StatementIn(In):
    """What the client has to say about this version."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"words": "Ik wil rustig beginnen."}]}
    )
    words: SharedText


class Statement(Out):
    """The client's words about a version."""

    id: UUID
    recorded_at: Moment
    words: SharedText


class ActionPlanOut(Stamp, Disclosed, category=Category.ACTION_PLAN):
    """One version of the action plan; not yet agreed while `agreedOn` is null."""

    version: int
    made_on: Day
    goals: list[Goal]
    agreed_on: Day | None
    agreed_by: Role | None
    statements: list[Statement]


class StatementOut(Disclosed, category=Category.ACTION_PLAN):
    """A statement of the client about a version of the plan."""

    id: UUID
    plan_id: UUID
    recorded_at: Moment
    author_role: Role
    words: SharedText
    withheld: list[str]
