"""Refused looks: one row each, in a transaction of its own, alike for hidden and for absent."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ARRAY, Index, Uuid, bindparam, cast, column, func, insert, select
from sqlalchemy.dialects.postgresql import BYTEA
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from app.access.vocabulary import Viewer
from app.platform.db import Base, Engine
from app.platform.http.exchange import Exchange


class AccessRefusal(Base):
    """Who asked for what id (or which BSN, as blind index) and got nothing.

    A worker attributes it to the client's log later, so that writing it costs the same whether
    the id exists or not.
    """

    __tablename__ = "access_refusal"
    __table_args__ = (Index(None, "attributed_at", "at"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    at: Mapped[datetime]
    grantee_id: Mapped[UUID]
    membership_id: Mapped[UUID | None]
    machine_id: Mapped[UUID | None]
    organisation_id: Mapped[UUID | None]
    role: Mapped[str]
    purpose: Mapped[str | None]
    route: Mapped[str]
    method: Mapped[str]
    asked_id: Mapped[UUID | None]
    asked_index: Mapped[bytes | None] = mapped_column(BYTEA)
    status: Mapped[int]
    request_id: Mapped[str]
    trace_id: Mapped[str | None]
    attributed_at: Mapped[datetime | None]


_INSERT = insert(AccessRefusal)
_asked = (
    func.unnest(bindparam("ids", type_=ARRAY(Uuid())), bindparam("indexes", type_=ARRAY(BYTEA())))
    .table_valued(column("asked_id", Uuid), column("asked_index", BYTEA))
    .render_derived(name="asked")
)
_ALIKE = [
    bound
    for bound in AccessRefusal.__table__.c
    if bound.name not in {"id", "asked_id", "asked_index", "attributed_at"}
]
_INSERT_ALL = insert(AccessRefusal).from_select(
    ["id", "asked_id", "asked_index", *(bound.name for bound in _ALIKE)],
    select(
        func.gen_random_uuid(),
        _asked.c.asked_id,
        _asked.c.asked_index,
        *(cast(bindparam(bound.name, type_=bound.type), bound.type) for bound in _ALIKE),
    ),
    include_defaults=False,
)


async def write(
    engine: Engine,
    viewer: Viewer,
    exchange: Exchange,
    status: int,
    *,
    asked_id: UUID | None = None,
    asked_index: bytes | None = None,
) -> None:
    """Record one refusal; the request's own transaction is, or will be, rolled back."""
    async with engine.begin() as db:
        await add(db, viewer, exchange, status, asked_id=asked_id, asked_index=asked_index)


async def add(
    db: AsyncConnection,
    viewer: Viewer,
    exchange: Exchange,
    status: int,
    *,
    asked_id: UUID | None = None,
    asked_index: bytes | None = None,
) -> None:
    """The same within a transaction that goes on, for a search that found nothing."""
    row = _row(viewer, exchange, status)
    await db.execute(_INSERT, {**row, "asked_id": asked_id, "asked_index": asked_index})


async def add_all(
    db: AsyncConnection,
    viewer: Viewer,
    exchange: Exchange,
    status: int,
    asked: Sequence[tuple[UUID | None, bytes | None]],
) -> None:
    """One for each id or number that was asked and gave nothing, in one statement."""
    ids, indexes = [list(each) for each in zip(*asked, strict=True)]
    row = _row(viewer, exchange, status)
    await db.execute(_INSERT_ALL, {**row, "ids": ids, "indexes": indexes})


def _row(viewer: Viewer, exchange: Exchange, status: int) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "at": viewer.moment,
        "grantee_id": viewer.grantee_id,
        "membership_id": viewer.membership_id,
        "machine_id": viewer.machine_id,
        "organisation_id": viewer.organisation_id,
        "role": viewer.role.value,
        "purpose": None if viewer.purpose is None else viewer.purpose.value,
        "route": exchange.route,
        "method": exchange.method,
        "status": status,
        "request_id": exchange.request_id,
        "trace_id": exchange.trace_id,
    }
