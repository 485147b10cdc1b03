"""How a path on the ladder is read: start, net change, and the goal of a WGB trajectory.

A lower measurement is only a measurement: nothing here ends, fails or grades anything.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from app.domain.ladder.rules.rungs import Occasion

GOAL_STEP = 1
"""WGB aims at one step forward after a year (no duty of result)."""


@dataclass(frozen=True)
class Measured:
    """One measurement in force: not replaced by a corrected version."""

    on: date
    rung: int
    occasion: Occasion


@dataclass(frozen=True)
class Goal:
    """The test at one date; `final` once that date has come, and `met` None without a test."""

    date: date
    rung: int | None
    met: bool | None
    final: bool


@dataclass(frozen=True)
class Course:
    """A path in figures; `stable` when it ends where it began, which can be a success."""

    start: int
    last: int
    net_change: int
    lower_measurements: int
    stable: bool


def in_order(path: Iterable[Measured]) -> list[Measured]:
    """By day; on one day in the order in which they were given."""
    return sorted(path, key=lambda measured: measured.on)


def start_of(path: Sequence[Measured]) -> Measured | None:
    """The first measurement said to be the start, otherwise the first of all."""
    ordered = in_order(path)
    said = (measured for measured in ordered if measured.occasion is Occasion.START)
    return next(said, ordered[0] if ordered else None)


def course_of(path: Sequence[Measured]) -> Course | None:
    """None without measurements."""
    start = start_of(path)
    if start is None:
        return None
    rungs = [measured.rung for measured in in_order(path) if measured.on >= start.on]
    return Course(
        start=start.rung,
        last=rungs[-1],
        net_change=rungs[-1] - start.rung,
        lower_measurements=sum(after < before for before, after in pairwise(rungs)),
        stable=len(rungs) > 1 and rungs[-1] == start.rung,
    )


def last_at_or_before(path: Sequence[Measured], day: date) -> Measured | None:
    """The rule by which the goal is tested: the last measurement, not the highest."""
    until = [measured for measured in in_order(path) if measured.on <= day]
    return until[-1] if until else None


RULES = {"last_at_or_before": last_at_or_before}
"""Ways to choose the measurement that counts, by name; the one in use is told in the answer."""
RULE = "last_at_or_before"


def goal_at(path: Sequence[Measured], day: date, today: date, *, rule: str = RULE) -> Goal:
    """Whether the rung at this date is at least a step above the start."""
    start, counts = start_of(path), RULES[rule](path, day)
    final = today >= day
    if start is None or counts is None:
        return Goal(date=day, rung=None, met=None, final=final)
    met = counts.rung >= start.rung + GOAL_STEP
    return Goal(date=day, rung=counts.rung, met=met, final=final)


def without_pauses(
    start: date, end: date, pauses: Iterable[tuple[date, date | None]], today: date
) -> date:
    """The end moved by the days on which the trajectory stood still before it.

    A pause is half-open [since, until); one that is still open counts to today.
    """
    counted = 0
    for begun, ended in sorted(pauses, key=lambda pause: pause[0]):
        since, until = max(begun, start), ended or today
        if since < end + timedelta(days=counted) and until > since:
            counted += (until - since).days
            start = until
    return end + timedelta(days=counted)
