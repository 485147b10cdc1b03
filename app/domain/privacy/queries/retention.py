"""What the desk may see in open requests, per client and category: when it last changed.

Over every table with records, so it is built when it is first asked: by then all are loaded.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Integer,
    Row,
    Select,
    Text,
    Uuid,
    bindparam,
    func,
    literal,
    select,
    tuple_,
    union_all,
)

from app.access.grants import AccessGrant
from app.access.records import ClientRecord, loaded_records
from app.access.rows import ORGANISATION, in_force, shown, word
from app.access.session import Session
from app.access.vocabulary import Basis

_REQUESTED = (
    select(AccessGrant.client_id)
    .where(in_force(AccessGrant), AccessGrant.basis == word(Basis.REQUEST))
    .distinct()
)
_AFTER = tuple_(bindparam("after_0", type_=Uuid()), bindparam("after_1", type_=Text()))


def _of(table: type[ClientRecord]) -> Select[Any]:
    return shown(
        table,
        table.client_id,
        literal(table.__category__.value, Text()).label("category"),
        table.recorded_at,
    ).where(table.client_id.in_(_REQUESTED), table.controller_organisation_id == ORGANISATION)


@cache
def _statement() -> Select[Any]:
    found = union_all(*map(_of, loaded_records())).subquery("found")
    last_change = func.max(func.max(found.c.recorded_at)).over(partition_by=found.c.client_id)
    grouped = (
        select(
            found.c.client_id,
            found.c.category,
            func.min(found.c.recorded_at).label("first_recorded_at"),
            func.max(found.c.recorded_at).label("last_recorded_at"),
            last_change.label("file_changed_at"),
            func.bit_or(found.c.mask).label("mask"),
            func.max(func.array_to_string(found.c.grounds, " ")).label("grounds"),
        )
        .group_by(found.c.client_id, found.c.category)
        .subquery("grouped")
    )
    place = tuple_(grouped.c.client_id, grouped.c.category)
    return (
        select(*grouped.c)
        .where(place > _AFTER)
        .order_by(grouped.c.client_id, grouped.c.category)
        .limit(bindparam("size", type_=Integer()))
    )


async def page(session: Session, after: tuple[UUID, str], size: int) -> Sequence[Row[Any]]:
    return await session.rows(_statement(), after_0=after[0], after_1=after[1], size=size)
