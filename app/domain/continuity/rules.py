"""What holds for support through a transition (CTI); pure (source: domain, A7)."""

from dataclasses import dataclass
from enum import StrEnum

MOST_AREAS = 3


class Phase(StrEnum):
    """Make a plan with the people around; try it out; hand over and say goodbye."""

    PLAN = "plan"
    TRY_OUT = "try_out"
    HAND_OVER = "hand_over"


class Area(StrEnum):
    """Where in life the support is."""

    HOUSING = "housing"
    MONEY = "money"
    WORK_AND_DAY = "work_and_day"
    HEALTH = "health"
    FAMILY = "family"
    SOCIAL_NETWORK = "social_network"
    DAILY_LIVING = "daily_living"
    SAFETY = "safety"


@dataclass(frozen=True)
class Support:
    """One phase of it: how often there is contact."""

    phase: Phase
    contacts_per_month: float


def lacking(now: Support, before: Support | None) -> str | None:
    """Why this cannot follow, as a code; None: it can.

    It begins with a plan; the phases come one after the other, and in each there is less contact
    than in the one before. Within a phase what was agreed may change, and so may how often. Who
    needs more begins anew with a plan: that is no step back, and nothing is marked by it.
    """
    if before is None:
        return None if now.phase is Phase.PLAN else "plan_comes_first"
    phases = list(Phase)
    steps = phases.index(now.phase) - phases.index(before.phase)
    if steps not in {0, 1}:
        return "phases_in_order"
    if steps == 1 and now.contacts_per_month >= before.contacts_per_month:
        return "less_contact_than_before"
    return None
