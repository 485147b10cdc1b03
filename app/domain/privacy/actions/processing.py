"""Reading the processing log: by the officer, in person, of the own organisation."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from app.access.attribution import NOBODY
from app.access.pages import cut
from app.access.processing.looks import look_of
from app.access.processing.spans import Span, Telling
from app.access.session import Session
from app.access.vocabulary import EVERY_CATEGORY
from app.domain.party.queries import organisations
from app.domain.privacy.actions.oversight import looked, require_officer
from app.domain.privacy.queries import processing as queries
from app.domain.privacy.schemas.processing import (
    LogbookOut,
    ProcessedOut,
    ProcessedPageOut,
    ProcessingSearchIn,
)
from app.platform.http.paging import Position, fingerprint
from app.platform.http.problems import BadRequest, Fault, NotAllowed

BEGINNING = datetime(1, 1, 2, tzinfo=UTC)
END = datetime(9999, 1, 1, tzinfo=UTC)
START: Position = (BEGINNING, "", NOBODY, "")
_HEX = re.compile(r"[0-9a-f]{32}")


async def read(
    session: Session, body: ProcessingSearchIn, cursor: str | None, size: int
) -> ProcessedPageOut:
    """A page is so many persons per request, each with a line per activity."""
    require_officer(session)
    own = session.viewer.organisation_id
    row = None if own is None else await organisations.one(session, own)
    if row is None:
        raise NotAllowed
    asked, telling = _asked(session, body)
    filters = fingerprint(title="processing", **asked)
    found = await cut(
        session,
        lambda after, most: queries.page(session, after, most, **asked),
        filters=filters,
        cursor=cursor,
        size=size,
        start=START,
        position=lambda one: (one.at, one.span_id, one.client_id, one.verb),
    )
    looks = [look_of(one) for one in found.rows]
    looked(session, "ProcessingLog", None, {look.client_id for look in looks})
    begun = None if cursor is None else _span_before(session, filters, cursor)
    page = ProcessedPageOut(
        metadata=LogbookOut(logbook_id=f"{telling.register.url}/{own}", organization_name=row.name),
        processing_activities=[_line(span) for span in telling.spans(looks, begun)],
    )
    if found.next_cursor is not None:
        page.next_cursor = found.next_cursor
    return page


def _asked(session: Session, body: ProcessingSearchIn) -> tuple[dict[str, object], Telling]:
    """What the statement looks for, and how it is told. Raises BadRequest."""
    ids = (body.trace_id, body.processing_activity_id, body.data_subject_id)
    if ids == (None, None, None):
        detail = "Give at least one of traceId, processingActivityID and dataSubjectId."
        raise BadRequest(errors=[Fault("body", "#", "wrong_combination", detail)])
    telling, own = session.services.telling, session.viewer.organisation_id
    subject = None
    if body.data_subject_id is not None:
        subject = telling.pseudonyms.read(body.data_subject_id, own) or NOBODY
    activity = EVERY_CATEGORY
    if body.processing_activity_id is not None:
        category = telling.register.category(body.processing_activity_id)
        activity = 0 if category is None else category.bit
        telling = replace(telling, only=category)
    asked: dict[str, object] = {
        "trace": None if body.trace_id is None else _hex(body.trace_id),
        "subject": subject,
        "activity": activity,
        "since": body.start_time or BEGINNING,
        "until": body.end_time or END,
    }
    return asked, telling


def _hex(trace_id: str) -> str:
    plain = trace_id.replace("-", "").lower()
    if not _HEX.fullmatch(plain):
        detail = "Must be 32 hexadecimal digits, or the same as a UUID."
        raise BadRequest(errors=[Fault("body", "#/traceId", "wrong_format", detail)])
    return plain


def _span_before(session: Session, filters: str, cursor: str) -> str:
    """The request with which the page before ended: its own line was told there."""
    return str(session.services.cursors.open(session.caller, filters, cursor)[1])


def _line(span: Span) -> ProcessedOut:
    line = ProcessedOut(
        trace_id=UUID(hex=span.trace_id),
        span_id=span.span_id,
        status=span.status,
        name=span.name,
        start_time=span.start,
        end_time=span.end,
        attributes=span.attributes,
    )
    if span.parent_span_id is not None:
        line.parent_span_id = span.parent_span_id
    return line
