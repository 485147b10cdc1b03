"""Who stands in for whom, within one organisation."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Uuid, bindparam, or_, select, tuple_

from app.access.pages import AFTER
from app.access.parties import Membership, Substitution
from app.access.session import Session

_ONLY = bindparam("only", type_=Uuid())
_SUBSTITUTIONS = (
    select(*Substitution.__table__.c)
    .join(Membership, Membership.id == Substitution.absent_membership_id)
    .where(
        Membership.organisation_id == bindparam("organisation_id", type_=Uuid()),
        or_(
            _ONLY.is_(None),
            Substitution.absent_membership_id == _ONLY,
            Substitution.substitute_membership_id == _ONLY,
        ),
    )
)
_ONE = _SUBSTITUTIONS.where(Substitution.id == bindparam("id", type_=Uuid()))
_LOCKED = _ONE.with_for_update(key_share=True, of=Substitution.__table__)
PAGE = (
    _SUBSTITUTIONS.where(tuple_(Substitution.valid_from, Substitution.id) > AFTER)
    .order_by(Substitution.valid_from, Substitution.id)
    .limit(bindparam("size"))
)


async def one(
    session: Session, organisation_id: UUID, only: UUID | None, substitution_id: UUID
) -> Row[Any] | None:
    """`only` narrows to those in which this membership takes part; None for all."""
    binds = {"organisation_id": organisation_id, "only": only, "id": substitution_id}
    return await session.row(_ONE, **binds)


async def locked(
    session: Session, organisation_id: UUID, only: UUID | None, substitution_id: UUID
) -> Row[Any] | None:
    binds = {"organisation_id": organisation_id, "only": only, "id": substitution_id}
    return await session.row(_LOCKED, **binds)
