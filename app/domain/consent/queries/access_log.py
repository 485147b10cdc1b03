"""The access log of one client, in the order of time."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    DateTime,
    Row,
    Uuid,
    and_,
    any_,
    bindparam,
    func,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.orm import aliased

from app.access.facts import Representative, Supporter
from app.access.grants import AccessGrant
from app.access.log import CONTENT, AccessLogEntry
from app.access.pages import AFTER
from app.access.parties import Machine, Membership, Organisation, Practitioner
from app.access.rows import holds, in_force, visible
from app.access.sealed.tables import LogLeaf
from app.access.session import Session
from app.access.vocabulary import Category, Reach


class Between(NamedTuple):
    """From this moment on, and before the other one."""

    since: datetime
    before: datetime


_CLIENT = bindparam("client", type_=Uuid())
_SINCE, _BEFORE = (bindparam(name, type_=DateTime(timezone=True)) for name in Between._fields)
_PLACE = tuple_(AccessLogEntry.at, AccessLogEntry.id)
LAST = (datetime(9999, 1, 1, tzinfo=UTC), UUID(int=0))
ALWAYS = Between(datetime(1, 1, 1, tzinfo=UTC), LAST[0])
_MINE = aliased(AccessGrant)
_MAY = (
    select(
        func.bit_or(_MINE.categories).label("mask"),
        func.bool_or(_MINE.sender_organisation_id.is_(None)).label("of_all"),
        func.array_agg(_MINE.sender_organisation_id).label("senders"),
    )
    .where(
        _MINE.client_id == _CLIENT,
        in_force(_MINE),
        holds(_MINE.categories, Category.ACCESS_LOG),
        _MINE.trajectory_id.is_(None),
        _MINE.record_id.is_(None),
        _MINE.reach == Reach.ALL.value,
    )
    .lateral("may")
)
_WITHIN = or_(_MAY.c.of_all, AccessLogEntry.organisation_id == any_(_MAY.c.senders))
"""Gate 33: a privacy desk reads of an open request what its own organisation did, no more."""
_ENTRIES = (
    select(
        AccessLogEntry.id,
        AccessLogEntry.at,
        AccessLogEntry.client_id,
        AccessLogEntry.trajectory_id,
        AccessLogEntry.organisation_id,
        AccessLogEntry.role,
        AccessLogEntry.purpose,
        AccessLogEntry.resource,
        AccessLogEntry.record_id,
        AccessLogEntry.verb,
        AccessLogEntry.listed,
        AccessLogEntry.outcome,
        AccessLogEntry.shown,
        AccessLogEntry.withheld,
        AccessLogEntry.grounds,
        AccessLogEntry.policy_version,
        Organisation.name.label("organisation_name"),
        Organisation.kind.label("organisation_kind"),
        Machine.name.label("machine_name"),
        func.coalesce(Practitioner.name, Representative.name, Supporter.name).label("person"),
        _MAY.c.mask,
    )
    .select_from(AccessLogEntry)
    .join(_MAY, true())
    .outerjoin(Organisation, Organisation.id == AccessLogEntry.organisation_id)
    .outerjoin(Machine, Machine.id == AccessLogEntry.machine_id)
    .outerjoin(Membership, Membership.id == AccessLogEntry.membership_id)
    .outerjoin(Practitioner, Practitioner.id == Membership.practitioner_id)
    .outerjoin(
        Representative,
        and_(Representative.id == AccessLogEntry.grantee_id, visible(Representative).is_(True)),
    )
    .outerjoin(
        Supporter, and_(Supporter.id == AccessLogEntry.grantee_id, visible(Supporter).is_(True))
    )
    .where(
        AccessLogEntry.client_id == _CLIENT,
        AccessLogEntry.at >= _SINCE,
        AccessLogEntry.at < _BEFORE,
        holds(_MAY.c.mask, Category.ACCESS_LOG),
        _WITHIN,
    )
    .limit(bindparam("size"))
)
_FORWARD = _ENTRIES.where(_PLACE > AFTER).order_by(AccessLogEntry.at, AccessLogEntry.id)
_BACKWARD = _ENTRIES.where(_PLACE < AFTER).order_by(
    AccessLogEntry.at.desc(), AccessLogEntry.id.desc()
)

_SEALED = (
    select(
        *(getattr(AccessLogEntry, name) for name in CONTENT),
        AccessLogEntry.salt,
        AccessLogEntry.leaf_hash,
        LogLeaf.leaf_index,
        _MAY.c.mask,
    )
    .select_from(AccessLogEntry)
    .join(_MAY, true())
    .outerjoin(LogLeaf, LogLeaf.entry_id == AccessLogEntry.id)
    .where(
        AccessLogEntry.client_id == _CLIENT,
        AccessLogEntry.id == bindparam("entry"),
        holds(_MAY.c.mask, Category.ACCESS_LOG),
        _WITHIN,
    )
)


async def sealed(session: Session, client_id: UUID, entry_id: UUID) -> Row[Any] | None:
    """One entry with all that its leaf commits to, and its place in the tree once it has one."""
    return await session.row(_SEALED, client=client_id, entry=entry_id)


async def page(
    session: Session,
    client_id: UUID,
    after: tuple[Any, ...],
    size: int,
    *,
    between: Between,
    newest_first: bool,
) -> Sequence[Row[Any]]:
    statement = _BACKWARD if newest_first else _FORWARD
    return await session.rows(
        statement,
        client=client_id,
        after_0=after[0],
        after_1=after[1],
        size=size,
        **between._asdict(),
    )
