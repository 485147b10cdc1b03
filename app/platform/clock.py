"""One clock: the database's `moment()`; days are counted in Europe/Amsterdam."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, DateTime, func

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def moment() -> ColumnElement[datetime]:
    """Statement time of the database, moved by the owner's offset in demo and test mode."""
    return func.moment(type_=DateTime(timezone=True))


def day_of(at: datetime) -> date:
    """The Dutch calendar day on which a moment falls."""
    return at.astimezone(AMSTERDAM).date()


def start_of(day: date) -> datetime:
    """The first moment of a Dutch calendar day, in UTC; periods are half-open [from, until)."""
    return datetime.combine(day, time(), AMSTERDAM).astimezone(UTC)
