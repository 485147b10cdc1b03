"""The workplace scan: five aspects, each green, orange or red; pure."""

from collections.abc import Iterable
from enum import StrEnum


class Aspect(StrEnum):
    """What a workplace is looked at for; the order is that of the talk about it."""

    STIMULI = "stimuli"
    TEAM_COHESION = "team_cohesion"
    COLLEAGUES = "colleagues"
    SUPERVISOR = "supervisor"
    CUSTOMER = "customer"


class ScanColour(StrEnum):
    """From best to worst."""

    GREEN = "green"
    ORANGE = "orange"
    RED = "red"


_ORDER = tuple(ScanColour)


def verdict(colours: Iterable[ScanColour]) -> ScanColour:
    """The worst of the aspects: one that is not green keeps the whole from being green."""
    return max(colours, key=_ORDER.index)
