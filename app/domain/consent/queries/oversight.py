"""What this viewer may know of the sharing itself: the client, or a mandate that covers it."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Text, Uuid, bindparam, func, literal_column, select

from app.access.grants import AccessGrant
from app.access.rows import in_force
from app.access.session import Session
from app.access.vocabulary import Category, Reach

_CLIENT = bindparam("client", type_=Uuid())
_GROUND = AccessGrant.basis.op("||")(literal_column("':'")).op("||")(
    AccessGrant.basis_id.cast(Text)
)
_HELD = (
    select(
        AccessGrant.client_id,
        func.bit_or(AccessGrant.categories).label("mask"),
        func.array_agg(_GROUND.distinct()).label("grounds"),
    )
    .where(
        AccessGrant.client_id == _CLIENT,
        in_force(AccessGrant),
        AccessGrant.trajectory_id.is_(None),
        AccessGrant.record_id.is_(None),
        AccessGrant.reach == Reach.ALL.value,
        AccessGrant.categories.op("&")(bindparam("needed")) != 0,
    )
    .group_by(AccessGrant.client_id)
)


async def held(session: Session, client_id: UUID, category: Category) -> Row[Any] | None:
    """The decision on [consent] or [access_log] of the whole client; None without it."""
    return await session.row(_HELD, client=client_id, needed=category.bit)
