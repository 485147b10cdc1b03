"""The 12 or 18 months: from the confirmed start conversation, in calendar months."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.trajectory.rules.kinds import DURATIONS, LONG, ClockBasis
from app.domain.trajectory.rules.milestones import Milestone, Reached
from app.domain.trajectory.rules.pauses import days_paused

MONTHS = 12


@dataclass(frozen=True)
class Clock:
    """Pauses do not move `ends_on`; the date with the paused days added stands beside it."""

    basis: ClockBasis
    starts_on: date
    ends_on: date
    reviews_on: tuple[date, ...]
    days_paused: int
    ends_on_with_pauses: date


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    years, month = divmod(day.month - 1 + months, MONTHS)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def duration_of(agreed: int, reached: Sequence[Reached]) -> int:
    """An extension is an event; the months that were agreed at first stay what they were."""
    return LONG if any(e.milestone is Milestone.EXTENDED for e in reached) else agreed


def starts_on(reached: Sequence[Reached]) -> date | None:
    """The day of the start conversation; it counts once its minutes are confirmed."""
    confirmed = [e for e in reached if e.milestone is Milestone.START_CONVERSATION_CONFIRMED]
    held = [e.on for e in reached if e.milestone is Milestone.START_CONVERSATION]
    if not confirmed or not held:
        return None
    before = [day for day in held if day <= confirmed[0].on]
    return max(before, default=None)


def clock_of(agreed: int, reached: Sequence[Reached], today: date) -> Clock | None:
    """None before the start conversation was held and confirmed."""
    start = starts_on(reached)
    if start is None:
        return None
    months = duration_of(agreed, reached)
    end, paused = add_months(start, months), days_paused(reached, today)
    return Clock(
        basis=ClockBasis.START_CONVERSATION,
        starts_on=start,
        ends_on=end,
        reviews_on=tuple(add_months(start, at) for at in DURATIONS if at <= months),
        days_paused=paused,
        ends_on_with_pauses=end + timedelta(days=paused),
    )
