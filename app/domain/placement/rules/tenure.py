"""How long jobs last: days, the weeks that count, and the gaps between; pure.

Periods are half-open: the day of the end is not counted. A job that goes on counts until today.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol

SHORT, LONG = 13, 26
"""Weeks in work that funders ask for."""


class Lasting(Protocol):
    """Anything with these two days."""

    @property
    def starts_on(self) -> date: ...
    @property
    def ended_on(self) -> date | None: ...


def days_in(job: Lasting, today: date) -> int:
    """Days in this job so far; none before it starts."""
    until = today if job.ended_on is None else min(job.ended_on, today)
    return max((until - job.starts_on).days, 0)


def reached_on(job: Lasting, weeks: int, today: date) -> date | None:
    """The day on which so many weeks were in; None while they are not, or never were."""
    days = 7 * weeks
    return job.starts_on + timedelta(days) if days_in(job, today) >= days else None


def tenure_of(job: Lasting, today: date) -> dict[str, int | date | None]:
    """The figures of one job, as they are told."""
    return {
        "tenure_days": days_in(job, today),
        "weeks_13_on": reached_on(job, SHORT, today),
        "weeks_26_on": reached_on(job, LONG, today),
    }


def gaps_before(jobs: Sequence[Lasting]) -> list[int | None]:
    """Per job the days without one before it; None before the first, 0 where they overlap.

    The jobs are in the order of their starts. One that goes on leaves no gap after it.
    """
    found: list[int | None] = []
    last: date | None = None
    for job in jobs:
        found.append(None if last is None else max((job.starts_on - last).days, 0))
        end = date.max if job.ended_on is None else job.ended_on
        last = end if last is None else max(last, end)
    return found
