"""Entries of the access log as looks, in SQL; who looked is not read."""

from typing import Any

from sqlalchemy import Text, and_, func, literal_column

from app.access.attribution import NOBODY
from app.access.log import AccessLogEntry
from app.access.processing.spans import Look

_ID = func.replace(AccessLogEntry.id.cast(Text), literal_column("'-'"), literal_column("''"))
TRACE = func.coalesce(AccessLogEntry.trace_id, _ID)
SPAN = func.coalesce(AccessLogEntry.span_id, func.left(_ID, literal_column("16")))
"""An entry from before requests had these, or from a command, is a request by itself."""
ENDED = func.coalesce(AccessLogEntry.ended_at, AccessLogEntry.at)
PROCESSED = and_(
    AccessLogEntry.outcome == literal_column("'allowed'"),
    AccessLogEntry.shown != literal_column("0"),
    AccessLogEntry.client_id != literal_column(f"'{NOBODY}'::uuid"),
)
"""Where data of somebody were processed."""
COLUMNS = (
    TRACE.label("trace_id"),
    SPAN.label("span_id"),
    AccessLogEntry.parent_span_id,
    AccessLogEntry.client_id,
    AccessLogEntry.organisation_id,
    AccessLogEntry.verb,
    AccessLogEntry.at,
)


def look_of(row: Any) -> Look:
    return Look(
        row.trace_id,
        row.span_id,
        row.parent_span_id,
        row.client_id,
        row.organisation_id,
        row.verb,
        row.shown,
        row.at,
        row.ended_at,
    )
