"""How a leak is planted: around the application, within its sessions, or in its database."""

import asyncio
import gzip
import json
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.leaks.sides import Side

Headers = list[tuple[bytes, bytes]]


@dataclass
class Answer:
    """What the application answered, before the leak has its way with it."""

    status: int
    headers: Headers
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        """The body where it is an object; else nothing to write into."""
        found = json.loads(self.body) if self.body.startswith(b"{") else {}
        return found if isinstance(found, dict) else {}

    def say(self, **more: Any) -> None:
        """Put these into the body."""
        if self.body.startswith(b"{"):
            self.body = json.dumps({**self.json, **more}).encode()

    def set(self, name: str, value: str) -> None:
        """A header that replaces one of its name."""
        key = name.lower().encode()
        self.headers = [pair for pair in self.headers if pair[0].lower() != key]
        self.headers.append((key, value.encode()))

    def become(self, status: int, title: str) -> None:
        self.status = status
        self.body = json.dumps({"status": status, "title": title}).encode()


@dataclass(frozen=True)
class Asked:
    """The request as the leak sees it."""

    method: str
    path: str
    query: str
    body: bytes
    headers: dict[str, str]

    @property
    def json(self) -> dict[str, Any]:
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


Bend = Callable[[Side, Asked, Answer], None]
Plant = Callable[[Side, Side], AbstractContextManager[None]]


def bent(bend: Bend) -> Plant:
    """A leak that bends each answer on its way out."""

    async def leak(side: Side, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        request = await _whole(receive)
        answer = await _answered(app, scope, request)
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        asked = Asked(
            scope["method"], scope["path"], scope["query_string"].decode(), request, headers
        )
        bend(side, asked, answer)
        if any(name == b"content-length" for name, _ in answer.headers):
            answer.set("content-length", str(len(answer.body)))
        start = {"type": "http.response.start", "status": answer.status, "headers": answer.headers}
        await send(start)
        await send({"type": "http.response.body", "body": answer.body})

    return around(leak)


def around(leak: Callable[..., Awaitable[None]]) -> Plant:
    """A leak in front of the application."""

    @contextmanager
    def plant(*sides: Side) -> Iterator[None]:
        for side in sides:
            side.leak = leak
            side.kept.clear()
        try:
            yield
        finally:
            for side in sides:
                side.leak = None

    return plant


async def _whole(receive: Receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if not message.get("more_body"):
            return body


async def _answered(app: ASGIApp, scope: Scope, body: bytes) -> Answer:
    answer = Answer(500, [], b"")

    left = [body]

    async def again() -> Message:
        """The body once; then nothing until the answer is over, as from a caller who waits."""
        if not left:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": left.pop(), "more_body": False}

    async def kept(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status, answer.headers = message["status"], list(message["headers"])
        else:
            answer.body += message.get("body", b"")

    await app(scope, again, kept)
    packed = b"content-encoding", b"gzip"
    if packed in answer.headers:
        answer.headers.remove(packed)
        answer.body = gzip.decompress(answer.body)
    return answer


def one(side: Side, statement: str, *values: Any) -> Any:
    """The first value that the superuser finds: the leak knows everything."""
    row = side.system.execute(statement, values).fetchone()
    return None if row is None else row[0]
