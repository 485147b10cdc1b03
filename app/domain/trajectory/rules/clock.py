"""The months of a trajectory, in calendar months; each kind says from which day they count."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.trajectory.rules.kinds import LONG, ClockBasis, Kind
from app.domain.trajectory.rules.milestones import Milestone, Reached
from app.domain.trajectory.rules.pauses import days_paused
from app.domain.trajectory.rules.processes import process_of

MONTHS = 12


@dataclass(frozen=True)
class Clock:
    """Pauses do not move `ends_on`; the date with the paused days added stands beside it.

    None where time ends nothing: support as long as it is wished, or a place to stay.
    """

    basis: ClockBasis
    starts_on: date
    ends_on: date | None
    reviews_on: tuple[date, ...]
    days_paused: int
    ends_on_with_pauses: date | None

    @property
    def looked_back_on(self) -> list[date]:
        """The days of a review, that of the end among them."""
        return sorted({*self.reviews_on, *([] if self.ends_on is None else [self.ends_on])})


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    years, month = divmod(day.month - 1 + months, MONTHS)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def duration_of(agreed: int, reached: Sequence[Reached]) -> int:
    """An extension is an event; the months that were agreed at first stay what they were."""
    return LONG if any(e.milestone is Milestone.EXTENDED for e in reached) else agreed


def starts_on(reached: Sequence[Reached], kind: Kind = Kind.WGB) -> date | None:
    """The day from which this kind counts; a talk counts once its minutes are confirmed."""
    rule = process_of(kind).clock
    begun = [e.on for e in reached if e.milestone is rule.begins]
    if rule.confirmed is None:
        return min(begun, default=None)
    confirmed = [e.on for e in reached if e.milestone is rule.confirmed]
    if not confirmed:
        return None
    return max((day for day in begun if day <= confirmed[0]), default=None)


def clock_of(
    agreed: int | None, reached: Sequence[Reached], today: date, kind: Kind = Kind.WGB
) -> Clock | None:
    """None before the day came from which this kind counts."""
    rule, start = process_of(kind).clock, starts_on(reached, kind)
    if start is None:
        return None
    months = None if agreed is None else duration_of(agreed, reached)
    end = add_months(start, months) if months is not None and rule.ends else None
    paused = days_paused(reached, today)
    reviews = [at for at in rule.reviews if months is not None and at <= months]
    return Clock(
        basis=rule.basis,
        starts_on=start,
        ends_on=end,
        reviews_on=tuple(add_months(start, at) for at in reviews),
        days_paused=paused,
        ends_on_with_pauses=None if end is None else end + timedelta(days=paused),
    )
