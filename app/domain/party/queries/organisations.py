"""Organisations and their inboxes."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Text, Uuid, bindparam, func, or_, select, tuple_

from app.access.parties import Inbox, Organisation
from app.access.session import Session

_ID = bindparam("id", type_=Uuid())
_KIND = bindparam("kind", type_=Text())
_PREFIX = bindparam("name", type_=Text())
_AFTER = tuple_(bindparam("after_0", type_=Text()), bindparam("after_1", type_=Uuid()))
_COLUMNS = tuple(Organisation.__table__.c)
_ONE = select(*_COLUMNS).where(Organisation.id == _ID)
_LOCKED = _ONE.with_for_update(key_share=True)
PAGE = (
    select(*_COLUMNS)
    .where(
        or_(_KIND.is_(None), Organisation.kind == _KIND),
        or_(_PREFIX.is_(None), func.starts_with(func.lower(Organisation.name), _PREFIX)),
        tuple_(Organisation.name, Organisation.id) > _AFTER,
    )
    .order_by(Organisation.name, Organisation.id)
    .limit(bindparam("size"))
)
START = ("", UUID(int=0))
_INBOX = select(Inbox.id).where(
    Inbox.organisation_id == bindparam("organisation", type_=Uuid()),
    Inbox.role == bindparam("role", type_=Text()),
)


async def one(session: Session, organisation_id: UUID) -> Row[Any] | None:
    return await session.row(_ONE, id=organisation_id)


async def locked(session: Session, organisation_id: UUID) -> Row[Any] | None:
    """The same under a lock: acts on one organisation follow one another, references go on."""
    return await session.row(_LOCKED, id=organisation_id)


async def inbox(session: Session, organisation_id: UUID, role: str) -> UUID | None:
    """The handle of an organisation and role; None when the role has none yet."""
    row = await session.row(_INBOX, organisation=organisation_id, role=role)
    return None if row is None else row.id
