"""Events that leave the building later: an opaque id and a verb, written with the change itself."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.clock import moment
from app.platform.db import Base


class OutboxEvent(Base):
    """Information-poor: whoever receives it fetches the rest under their own rights."""

    __tablename__ = "outbox_event"
    __table_args__ = (Index(None, "occurred_at", "id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    verb: Mapped[str]
    subject_id: Mapped[UUID]
    occurred_at: Mapped[datetime] = mapped_column(server_default=moment())


_INSERT = insert(OutboxEvent)


async def announce(db: AsyncConnection, verb: str, subject_id: UUID) -> None:
    """Say that something happened to this record, in the transaction of the change."""
    await db.execute(_INSERT, {"id": uuid4(), "verb": verb, "subject_id": subject_id})
