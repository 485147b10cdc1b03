"""Corrections are new versions: which one came after a record, as far as the viewer may see."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from app.access.rows import visible


def superseded_by(table: Any, row: Any = None) -> ColumnElement[UUID | None]:
    """The id of the newer version of this row, or null."""
    newer = aliased(table)
    return (
        select(newer.id)
        .where(newer.supersedes_id == (table if row is None else row).id, visible(table, newer))
        .order_by(newer.recorded_at, newer.id)
        .limit(1)
        .correlate(table if row is None else row)
        .scalar_subquery()
    )
