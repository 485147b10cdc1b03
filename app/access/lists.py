"""The visible parts of a record as one list within its row, so that a page costs one statement."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import JSON, ColumnElement, func, literal_column, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.access.records import ClientRecord
from app.access.rows import visible


def list_of(
    table: type[ClientRecord],
    columns: Sequence[str],
    *on: ColumnElement[bool],
    order: Sequence[Any] = (),
) -> ColumnElement[Any]:
    """The parts that this viewer may see, in the order they were made."""
    pairs: list[Any] = []
    for name in columns:
        pairs += [literal_column(f"'{name}'"), table.__table__.c[name]]
    by = order or (table.recorded_at, table.id)
    built = func.json_agg(
        aggregate_order_by(func.json_build_object(*pairs), *by),
        type_=JSON(),
    )
    found = select(built).where(*on, visible(table)).scalar_subquery()
    return func.coalesce(found, literal_column("'[]'::json"), type_=JSON())
