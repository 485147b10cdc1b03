"""Every read of a client system."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Uuid, bindparam, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access.pages import AFTER
from app.access.parties import Machine
from app.access.session import Session

_ID = bindparam("id", type_=Uuid())
_MINE = select(*Machine.__table__.c).where(
    Machine.organisation_id == bindparam("organisation_id", type_=Uuid())
)
_ONE = _MINE.where(Machine.id == _ID)
_LOCKED = _ONE.with_for_update(key_share=True)
PAGE = (
    _MINE.where(tuple_(Machine.created_at, Machine.id) > AFTER)
    .order_by(Machine.created_at, Machine.id)
    .limit(bindparam("size"))
)
_ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended('machines:' || :organisation, 0))")
_STANDING = _MINE.with_only_columns(Machine.id).where(Machine.disabled_at.is_(None))
_ENABLED = select(*Machine.__table__.c).where(Machine.id == _ID, Machine.disabled_at.is_(None))


async def one(session: Session, machine_id: UUID) -> Row[Any] | None:
    """Of the viewer's own organisation."""
    own = session.viewer.organisation_id
    return await session.row(_ONE, organisation_id=own, id=machine_id)


async def locked(session: Session, machine_id: UUID) -> Row[Any] | None:
    """The same under a row lock."""
    own = session.viewer.organisation_id
    return await session.row(_LOCKED, organisation_id=own, id=machine_id)


async def alone(session: Session) -> None:
    """Until the end of the request nobody else registers one for this organisation."""
    await session.db.execute(_ALONE, {"organisation": str(session.viewer.organisation_id)})


async def standing(session: Session) -> int:
    """How many of the viewer's own organisation are enabled."""
    own = session.viewer.organisation_id
    return len((await session.execute(_STANDING, {"organisation_id": own})).all())


async def enabled(db: AsyncConnection, machine_id: UUID) -> Row[Any] | None:
    """Who asks for a token; not a viewer yet."""
    return (await db.execute(_ENABLED, {"id": machine_id})).first()
