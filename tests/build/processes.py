"""The application in processes of its own, on the database of a test, behind real sockets."""

import os
import signal
import socket
import traceback
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.platform.http.limits import Limiter
from app.platform.postgres import Database
from app.platform.postgres.addresses import parse
from app.startup import Ready, serve
from tests.build.lending import application
from tests.databases import TestDatabase

REMEMBERED = "remembered"
"""The header that asks for the planted memory below; the application knows no such header."""


@contextmanager
def serving(database: TestDatabase, folder: Path, count: int = 1) -> Iterator[list[str]]:
    """The addresses of so many processes, with the keys of the stage in this folder.

    They are forked off, for what they import and build is the slow part. A request that comes
    before such a process serves waits for it in the backlog of its socket. About many at once may
    be asked as often as one likes.
    """
    app, _, _ = application(database, folder)
    app.state.services = replace(app.state.services, batches=Limiter(10_000, 10_000))
    app.add_middleware(Remembering)
    ready = Ready(Database(parse(database.reader), {}), None, folder)
    with ExitStack() as stack:
        yield [stack.enter_context(_forked(app, ready)) for _ in range(count)]


@contextmanager
def _forked(app: FastAPI, ready: Ready) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # no thread of ours holds a lock
            process = os.fork()
        if process == 0:
            _serve_and_leave(app, listening, ready)
    try:
        yield address
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


def _serve_and_leave(app: FastAPI, listening: socket.socket, ready: Ready) -> None:
    """Serve as `python -m app serve` does; nothing of the test runs on in this process."""
    try:
        serve(app, listening, ready)
    except BaseException:  # noqa: BLE001 - whatever it was, the test must not be run twice
        traceback.print_exc()
    os._exit(1)


class Remembering:
    """A planted fault: it gives the first answer for ever where the request asks for that."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.kept: dict[tuple[bytes, bytes], list[Message]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope.get("headers", ()))
        if REMEMBERED.encode() not in headers:
            await self.app(scope, receive, send)
            return
        key = (scope["raw_path"], headers[b"authorization"])
        answer = self.kept.get(key, [])
        if not answer:

            async def keep(message: Message) -> None:
                answer.append(message)

            await self.app(scope, receive, keep)
            self.kept[key] = answer
        for message in answer:
            await send(message)
