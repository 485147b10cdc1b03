"""Placements: for those on the trajectory, and the employer's own part by contract."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Date,
    Row,
    Uuid,
    bindparam,
    case,
    or_,
    select,
    true,
    tuple_,
)

from app.access.facts import Responsibility
from app.access.grants import AccessGrant
from app.access.pages import AFTER
from app.access.parties import Inbox, Organisation
from app.access.rows import held, holds, in_force, shown
from app.access.session import Session
from app.access.versions import superseded_by, versions
from app.access.vocabulary import Basis, Category, OrganisationKind, Role
from app.domain.client import queries as clients
from app.domain.placement.tables import Accommodation, Placement
from app.domain.trajectory.rules.kinds import Variant, variant_of
from app.platform.clock import is_current

_TRAJECTORY = bindparam("trajectory", type_=Uuid())
_ORGANISATION = bindparam("organisation", type_=Uuid())
_EMPLOYER = (
    select(Organisation.name)
    .where(Organisation.id == Placement.workplace_organisation_id)
    .correlate(Placement)
    .scalar_subquery()
    .label("workplace_name")
)
PLACEMENTS = versions(Placement, _EMPLOYER)
ACCOMMODATIONS = versions(Accommodation)
AT_WORKPLACE = ACCOMMODATIONS.where(superseded_by(Accommodation).is_(None))

_DECISION = held(Placement)
_NAME_BIT = Category.IDENTITY.bit
_NAMED = clients.named(
    select(*Placement.__table__.c, _DECISION.c.grounds)
    .select_from(Placement)
    .join(_DECISION, true())
    .where(
        holds(_DECISION.c.mask, Category.PLACEMENT),
        superseded_by(Placement).is_(None),
    ),
    Placement.client_id,
)
CONTRACTS = _NAMED.add_columns(
    _DECISION.c.mask.op("&")(~_NAME_BIT)
    .op("|")(case((_NAMED.selected_columns.given_name.is_not(None), _NAME_BIT), else_=0))
    .label("mask")
)
"""The name hangs on a record of its own: the decision about that one counts, not about this."""
_CONTRACT = CONTRACTS.where(Placement.id == bindparam("record", type_=Uuid()))
_AGREEMENT = _CONTRACT.add_columns(_EMPLOYER)
_MINE = (
    select(AccessGrant.record_id)
    .where(
        in_force(AccessGrant),
        AccessGrant.basis == Basis.CONTRACT,
        holds(AccessGrant.categories, Category.PLACEMENT),
    )
    .distinct()
)
_ORDER = tuple_(Placement.recorded_at, Placement.id)
_CONTRACT_PAGE = (
    CONTRACTS.where(Placement.id.in_(_MINE), _ORDER > AFTER)
    .order_by(Placement.recorded_at, Placement.id)
    .limit(bindparam("size"))
)
_INBOX = (
    select(Inbox.id)
    .join(Organisation, Organisation.id == Inbox.organisation_id)
    .where(
        Inbox.organisation_id == _ORGANISATION,
        Inbox.role == Role.EMPLOYER,
        Organisation.kind == OrganisationKind.EMPLOYER,
    )
)
_AUTHORITY = (
    shown(Responsibility, Organisation.kind)
    .join(Organisation, Organisation.id == Responsibility.organisation_id)
    .where(
        Responsibility.trajectory_id == _TRAJECTORY,
        is_current(Responsibility),
    )
    .limit(1)
)
_FROM, _UNTIL = bindparam("from_", type_=Date()), bindparam("until", type_=Date())
_IN_PERIOD = (
    PLACEMENTS.where(
        Placement.trajectory_id == _TRAJECTORY,
        Placement.starts_on <= _UNTIL,
        or_(Placement.ended_on.is_(None), Placement.ended_on >= _FROM),
        superseded_by(Placement).is_(None),
    )
    .order_by(Placement.starts_on, Placement.id)
    .limit(50)
)


async def employer_inbox(session: Session, organisation_id: UUID) -> UUID | None:
    """The handle of an employer; None when there is no such employer in the directory."""
    row = await session.row(_INBOX, organisation=organisation_id)
    return None if row is None else UUID(str(row.id))


async def variant(session: Session, trajectory_id: UUID) -> Variant | None:
    """Who is responsible now, as far as this viewer may know."""
    row = await session.row(_AUTHORITY, trajectory=trajectory_id)
    return None if row is None else variant_of(row.kind)


async def contract(session: Session, placement_id: UUID) -> Row[Any] | None:
    return await session.row(_CONTRACT, record=placement_id)


async def agreement(session: Session, placement_id: UUID) -> Row[Any] | None:
    """The same with the employer by name."""
    return await session.row(_AGREEMENT, record=placement_id)


async def contracts(session: Session, after: Any, size: int) -> Sequence[Row[Any]]:
    return await session.rows(_CONTRACT_PAGE, after_0=after[0], after_1=after[1], size=size)


async def in_period(
    session: Session, trajectory_id: UUID, start: date, end: date
) -> Sequence[Row[Any]]:
    """The placements that overlap these days, for an action's own use (unlogged)."""
    return await session.rows(_IN_PERIOD, trajectory=trajectory_id, from_=start, until=end)
