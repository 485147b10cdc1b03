"""What is shown of the ladder: the rung is [ladder], what was told about it [ladder_notes]."""

from typing import Annotated
from uuid import UUID

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Role
from app.domain.ladder.rules.rungs import Agrees, Instrument, Occasion, Reason, Scheme
from app.platform.http.schemas import Day, Moment, Out

Notes = Category.LADDER_NOTES


class ImportedOut(Out):
    scheme: Scheme
    level: int


class CriteriaOut(Out):
    has_contract: bool | None
    self_employed: bool | None
    support_instruments: list[Instrument]
    supplementary_benefit: bool | None
    responsibility_to_others: bool | None
    organised: bool | None
    weekly: bool | None
    in_person: bool | None


class SuggestionOut(Out):
    """What the criteria suggest; the recorded rung is a person's."""

    rung: int
    reasons: list[Reason]
    differs: bool


class GrowthOut(Out):
    rung: int
    horizon_months: int
    by_role: Role
    reasoning: str | None


class MeasurementOut(Disclosed, category=Category.LADDER):
    """A measurement; a lower one than before is a measurement like any other."""

    id: UUID
    recorded_at: Moment
    author_role: Role
    rung: int
    measured_on: Day
    occasion: Occasion
    measured_by: Role
    client_agrees: Agrees
    client_answered_at: Moment | None
    imported: ImportedOut | None
    supersedes: UUID | None
    superseded_by: UUID | None
    criteria: Annotated[CriteriaOut | None, Notes] = None
    suggestion: Annotated[SuggestionOut | None, Notes] = None
    reason: Annotated[str | None, Notes] = None
    context: Annotated[str | None, Notes] = None
    client_words: Annotated[str | None, Notes] = None
    client_statement: Annotated[str | None, Notes] = None
    growth_potential: Annotated[GrowthOut | None, Notes] = None
    withheld: list[str]


class PointOut(Out):
    id: UUID
    measured_on: Day
    rung: int
    occasion: Occasion


class GoalOut(Out):
    """The WGB goal at one date: at least a step above the start. Not `final` before that date."""

    date: Day
    rung: int | None
    met: bool | None
    final: bool


class LadderOut(Disclosed, category=Category.LADDER):
    """The path out of the measurements that you may see; `partial` = only your own.

    Goals stand here for WGB only, once the clock runs; in other kinds they are null, never false.
    """

    id: UUID
    partial: bool
    start_rung: int | None
    last_rung: int | None
    net_change: int | None
    stable: bool | None
    lower_measurements: int
    path: list[PointOut]
    goal_rule: str
    goal_at12: GoalOut | None = None
    goal_at12_without_pauses: GoalOut | None = None
    goal_at18: GoalOut | None = None
    goal_at18_without_pauses: GoalOut | None = None
    clock_start: Annotated[Day | None, Category.STATUS] = None
    paused_days: Annotated[int | None, Category.STATUS] = None
    withheld: list[str]


class RungOut(Out):
    rung: int
    name_nl: str
    name_en: str
    definition: str
    criterion: str
    client_label_nl: str | None


class LadderReferenceOut(Out):
    """The participation ladder as reference data."""

    rungs: list[RungOut]
    criteria: list[str]
    instruments: list[Instrument]
    occasions: list[Occasion]
    reasons: list[Reason]
