"""When the ladder is measured next: a reminder, that nothing and nobody fails by missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.ladder.rules.course import Measured
from app.domain.ladder.rules.rungs import Occasion
from app.domain.trajectory.rules.clock import add_months

HALF_A_YEAR, YEAR, YEAR_AND_A_HALF = 6, 12, 18
AROUND = 14
"""A measurement so many days before month 12 or 18 is that one too, whatever it was called."""


@dataclass(frozen=True)
class Course:
    """What the reminders hang on; each day is one that the viewer may know.

    `months`: the agreed duration, for the kinds that test at month 12 (WGB), else None.
    `changes`: days on which something really changed, such as a job that began or ended.
    """

    starts_on: date | None
    months: int | None = None
    changes: tuple[date, ...] = ()
    ended_on: date | None = None
    paused: bool = False


@dataclass(frozen=True)
class Due:
    """Measure for this reason, from this day on."""

    occasion: Occasion
    on: date


def measurement_due(course: Course, measured: Sequence[Measured]) -> tuple[Due, ...]:
    """What is due or comes next, the earliest first; empty before the start and while it rests.

    At the start, half a year after the last time, at a real change, at month 12 (and 18 where that
    was agreed), and at the end (source: domain, C4). After the end only the end is left.
    """
    if course.starts_on is None or course.paused:
        return ()
    if course.ended_on is not None:
        return _unless(Due(Occasion.END, course.ended_on), measured, since=course.ended_on)
    if not measured:
        return (Due(Occasion.START, course.starts_on),)
    last = max(one.on for one in measured)
    found = [Due(Occasion.SIX_MONTHLY, add_months(last, HALF_A_YEAR))]
    changed = [day for day in course.changes if day > last]
    if changed:
        found.append(Due(Occasion.CHANGE, min(changed)))
    found += _tests(course, measured)
    return tuple(sorted(found, key=lambda due: due.on))


def _tests(course: Course, measured: Sequence[Measured]) -> list[Due]:
    """Month 12 and 18 of a course that is tested then; a later measurement does it as well."""
    if course.starts_on is None or course.months is None:
        return []
    names = {YEAR: Occasion.MONTH_12, YEAR_AND_A_HALF: Occasion.MONTH_18}
    return [
        Due(occasion, day)
        for months, occasion in names.items()
        if months <= course.months
        for day in (add_months(course.starts_on, months),)
        if not any((day - one.on).days <= AROUND for one in measured)
    ]


def _unless(due: Due, measured: Sequence[Measured], *, since: date) -> tuple[Due, ...]:
    done = any(one.occasion is due.occasion or one.on >= since for one in measured)
    return () if done else (due,)
