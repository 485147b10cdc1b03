"""Every grant that is not over, on every trajectory it may reach: one statement per client."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Insert,
    Select,
    Text,
    Uuid,
    case,
    func,
    insert,
    literal_column,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by, array
from sqlalchemy.orm import aliased

from app.access.caseload.lines import CaseloadLine
from app.access.facts import AccountLink
from app.access.grants import AccessGrant
from app.access.parties import Inbox, Machine, Membership, Organisation, Practitioner
from app.access.records import ClientRecord, excerpted
from app.access.rows import Eyes, holds, reaches, word
from app.platform.clock import not_over

_NONE: ColumnElement[int] = literal_column("0")
_ONE: ColumnElement[int] = literal_column("1")


@cache
def lines_of(client: ColumnElement[UUID] | None) -> Insert:
    """The statement that writes the lines of one client, or of all when None."""
    grant, party = AccessGrant, _party()
    tables = {table.__tablename__: table for table in excerpted()}
    trajectory: Any = tables["trajectory"]  # the record whose id is the trajectory's own
    one = _Line(trajectory, party)
    found = (
        select(
            grant.id,
            trajectory.id.label("trajectory_id"),
            grant.client_id,
            grant.grantee_id,
            grant.purposes,
            grant.valid_from,
            grant.valid_until,
            case((one.reaches(trajectory, trajectory), grant.categories), else_=_NONE),
            grant.basis.op("||")(literal_column("':'")).op("||")(grant.basis_id.cast(Text)),
            grant.bsn_index,
            func.jsonb_strip_nulls(func.jsonb_build_object(*one.pairs(tables))).label("excerpts"),
        )
        .select_from(grant)
        .join(trajectory, trajectory.client_id == grant.client_id)
        .join(party, true())
        .where(
            true() if client is None else grant.client_id == client,
            not_over(grant),
            or_(grant.trajectory_id.is_(None), grant.trajectory_id == trajectory.id),
        )
        .order_by(grant.grantee_id, trajectory.id)  # one viewer's lines lie together
        .offset(_NONE)  # so that each excerpt is made once
        .subquery()
    )
    told = select(found).where(found.c.excerpts != literal_column("'{}'::jsonb"))
    return insert(CaseloadLine).from_select([c.name for c in CaseloadLine.__table__.c], told)


def _party() -> FromClause:
    """Role and organisation of whoever the grant is for: member, inbox, person or system."""

    def of(party: Any, role: Any, organisation: Any) -> Select[Any]:
        own = array([party.id]).label("grantees")
        found = select(own, role.label("role"), organisation.label("organisation_id"))
        return found.where(party.id == AccessGrant.grantee_id).correlate(AccessGrant)

    return union_all(
        of(Membership, Membership.role, Membership.organisation_id),
        of(Inbox, Inbox.role, Inbox.organisation_id),
        of(AccountLink, AccountLink.role, null().cast(Uuid())),
        of(Machine, null().cast(Text()), Machine.organisation_id),
    ).lateral("party")


@dataclass(frozen=True)
class _Line:
    """One grant on one trajectory: what of each table goes into it."""

    trajectory: Any
    party: FromClause

    @property
    def eyes(self) -> Eyes:
        of = self.party.c
        return Eyes(of.grantees, of.role, of.organisation_id)

    def reaches(self, row: Any, table: type[ClientRecord]) -> ColumnElement[bool]:
        return reaches(AccessGrant, row, table, self.eyes)

    def pairs(self, tables: dict[str, type[ClientRecord]]) -> Iterator[Any]:
        for name, table in tables.items():
            yield word(name)
            yield self._listed(table)

    def _listed(self, table: type[ClientRecord]) -> ColumnElement[Any]:
        """The values of each record that is opened, in the order they were recorded."""
        row: Any = aliased(table)
        excerpt = table.__excerpt__
        cells = [getattr(row, name) for name in excerpt.columns]
        values = func.jsonb_build_array(*cells, *_of_party(row))
        on = [
            row.client_id == AccessGrant.client_id,
            or_(row.trajectory_id.is_(None), row.trajectory_id == self.trajectory.id),
            holds(AccessGrant.categories, table.__category__),
            self.reaches(row, table),
        ]
        if excerpt.leaving_out:
            on.append(cells[0].not_in([word(value) for value in excerpt.leaving_out]))
        if excerpt.newest_by:
            by = [getattr(row, name) for name in excerpt.newest_by]
            newest = select(func.jsonb_build_array(values)).order_by(*(c.desc() for c in by))
            on.append(by[0].is_not(None))
            on += [self._replaced(row, table).is_(None)] if hasattr(row, "supersedes_id") else []
            return self._of(newest.limit(_ONE), row, on)
        listed = func.jsonb_agg(aggregate_order_by(values, row.recorded_at, row.id))
        return self._of(select(listed), row, on)

    def _of(
        self, found: Select[Any], row: Any, on: list[ColumnElement[bool]]
    ) -> ColumnElement[Any]:
        outer = (AccessGrant, self.trajectory, self.party)
        return _with_party(found, row).where(*on).correlate(*outer).scalar_subquery()

    def _replaced(self, row: Any, table: type[ClientRecord]) -> Any:
        newer: Any = aliased(table)
        return (
            select(true())
            .where(
                newer.client_id == row.client_id,
                newer.supersedes_id == row.id,
                self.reaches(newer, table),
            )
            .limit(_ONE)
            .correlate(row, AccessGrant, self.trajectory, self.party)
            .scalar_subquery()
        )


def _of_party(row: Any) -> tuple[Any, ...]:
    """Beside a membership its role and name, beside an organisation its kind (directory data)."""
    if hasattr(row, "membership_id"):
        return Membership.role, Practitioner.name, Membership.organisation_id
    return (Organisation.kind,) if hasattr(row, "organisation_id") else ()


def _with_party(found: Select[Any], row: Any) -> Select[Any]:
    found = found.select_from(row)
    if hasattr(row, "membership_id"):
        return found.join(Membership, Membership.id == row.membership_id).join(
            Practitioner, Practitioner.id == Membership.practitioner_id
        )
    if hasattr(row, "organisation_id"):
        return found.join(Organisation, Organisation.id == row.organisation_id)
    return found
