"""How long a job is kept: the days of 13 and 26 weeks, computed and never entered."""

from datetime import date, timedelta

PAID = frozenset({"supported_paid", "regular_paid", "self_employment"})
WEEKS = (13, 26)


def kept_on(
    kind: str, starts_on: date, ended_on: date | None, weeks: int, today: date
) -> date | None:
    """The day on which a paid job had lasted so many weeks; None: not, or not yet."""
    day = starts_on + timedelta(weeks=weeks)
    until = today if ended_on is None else min(ended_on, today)
    return day if kind in PAID and day <= until else None
