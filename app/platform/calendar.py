"""Days of the calendar, without a clock and without a framework."""

from datetime import date


def years_later(day: date, years: int) -> date:
    """The same day of a later year; where that year has no 29 February, 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
