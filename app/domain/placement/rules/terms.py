"""The terms of work: which contract, alone or in a group, and whether it is competitive; pure."""

from enum import StrEnum

from app.domain.placement.rules.placements import PlacementKind


class ContractKind(StrEnum):
    """What was agreed on; a first contract for a time is ordinary here."""

    NONE = "none"
    FIXED_TERM = "fixed_term"
    PERMANENT = "permanent"
    AGENCY = "agency"
    SECONDMENT = "secondment"
    ON_CALL = "on_call"
    OWN_BUSINESS = "own_business"


class Setting(StrEnum):
    INDIVIDUAL = "individual"
    GROUP = "group"


TIME_LIMITED_BY_DESIGN = frozenset(
    {
        PlacementKind.WORK_EXPERIENCE,
        PlacementKind.TRIAL,
        PlacementKind.PARTICIPATION_PLACE,
        PlacementKind.LEARNING_WORKING,
        PlacementKind.EDUCATION,
    }
)
"""Meant to end, whatever the contract says; a contract for a time is not."""

COMPETITIVE = (
    "open_to_anyone",
    "paid_by_employer",
    "wage_at_least_minimum",
    "set_aside",
    "normal_supervision",
)
"""The five answers, by name."""
COMPETITIVE_RULE = 1
"""The version of the rule below: what counts is a choice, and may change."""


def competitive(
    *,
    open_to_anyone: bool | None,
    paid_by_employer: bool | None,
    wage_at_least_minimum: bool | None,
    set_aside: bool | None,
    normal_supervision: bool | None,
) -> bool | None:
    """Open to anyone, paid, at least the minimum wage, not set aside, normally supervised.

    One "no" decides; without one, what is unknown leaves it open (source: domain, D3).
    """
    own = None if set_aside is None else not set_aside
    parts = (open_to_anyone, paid_by_employer, wage_at_least_minimum, own, normal_supervision)
    if False in parts:
        return False
    return None if None in parts else True
