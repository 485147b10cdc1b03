"""Which law pays for which activity: the lines of `funding.csv`, checked before it is recorded.

Source: domain A6, after the guidance of ZIN (2016). The Zvw pays for treatment and for the talks
that lead to IPS, so for an activity and never for a whole trajectory. Support at work is paid by
whoever answers for the benefit. Where the sources name no law, only those that fit are listed.
"""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from app.domain.trajectory.rules.kinds import Funding, Kind, LegalFrame

OWN = Path(__file__).with_name("funding.csv")
BENEFITS = {
    Funding.UWV: frozenset(LegalFrame) - {LegalFrame.PARTICIPATIEWET},
    Funding.PARTICIPATIEWET: frozenset({LegalFrame.PARTICIPATIEWET}),
}
"""Whose money it is tells which benefits it can belong to."""


@cache
def paid() -> dict[str, frozenset[Funding]]:
    """By activity (a kind of trajectory or of contact), what may pay for it."""
    found: dict[str, set[Funding]] = {}
    with OWN.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["activity"], set()).add(Funding(row["funding"]))
    return {activity: frozenset(laws) for activity, laws in found.items()}


def pays(activity: str, funding: Funding | None) -> bool:
    """Whether this law pays for that; what is not said is not wrong."""
    return funding is None or funding in paid()[activity]


def faults_of_funding(
    kind: Kind, funding: Funding | None, benefit: LegalFrame | None
) -> Iterator[tuple[str, str]]:
    """(field, explanation) for a trajectory: the law by its kind, the benefit by the law."""
    if not pays(kind, funding):
        yield "funding", "This law does not pay for a trajectory of this kind."
    if funding is not None and benefit not in {None, *BENEFITS.get(funding, frozenset(LegalFrame))}:
        yield "legalFrame", "This benefit is not one that this law pays by."
