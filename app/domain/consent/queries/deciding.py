"""What the compiled grants of a hat open of one kind of data: one's own, or by who oversees.

The rules are those of wall 1 (`access/rows.py`), read through the eyes of the hat that is asked
about; who may ask about another hat is who may see the grants of others. What the asker may not
be told of is not read: each step looks up by what the one before it found.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Text,
    and_,
    any_,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased
from sqlalchemy.sql.selectable import LateralFromClause

from app.access.grants import AccessGrant
from app.access.records import ClientRecord
from app.access.rows import GRANTEES, NOW, ROLE, holds, in_force, reaches, visible, word
from app.access.session import Session
from app.access.vocabulary import Category, Reach
from app.domain.client.tables import Client
from app.domain.consent.queries.hats import ASKED, EYES, FITS, HAT, NONE, STATED_PURPOSE, asked, hat
from app.domain.consent.rules.giving import ACTING
from app.domain.trajectory.tables import Trajectory

_MINE = aliased(AccessGrant, name="mine")
_GIVEN = aliased(AccessGrant, name="given")


def _told_of(record: LateralFromClause) -> ColumnElement[Any]:
    """Of the hat's grantees the asker's own, or all for who oversees the sharing of this client.

    They are chosen before a grant is read: how long it takes tells nothing of the others.
    """
    oversees = (
        select(true())
        .where(
            _MINE.client_id == record.c.client_id,
            in_force(_MINE),
            holds(_MINE.categories, Category.CONSENT),
            _MINE.trajectory_id.is_(None),
        )
        .limit(1)
        .correlate(record)
        .scalar_subquery()
    )
    acting = ROLE.in_([word(role) for role in sorted(ACTING)])
    each = func.unnest(HAT.grantees).column_valued("each")
    own = func.array(select(each).where(each == any_(GRANTEES)).scalar_subquery())
    return case((and_(acting, oversees.is_(True)), HAT.grantees), else_=own)


def _limits(within: ColumnElement[bool]) -> Mapping[str, ColumnElement[bool]]:
    """By name, whether a grant is for less than the whole; `within` says so of its trajectory."""
    sender = _GIVEN.sender_organisation_id
    return {
        "one_trajectory": within.is_not(True),
        "one_sender": and_(sender.is_not(None), sender.is_distinct_from(ASKED.controller)),
        "one_record": _GIVEN.record_id.is_not(None),
        "own_records": _GIVEN.reach != word(Reach.ALL),
    }


def _grants(
    table: type[ClientRecord], record: LateralFromClause, within: ColumnElement[bool]
) -> Select[Any]:
    """What the grants of the hat for this record come to, those that the asker may be told of."""
    grant, row, limits = _GIVEN, record.c, _limits(within)
    here = or_(grant.trajectory_id.is_(None), grant.trajectory_id == row.trajectory_id)
    anywhere = or_(here, row.trajectory_id.is_(None))
    sent = or_(
        grant.sender_organisation_id.is_(None),
        ASKED.controller.is_(None),
        grant.sender_organisation_id == ASKED.controller,
    )
    part = and_(grant.categories.op("&")(ASKED.bit) != NONE, anywhere, sent)
    whole = and_(part, *(limit.is_not(True) for limit in limits.values()))
    adds = and_(grant.creates.op("&")(ASKED.bit) != NONE, here)
    known = and_(holds(grant.categories, Category.EXISTENCE), reaches(grant, row, table, EYES))
    ground = grant.basis.op("||")(literal_column("':'")).op("||")(cast(grant.basis_id, Text))
    bases = {"whole_bases": whole, "part_bases": part, "add_bases": adds}
    return select(
        func.count().label("count"),
        func.bool_or(known).label("known"),
        *(func.bool_or(and_(part, limit)).label(name) for name, limit in limits.items()),
        *(func.array_agg(grant.basis.distinct()).filter(by).label(n) for n, by in bases.items()),
        func.array_agg(ground.distinct()).filter(known).label("grounds"),
    ).where(
        grant.client_id == row.client_id,
        grant.grantee_id == any_(_told_of(record)),
        grant.purposes.op("&")(STATED_PURPOSE) != NONE,
        grant.valid_from <= NOW,
        or_(grant.valid_until.is_(None), grant.valid_until > NOW),
    )


def _about(table: type[ClientRecord], within: ColumnElement[bool]) -> Select[Any]:
    """By question: the record, if the asker may know of it, and what the grants come to."""
    record = (
        select(*table.__table__.c)
        .where(table.id == ASKED.resource, visible(table).is_(True))
        .limit(1)
        .lateral("record")
    )
    grants = _grants(table, record, within).lateral("grants")
    return (
        select(
            ASKED.position,
            record.c.client_id,
            record.c.trajectory_id,
            HAT.role,
            *(each for each in grants.c if each.key != "count"),
        )
        .select_from(asked)
        .join(hat, FITS)
        .join(record, true())
        .join(grants, grants.c["count"] != NONE)
    )


_OF_CLIENTS = _about(Client, _GIVEN.trajectory_id.is_(None))
_OF_TRAJECTORIES = _about(Trajectory, true())


async def opened(
    session: Session, clients: Sequence[dict[str, Any]], trajectories: Sequence[dict[str, Any]]
) -> dict[int, Row[Any]]:
    """By the position of the question; none where there is nothing that the viewer may be told."""
    found: dict[int, Row[Any]] = {}
    for statement, about in ((_OF_CLIENTS, clients), (_OF_TRAJECTORIES, trajectories)):
        rows = await session.execute(statement, {"asked": list(about)})
        found |= {row.position: row for row in rows}
    return found
