"""Clients of whom something was written, so that what waits may be other: ids and nothing else.

A row more never waits for another one, so no request is held up by the job that takes them.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ARRAY, Uuid, all_, bindparam, delete, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.clock import moment
from app.platform.db import Base


class ReminderDue(Base):
    """The reminders of this client are to be looked at; once for however many rows there are."""

    __tablename__ = "reminder_due"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    client_id: Mapped[UUID] = mapped_column(index=True)
    since: Mapped[datetime] = mapped_column(server_default=moment())


_ADD = insert(ReminderDue)
_EVERYONE = text(
    "INSERT INTO reminder_due (id, client_id)"
    " SELECT gen_random_uuid(), t.client_id FROM (SELECT DISTINCT client_id FROM trajectory) t"
)
_NEXT = (
    select(ReminderDue.id)
    .where(ReminderDue.client_id != all_(bindparam("failed", type_=ARRAY(Uuid()))))
    .order_by(ReminderDue.since, ReminderDue.id)
    .limit(1)
    .with_for_update(skip_locked=True)
    .scalar_subquery()
)
_CLAIM = delete(ReminderDue).where(ReminderDue.id == _NEXT).returning(ReminderDue.client_id)
_SAME = delete(ReminderDue).where(
    ReminderDue.id.in_(
        select(ReminderDue.id)
        .where(ReminderDue.client_id == bindparam("client", type_=Uuid()))
        .with_for_update(skip_locked=True)
    )
)


async def note(db: AsyncConnection, clients: Iterable[UUID]) -> None:
    """As whoever wrote: these clients are looked at soon."""
    rows = [{"id": uuid4(), "client_id": client_id} for client_id in clients]
    if rows:
        await db.execute(_ADD, rows)


async def note_everyone(worker: AsyncConnection) -> None:
    """As the worker, each day: a day more may make something due."""
    await worker.execute(_EVERYONE)


async def claim(db: AsyncConnection, failed: list[UUID]) -> UUID | None:
    """The client that waits longest; what breaks off is waiting again."""
    client_id: UUID | None = await db.scalar(_CLAIM, {"failed": failed})
    if client_id is not None:
        await db.execute(_SAME, {"client": client_id})
    return client_id
