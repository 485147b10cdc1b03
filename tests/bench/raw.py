"""The yardstick: the same statements of one request, replayed by asyncpg without a framework."""

import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import asyncpg
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from app.platform.db import Line, Prepared

Send = Callable[[dict[str, Any]], Awaitable[None]]
INSERT = re.compile(r"INSERT INTO access_refusal \(([^)]*)\)")
OWN_ID = re.compile(r'"id": "[0-9a-f-]{36}"')


@dataclass
class Recorder:
    """Every statement that an engine runs, with its parameters, in order."""

    statements: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)

    @contextmanager
    def listening(self, engine: AsyncEngine) -> Iterator[None]:
        """To what SQLAlchemy executes here, and to what runs past it anywhere in this process."""
        event.listen(engine.sync_engine, "before_cursor_execute", self._note)
        run = Prepared.run

        async def noted(prepared: Prepared, db: Any, values: Any) -> list[Line]:
            statement, given = prepared.bound(values)
            self.statements.append((statement, tuple(given)))
            return await run(prepared, db, values)

        with patch.object(Prepared, "run", noted):
            yield

    def _note(self, _c: Any, _k: Any, statement: str, parameters: Any, _x: Any, many: bool) -> None:
        for values in parameters if many else [parameters]:
            self.statements.append((statement, tuple(values)))

    def take(self) -> list[tuple[str, tuple[Any, ...]]]:
        taken, self.statements = self.statements, []
        return taken


@dataclass
class RawApp:
    """ASGI: each request replays the next recorded request in one transaction and says so."""

    dsn: str
    requests: list[list[tuple[str, tuple[Any, ...]]]]
    answer: bytes
    turn: int = 0

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        await receive()
        self.turn = (self.turn + 1) % len(self.requests)
        async with self.pool.acquire() as connection, connection.transaction():
            for statement, values in self.requests[self.turn]:
                await connection.fetch(statement, *_fresh(statement, values))
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": self.answer})

    async def _lifespan(self, receive: Any, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.pool = await asyncpg.create_pool(
                    self.dsn.replace("+asyncpg", ""), min_size=12, max_size=12
                )
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.pool.close()
                await send({"type": "lifespan.shutdown.complete"})
                return


def _fresh(statement: str, values: tuple[Any, ...]) -> tuple[Any, ...]:
    """A log row needs a new id each time it is replayed."""
    if "access_log_entry" in statement:
        return tuple(OWN_ID.sub(_new_id, value) for value in values)
    found = INSERT.match(statement)
    if found is None:
        return values
    place = [name.strip() for name in found.group(1).split(",")].index("id")
    return (*values[:place], uuid4(), *values[place + 1 :])


def _new_id(_: re.Match[str]) -> str:
    return f'"id": "{uuid4()}"'
