"""From settings to a prepared, migrated database, and serving on it until a signal."""

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import uvicorn
from fastapi import FastAPI

from app import tables
from app.access.envelope import rewrapping
from app.access.erasure.restoring import bury
from app.platform import migrate
from app.platform.db import engine
from app.platform.http.patience import patient
from app.platform.postgres import (
    API,
    OWNER,
    READER,
    WORKER,
    Database,
    PostgresError,
    Server,
    prepare,
    start,
)
from app.platform.postgres.inspection import refuse_open_doors
from app.platform.settings import Settings
from app.wiring import Logins, ledger_of, ring_of

WATCH_SECONDS = 1.0
log = logging.getLogger("trede")


@dataclass
class Ready:
    """A database that serves: its logins, and the embedded server if it is ours."""

    database: Database
    server: Server | None
    folder: Path

    @property
    def logins(self) -> Logins:
        dsn = self.database.dsn
        return Logins(reader=dsn(READER), writer=dsn(API), worker=dsn(WORKER))

    @property
    def owner(self) -> str:
        return self.database.dsn(OWNER)

    def revive(self) -> None:
        """Start the embedded server again if it died; addresses and passwords stay the same."""
        if self.server is not None and not self.server.answers():
            log.warning("the database is gone: it is started again")
            self.server = start(self.folder)

    def stop(self) -> None:
        if self.server is not None:
            self.server.stop()


def make_ready(settings: Settings) -> Ready:
    """Start or reach the database, make roles, run the missing migrations. Safe to repeat.

    Raises PostgresError, among others when the database has a way around row security.
    """
    server, folder = None, settings.var / "postgres"
    if settings.database_url is None:
        server = start(folder)
        database = prepare(server, settings.database_name)
    else:
        address = settings.database_url.get_secret_value()
        database = prepare(address, settings.database_name, folder=folder)
    ready = Ready(database, server, folder)
    try:
        migrate.upgrade(ready.owner)
        refuse_open_doors(ready.owner, tables.OPEN)
        asyncio.run(_bury(ready, settings))
    except BaseException:
        ready.stop()
        raise
    return ready


class WrongRingError(PostgresError):
    """Another key ring than this database was served with: what is sealed could not be read."""


async def _bury(ready: Ready, settings: Settings) -> None:
    """What was destroyed stays so, also when this database is an older one that was restored."""
    tables.load()
    owner, writer = engine(ready.owner, pool_size=1), engine(ready.logins.writer, pool_size=1)
    try:
        lost = await rewrapping.lost(owner, ring_of(settings))
        if lost:
            raise WrongRingError(f"{lost} data keys were wrapped by a key that is not on the ring")
        await bury(owner, writer, ledger_of(settings))
    finally:
        await owner.dispose()
        await writer.dispose()


class _Serving(uvicorn.Server):
    """Ends without raising the signal anew: then our own ending, the database's, runs too."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self._captured_signals.clear()


def listen(settings: Settings) -> socket.socket:
    """Take the port before anything else is begun. Raises OSError when it is in use."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    return socket.create_server((settings.host, settings.port), family=family, backlog=2048)


def serving_of(app: FastAPI) -> uvicorn.Config:
    """How an application is served; who the client is says only a proxy of its settings."""
    settings: Settings = app.state.settings
    return uvicorn.Config(
        app,
        http=patient(app.version),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.proxy_addresses,
        timeout_graceful_shutdown=30,
        timeout_keep_alive=15,
    )


async def _nothing() -> None:
    """For who only serves."""


def serve(
    app: FastAPI,
    listening: socket.socket,
    ready: Ready,
    beside: Callable[[], Awaitable[None]] = _nothing,
) -> None:
    """Serve until a signal; requests under way are finished and answered first.

    `beside` runs once we serve, and is cancelled at a signal; what it raises ends us too.
    """
    config = serving_of(app)
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(_serve(_Serving(config), listening, ready, beside))


async def _serve(
    server: uvicorn.Server,
    listening: socket.socket,
    ready: Ready,
    beside: Callable[[], Awaitable[None]],
) -> None:
    watching = asyncio.create_task(_watch(ready))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    doing = asyncio.create_task(_once_started(server, beside))
    await asyncio.wait({serving, doing}, return_when=asyncio.FIRST_COMPLETED)
    if doing.done() and doing.exception() is not None:
        server.should_exit = True
    await serving
    doing.cancel()
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await doing


async def _once_started(server: uvicorn.Server, beside: Callable[[], Awaitable[None]]) -> None:
    while not server.started:  # noqa: ASYNC110 - uvicorn tells it in no other way
        await asyncio.sleep(0.01)
    await beside()


async def _watch(ready: Ready) -> None:
    """The embedded server comes back when it died; until then requests are answered with 503."""
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        try:
            await asyncio.to_thread(ready.revive)
        except PostgresError as error:
            log.error("the database does not come back: %s", error)  # noqa: TRY400 - says enough
