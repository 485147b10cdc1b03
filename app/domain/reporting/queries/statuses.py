"""Status of a trajectory by BSN: the viewer's own lines that carry this blind index.

They are found by an index look-up, so no row of a client one may not know is ever examined.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    LargeBinary,
    Row,
    Uuid,
    bindparam,
    func,
    literal_column,
    select,
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

_FOUND = (
    mine(
        CaseloadLine.bsn_index == bindparam("bsn_index", type_=LargeBinary()),
        opened=mask_of({Category.EXISTENCE, Category.BSN}),
    )
    .limit(literal_column(str(MOST)))
    .subquery("found")
)
_PLACE = Participant.__excerpt__.names.index("organisation_id")
_IDS = func.jsonb_path_query(
    _FOUND.c.excerpts,
    literal_column(f"'$[*].{Participant.__tablename__}[*][{_PLACE}]'", JSONPATH()),
)
_NAMES = (
    select(func.jsonb_object_agg(Organisation.id, Organisation.name, type_=JSONB()))
    .where(
        Organisation.id.in_(
            select(_IDS.op("#>>")(literal_column("'{}'")).cast(Uuid())).correlate(_FOUND)
        )
    )
    .correlate(_FOUND)
    .scalar_subquery()
)
"""Of the organisations of those who take part: they change, so no line repeats them."""
STATUSES = select(_FOUND, _NAMES.label("organisations"))
_HOT = Prepared(STATUSES)


async def by_bsn(session: Session, bsn_index: bytes) -> Sequence[Row[Any]]:
    return await _HOT.run(session.db, {**session.binds, "bsn_index": bsn_index})
