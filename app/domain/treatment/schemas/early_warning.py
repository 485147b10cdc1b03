"""Early-warning plans of five kinds, in and out."""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from app.access.disclosure import Disclosed
from app.access.versions import SharedLine, SharedText, Stamp
from app.access.vocabulary import Category
from app.domain.treatment.rules import Colour, PlanKind
from app.platform.http.schemas import Day, Id, In, ShortText, Text, refuse

FEW = 50
Lines = Annotated[list[ShortText], Field(max_length=FEW)]
SharedLines = Annotated[list[SharedLine], Field(max_length=FEW)]


class Call(In):
    """Whom to call, as the client wants it."""

    who: ShortText
    telephone: ShortText | None = None
    for_what: ShortText | None = None


class Phase(In):
    """One colour: what is noticed then, and what to do."""

    colour: Colour
    signals: Lines
    actions: Lines


class SignalPlan(In):
    """Green, orange and red, each once, with signals and what to do."""

    kind: Literal[PlanKind.SIGNAL_PLAN]
    phases: Annotated[list[Phase], Field(min_length=3, max_length=3)]

    @model_validator(mode="after")
    def each_colour_once(self) -> Self:
        if {phase.colour for phase in self.phases} != set(Colour):
            raise refuse("wrong_combination", "Give green, orange and red, each once.")
        return self


class Wrap(In):
    """The six parts of a Wellness Recovery Action Plan; by the client."""

    kind: Literal[PlanKind.WRAP]
    daily_maintenance: Text | None = None
    triggers: Text | None = None
    early_warning_signs: Text | None = None
    when_breaking_down: Text | None = None
    crisis_plan: Text | None = None
    post_crisis_plan: Text | None = None

    @model_validator(mode="after")
    def says_something(self) -> Self:
        if not self.model_fields_set - {"kind"}:
            raise refuse("wrong_combination", "Fill in one of the six parts; the rest can wait.")
        return self


class HelpCard(In):
    """Whom to call and what helps, for strangers; there is no plan behind it."""

    kind: Literal[PlanKind.HELP_CARD]
    contacts: Annotated[list[Call], Field(min_length=1, max_length=FEW)]
    what_helps: Text | None = None
    what_does_not_help: Text | None = None


class CrisisCard(In):
    """What strangers need to know in a crisis, as it is printed, with the plan behind it."""

    kind: Literal[PlanKind.CRISIS_CARD]
    contacts: Annotated[list[Call], Field(min_length=1, max_length=FEW)]
    what_helps: Text | None = None
    what_does_not_help: Text | None = None
    arrangements: Text
    made_with: ShortText | None = None


class WorkExcerpt(In):
    """The part for at work: signals there, what helps, whom to call. Nothing medical."""

    kind: Literal[PlanKind.WORK_EXCERPT]
    signals_at_work: SharedLines
    what_helps: SharedLines = Field(default=[])
    whom_to_call: list[Call] = Field(default=[], max_length=FEW)
    note: SharedText | None = None


Content = Annotated[
    SignalPlan | Wrap | CrisisCard | HelpCard | WorkExcerpt, Field(discriminator="kind")
]


class EarlyWarningPlanIn(In):
    """A plan or an excerpt; each is a record of its own, that a consent can name by its id."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "madeOn": "2025-03-06",
                    "content": {
                        "kind": "work_excerpt",
                        "signalsAtWork": ["Kort geslapen.", "Pauzes overslaan."],
                        "whatHelps": ["Even naar buiten."],
                        "whomToCall": [{"who": "Mijn zus"}],
                    },
                }
            ]
        }
    )
    made_on: Day
    review_on: Day | None = None
    content: Content
    supersedes: Id | None = None


class EarlyWarningPlanOut(Stamp, Disclosed, category=Category.EARLY_WARNING_PLAN):
    """A plan or an excerpt, as it was made."""

    kind: PlanKind
    made_on: Day
    review_on: Day | None
    content: Content
