"""Which questions are asked, as which hat, and for which purpose of use."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Uuid,
    any_,
    bindparam,
    case,
    cast,
    column,
    func,
    literal_column,
    null,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB, array

from app.access.facts import AccountLink
from app.access.parties import Machine, Membership
from app.access.rows import GRANTEES, PURPOSE, Eyes, word
from app.access.vocabulary import OWN_AFFAIRS, STATED_PURPOSES, Role
from app.platform.clock import is_current

_USUAL = {
    role.value: purposes[0].bit if purposes else OWN_AFFAIRS
    for role, purposes in STATED_PURPOSES.items()
}
_FITTING = {
    role.value: sum(purpose.bit for purpose in purposes) or OWN_AFFAIRS
    for role, purposes in STATED_PURPOSES.items()
}
asked = (
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
ASKED = asked.c


def _worn(*grantees: Any, role: Any, organisation: Any, on: Any, holding: Any) -> Select[Any]:
    return select(
        array(grantees).label("grantees"),
        role.label("role"),
        organisation.label("organisation_id"),
    ).where(on == ASKED.hat, holding)


hat = union_all(
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
HAT = hat.c
EYES = Eyes(HAT.grantees, HAT.role, HAT.organisation_id)
NONE: ColumnElement[int] = literal_column("0")


def _by_role(values: dict[str, int], name: str) -> ColumnElement[int]:
    words = bindparam(name, value=values, type_=JSONB())
    return cast(words[HAT.role].astext, Integer)


_OWN = case((ASKED.hat == any_(GRANTEES), PURPOSE), else_=_by_role(_USUAL, "usual"))
STATED_PURPOSE = func.coalesce(ASKED.purpose, _OWN)
FITS = STATED_PURPOSE.op("&")(_by_role(_FITTING, "fitting")) != NONE
