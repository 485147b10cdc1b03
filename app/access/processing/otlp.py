"""Lines of the processing log over the wire as OTLP/HTTP in protobuf, with the library for it.

Imported only where a collector was set: the extra `otlp` of this package brings what it needs.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import requests
from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExportResult
from opentelemetry.trace import SpanContext, SpanKind, Status, StatusCode, TraceFlags

from app.access.processing.spans import Span

SECONDS = 5.0
ORGANISATION = "trede.organisation_id"


class NotToldError(Exception):
    """The collector did not take it."""


class Collector:
    """One OTLP endpoint; where it redirects to, nothing is sent."""

    def __init__(self, url: str, headers: dict[str, str], *, version: str) -> None:
        session = requests.Session()
        session.max_redirects, session.trust_env = 0, False
        session.hooks["response"] = [_taken_here]
        self._resource = Resource({"service.name": "trede", "service.version": version})
        self._exporter = OTLPSpanExporter(
            endpoint=url,
            headers=headers,
            timeout=SECONDS,
            compression=Compression.NoCompression,
            session=session,
        )

    async def send(self, spans: Sequence[Span]) -> None:
        """All of them, or NotToldError: no answer of the collector, or another than a yes."""
        written = [self._written(span) for span in spans]
        result = await asyncio.to_thread(self._exporter.export, written)
        if result is not SpanExportResult.SUCCESS:
            raise NotToldError(result.name)

    def _written(self, span: Span) -> ReadableSpan:
        organisation = span.organisation_id
        more = {} if organisation is None else {ORGANISATION: str(organisation)}
        above = span.parent_span_id
        return ReadableSpan(
            name=span.name,
            context=_context(span.trace_id, span.span_id),
            parent=None if above is None else _context(span.trace_id, above),
            resource=self._resource,
            attributes=span.attributes | more,
            kind=SpanKind.INTERNAL,
            status=Status(StatusCode.OK),
            start_time=_nanoseconds(span.start),
            end_time=_nanoseconds(span.end),
        )


def _taken_here(answer: requests.Response, *_: Any, **__: Any) -> None:
    """The library takes any 3xx for a yes; it says that nothing was stored here."""
    if 300 <= answer.status_code < 400:  # noqa: PLR2004
        raise requests.TooManyRedirects


def _context(trace_id: str, span_id: str) -> SpanContext:
    flags = TraceFlags(TraceFlags.SAMPLED)
    return SpanContext(int(trace_id, 16), int(span_id, 16), is_remote=False, trace_flags=flags)


def _nanoseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000_000) * 1000
