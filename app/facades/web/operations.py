"""The operations of the API, called within this process for a person who is logged in.

A page has no other way to data, so it shows nothing that the API would not give this person, and
every look stands on the same log (decision 0027).
"""

import json
from asyncio import Semaphore
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4
from weakref import WeakValueDictionary

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Scope

from app.access.session import VOUCHED
from app.platform.security.browser_sessions import BrowserSession
from app.platform.security.tokens import Claims

Json = dict[str, Any]
BASE = "/v1"
AT_ONCE = 4
"""Calls side by side for one person, however many pages are open: nobody takes all connections."""
_WHILE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Told:
    """What an operation answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def ok(self) -> bool:
        return self.status < HTTPStatus.BAD_REQUEST

    @property
    def json(self) -> Json:
        """The document of the answer; an empty one where there is none."""
        found: Json = json.loads(self.body) if self.body else {}
        return found

    @property
    def etag(self) -> str:
        return self.headers.get("etag", "")


class RefusedError(Exception):
    """An operation refused; the page becomes the same refusal, in Dutch."""

    def __init__(self, told: Told) -> None:
        super().__init__(told.status)
        self.told = told


@dataclass(frozen=True, slots=True)
class Call:
    """One call: a path of the contract without its prefix, filled in.

    The path is not parsed as an address is: whatever stands in an id stays in its segment.
    """

    method: str
    path: str
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Json | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


async def carried_out(request: Request, session: BrowserSession, call: Call) -> Told:
    """Calls the operation as this person, within the request of the page.

    A fault of ours in it is raised on, and becomes the page's own.
    """
    sent = b"" if call.body is None else json.dumps(call.body, ensure_ascii=False).encode()
    answer = _Answer(sent)
    app: ASGIApp = request.app.state.inner
    async with turn(request, session, "call", AT_ONCE):
        await app(_scope(request, session, call, sent), answer.receive, answer.send)
    return Told(answer.status, answer.headers, bytes(answer.body))


def turn(request: Request, session: BrowserSession, what: str, at_once: int) -> Semaphore:
    """The same for all pages of one person; gone when none of them uses it."""
    known: WeakValueDictionary[tuple[str, ...], Semaphore] = request.app.state.turns
    whose = session.issuer, session.subject, what
    found = known.get(whose)
    if found is None:
        known[whose] = found = Semaphore(at_once)
    return found


def _scope(request: Request, session: BrowserSession, call: Call, sent: bytes) -> Scope:
    headers = {"accept": "application/json", **call.headers}
    if call.body is not None:
        headers |= {"content-type": "application/json", "content-length": str(len(sent))}
    if session.purpose is not None:
        headers["purpose-of-use"] = session.purpose
    asked: Sequence[tuple[str, Any]] = [(k, v) for k, v in call.query.items() if v is not None]
    path = BASE + call.path
    return {
        **{name: request.scope[name] for name in ("asgi", "http_version", "scheme", "server")},
        "type": "http",
        "app": request.app,
        "client": request.scope["client"],
        "method": call.method,
        "path": path,
        "raw_path": quote(path).encode(),
        "root_path": "",
        "query_string": urlencode(asked, doseq=True).encode(),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "state": {"request_id": str(uuid4()), "trace_id": request.scope["state"]["trace_id"]},
        VOUCHED: _claims(session),
    }


def _claims(session: BrowserSession) -> Claims:
    """As a token of this person would say them; the rest is looked up at every call."""
    return Claims(
        issuer=session.issuer,
        subject=session.subject,
        client_id=None,
        membership=session.hat,
        purpose=None,
        scope=frozenset(),
        jti=str(uuid4()),
        expires_at=datetime.now(UTC) + _WHILE,
    )


class _Answer:
    """Hands the body in, and gathers what comes out."""

    def __init__(self, sent: bytes) -> None:
        self._sent = sent
        self.status = int(HTTPStatus.INTERNAL_SERVER_ERROR)
        self.headers: dict[str, str] = {}
        self.body = bytearray()

    async def receive(self) -> Message:
        return {"type": "http.request", "body": self._sent, "more_body": False}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")
