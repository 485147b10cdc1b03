"""One day of the log of the own organisation: who read much, and which looks are put forward.

A draw is repeatable: it goes by a hash of member, client and seed.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Integer,
    Row,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
)

from app.access.attribution import NOBODY
from app.access.log import AccessLogEntry
from app.access.parties import Membership, Practitioner, Substitution
from app.access.session import Session
from app.domain.privacy.queries.impact import MASK
from app.domain.privacy.queries.log import overseen, within
from app.domain.privacy.rules.oddities import MOST_LISTED, MOST_OPENED, RELATED

EXAMINED = 100
"""At most so many pairs of member and client are looked into at once."""
_MEMBER = bindparam("member", type_=Uuid())
_ENTRY = AccessLogEntry
_THAT_DAY = and_(
    overseen(),
    within(),
    _ENTRY.membership_id.is_not(None),
    _ENTRY.client_id != literal_column(f"'{NOBODY}'::uuid"),
    or_(_MEMBER.is_(None), _ENTRY.membership_id == _MEMBER),
)
_OPENED = func.count(_ENTRY.client_id.distinct()).filter(~_ENTRY.listed)
_LISTED = func.count(_ENTRY.client_id.distinct()).filter(_ENTRY.listed)
_BULK = (
    select(
        _ENTRY.membership_id,
        Practitioner.name,
        Membership.role,
        _OPENED.label("opened"),
        _LISTED.label("listed"),
        MASK,
    )
    .join(Membership, Membership.id == _ENTRY.membership_id)
    .join(Practitioner, Practitioner.id == Membership.practitioner_id)
    .where(_THAT_DAY)
    .group_by(_ENTRY.membership_id, Practitioner.name, Membership.role)
    .having(or_(_OPENED > MOST_OPENED, _LISTED > MOST_LISTED))
    .order_by(_ENTRY.membership_id)
    .limit(EXAMINED)
)
_WORDS = "|".join(sorted(RELATED))
_RESTS_ELSEWHERE = func.bool_or(
    func.array_to_string(_ENTRY.grounds, " ").op("!~")(literal_column(f"'({_WORDS}):'", Text()))
)
_DRAW = func.row_number().over(
    order_by=func.md5(
        _ENTRY.membership_id.cast(Text)
        .op("||")(_ENTRY.client_id.cast(Text))
        .op("||")(bindparam("seed", type_=Text()))
    )
)
_PAIRS = (
    select(
        _ENTRY.membership_id,
        _ENTRY.client_id,
        _DRAW.label("draw"),
        _RESTS_ELSEWHERE.label("rests_elsewhere"),
    )
    .where(_THAT_DAY)
    .group_by(_ENTRY.membership_id, _ENTRY.client_id)
    .subquery("pairs")
)
_CHOSEN = (
    select(
        _PAIRS.c.membership_id,
        _PAIRS.c.client_id,
        _PAIRS.c.draw,
        Practitioner.name,
        Membership.role,
        MASK,
    )
    .join(Membership, Membership.id == _PAIRS.c.membership_id)
    .join(Practitioner, Practitioner.id == Membership.practitioner_id)
    .order_by(
        case((_PAIRS.c.draw <= bindparam("drawn", type_=Integer()), 0), else_=1),
        _PAIRS.c.rests_elsewhere.desc(),
        _PAIRS.c.draw,
    )
    .limit(EXAMINED + 1)
)
_MEMBERS, _CLIENTS = (bindparam(name, type_=ARRAY(Uuid())) for name in ("members", "clients"))
_LOOKS = (
    select(
        _ENTRY.membership_id,
        _ENTRY.client_id,
        _ENTRY.at,
        _ENTRY.role,
        _ENTRY.purpose,
        _ENTRY.grounds,
        _ENTRY.shown,
        _ENTRY.listed,
    )
    .where(_THAT_DAY, _ENTRY.membership_id == any_(_MEMBERS), _ENTRY.client_id == any_(_CLIENTS))
    .order_by(_ENTRY.at, _ENTRY.id)
)
_REVIEWED = select(_ENTRY.record_id).where(
    overseen(),
    _ENTRY.client_id == any_(_CLIENTS),
    _ENTRY.resource == literal_column("'emergency_access'"),
    _ENTRY.verb == literal_column("'update'"),
)
_STAND_INS = select(
    Substitution.absent_membership_id,
    Substitution.substitute_membership_id,
    Substitution.valid_from,
    Substitution.valid_until,
).where(Substitution.substitute_membership_id == any_(_MEMBERS))


async def bulk_readers(session: Session, **day: Any) -> Sequence[Row[Any]]:
    return await session.rows(_BULK, **day)


async def pairs(session: Session, *, seed: str, drawn: int, **day: Any) -> Sequence[Row[Any]]:
    """The draw, then what rests on no relation by its own ground, then the rest by chance.

    One more than `EXAMINED` tells that there were others.
    """
    return await session.rows(_CHOSEN, seed=seed, drawn=drawn, **day)


async def looks(
    session: Session, members: Iterable[UUID], clients: Iterable[UUID], **day: Any
) -> Sequence[Row[Any]]:
    return await session.rows(_LOOKS, members=list(members), clients=list(clients), **day)


async def reviewed(session: Session, clients: Iterable[UUID]) -> frozenset[UUID]:
    """The broken glasses of these clients of which the log says that they were reviewed."""
    rows = await session.rows(_REVIEWED, clients=list(clients))
    return frozenset(row.record_id for row in rows)


async def stand_ins(session: Session, members: Iterable[UUID]) -> Sequence[Row[Any]]:
    """For whom these members stood in, and when; directory data."""
    return await session.rows(_STAND_INS, members=list(members))


def bounds(since: datetime, until: datetime, member: UUID | None) -> dict[str, Any]:
    """The binds of one day, of one member or of all."""
    return {"since": since, "until": until, "member": member}
