"""Practitioners, the positions they hold now, and their logins."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Text, Uuid, and_, bindparam, exists, or_, select, tuple_

from app.access.parties import Account, Membership, Practitioner
from app.access.session import Session
from app.platform.clock import is_current, not_over

_ID = bindparam("id", type_=Uuid())
_ORGANISATION = bindparam("organisation_id", type_=Uuid())
_ROLE = bindparam("role", type_=Text())
_MEMBERSHIP = bindparam("membership_id", type_=Uuid())
_AFTER = tuple_(bindparam("after_0", type_=Text()), bindparam("after_1", type_=Uuid()))
_COLUMNS = tuple(Practitioner.__table__.c)
_IN_FORCE = and_(
    is_current(Membership),
)
_NOT_OVER = not_over(Membership)
_ONE = select(*_COLUMNS).where(Practitioner.id == _ID)
_HOLDS = exists().where(
    Membership.practitioner_id == Practitioner.id,
    _IN_FORCE,
    or_(_ORGANISATION.is_(None), Membership.organisation_id == _ORGANISATION),
    or_(_ROLE.is_(None), Membership.role == _ROLE),
    or_(_MEMBERSHIP.is_(None), Membership.id == _MEMBERSHIP),
)
_ANYONE = and_(_ORGANISATION.is_(None), _ROLE.is_(None), _MEMBERSHIP.is_(None))
PAGE = (
    select(*_COLUMNS)
    .where(
        or_(_ANYONE, _HOLDS),
        tuple_(Practitioner.name, Practitioner.id) > _AFTER,
    )
    .order_by(Practitioner.name, Practitioner.id)
    .limit(bindparam("size"))
)
START = ("", UUID(int=0))
_POSITIONS = (
    select(Membership.id, Membership.practitioner_id, Membership.organisation_id, Membership.role)
    .where(Membership.practitioner_id.in_(bindparam("ids", expanding=True)), _IN_FORCE)
    .order_by(Membership.id)
)
_EMPLOYERS = select(Membership.organisation_id, Membership.role).where(
    Membership.practitioner_id == _ID, _NOT_OVER
)
_ACCOUNT = select(Account.id, Account.practitioner_id, Account.issuer, Account.subject).where(
    Account.id == _ID
)
_HAS_LOGIN = select(Account.id).where(Account.practitioner_id == _ID).limit(1)


async def one(session: Session, practitioner_id: UUID) -> Row[Any] | None:
    return await session.row(_ONE, id=practitioner_id)


async def positions(session: Session, ids: Iterable[UUID]) -> dict[UUID, list[Row[Any]]]:
    """What each of these practitioners is now, and where."""
    found: dict[UUID, list[Row[Any]]] = defaultdict(list)
    for row in await session.rows(_POSITIONS, ids=list(ids)):
        found[row.practitioner_id].append(row)
    return found


async def employers(session: Session, practitioner_id: UUID) -> Sequence[Row[Any]]:
    """Organisation and role of every membership that is not over."""
    return await session.rows(_EMPLOYERS, id=practitioner_id)


async def account(session: Session, account_id: UUID) -> Row[Any] | None:
    return await session.row(_ACCOUNT, id=account_id)


async def has_login(session: Session, practitioner_id: UUID) -> bool:
    return await session.row(_HAS_LOGIN, id=practitioner_id) is not None
