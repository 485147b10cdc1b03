"""The processing log of the own organisation, in the words of the standard's read extension."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from app.platform.http.schemas import In, Moment, Out, ShortText

_EXAMPLE: dict[str, Any] = {"traceId": "ef4e77b9-b03b-585f-b613-5fcf8d8555fb"}


class ProcessingSearchIn(In):
    """At least one of the three ids; what names nothing here finds nothing."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    trace_id: Annotated[
        ShortText | None, Field(description="32 hexadecimal digits, or the same as a UUID.")
    ] = None
    processing_activity_id: Annotated[ShortText | None, Field(alias="processingActivityID")] = None
    data_subject_id: ShortText | None = None
    start_time: Moment | None = None
    end_time: Moment | None = None


class LogbookOut(Out):
    """Whose logbook it is."""

    logbook_id: str
    organization_name: str


class ProcessedOut(Out):
    """One line: what was asked as a whole, or what was done with data of one person."""

    trace_id: UUID
    span_id: Annotated[str, Field(pattern="^[0-9a-f]{16}$")]
    parent_span_id: Annotated[str | None, Field(pattern="^[0-9a-f]{16}$")] = None
    status: str
    name: str
    start_time: Moment
    end_time: Moment
    attributes: Annotated[
        dict[str, Any],
        Field(description="`dpl.core.*`: the activity, and the person under a name of yours."),
    ]


class ProcessedPageOut(Out):
    """In the order of time. `nextCursor` is absent on the last page."""

    metadata: LogbookOut
    processing_activities: list[ProcessedOut]
    next_cursor: str | None = None
