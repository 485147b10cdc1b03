"""What the compiled grants of a hat open of one kind of data: one's own, or by who oversees.

The rules are those of wall 1 (`access/rows.py`), read through the eyes of the hat that is asked
about; who may ask about another hat is who may see the grants of others.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    case,
    cast,
    column,
    func,
    literal_column,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB, array
from sqlalchemy.orm import aliased

from app.access.facts import AccountLink
from app.access.grants import AccessGrant
from app.access.parties import Machine, Membership
from app.access.records import ClientRecord
from app.access.rows import (
    GRANTEES,
    NOW,
    PURPOSE,
    ROLE,
    Eyes,
    holds,
    in_force,
    reaches,
    visible,
    word,
)
from app.access.session import Session
from app.access.vocabulary import OWN_AFFAIRS, STATED_PURPOSES, Category, Reach, Role
from app.domain.client.tables import Client
from app.domain.consent.rules.giving import ACTING
from app.domain.trajectory.tables import Trajectory
from app.platform.clock import is_current

_USUAL = {
    role.value: purposes[0].bit if purposes else OWN_AFFAIRS
    for role, purposes in STATED_PURPOSES.items()
}
_FITTING = {
    role.value: sum(purpose.bit for purpose in purposes) or OWN_AFFAIRS
    for role, purposes in STATED_PURPOSES.items()
}
_asked = (
    func.jsonb_to_recordset(bindparam("asked", type_=JSONB()))
    .table_valued(
        column("position", Integer),
        column("hat", Uuid),
        column("resource", Uuid),
        column("bit", Integer),
        column("controller", Uuid),
        column("purpose", Integer),
    )
    .render_derived(name="asked", with_types=True)
)
_ASKED = _asked.c


def _worn(*grantees: Any, role: Any, organisation: Any, on: Any, holding: Any) -> Select[Any]:
    return select(
        array(grantees).label("grantees"),
        role.label("role"),
        organisation.label("organisation_id"),
    ).where(on == _ASKED.hat, holding)


_hat = union_all(
    _worn(
        Membership.id,
        Membership.inbox_id,
        role=Membership.role,
        organisation=Membership.organisation_id,
        on=Membership.id,
        holding=is_current(Membership),
    ),
    _worn(
        AccountLink.id,
        role=AccountLink.role,
        organisation=null().cast(Uuid()),
        on=AccountLink.id,
        holding=is_current(AccountLink),
    ),
    _worn(
        Machine.id,
        role=word(Role.CLINICIAN),
        organisation=Machine.organisation_id,
        on=Machine.id,
        holding=Machine.disabled_at.is_(None),
    ),
).lateral("hat")
_HAT = _hat.c
_EYES = Eyes(_HAT.grantees, _HAT.role, _HAT.organisation_id)
_NONE: ColumnElement[int] = literal_column("0")
_MINE = aliased(AccessGrant, name="mine")
_GIVEN = aliased(AccessGrant, name="given")


def _by_role(values: dict[str, int], name: str) -> ColumnElement[int]:
    words = bindparam(name, value=values, type_=JSONB())
    return cast(words[_HAT.role].astext, Integer)


_OWN = case((_ASKED.hat == any_(GRANTEES), PURPOSE), else_=_by_role(_USUAL, "usual"))
_PURPOSE = func.coalesce(_ASKED.purpose, _OWN)
_STATED = _PURPOSE.op("&")(_by_role(_FITTING, "fitting")) != _NONE


def _may_be_told(client_id: Any) -> ColumnElement[bool]:
    """One's own grants, or those of all for who oversees the sharing of this client."""
    oversees = (
        select(true())
        .where(
            _MINE.client_id == client_id,
            in_force(_MINE),
            holds(_MINE.categories, Category.CONSENT),
            _MINE.trajectory_id.is_(None),
        )
        .limit(1)
        .scalar_subquery()
    )
    acting = ROLE.in_([word(role) for role in sorted(ACTING)])
    return or_(_GIVEN.grantee_id == any_(GRANTEES), and_(acting, oversees.is_(True)))


def _about(table: type[ClientRecord], within: ColumnElement[bool]) -> Select[Any]:
    """`within` says which grants are for the whole of such a record, apart from other limits."""
    grant = _GIVEN
    here = or_(grant.trajectory_id.is_(None), grant.trajectory_id == table.trajectory_id)
    anywhere = or_(here, table.trajectory_id.is_(None))
    sent = or_(
        grant.sender_organisation_id.is_(None),
        _ASKED.controller.is_(None),
        grant.sender_organisation_id == _ASKED.controller,
    )
    part = and_(grant.categories.op("&")(_ASKED.bit) != _NONE, anywhere, sent)
    limits = {
        "one_trajectory": within.is_not(True),
        "one_sender": and_(
            grant.sender_organisation_id.is_not(None),
            grant.sender_organisation_id.is_distinct_from(_ASKED.controller),
        ),
        "one_record": grant.record_id.is_not(None),
        "own_records": grant.reach != word(Reach.ALL),
    }
    whole = and_(part, *(limit.is_not(True) for limit in limits.values()))
    adds = and_(grant.creates.op("&")(_ASKED.bit) != _NONE, here)
    known = and_(holds(grant.categories, Category.EXISTENCE), reaches(grant, table, table, _EYES))
    ground = grant.basis.op("||")(literal_column("':'")).op("||")(grant.basis_id.cast(Text))
    return (
        select(
            _ASKED.position,
            table.client_id,
            table.trajectory_id,
            _HAT.role,
            func.bool_or(known).label("known"),
            *(func.bool_or(and_(part, limit)).label(name) for name, limit in limits.items()),
            *(
                func.array_agg(grant.basis.distinct()).filter(by).label(name)
                for name, by in (("whole_bases", whole), ("part_bases", part), ("add_bases", adds))
            ),
            func.array_agg(ground.distinct()).filter(known).label("grounds"),
        )
        .select_from(_asked)
        .join(_hat, _STATED)
        .join(table, and_(table.id == _ASKED.resource, visible(table).is_(True)))
        .join(
            grant,
            and_(
                grant.client_id == table.client_id,
                grant.grantee_id == any_(_HAT.grantees),
                grant.purposes.op("&")(_PURPOSE) != _NONE,
                grant.valid_from <= NOW,
                or_(grant.valid_until.is_(None), grant.valid_until > NOW),
                _may_be_told(table.client_id),
            ),
        )
        .group_by(_ASKED.position, table.client_id, table.trajectory_id, _HAT.role)
    )


_OF_CLIENTS = _about(Client, _GIVEN.trajectory_id.is_(None))
_OF_TRAJECTORIES = _about(Trajectory, true())


async def opened(
    session: Session, clients: Sequence[dict[str, Any]], trajectories: Sequence[dict[str, Any]]
) -> dict[int, Row[Any]]:
    """By the position of the question; none where there is nothing that the viewer may be told."""
    found: dict[int, Row[Any]] = {}
    for statement, asked in ((_OF_CLIENTS, clients), (_OF_TRAJECTORIES, trajectories)):
        rows = await session.execute(statement, {"asked": list(asked)})
        found |= {row.position: row for row in rows}
    return found
