"""What goes along with a record that is destroyed: the rows that are a part of it."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Select, Uuid, any_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access.records import loaded_records


@cache
def _statements() -> tuple[Select[Any], ...]:
    whole = any_(bindparam("whole", type_=ARRAY(Uuid())))
    client = bindparam("client", type_=Uuid())
    return tuple(
        select(table.id).where(
            table.client_id == client, table.__table__.c[table.__part_of__] == whole
        )
        for table in loaded_records()
        if table.__part_of__ is not None
    )


async def parts_of(db: AsyncConnection, client_id: UUID, whole: Sequence[UUID]) -> list[UUID]:
    """As the compiler, for whoever wrote a part may not always read it."""
    found: list[UUID] = []
    for statement in _statements():
        found += await db.scalars(statement, {"client": client_id, "whole": list(whole)})
    return found
