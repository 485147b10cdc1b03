"""One clock: the database's `moment()`; days are counted in Europe/Amsterdam."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, DateTime, and_, func, or_

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def moment() -> ColumnElement[datetime]:
    """Statement time of the database, moved by the owner's offset in demo and test mode."""
    return func.moment(type_=DateTime(timezone=True))


def not_over(period: Any) -> ColumnElement[bool]:
    """Of a table with `valid_until`: this row has not ended."""
    return or_(period.valid_until.is_(None), moment() < period.valid_until)


def is_current(period: Any) -> ColumnElement[bool]:
    """Of a table with `valid_from` and `valid_until`: this row holds at this moment."""
    return and_(period.valid_from <= moment(), not_over(period))


def day_of(at: datetime) -> date:
    """The Dutch calendar day on which a moment falls."""
    return at.astimezone(AMSTERDAM).date()


def start_of(day: date) -> datetime:
    """The first moment of a Dutch calendar day, in UTC; periods are half-open [from, until)."""
    return datetime.combine(day, time(), AMSTERDAM).astimezone(UTC)
