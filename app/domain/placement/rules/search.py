"""Looking for work: contacts with employers for one person, and what is counted of them; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.employer.rules.contacts import EmployerContactMode


class SpokenBy(StrEnum):
    """Who spoke with the employer; the first contact counts by either."""

    COACH = "coach"
    CLIENT = "client"
    TOGETHER = "together"


class MatchesPlan(StrEnum):
    """Whether the work fits what the person looks for."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True)
class Approach:
    """What the figures need of one contact."""

    happened_on: date
    mode: EmployerContactMode
    matches_plan: MatchesPlan


def first_face_to_face(approaches: Iterable[Approach]) -> date | None:
    """The day from which the search is counted; None as long as there was no such contact."""
    return min(
        (a.happened_on for a in approaches if a.mode is EmployerContactMode.FACE_TO_FACE),
        default=None,
    )


def matching(approaches: Iterable[Approach], before: date) -> tuple[int, int]:
    """How many face-to-face contacts before a day matched the plan wholly, and out of how many."""
    met = [
        a
        for a in approaches
        if a.mode is EmployerContactMode.FACE_TO_FACE and a.happened_on < before
    ]
    return sum(a.matches_plan is MatchesPlan.YES for a in met), len(met)
