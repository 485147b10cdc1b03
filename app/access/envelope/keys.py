"""The wrapped data keys: who has none for a record cannot read what it says."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ARRAY, Index, Integer, Uuid, any_, bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from app.access.envelope.columns import Owner
from app.access.vocabulary import Category
from app.platform.clock import moment
from app.platform.db import Base


class DataKey(Base):
    """One key of one client, for what one organisation answers for, of one category (its bit).

    Row security gives it to whoever holds a grant on that category of that client, and to nobody
    else; destroying it makes everything under it unreadable, wherever a copy of it lies.
    """

    __tablename__ = "data_key"
    __table_args__ = (
        Index(
            "uq_data_key_owner",
            "client_id",
            "organisation_id",
            "category",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    client_id: Mapped[UUID]
    organisation_id: Mapped[UUID | None]
    category: Mapped[int]
    wrapped: Mapped[bytes]
    made_at: Mapped[datetime] = mapped_column(server_default=moment())


_CLIENTS = bindparam("clients", type_=ARRAY(Uuid()))
_CATEGORIES = bindparam("categories", type_=ARRAY(Integer()))
_FIND = select(DataKey.client_id, DataKey.organisation_id, DataKey.category, DataKey.wrapped).where(
    DataKey.client_id == any_(_CLIENTS), DataKey.category == any_(_CATEGORIES)
)
_MAKE = insert(DataKey).on_conflict_do_nothing()
_BY_BIT = {category.bit: category for category in Category}


async def find(db: AsyncConnection, owners: Collection[Owner]) -> dict[Owner, bytes]:
    """The wrapped keys of these owners that may be seen, in one statement."""
    asked: dict[str, Any] = {
        "clients": sorted({owner.client_id for owner in owners}),
        "categories": sorted({owner.category.bit for owner in owners}),
    }
    rows = await db.execute(_FIND, asked)
    found = {Owner(r.client_id, r.organisation_id, _BY_BIT[r.category]): r.wrapped for r in rows}
    return {owner: found[owner] for owner in owners if owner in found}


async def make(db: AsyncConnection, owner: Owner, wrapped: bytes) -> bool:
    """Store the first key of this owner; False where another transaction was first."""
    row = {
        "id": uuid4(),
        "client_id": owner.client_id,
        "organisation_id": owner.organisation_id,
        "category": owner.category.bit,
        "wrapped": wrapped,
    }
    return bool((await db.execute(_MAKE, row)).rowcount)
