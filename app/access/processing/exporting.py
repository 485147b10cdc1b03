"""The processing log told to a collector, in the order in which the access log was sealed.

How far it was told stands in the database, and moves only when the collector said yes: what could
not be told waits, and is told again under the same ids.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import BigInteger, Row, bindparam, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from app.access.log import AccessLogEntry
from app.access.processing.looks import COLUMNS, ENDED, PROCESSED, look_of
from app.access.processing.spans import Look, Span, Telling
from app.access.sealed.tables import LogLeaf
from app.platform.db import Base, Engine

BATCH = 500
Send = Callable[[Sequence[Span]], Awaitable[None]]


class LogExport(Base):
    """The first leaf of the log that a receiver was not told of yet."""

    __tablename__ = "log_export"
    name: Mapped[str] = mapped_column(primary_key=True)
    next_leaf: Mapped[int] = mapped_column(BigInteger)


_BEGIN = text("INSERT INTO log_export VALUES (:name, 0) ON CONFLICT DO NOTHING")
_WHERE = (
    select(LogExport.next_leaf)
    .where(LogExport.name == bindparam("name"))
    .with_for_update(skip_locked=True)
)
_NEXT = (
    select(
        LogLeaf.leaf_index,
        LogLeaf.xid.label("xid"),
        *COLUMNS,
        ENDED.label("ended_at"),
        AccessLogEntry.shown,
        PROCESSED.label("processed"),
    )
    .join(AccessLogEntry, AccessLogEntry.id == LogLeaf.entry_id)
    .where(LogLeaf.leaf_index >= bindparam("first"))
    .order_by(LogLeaf.leaf_index)
    .limit(BATCH + 1)
)
_MOVE = (
    update(LogExport)
    .where(LogExport.name == bindparam("receiver"))
    .values(next_leaf=bindparam("upto", type_=BigInteger()))
)


async def tell(engine: Engine, name: str, telling: Telling, send: Send) -> int:
    """Tell all that is sealed; how many lines. What `send` raises leaves the rest for later.

    Several workers may call it: one tells, the others leave at once.
    """
    told = 0
    async with engine.begin() as db:
        await db.execute(_BEGIN, {"name": name})
    while True:
        async with engine.begin() as db:
            spans, left = await _tell(db, name, telling, send)
        told += spans
        if not left:
            return told


async def _tell(db: AsyncConnection, name: str, telling: Telling, send: Send) -> tuple[int, bool]:
    first = await db.scalar(_WHERE, {"name": name})
    if first is None:
        return 0, False
    rows: Any = (await db.execute(_NEXT, {"first": first})).all()
    taken = _whole(rows)
    if not taken:
        return 0, False
    spans = list(telling.spans(_looks(taken)))
    if spans:
        await send(spans)
    await db.execute(_MOVE, {"receiver": name, "upto": taken[-1].leaf_index + 1})
    return len(spans), len(rows) > len(taken)


def _whole(rows: Sequence[Row[Any]]) -> Sequence[Row[Any]]:
    """Without the last transaction where more of it may follow, unless there is nothing else."""
    if len(rows) <= BATCH:
        return rows
    ended = [row for row in rows if row.xid != rows[-1].xid]
    return ended or rows[:BATCH]


def _looks(rows: Sequence[Row[Any]]) -> list[Look]:
    """Each person once per request and way; in the order of the log."""
    found: dict[tuple[object, ...], Look] = {}
    for row in rows:
        if row.processed:
            look = look_of(row)
            key = (look.span_id, look.client_id, look.verb)
            shown = look.shown | (found[key].shown if key in found else 0)
            found[key] = replace(look, shown=shown)
    return sorted(found.values(), key=lambda look: (look.at, look.span_id))
