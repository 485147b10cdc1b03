"""Broken glass as each may see it: the client, whoever broke it, the desk that reviews it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Integer,
    LargeBinary,
    Row,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    func,
    literal_column,
    select,
    text,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access import grants
from app.access.facts import ClientBsn
from app.access.grants import AccessGrant
from app.access.log import AccessLogEntry
from app.access.pages import AFTER
from app.access.parties import Inbox, Membership, Organisation
from app.access.rows import holds, in_force, shown, visible
from app.access.safeguards import BreakGlass
from app.access.session import Session
from app.access.vocabulary import Category, Role
from app.domain.emergency.rules import ReviewState
from app.domain.emergency.tables import BreakGlassReview

_GROUND = literal_column("'break_glass:'", Text()).op("||")(BreakGlass.id.cast(Text))
_LOOKED = and_(
    AccessLogEntry.client_id == BreakGlass.client_id,
    any_(AccessLogEntry.grounds) == _GROUND,
)
_STATE = func.coalesce(BreakGlassReview.outcome, ReviewState.UNREVIEWED.value)
_FULL = (
    shown(
        BreakGlass,
        *BreakGlass.__table__.c,
        Organisation.name.label("organisation_name"),
        Membership.practitioner_id,
        _STATE.label("review"),
        BreakGlassReview.finding,
        BreakGlassReview.recorded_at.label("reviewed_at"),
        select(func.count()).where(_LOOKED).correlate(BreakGlass).scalar_subquery().label("looks"),
        select(func.coalesce(func.bit_or(AccessLogEntry.shown), 0))
        .where(_LOOKED)
        .correlate(BreakGlass)
        .scalar_subquery()
        .label("looked_at"),
    )
    .join(Organisation, Organisation.id == BreakGlass.controller_organisation_id)
    .join(Membership, Membership.id == BreakGlass.membership_id)
    .outerjoin(
        BreakGlassReview,
        and_(BreakGlassReview.break_glass_id == BreakGlass.id, visible(BreakGlassReview).is_(True)),
    )
)
_ONE = _FULL.where(BreakGlass.id == bindparam("glass", type_=Uuid()))
_MINE = (
    select(AccessGrant.client_id)
    .where(in_force(AccessGrant), holds(AccessGrant.categories, Category.CONSENT))
    .distinct()
)
_WISHED = bindparam("state", type_=Text())
_PAGE = (
    _FULL.where(
        BreakGlass.client_id.in_(_MINE),
        _WISHED.is_(None) | (_STATE == _WISHED),
        tuple_(BreakGlass.recorded_at, BreakGlass.id) > AFTER,
    )
    .order_by(BreakGlass.recorded_at, BreakGlass.id)
    .limit(bindparam("size", type_=Integer()))
)
_DESK = select(Inbox.id).where(
    Inbox.organisation_id == bindparam("organisation", type_=Uuid()),
    Inbox.role == Role.PRIVACY_DESK.value,
)
_PERSON = select(Membership.practitioner_id).where(
    Membership.id == bindparam("membership", type_=Uuid())
)
_LOOK_FOR = text("SELECT set_config('trede.compiling_bsn', :bsn, true)")
_BY_BSN = select(ClientBsn.client_id).where(
    ClientBsn.bsn_index == bindparam("bsn_index", type_=LargeBinary()), ClientBsn.confirmed
)


async def one(session: Session, glass_id: UUID) -> Row[Any] | None:
    return await session.row(_ONE, glass=glass_id)


async def page(
    session: Session, state: str | None, after: tuple[datetime, UUID], size: int
) -> Sequence[Row[Any]]:
    """Whatever this viewer may see, the first one first."""
    return await session.rows(_PAGE, state=state, after_0=after[0], after_1=after[1], size=size)


async def desk_of(session: Session, organisation_id: UUID | None) -> UUID | None:
    """Where the privacy desk of this organisation reads; directory data."""
    row = await session.row(_DESK, organisation=organisation_id)
    return None if row is None else row.id


async def person_of(session: Session, membership_id: UUID | None) -> UUID | None:
    """Who works under this membership; directory data."""
    row = await session.row(_PERSON, membership=membership_id)
    return None if row is None else row.practitioner_id


async def client_of(db: AsyncConnection, bsn_index: bytes) -> UUID | None:
    """The client under this BSN at the viewer's own organisation; wall 2 sees to the rest."""
    async with grants.as_compiler(db, UUID(int=0)):
        await db.execute(_LOOK_FOR, {"bsn": bsn_index.hex()})
        found: UUID | None = await db.scalar(_BY_BSN, {"bsn_index": bsn_index})
        await db.execute(_LOOK_FOR, {"bsn": ""})
    return found
