"""Status of a trajectory by BSN: the viewer's own lines that carry this blind index.

They are found by an index look-up, so no row of a client one may not know is ever examined.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    FromClause,
    LargeBinary,
    Row,
    Select,
    Uuid,
    bindparam,
    column,
    func,
    literal_column,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH

from app.access.caseload import CaseloadLine, mine
from app.access.facts import Participant
from app.access.parties import Organisation
from app.access.session import Session
from app.access.vocabulary import Category, mask_of
from app.platform.db import Prepared

MOST = 20
"""Trajectories in one answer; a person has one or a few."""

_PLACE = Participant.__excerpt__.names.index("organisation_id")


def _found(index: Any) -> Select[Any]:
    opened = mask_of({Category.EXISTENCE, Category.BSN})
    found = mine(CaseloadLine.bsn_index == index, opened=opened)
    return found.limit(literal_column(str(MOST)))


def _names(found: FromClause) -> Any:
    """Of the organisations of those who take part: they change, so no line repeats them."""
    ids = func.jsonb_path_query(
        found.c.excerpts,
        literal_column(f"'$[*].{Participant.__tablename__}[*][{_PLACE}]'", JSONPATH()),
    )
    taking_part = select(ids.op("#>>")(literal_column("'{}'")).cast(Uuid())).correlate(found)
    return (
        select(func.jsonb_object_agg(Organisation.id, Organisation.name, type_=JSONB()))
        .where(Organisation.id.in_(taking_part))
        .correlate(found)
        .scalar_subquery()
        .label("organisations")
    )


_ONE = _found(bindparam("bsn_index", type_=LargeBinary())).subquery("found")
STATUSES = select(_ONE, _names(_ONE))
_ASKED = (
    func.unnest(bindparam("bsn_indexes", type_=ARRAY(LargeBinary())))
    .table_valued(column("bsn_index", LargeBinary), with_ordinality="position")
    .render_derived(name="asked")
)
_EACH = _found(literal_column("asked.bsn_index", LargeBinary())).lateral("found")
BATCH = select(_ASKED.c.position, _EACH, _names(_EACH)).select_from(_ASKED).join(_EACH, true())
"""Each number by a look-up of its own in the index, as if it were asked alone."""
_HOT, _HOT_BATCH = Prepared(STATUSES), Prepared(BATCH)


async def by_bsn(session: Session, bsn_index: bytes) -> Sequence[Row[Any]]:
    return await _HOT.run(session.db, {**session.binds, "bsn_index": bsn_index})


async def by_bsns(session: Session, indexes: Sequence[bytes]) -> list[list[Row[Any]]]:
    """For each number, in the order they were asked, what the same question alone would find."""
    found: list[list[Row[Any]]] = [[] for _ in indexes]
    values = {**session.binds, "bsn_indexes": list(indexes)}
    for row in await _HOT_BATCH.run(session.db, values):
        found[row.position - 1].append(row)
    return found
