"""The operations of the API, called within this process: the only way of a facade to data.

So no page, resource, decision or file shows more than the API would, every act passes the same
rules, and every look stands on the same log (decision 0027).
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from secrets import token_hex
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Scope

from app.access.login import VOUCHED
from app.access.session import JOINED
from app.platform.http.handlers import DIALECT
from app.platform.http.rendering import ITEM_TAGS
from app.platform.security.tokens import Claims

Json = dict[str, Any]
BASE = "/v1"
LONGEST_WAIT = 30.0
WORN = ("on-behalf-of", "purpose-of-use")
"""As whom, and for what, a caller asks; the trace of a request goes along by itself."""
HINTS = ("WWW-Authenticate", "Retry-After")
"""Spelled as our own refusals do, so that one takes the place of the other."""
MOST_PAGES = 50
"""Of a list that is read whole; longer lists are read by the page."""


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

    @property
    def items(self) -> list[tuple[Json, str]]:
        """The items of a list, each with the entity tag of a read, where the call asked for it."""
        found = self.json["items"]
        tags = self.headers.get(ITEM_TAGS.lower())
        return list(zip(found, tags.split(",") if tags else [""] * len(found), strict=True))

    @property
    def hints(self) -> dict[str, str]:
        """What a refusal says beside its body: how to log in, when to come back."""
        said = ((name, self.headers.get(name.lower())) for name in HINTS)
        return {name: value for name, value in said if value is not None}


class RefusedError(Exception):
    """An operation refused; the facade says the same refusal in its own form."""

    def __init__(self, told: Told) -> None:
        super().__init__(told.status)
        self.told = told


@dataclass(frozen=True, slots=True)
class Call:
    """One call: a path of the contract without its prefix, filled in; `base` is another contract.

    With `tags` the items of a list come with their entity tags.
    The path is not parsed as an address is: whatever stands in an id stays in its segment.
    """

    method: str
    path: str
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Json | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    base: str = BASE
    tags: bool = False


def worn(request: Request) -> dict[str, str]:
    """The headers that say as whom and for what this request asks."""
    return {name: request.headers[name] for name in WORN if name in request.headers}


async def carried_out(request: Request, claims: Claims, call: Call) -> Told:
    """Calls the operation for who these claims are about, within the request to the facade.

    A fault of ours in it is raised on, and becomes the facade's own.
    """
    sent = b"" if call.body is None else json.dumps(call.body, ensure_ascii=False).encode()
    answer = _Answer(sent)
    app: ASGIApp = request.app.state.inner
    await app(_scope(request, claims, call, sent), answer.receive, answer.send)
    return Told(answer.status, answer.headers, bytes(answer.body))


async def waited_for(request: Request, claims: Claims, call: Call) -> Told:
    """The same for a stream: again after a while where its caller asks too much at once."""
    told = await carried_out(request, claims, call)
    while told.status == HTTPStatus.TOO_MANY_REQUESTS:
        await asyncio.sleep(min(float(told.headers.get("retry-after", "1")), LONGEST_WAIT))
        told = await carried_out(request, claims, call)
    return told


async def pages(
    see: Callable[..., Awaitable[Json | None]], path: str, **query: Any
) -> AsyncIterator[list[Json]]:
    """The items of a list, page by page; none where `see` finds nothing."""
    asked = {"pageSize": 100, **query}
    for _ in range(MOST_PAGES):
        page = await see(path, **asked)
        if page is None:
            return
        yield page["items"]
        if page.get("nextCursor") is None:
            return
        asked["cursor"] = page["nextCursor"]


def _scope(request: Request, claims: Claims, call: Call, sent: bytes) -> Scope:
    headers = {"accept": "application/json", **call.headers}
    if call.body is not None:
        headers |= {"content-type": "application/json", "content-length": str(len(sent))}
    asked: Sequence[tuple[str, Any]] = [(k, v) for k, v in call.query.items() if v is not None]
    path = call.base + call.path
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
        "state": _state(request, call),
        VOUCHED: claims,
        ITEM_TAGS: call.tags,
        **{name: request.scope[name] for name in (JOINED,) if name in request.scope},
    }


def _state(request: Request, call: Call) -> dict[str, Any]:
    """A part of its own in the same chain, under whoever called the facade."""
    of = request.scope["state"]
    kept = {name: of.get(name) for name in ("trace_id", "parent_span_id")}
    if call.base != BASE:
        kept[DIALECT] = of.get(DIALECT)  # refused in its own words
    return {**kept, "request_id": str(uuid4()), "span_id": token_hex(8)}


class _Answer:
    """Hands the body in, and gathers what comes out; nobody hangs up within a process."""

    def __init__(self, sent: bytes) -> None:
        self._sent: bytes | None = sent
        self.status = int(HTTPStatus.INTERNAL_SERVER_ERROR)
        self.headers: dict[str, str] = {}
        self.body = bytearray()

    async def receive(self) -> Message:
        if self._sent is None:
            await asyncio.Event().wait()
        body, self._sent = self._sent, None
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")
