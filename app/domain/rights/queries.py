"""Requests with what was decided on them, and which records an organisation answers for."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CompoundSelect,
    Date,
    Integer,
    Row,
    Text,
    Uuid,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from app.access import grants
from app.access.facts import DataSubjectRequest
from app.access.grants import AccessGrant
from app.access.lists import list_of
from app.access.pages import AFTER
from app.access.parties import Organisation
from app.access.records import loaded_records
from app.access.rows import holds, in_force, shown
from app.access.session import Session
from app.access.tombstones import Tombstone
from app.access.vocabulary import Category, OrganisationKind, Role
from app.domain.consent.rules.restricting import RestrictionGround
from app.domain.consent.tables import Restriction
from app.domain.rights.rules.deciding import DecisionOutcome, Item
from app.domain.rights.tables import DataSubjectDecision
from app.platform.clock import moment

_DECISIONS = list_of(
    DataSubjectDecision,
    ("id", "recorded_at", "of_category", "record_id", "outcome", "ground", "until", "explanation"),
    DataSubjectDecision.request_id == DataSubjectRequest.id,
)
REQUESTS = shown(
    DataSubjectRequest,
    *DataSubjectRequest.__table__.c,
    _DECISIONS.label("all_decisions"),
)
_ONE = REQUESTS.where(DataSubjectRequest.id == bindparam("request", type_=Uuid()))
_MINE = (
    select(AccessGrant.client_id)
    .where(in_force(AccessGrant), holds(AccessGrant.categories, Category.CONSENT))
    .distinct()
)
_PAGE = (
    REQUESTS.where(
        DataSubjectRequest.client_id.in_(_MINE),
        tuple_(DataSubjectRequest.recorded_at, DataSubjectRequest.id) > AFTER,
    )
    .order_by(DataSubjectRequest.recorded_at, DataSubjectRequest.id)
    .limit(bindparam("size", type_=Integer()))
)
_TODAY = func.date(func.timezone("Europe/Amsterdam", moment()), type_=Date())
_FELL_DUE = and_(
    DataSubjectDecision.outcome == DecisionOutcome.RESTRICT.value,
    DataSubjectDecision.until <= _TODAY,
)
_CLIENTS_DUE = select(DataSubjectDecision.client_id).where(_FELL_DUE).distinct()
_LATER = aliased(DataSubjectDecision)
_LAST = (
    select(_LATER.id)
    .where(
        _LATER.client_id == DataSubjectDecision.client_id,
        _LATER.request_id == DataSubjectDecision.request_id,
        _LATER.of_category == DataSubjectDecision.of_category,
        or_(_LATER.record_id.is_(None), _LATER.record_id == Restriction.record_id),
    )
    .order_by(_LATER.record_id.is_(None), _LATER.recorded_at.desc(), _LATER.id.desc())
    .limit(1)
    .correlate(DataSubjectDecision, Restriction)
    .scalar_subquery()
)
"""What was decided last on the record itself, else on its category; as `outcomes` has it."""
_DONE = select(true()).where(Tombstone.record_id == Restriction.record_id).limit(1)
_DUE = (
    select(
        DataSubjectDecision.client_id,
        DataSubjectDecision.request_id.label("id"),
        Restriction.controller_organisation_id,
        Restriction.record_id,
    )
    .join(
        Restriction,
        and_(
            Restriction.client_id == DataSubjectDecision.client_id,
            Restriction.organisation_id == DataSubjectDecision.controller_organisation_id,
            Restriction.of_category == DataSubjectDecision.of_category,
            Restriction.record_id.is_not(None),
        ),
    )
    .join(
        DataSubjectRequest,
        and_(
            DataSubjectRequest.id == DataSubjectDecision.request_id,
            DataSubjectRequest.client_id == DataSubjectDecision.client_id,
            DataSubjectRequest.valid_until == Restriction.recorded_at,  # its answer made this one
        ),
    )
    .where(
        DataSubjectDecision.client_id == bindparam("client", type_=Uuid()),
        _FELL_DUE,
        DataSubjectDecision.id == _LAST,
        Restriction.author_role == Role.PRIVACY_DESK.value,
        Restriction.ground == RestrictionGround.KEPT_BY_LAW.value,
        Restriction.lifted_at.is_(None),
        _DONE.scalar_subquery().is_(None),
    )
    .distinct()
)
_KIND = select(Organisation.kind).where(Organisation.id == bindparam("organisation", type_=Uuid()))
_NOW = select(moment().label("now"))


async def one(session: Session, request_id: UUID) -> Row[Any] | None:
    return await session.row(_ONE, request=request_id)


async def page(session: Session, after: tuple[datetime, UUID], size: int) -> Sequence[Row[Any]]:
    """The client's own, and those at one's desk that are open; the first one first."""
    return await session.rows(_PAGE, after_0=after[0], after_1=after[1], size=size)


async def kind_of(session: Session, organisation_id: UUID) -> OrganisationKind:
    """Directory data."""
    row = await session.row(_KIND, organisation=organisation_id)
    if row is None:
        raise LookupError("a request is at an organisation that exists")
    return OrganisationKind(row.kind)


async def now(db: AsyncConnection) -> datetime:
    """The moment of this statement: later than anything that was recorded before our lock."""
    at: datetime = (await db.execute(_NOW)).scalar_one()
    return at


async def items(session: Session, client_id: UUID) -> list[Item]:
    """Every record there is of this client, as the compiler: ids and dates, no content.

    Only for whom the desk's open request is checked; what is shown of it the caller answers for.
    """
    async with grants.as_compiler(session.db, client_id):
        rows = await session.db.execute(_items(), {"client": client_id})
        return [
            Item(r.id, Category(r.category), r.controller_organisation_id, r.recorded_at)
            for r in rows
        ]


@cache
def _items() -> CompoundSelect[Any]:
    """Not at import: the tables of all nouns are known only when all are loaded."""
    client = bindparam("client", type_=Uuid())
    return union_all(
        *(
            select(
                table.id,
                literal(table.__category__.value, Text()).label("category"),
                table.controller_organisation_id,
                table.recorded_at,
            ).where(table.client_id == client)
            for table in loaded_records()
        )
    )


async def clients_with_due(db: AsyncConnection) -> list[UUID]:
    """As the worker: whose restricted records have come to their last day, at any time so far."""
    return list(await db.scalars(_CLIENTS_DUE))


async def due(db: AsyncConnection, client_id: UUID) -> Sequence[Row[Any]]:
    """As the compiler: the records of one client that fall due and were not destroyed yet."""
    rows: Sequence[Any] = (await db.execute(_DUE, {"client": client_id})).all()
    return rows
