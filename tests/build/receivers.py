"""A receiver of events on a real socket, and the way to it that only a test can open."""

import asyncio
import base64
import hmac
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import httpx
import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.domain.event.actions.delivering import Courier
from app.domain.event.actions.fanning import fan_out
from app.domain.event.rules.catalogue import kinds
from app.platform.db import engine
from tests.build.stage import Stage

HOST = "hooks.example.org"
URL = f"https://{HOST}/events"
VERBS = {kind.table: verb for verb, kind in sorted(kinds().items(), reverse=True)}
"""Something that may happen to a record and is told, by its table."""
Reply = Callable[["Got"], Awaitable[Response]]


@dataclass(frozen=True)
class Got:
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found

    def is_signed_with(self, secret: str) -> bool:
        """Computed anew, from the text of Standard Webhooks."""
        of, at = self.headers["webhook-id"], self.headers["webhook-timestamp"]
        key = base64.b64decode(secret.removeprefix("whsec_"))
        digest = hmac.new(key, f"{of}.{at}.".encode() + self.body, sha256).digest()
        wanted = "v1," + base64.b64encode(digest).decode()
        return wanted in self.headers["webhook-signature"].split(" ")


@dataclass
class Receiver:
    """Agrees to be called, and answers 204 unless a test says otherwise."""

    port: int
    got: list[Got] = field(default_factory=list)
    asked: list[Got] = field(default_factory=list)
    consents: dict[str, str] = field(default_factory=lambda: {"WebHook-Allowed-Origin": "*"})
    status: int = 204
    words: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    before_answer: Callable[[Got], Awaitable[None]] | None = None
    before_consent: Callable[[Got], Awaitable[None]] | None = None
    statuses: dict[str, int] = field(default_factory=dict)
    """By the path of the URL that was called."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        got = Got(request.method, request.url.path, dict(request.headers), await request.body())
        if request.method == "OPTIONS":
            self.asked.append(got)
            if self.before_consent is not None:
                await self.before_consent(got)
            await Response(status_code=200, headers=self.consents)(scope, receive, send)
            return
        self.got.append(got)
        if self.before_answer is not None:
            await self.before_answer(got)
        status = self.statuses.get(got.path, self.status)
        if self.words:
            await Response(self.words, 200)(scope, receive, send)
            return
        await Response(status_code=status, headers=self.headers)(scope, receive, send)

    @property
    def types(self) -> list[str]:
        return [got.event["type"] for got in self.got]

    @property
    def ids(self) -> list[str]:
        return [got.event["id"] for got in self.got]


class Road(httpx.AsyncBaseTransport):
    """Leads every name to this port of this machine, where the application itself leads nowhere."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._inner = httpx.AsyncHTTPTransport(trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self._port)
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self._inner.aclose()


class Recorder(httpx.AsyncBaseTransport):
    """A receiver without a network that keeps all it is sent, and agrees. It says when it is
    written to, as a connection does."""

    def __init__(self, got: list[httpx.Request]) -> None:
        self._got = got

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        trace = request.extensions["trace"]
        await trace("http11.send_request_headers.started", {})
        await request.aread()
        self._got.append(request)
        await trace("http11.send_request_body.complete", {})
        return httpx.Response(204, stream=httpx.ByteStream(b""))


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """A server of its own for the time being."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        receiver = Receiver(listening.getsockname()[1])
        config = uvicorn.Config(receiver, log_level="error", lifespan="off", timeout_keep_alive=30)
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server._serve(sockets=[listening]))
        try:
            yield receiver
        finally:
            server.should_exit = server.force_exit = True
            await serving


@dataclass
class Post:
    """The worker of one process: what was announced is given out and sent when a test says so."""

    courier: Courier
    stage: Stage
    worker: Any

    async def ask(self) -> int:
        """Ask those whose turn it is, and hear them out; how many they were."""
        asked = await self.courier.ask()
        await self.courier.settle()
        return asked

    async def give_out(self) -> int:
        """What was announced, to those who may be told; to how many, for all of it."""
        return await fan_out(self.stage.app.state.services, self.worker)

    async def round(self) -> int:
        """Give out what was announced and send all that is due; how many deliveries there were."""
        await self.give_out()
        sent = 0
        while started := await self.courier.send():
            sent += started
            await self.courier.settle()
        return sent


@asynccontextmanager
async def post_office(
    stage: Stage, way: Callable[[], httpx.AsyncBaseTransport]
) -> AsyncIterator[Post]:
    """A courier with logins of its own, as a process has one."""
    worker = engine(stage.database.worker, pool_size=6)
    courier = Courier(stage.app.state.services, worker, way)
    try:
        yield Post(courier, stage, worker)
    finally:
        await courier.close()
        await worker.dispose()
