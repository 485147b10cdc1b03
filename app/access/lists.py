"""The visible parts of a record as one list within its row, so that a page costs one statement."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import JSON, ColumnElement, func, literal_column, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.access.envelope.columns import Parts, place_of, sealed_columns, told
from app.access.records import ClientRecord
from app.access.rows import visible


def list_of(
    table: type[ClientRecord],
    columns: Sequence[str],
    *on: ColumnElement[bool],
    order: Sequence[Any] = (),
) -> ColumnElement[Any]:
    """The parts that this viewer may see, in the order they were made."""
    own = sealed_columns(table.__table__)
    pairs: list[Any] = []
    sealed = tuple((name, place_of(table.__table__.c[name])) for name in columns if name in own)
    for name in columns:
        column = table.__table__.c[name]
        pairs += [literal_column(f"'{name}'"), told(column) if name in own else column]
    by = order or (table.recorded_at, table.id)
    built = func.json_agg(
        aggregate_order_by(func.json_build_object(*pairs), *by),
        type_=JSON(),
    )
    found = select(built).where(*on, visible(table)).scalar_subquery()
    none: ColumnElement[Any] = literal_column("'[]'::json")
    return func.coalesce(found, none, type_=Parts(sealed) if sealed else JSON())
