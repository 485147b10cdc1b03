"""Memberships of one organisation, and who supervises whom there."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Text, Uuid, bindparam, select, tuple_

from app.access.pages import AFTER
from app.access.parties import Membership, Practitioner, Supervision
from app.access.session import Session
from app.access.vocabulary import Role
from app.platform.clock import not_over

_ID = bindparam("id", type_=Uuid())
_ORGANISATION = bindparam("organisation_id", type_=Uuid())
_ANYWHERE = select(*Membership.__table__.c, Practitioner.name.label("practitioner_name")).join(
    Practitioner, Practitioner.id == Membership.practitioner_id
)
_BY_ID = _ANYWHERE.where(Membership.id == _ID)
_MEMBERSHIPS = _ANYWHERE.where(Membership.organisation_id == _ORGANISATION)
_MEMBERSHIP = _MEMBERSHIPS.where(Membership.id == _ID)
_MEMBERSHIP_LOCKED = _MEMBERSHIP.with_for_update(key_share=True, of=Membership.__table__)
MEMBERSHIPS = (
    _MEMBERSHIPS.where(tuple_(Membership.valid_from, Membership.id) > AFTER)
    .order_by(Membership.valid_from, Membership.id)
    .limit(bindparam("size"))
)
_NOT_OVER = not_over(Membership)
_SAME = select(Membership.id).where(
    Membership.organisation_id == _ORGANISATION,
    Membership.practitioner_id == bindparam("practitioner_id", type_=Uuid()),
    Membership.role == bindparam("role", type_=Text()),
    _NOT_OVER,
)
_WITH_ROLE = select(Membership.id).where(
    Membership.organisation_id == _ORGANISATION,
    Membership.role == bindparam("role", type_=Text()),
    _NOT_OVER,
)
_ALL = select(Membership.id, Membership.role).where(Membership.organisation_id == _ORGANISATION)
_SUPERVISIONS = (
    select(*Supervision.__table__.c)
    .join(Membership, Membership.id == Supervision.supervised_membership_id)
    .where(Membership.organisation_id == _ORGANISATION)
)
_SUPERVISION = _SUPERVISIONS.where(Supervision.id == _ID)
_SUPERVISION_LOCKED = _SUPERVISION.with_for_update(key_share=True, of=Supervision.__table__)
SUPERVISIONS = (
    _SUPERVISIONS.where(tuple_(Supervision.valid_from, Supervision.id) > AFTER)
    .order_by(Supervision.valid_from, Supervision.id)
    .limit(bindparam("size"))
)


async def one(session: Session, organisation_id: UUID, membership_id: UUID) -> Row[Any] | None:
    return await session.row(_MEMBERSHIP, organisation_id=organisation_id, id=membership_id)


async def anywhere(session: Session, membership_id: UUID) -> Row[Any] | None:
    """By its own id alone, for a replay: who asked was checked when it was made."""
    return await session.row(_BY_ID, id=membership_id)


async def locked(session: Session, organisation_id: UUID, membership_id: UUID) -> Row[Any] | None:
    return await session.row(_MEMBERSHIP_LOCKED, organisation_id=organisation_id, id=membership_id)


async def holds_already(
    session: Session, organisation_id: UUID, practitioner_id: UUID, role: str
) -> bool:
    """Whether this person already has, or will have, this role at this organisation."""
    values = {"organisation_id": organisation_id, "practitioner_id": practitioner_id, "role": role}
    return await session.row(_SAME, **values) is not None


async def somebody_is(session: Session, organisation_id: UUID, role: str) -> bool:
    """Whether anyone has, or will have, this role at this organisation."""
    return await session.row(_WITH_ROLE, organisation_id=organisation_id, role=role) is not None


async def everyone(session: Session, organisation_id: UUID) -> dict[UUID, Role]:
    """All memberships there ever were, by role: grants may still rest on ended ones."""
    rows = await session.rows(_ALL, organisation_id=organisation_id)
    return {row.id: Role(row.role) for row in rows}


async def supervision(
    session: Session, organisation_id: UUID, supervision_id: UUID
) -> Row[Any] | None:
    return await session.row(_SUPERVISION, organisation_id=organisation_id, id=supervision_id)


async def supervision_locked(
    session: Session, organisation_id: UUID, supervision_id: UUID
) -> Row[Any] | None:
    values = {"organisation_id": organisation_id, "id": supervision_id}
    return await session.row(_SUPERVISION_LOCKED, **values)
