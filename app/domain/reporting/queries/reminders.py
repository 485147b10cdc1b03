"""Reminders for the viewer: those of its own hat and inbox, as far as a grant still opens them."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Integer, Row, Uuid, any_, bindparam, tuple_

from app.access.rows import GRANTEES, shown
from app.access.session import Session
from app.domain.reporting.tables import Reminder

_MINE = shown(
    Reminder,
    *Reminder.__table__.c,
    Reminder.kind.label("what"),
    Reminder.recorded_at.label("since_at"),
).where(Reminder.for_id == any_(GRANTEES))
REMINDERS = shown(Reminder)
_AFTER = tuple_(bindparam("after_day", type_=Date()), bindparam("after_id", type_=Uuid()))
_OPEN = (
    _MINE.where(Reminder.closed_on.is_(None), tuple_(Reminder.due_on, Reminder.id) > _AFTER)
    .order_by(Reminder.due_on, Reminder.id)
    .limit(bindparam("size", type_=Integer()))
)
FIRST = (date(1, 1, 1), UUID(int=0))


async def page(session: Session, after: tuple[date, UUID], size: int) -> Sequence[Row[Any]]:
    """Open ones, by the day they are due."""
    return await session.rows(_OPEN, after_day=after[0], after_id=after[1], size=size)


async def waiting(session: Session, most: int) -> Sequence[Row[Any]]:
    """The first so many of them."""
    return await page(session, FIRST, most)
