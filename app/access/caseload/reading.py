"""The viewer's own lines, one row per trajectory, and the excerpts in them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    SQLColumnExpression,
    Text,
    Uuid,
    bindparam,
    func,
    literal_column,
    select,
    union,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB

from app.access.caseload.lines import CaseloadLine
from app.access.records import ClientRecord
from app.access.rows import HAT, INBOX, holds, holds_now
from app.access.vocabulary import Basis, Category

_AFTER = bindparam("after", type_=Uuid())
_SIZE = bindparam("size", type_=Integer())
STILL_OPEN = ~CaseloadLine.ground.startswith(f"{Basis.CONTROLLER.value}:")
"""Not what stays of one's own records after the end: by these alone nobody knows how it goes."""


def mine(*on: ColumnElement[bool], opened: int = Category.EXISTENCE.bit) -> Select[Any]:
    """The viewer's lines in force as one row per trajectory, in the order of opaque ids.

    Only where a single line opens all the categories of `opened`: two halves make no whole.
    """
    parts = [
        select(CaseloadLine).where(CaseloadLine.grantee_id == grantee, holds_now(CaseloadLine), *on)
        for grantee in (HAT, INBOX)
    ]
    line = union_all(*parts).subquery("line").c
    return (
        select(
            line.trajectory_id.label("id"),
            func.any_value(line.client_id, type_=Uuid()).label("client_id"),
            line.trajectory_id,
            func.bit_or(line.mask).label("mask"),
            func.array_agg(line.ground, type_=ARRAY(Text()))
            .filter(holds(line.mask, Category.EXISTENCE))
            .label("grounds"),
            func.jsonb_agg(line.excerpts, type_=JSONB()).label("excerpts"),
        )
        .group_by(line.trajectory_id)
        .having(func.bool_or(_opens(line.mask, opened)))
        .order_by(line.trajectory_id)
    )


def page_of_mine(*on: ColumnElement[bool], opened: int = Category.EXISTENCE.bit) -> Select[Any]:
    """`size` of them beyond the trajectory `after`; to be run with both.

    Where the page ends is sought first, in the ids alone and out of the index in order: else all
    lines of a caller with a hundred thousand trajectories are gathered for each page of it.
    """
    beyond = (CaseloadLine.trajectory_id > _AFTER, *on)
    return mine(*beyond, CaseloadLine.trajectory_id <= _end(beyond, opened), opened=opened).limit(
        _SIZE
    )


def _end(on: Iterable[ColumnElement[bool]], opened: int) -> ScalarSelect[UUID]:
    """The last trajectory of a page. One part per grantee, so that each stops where it is full."""
    opens = _opens(CaseloadLine.mask, opened)
    parts = [
        select(CaseloadLine.trajectory_id)
        .where(CaseloadLine.grantee_id == grantee, holds_now(CaseloadLine), opens, *on)
        .distinct()
        .order_by(CaseloadLine.trajectory_id)
        .limit(_SIZE)
        .subquery()
        for grantee in (HAT, INBOX)
    ]
    found = union(*(select(part.c.trajectory_id) for part in parts)).subquery().c.trajectory_id
    first = select(found).order_by(found).limit(_SIZE).subquery().c.trajectory_id
    return select(first).order_by(first.desc()).limit(literal_column("1")).scalar_subquery()


def _opens(mask: SQLColumnExpression[int], opened: int) -> ColumnElement[bool]:
    """All the categories at once. Not by `=`, of which the planner thinks that few rows fit it."""
    bits: ColumnElement[int] = literal_column(str(opened))
    return mask.op("&")(bits) >= bits


class Excerpts:
    """The excerpts of one such row, each record once, as named values."""

    def __init__(self, lines: Iterable[dict[str, list[list[Any]]]]) -> None:
        self._lines = list(lines)

    def of(self, table: type[ClientRecord]) -> list[dict[str, Any]]:
        """In the order they were recorded within a line; alike through two grants means one.

        A line that was made before a value was told in it lacks that until it is renewed.
        """
        names = table.__excerpt__.names
        found: dict[tuple[Any, ...], None] = {}
        for line in self._lines:
            for values in line.get(table.__tablename__, ()):
                lacking = len(names) - len(values)
                found[(*values, *[None] * lacking)] = None
        return [dict(zip(names, values, strict=True)) for values in found]

    def last(self, table: type[ClientRecord]) -> dict[str, Any]:
        """The newest, leaving out what another one shown here took the place of.

        Where there is none, every value of it is None.
        """
        rows = self.of(table)
        replaced = {row.get("supersedes_id") for row in rows} - {None}
        left = [row for row in rows if row.get("id") not in replaced]
        by = table.__excerpt__.newest_by
        nothing: dict[str, Any] = dict.fromkeys(table.__excerpt__.names)
        return max(left, key=lambda row: [row[name] or "" for name in by], default=nothing)
