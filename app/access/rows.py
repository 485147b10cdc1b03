"""Wall 1: the decision as part of every statement, read from the compiled grants.

A grant opens a record if and only if it is the viewer's, for this client, purpose and moment; for
this trajectory, sender and record, or for any; and the gates of the record let it through.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.sql.selectable import LateralFromClause

from app.access.grants import AccessGrant
from app.access.records import Addressed, ClientRecord, Confided, Released, Restrictable
from app.access.vocabulary import FUNDERS, Basis, Category, Reach
from app.platform.clock import moment

GRANTEES = bindparam("viewer_grantees", type_=ARRAY(Uuid()))
HAT, INBOX = bindparam("viewer_hat", type_=Uuid()), bindparam("viewer_inbox", type_=Uuid())
"""The same two apart, for statements that read one after the other out of an index."""
PURPOSE = bindparam("viewer_purpose", type_=Integer())
ROLE = bindparam("viewer_role", type_=Text())
ORGANISATION = bindparam("viewer_organisation", type_=Uuid())


@dataclass(frozen=True)
class Eyes:
    """Whose decision it is, in SQL: the grantees behind the hat, its role and organisation."""

    grantees: ColumnElement[Any] = GRANTEES
    role: ColumnElement[Any] = ROLE
    organisation: ColumnElement[Any] = ORGANISATION


VIEWER = Eyes()
NOW = select(moment()).scalar_subquery()
"""Once per statement: a bare function in a filter is called for every row."""


def word(value: str) -> ColumnElement[str]:
    """A constant of our own vocabulary, written out: fewer parameters, and plans that know it."""
    return literal_column(f"'{value}'", Text())


def holds(mask: Any, category: Category) -> ColumnElement[bool]:
    """Whether a stored bitmask holds this category."""
    held: ColumnElement[bool] = mask.op("&")(literal_column(str(category.bit))) != _ZERO
    return held


_ZERO: ColumnElement[int] = literal_column("0")
_ONE: ColumnElement[int] = literal_column("1")


def in_force(grant: type[AccessGrant]) -> ColumnElement[bool]:
    """The viewer's own grants for the stated purpose at this moment."""
    return and_(grant.grantee_id == any_(GRANTEES), holds_now(grant))


def holds_now(grant: Any) -> ColumnElement[bool]:
    """Of grants, or of what is made of them: for the stated purpose, at this moment."""
    return and_(
        grant.purposes.op("&")(PURPOSE) != _ZERO,
        grant.valid_from <= NOW,
        or_(grant.valid_until.is_(None), grant.valid_until > NOW),
    )


def reaches(
    grant: Any, row: Any, table: type[ClientRecord], eyes: Eyes = VIEWER
) -> ColumnElement[bool]:
    """Whether a grant opens this record, apart from its categories, purposes and period."""
    scope = getattr(row, table.__scope__)
    party = [getattr(row, name) == eyes.organisation for name in table.__parties__]
    own = [and_(grant.reach == word(Reach.OWN), or_(*party))] if party else []
    return and_(
        or_(
            grant.trajectory_id.is_(None),
            row.trajectory_id.is_(None),
            grant.trajectory_id == row.trajectory_id,
        ),
        or_(grant.record_id.is_(None), grant.record_id == scope),
        or_(
            grant.sender_organisation_id.is_(None),
            grant.sender_organisation_id == row.controller_organisation_id,
        ),
        or_(
            grant.reach == word(Reach.ALL),
            and_(grant.reach == word(Reach.AUTHORED), row.author_id == any_(eyes.grantees)),
            *own,
        ),
        *_gates(grant, row, table, eyes),
        *([or_(_is_no_funder(eyes), *party)] if table.__confined__ else []),
    )


def _is_no_funder(eyes: Eyes) -> ColumnElement[bool]:
    return func.coalesce(eyes.role, word("")).not_in([word(role) for role in sorted(FUNDERS)])


def _gates(
    grant: Any, row: Any, table: type[ClientRecord], eyes: Eyes
) -> list[ColumnElement[bool]]:
    gates = []
    if issubclass(table, Released):
        gates.append(or_(row.released_at.is_not(None), grant.ungated))
    if issubclass(table, Restrictable):
        answerable = row.controller_organisation_id == eyes.organisation
        gates.append(or_(row.restricted_at.is_(None), grant.basis == word(Basis.SELF), answerable))
    if issubclass(table, Addressed):
        gates.append(or_(any_(row.audience) == eyes.role, grant.ungated))
    if issubclass(table, Confided):
        told = (who == any_(eyes.grantees) for who in (row.author_id, row.recipient_id))
        gates.append(or_(*told, grant.basis.in_([word(Basis.SELF), word(Basis.REQUEST)])))
    return gates


def held(table: type[ClientRecord], row: Any = None) -> LateralFromClause:
    """For one record: `mask` of the categories the viewer holds and the `grounds` for its own."""
    row = table if row is None else row
    grant = AccessGrant
    ground = grant.basis.op("||")(literal_column("':'")).op("||")(grant.basis_id.cast(Text))
    return (
        select(
            func.coalesce(func.bit_or(grant.categories), _ZERO).label("mask"),
            func.array_agg(ground.distinct())
            .filter(holds(grant.categories, table.__category__))
            .label("grounds"),
        )
        .where(
            grant.client_id == row.client_id,
            in_force(grant),
            reaches(grant, row, table),
        )
        .lateral(f"held_{table.__tablename__}")
    )


def visible(table: type[ClientRecord], row: Any = None) -> ColumnElement[bool]:
    """True where the viewer may see this record; for joins, filters and counts."""
    row = table if row is None else row
    return (
        select(true())
        .where(
            AccessGrant.client_id == row.client_id,
            holds(AccessGrant.categories, table.__category__),
            in_force(AccessGrant),
            reaches(AccessGrant, row, table),
        )
        .limit(_ONE)
        .scalar_subquery()
    )


def shown(table: type[ClientRecord], *columns: Any) -> Select[Any]:
    """A select of this record that only ever finds what the viewer may see."""
    decision = held(table)
    chosen = columns or tuple(table.__table__.c)
    return (
        select(*chosen, decision.c.mask, decision.c.grounds)
        .select_from(table)
        .join(decision, true())
        .where(holds(decision.c.mask, table.__category__))
    )


def may_create(client_id: Any, trajectory_id: Any, category: Category) -> ColumnElement[bool]:
    """True where a grant of the viewer lets it add records of this category.

    A grant for one trajectory adds nothing to the client as a whole.
    """
    return (
        select(true())
        .where(
            AccessGrant.client_id == client_id,
            holds(AccessGrant.creates, category),
            in_force(AccessGrant),
            or_(
                AccessGrant.trajectory_id.is_(None),
                AccessGrant.trajectory_id == trajectory_id,
            ),
        )
        .limit(_ONE)
        .scalar_subquery()
    )
