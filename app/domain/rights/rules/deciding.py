"""Requests of a data subject, and what may be decided on them; pure.

Source: GDPR 15 to 21, Dutch Civil Code 7:454 to 7:456.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from app.access.vocabulary import Category
from app.domain.trajectory.rules.clock import add_months


class RequestKind(StrEnum):
    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    OBJECTION = "objection"


class DataSubjectRequestState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"


class DecisionOutcome(StrEnum):
    """For a record, or for all of a category."""

    DESTROY = "destroy"
    RESTRICT = "restrict"
    REFUSE = "refuse"


class DecisionGround(StrEnum):
    """Why; a refusal needs another ground than that it was asked for."""

    ON_REQUEST = "on_request"
    NO_LONGER_NEEDED = "no_longer_needed"
    LAW_OBLIGES_TO_KEEP = "law_obliges_to_keep"
    INTEREST_OF_ANOTHER = "interest_of_another"
    LEGAL_CLAIM = "legal_claim"
    PUBLIC_TASK = "public_task"
    ACCURACY_CONTESTED = "accuracy_contested"


FOR_DESTRUCTION = frozenset({DecisionGround.ON_REQUEST, DecisionGround.NO_LONGER_NEEDED})
BARE = frozenset({Category.EXISTENCE, Category.IDENTITY, Category.BSN})
"""That there is a client, and who: by itself no part of a file. It goes with the last part."""
SEATS = frozenset({Category.STATUS, Category.CONSENT})
"""Who takes part and was let in: kept by the registering organisation for all of them."""


@dataclass(frozen=True)
class Item:
    """One record that an organisation answers for; nothing of what it says."""

    id: UUID
    category: Category
    organisation_id: UUID | None
    recorded_at: datetime


@dataclass(frozen=True)
class Decision:
    """What was decided last on a record, or on its category."""

    category: Category
    record_id: UUID | None
    outcome: DecisionOutcome


def due_on(asked_on: date) -> date:
    """The last day to answer, whatever was asked: the same day of the next month (GDPR 12(3)).

    The three months of 7:455 are for destroying, of care providers only; here the answer destroys.
    """
    return add_months(asked_on, 1)


def own_part(items: Iterable[Item], organisation_id: UUID, registrar: UUID | None) -> list[Item]:
    """What this organisation answers for; what is the client's own goes with the registrar."""
    mine = {organisation_id} | ({None} if registrar == organisation_id else set())
    return [item for item in items if item.organisation_id in mine]


def last_change(own: Iterable[Item]) -> datetime:
    """Terms run from the last change of the file as a whole; asking for it is no change of it."""
    moments = [(item.category is not Category.CONSENT, item.recorded_at) for item in own]
    return max(moments)[1]


def outcomes(
    items: Iterable[Item], decisions: Iterable[Decision]
) -> Mapping[Item, DecisionOutcome | None]:
    """Per record: what was decided on itself, else on its category, else None."""
    last = {(d.category, d.record_id): d.outcome for d in decisions}
    return {
        item: last.get((item.category, item.id), last.get((item.category, None))) for item in items
    }


def undecided(decided: Mapping[Item, DecisionOutcome | None]) -> list[Category]:
    """The categories with a record on which nothing was decided."""
    return sorted({item.category for item, outcome in decided.items() if outcome is None})


def destroys_everything(
    items: Iterable[Item], decided: Mapping[Item, DecisionOutcome | None]
) -> bool:
    """Nothing of the client is left: no other party has a part of which it keeps anything."""
    return all(
        decided[item] is DecisionOutcome.DESTROY if item in decided else item.category in BARE
        for item in items
    )


def breaks_the_record(
    items: Iterable[Item],
    decided: Mapping[Item, DecisionOutcome | None],
    *,
    registrar: bool,
) -> bool:
    """Whether what others lean on would go while they, or we, keep something."""
    spine = BARE | SEATS if registrar else BARE
    touched = any(
        out is DecisionOutcome.DESTROY and item.category in spine for item, out in decided.items()
    )
    return touched and not destroys_everything(items, decided)


def whole_categories(decided: Mapping[Item, DecisionOutcome | None]) -> set[Category]:
    """Of which every record of this organisation goes, so that their keys can go too."""
    kept = {i.category for i, outcome in decided.items() if outcome is not DecisionOutcome.DESTROY}
    return {item.category for item in decided} - kept
