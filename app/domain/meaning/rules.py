"""Two views of one day that may differ, and none of them is the right one; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.access.vocabulary import Role

PROFESSIONALS = frozenset({Role.CLINICIAN, Role.IPS_COACH, Role.REINTEGRATION_COACH})
"""Who works with the client from week to week; what a funder thinks of it is not asked."""


@dataclass(frozen=True)
class View:
    """How meaningful someone found the days by then, from 1 to 10."""

    on: date
    score: int
    by: Role


def newest(views: Sequence[View]) -> list[View]:
    """The last view of each role, the roles in their order; nothing is added up or compared."""
    ordered = sorted(views, key=lambda view: view.on)
    last = {view.by: view for view in ordered}
    return [last[role] for role in Role if role in last]
