"""The processing log told to a collector: real OTLP, nothing lost, nothing of who looked."""

import asyncio
import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from uuid import UUID

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from pydantic import SecretStr

from app.access.attribution import attribute
from app.access.processing import exporting
from app.access.processing.exporting import tell
from app.housekeeping import COLLECTOR, log_told
from app.platform.db import engine
from app.platform.settings import Settings
from app.wiring import collector_of
from tests.build.sealing import sealed
from tests.build.stage import BSN, Stage

TRACE, CALLER = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
PARENT = f"00-{TRACE}-{CALLER}-01"


@dataclass
class Receiver:
    """What a collector received, as the protobuf says it; `status` is what it answers."""

    url: str
    status: int = 200
    requests: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    spans: list[Any] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    def attributes(self) -> list[dict[str, str]]:
        return [{a.key: a.value.string_value for a in span.attributes} for span in self.spans]


@contextmanager
def receiving() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        to: ClassVar[Receiver]

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            self.to.requests += 1
            self.to.headers = {name.lower(): value for name, value in self.headers.items()}
            if self.to.status == 200:
                self.to.bodies.append(body)
                read = ExportTraceServiceRequest.FromString(body)
                for resource in read.resource_spans:
                    for scope in resource.scope_spans:
                        self.to.spans += scope.spans
            self.send_response(self.to.status)
            if self.to.status == 307:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Handler.to = Receiver(f"http://127.0.0.1:{server.server_address[1]}/v1/traces")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Handler.to
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


async def turn(stage: Stage, url: str) -> int:
    """One turn of telling; how many lines."""
    send = collector_of(Settings(otlp_endpoint=url, otlp_headers=SecretStr("x-key=k1")), "1")
    assert send is not None
    worker = engine(stage.database.worker, pool_size=1)
    try:
        return await tell(worker, COLLECTOR, stage.app.state.services.telling, send)
    finally:
        await worker.dispose()


async def test_each_look_is_told_as_spans_of_the_standard(stage: Stage) -> None:
    client = await stage.client("alfa")
    await stage.get("clinician", f"/v1/clients/{client}", traceparent=PARENT)
    await sealed(stage)
    with receiving() as receiver:
        lines = await turn(stage, receiver.url)
        assert lines == len(receiver.spans) > 0
        assert await turn(stage, receiver.url) == 0
    assert receiver.headers["content-type"] == "application/x-protobuf"
    assert receiver.headers["x-key"] == "k1"
    ours = [span for span in receiver.spans if span.trace_id.hex() == TRACE]
    [top] = [span for span in ours if span.parent_span_id.hex() == CALLER]
    below = [span for span in ours if span.parent_span_id == top.span_id]
    assert len(below) == len(ours) - 1 == 3
    assert all(0 < span.start_time_unix_nano <= span.end_time_unix_nano for span in ours)
    kinds = {frozenset(each) for each in receiver.attributes()}
    everywhere = {"dpl.core.processing_activity_id", "trede.organisation_id"}
    subject = {"dpl.core.data_subject_id", "dpl.core.data_subject_id_type"}
    assert kinds <= {frozenset(everywhere), frozenset(everywhere | subject)}


async def test_who_knows_the_id_of_a_client_finds_no_line_by_it(stage: Stage) -> None:
    """Ids of clients go round between organisations, and all else of a line stands in it."""
    client = await stage.client("alfa")
    await stage.seen("clinician", f"/v1/clients/{client}")
    await sealed(stage)
    with receiving() as receiver:
        await turn(stage, receiver.url)
    below = [span for span in receiver.spans if span.name != "request"]
    assert below
    for span in below:
        guess = f"{span.parent_span_id.hex()} {client} {span.name}"
        assert hashlib.sha256(guess.encode()).hexdigest()[:16] != span.span_id.hex()


async def test_nothing_of_who_looked_and_nothing_that_names_a_person_leaves(stage: Stage) -> None:
    client = await stage.client("alfa")
    await stage.seen("clinician", f"/v1/clients/{client}")
    await stage.seen("alfa", f"/v1/clients/{client}")
    await sealed(stage)
    with receiving() as receiver:
        await turn(stage, receiver.url)
    told = b"".join(receiver.bodies)
    members = [party.membership for party in stage.parties.values() if party.membership]
    ids = [client, *members]
    words = [str(each).encode() for each in ids] + [each.bytes for each in ids]
    names = [BSN["alfa"], "Alfa", "Testclient", *(party.name for party in stage.parties.values())]
    for word in (*words, *(name.encode() for name in names)):
        assert word not in told


async def test_a_look_that_was_refused_is_not_told_and_holds_up_nothing_after_it(
    stage: Stage,
) -> None:
    """Nothing of anybody was processed; the log is told on behind it."""
    client = await stage.client("alfa")
    await sealed(stage)
    with receiving() as receiver:
        assert await turn(stage, receiver.url) > 0
        before = receiver.requests
        assert (await stage.get("employer", f"/v1/clients/{client}")).status_code == 404
        assert await refusals_written(stage) == 1
        await sealed(stage)
        assert await turn(stage, receiver.url) == 0
        assert receiver.requests == before
        await stage.seen("clinician", f"/v1/clients/{client}")
        await sealed(stage)
        assert await turn(stage, receiver.url) > 0


async def refusals_written(stage: Stage) -> int:
    worker = engine(stage.database.worker, pool_size=1)
    try:
        return await attribute(worker)
    finally:
        await worker.dispose()


@pytest.mark.parametrize("status", [400, 302, 304, 307, 503, 0])
async def test_what_a_collector_does_not_take_is_told_when_it_does(
    stage: Stage, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.access.processing.otlp.SECONDS", 0.2)
    client = await stage.client("alfa")
    await stage.seen("clinician", f"/v1/clients/{client}")
    await sealed(stage)
    with receiving() as receiver:
        receiver.status = status
        url = receiver.url if status else "http://127.0.0.1:9/v1/traces"
        with pytest.raises(Exception, match="FAILURE"):
            await turn(stage, url)
        assert receiver.requests <= 4
        receiver.status = 200
        lines = await turn(stage, receiver.url)
        assert lines == len(receiver.spans) > 0


async def test_two_that_tell_at_once_tell_each_line_once_however_small_the_turns(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in ("alfa", "echo", "bravo"):
        await stage.client(key)
    for party in ("clinician", "alfa"):
        await stage.get(party, "/v1/clients", traceparent=PARENT)
    await sealed(stage)
    with receiving() as receiver:
        monkeypatch.setattr(exporting, "BATCH", 2)
        await asyncio.gather(*(turn(stage, receiver.url) for _ in range(3)))
        while await turn(stage, receiver.url):
            pass
    told = [(span.trace_id, span.span_id) for span in receiver.spans]
    assert len(told) == len(set(told))
    with stage.straight() as db:
        spans = db.execute(
            "SELECT DISTINCT span_id FROM access_log_entry WHERE shown <> 0 AND client_id <> %s",
            [UUID(int=0)],
        ).fetchall()
    assert {span for (span,) in spans} <= {span_id.hex() for _, span_id in told}


async def test_without_a_collector_nothing_is_told(stage: Stage) -> None:
    assert collector_of(Settings(), "1") is None
    with pytest.raises(ValueError, match="https"):
        collector_of(Settings(otlp_endpoint="http://collector.example/v1/traces"), "1")
    worker = engine(stage.database.worker, pool_size=1)
    async with log_told(worker, 0.01, stage.app.state.services.telling, None):
        await asyncio.sleep(0.1)
    await worker.dispose()
    with stage.straight() as db:
        assert db.execute("SELECT * FROM log_export").fetchall() == []
