"""A connection that does not finish its head in time or in size is closed; uvicorn would wait."""

import asyncio
import json
from asyncio import TimerHandle
from typing import ClassVar
from uuid import uuid4

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.platform.http.headers import FIXED, STRICT_POLICY
from app.platform.http.problems import BadRequest

HEAD_SECONDS = 10.0
HEAD_BYTES = 64 * 1024
NOT_HTTP = {
    "type": BadRequest.type,
    "title": BadRequest.title,
    "status": BadRequest.status,
    "errors": [],
}


class PatientProtocol(HttpToolsProtocol):
    """For `uvicorn.Config(http=...)`, through `patient`. Slow bodies are bounded in `reading`."""

    head_seconds: ClassVar[float] = HEAD_SECONDS
    head_bytes: ClassVar[int] = HEAD_BYTES
    api_version: ClassVar[str] = "0.0.0"
    _timer: TimerHandle | None = None
    _head_size = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        self._head_size += len(data)
        super().data_received(data)
        if self._timer is not None and self._head_size > self.head_bytes:
            self.transport.close()

    def send_400_response(self, msg: str) -> None:
        """What is not HTTP is told so as everything else is: as a problem, with our headers."""
        body = json.dumps({**NOT_HTTP, "detail": msg, "instance": f"urn:uuid:{uuid4()}"}).encode()
        length = (b"content-length", str(len(body)).encode())
        head = [(b"content-type", b"application/problem+json"), length, (b"connection", b"close")]
        version = (b"api-version", self.api_version.encode())
        lines = [name + b": " + value for name, value in (*head, version, *FIXED, STRICT_POLICY)]
        self.transport.write(b"\r\n".join((b"HTTP/1.1 400 Bad Request", *lines, b"", body)))
        self.transport.close()

    def on_headers_complete(self) -> None:
        self._head_came()
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if not self.pipeline and not self.transport.is_closing():
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_came()
        super().connection_lost(exc)

    def _await_head(self) -> None:
        self._head_came()
        self._head_size = 0
        self._timer = self.loop.call_later(self.head_seconds, self.transport.close)

    def _head_came(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def patient(api_version: str) -> type[PatientProtocol]:
    """The protocol of an application of this version."""
    return type("VersionedProtocol", (PatientProtocol,), {"api_version": api_version})
