"""The members of the organisation of a client system; directory data, and of nobody else."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Text, Uuid, bindparam, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access.parties import Machine, Membership, Practitioner
from app.platform.clock import is_current

_ROLE = bindparam("role", type_=Text())
_AFTER = tuple_(bindparam("after_0", type_=Text()), bindparam("after_1", type_=Uuid()))
_PAGE = (
    select(
        Membership.id.label("membership_id"),
        Membership.practitioner_id,
        Practitioner.name,
        Practitioner.agb,
        Practitioner.big,
        Membership.role,
    )
    .join(Machine, Machine.organisation_id == Membership.organisation_id)
    .join(Practitioner, Practitioner.id == Membership.practitioner_id)
    .where(
        Machine.id == bindparam("machine", type_=Uuid()),
        Machine.disabled_at.is_(None),
        is_current(Membership),
        or_(_ROLE.is_(None), Membership.role == _ROLE),
        tuple_(Practitioner.name, Membership.id) > _AFTER,
    )
    .order_by(Practitioner.name, Membership.id)
    .limit(bindparam("size"))
)
START = ("", UUID(int=0))


async def page(
    db: AsyncConnection, *, machine: str, role: str | None, after: Any, size: int
) -> Sequence[Row[Any]]:
    """In the order of their names; without a role those of every role."""
    binds = {"machine": UUID(machine), "role": role, "size": size}
    result: Any = await db.execute(_PAGE, {**binds, "after_0": after[0], "after_1": after[1]})
    found: Sequence[Row[Any]] = result.all()
    return found
