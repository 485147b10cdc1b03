"""One world with the application on it, and all that can be observed of one answer."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import httpx
import psycopg
from fastapi import FastAPI
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from app.platform.db import Engine, Engines, Line, Prepared, engine
from tests.build.lending import application
from tests.build.stage import Stage
from tests.databases import TestDatabase
from tests.leaks.chance import Chance

MASKED = frozenset({"date", "server"})
"""The two headers that are not compared. The server below the application writes them, without
knowing of any data: the hour of its machine, and its own name. All others, also the ids of the
exchange, are drawn from chance that falls alike (`chance.py`), and so they are compared."""
PLANS = {
    "enable_seqscan": "off",
    "enable_bitmapscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "jit": "off",
    "plan_cache_mode": "force_generic_plan",
}
"""A table of ten rows is always read whole. With these the plans are those of large tables, and
whatever has no index for what is asked still has to read it all, which is then counted."""
COUNTED = (
    "seq_scan", "seq_tup_read", "idx_scan", "idx_tup_fetch", "n_tup_ins", "n_tup_upd", "n_tup_del",
)  # fmt: skip
_ROWS = (
    f"SELECT relname, {', '.join(COUNTED)}, pg_stat_force_next_flush()::text"
    f" FROM pg_stat_xact_user_tables WHERE {' + '.join(COUNTED)} > 0"
    " AND relname <> 'clock_offset' ORDER BY relname"
)
"""What this transaction read and wrote of each table, from the counters of its own connection. They
are handed over after each transaction, so that the next one starts from nothing. The one row with
the hour is left out: how often it is read is a matter of plans, and it is about nobody."""
_SETTLED = (
    f"SELECT relname, {', '.join(COUNTED)} FROM pg_stat_user_tables"
    " WHERE relname <> 'clock_offset' UNION ALL SELECT indexrelname, idx_scan, idx_tup_read,"
    " idx_tup_fetch, 0, 0, 0, 0 FROM pg_stat_user_indexes ORDER BY 1"
)
"""The same from what the whole database has counted, by index too. A connection that hands over in
the middle tells less of its own; where these grew alike, alike was read."""
_LARGE = (
    "SELECT pg_restore_relation_stats('schemaname', 'public', 'relname', %s::text,"
    " 'relpages', 1, 'reltuples', 100000::real)"
)
"""So many rows on each page that there is."""
GRANTS = "access_grant"
SAID = ("client_id", "grantee_id", "basis", "basis_id", "categories", "trajectory_id", "record_id")
Rows = tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Seen:
    """All that is compared of one answer."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    statements: tuple[str, ...]
    rows: Rows
    settled: Rows = ()

    def differs(self, other: "Seen", *, rows: bool = True) -> str | None:
        """The name of the first thing that is not alike, with both values; None when all is."""
        for name in ("status", "headers", "body", "statements", "rows"):
            mine, theirs = getattr(self, name), getattr(other, name)
            if mine != theirs and (name != "rows" or (rows and self.settled != other.settled)):
                return f"{name}: {_first(mine, theirs)}"
        return None

    @property
    def without_grants(self) -> "Seen":
        """The same but for how many grants were passed by."""
        return replace(self, rows=tuple(row for row in self.rows if row[0] != GRANTS))


def _first(mine: Any, theirs: Any) -> str:
    if not isinstance(mine, tuple):
        return f"{mine!r} | {theirs!r}"
    return f"{[m for m in mine if m not in theirs]} | {[t for t in theirs if t not in mine]}"


@dataclass
class Watch:
    """The statements of the application and the rows they touched, while one request runs."""

    statements: list[str] = field(default_factory=list)
    rows: list[Any] = field(default_factory=list)
    reading: bool = False

    def clear(self) -> None:
        self.statements.clear()
        self.rows.clear()

    @contextmanager
    def on(self, engines: Engines) -> Iterator[None]:
        """What SQLAlchemy executes on these engines, and what runs past it."""
        for each in (engines.reader, engines.writer):
            event.listen(each.sync_engine, "before_cursor_execute", self._sent)
        run = Prepared.run

        async def noted(prepared: Prepared, db: Any, values: Any) -> list[Line]:
            if db.engine in {engines.reader, engines.writer}:
                self.statements.append(prepared.bound(values)[0])
            return await run(prepared, db, values)

        with patch.object(Prepared, "run", noted):
            yield

    def _sent(self, _c: Any, _cursor: Any, statement: str, _p: Any, _x: Any, many: bool) -> None:
        if not self.reading:
            self.statements.append(f"{statement} [many]" if many else statement)

    async def ends(self, db: AsyncConnection) -> bool:
        """Reads the counters of a transaction before it ends; False where it cannot be asked."""
        self.reading = True
        try:
            found = (await db.exec_driver_sql(_ROWS)).all()
            self.rows += [tuple(row)[:-1] for row in found]
        except DBAPIError:
            self.rows.append(("a statement failed",))
            return False
        finally:
            self.reading = False
        return True


class Watched(Engine):
    """An engine whose transactions tell before they end."""

    watch: Watch

    @asynccontextmanager
    async def begin(
        self, *, keep: bool = True, isolation: str | None = None
    ) -> AsyncIterator[AsyncConnection]:
        told = True
        try:
            async with super().begin(keep=keep, isolation=isolation) as db:
                try:
                    yield db
                finally:
                    told = await self.watch.ends(db)
        finally:
            if not told:  # its counters would be added to those of the next request
                await self.dispose()


def watched(watch: Watch, address: str) -> Watched:
    made = Watched(engine(address, pool_size=2, arguments={"server_settings": PLANS}).sync_engine)
    made.watch = watch
    return made


class Planted:
    """Where a leak can be planted around the application; without one it passes all on."""

    def __init__(self, app: ASGIApp, side: "Side") -> None:
        self.app = app
        self.side = side

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        leak = self.side.leak
        if leak is None or scope["type"] != "http":
            await self.app(scope, receive, send)
        else:
            await leak(self.side, self.app, scope, receive, send)


@dataclass
class Side:
    """One of two applications that are alike, put onto one database after another."""

    name: str
    app: FastAPI
    chance: Chance
    url: str
    watch: Watch = field(default_factory=Watch)
    leak: Any = None
    kept: dict[Any, Any] = field(default_factory=dict)
    """What a planted leak remembers of this world."""
    http: httpx.AsyncClient = field(init=False)
    stage: Stage = field(init=False)
    database: TestDatabase = field(init=False)
    system: psycopg.Connection = field(init=False)

    def __post_init__(self) -> None:
        app = Planted(self.app, self)
        transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=("127.0.0.1", 1))
        self.http = httpx.AsyncClient(transport=transport, base_url=self.url)

    @asynccontextmanager
    async def onto(self, database: TestDatabase, like: Stage) -> AsyncIterator["Side"]:
        """With the parties of `like`; the pools are this database's own."""
        services = self.app.state.services
        engines = Engines(watched(self.watch, database.reader), watched(self.watch, database.api))
        self.app.state.services = replace(services, engines=engines)
        self.database = database
        self.stage = replace(
            like, app=self.app, http=self.http, database=database, parties=dict(like.parties)
        )
        with self.watch.on(engines), database.connect_as_superuser() as self.system:
            try:
                yield self
            finally:
                await engines.dispose()

    def in_order(self) -> None:
        """The grants lie in the order of what they say, as in the other world.

        Those of one client for one grantee are alike to their index, which tells them by place; and
        which place was free when one was granted depends on all others that there are.
        """
        self.system.execute(f"CREATE INDEX in_order ON {GRANTS} ({', '.join(SAID)})")
        self.system.execute(f"CLUSTER {GRANTS} USING in_order")
        self.system.execute("DROP INDEX in_order")
        self.system.execute(_LARGE, [GRANTS])

    def at(self, shift: timedelta) -> None:
        self.system.execute("UPDATE clock_offset SET shift = %s", [shift])

    async def ask(
        self, turn: str, method: str, path: str, content: bytes | None, headers: Mapping[str, str]
    ) -> Seen:
        """One request, and all that was observed of its answer."""
        self.chance.turn(turn)
        self.watch.clear()
        before = self._counted()
        answer = await self.http.request(method, path, content=content, headers=headers)
        found = tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, value in answer.headers.raw
            if name.decode("latin-1").lower() not in MASKED
        )
        rows, statements = tuple(self.watch.rows), tuple(self.watch.statements)
        settled = tuple(
            (name, *(now - then for now, then in zip(after, before[name], strict=True)))
            for name, after in self._counted().items()
            if name in before and after != before[name]
        )
        return Seen(answer.status_code, found, answer.content, statements, rows, settled)

    def _counted(self) -> dict[str, tuple[int, ...]]:
        found = self.system.execute(_SETTLED).fetchall()
        return {name: tuple(count or 0 for count in counts) for name, *counts in found}


def grown(system: psycopg.Connection) -> None:
    """From here on the planner takes every table for a large one. By the figures of ten rows it
    would read them all, as it never would of many; and where it counts, on a slow machine, or by
    the pages of each world, it would come to another plan in one of them."""
    names = system.execute("SELECT relname FROM pg_stat_user_tables").fetchall()
    for (name,) in names:
        system.execute(f'ALTER TABLE "{name}" SET (autovacuum_enabled = false)')
        system.execute(_LARGE, [name])


def stop(system: psycopg.Connection, now: datetime) -> None:
    """From here on the hour of this world is this one, and what is added to it."""
    system.execute(
        "CREATE OR REPLACE FUNCTION moment() RETURNS timestamptz STABLE LANGUAGE sql AS"
        f" $$ SELECT '{now.isoformat()}'::timestamptz + (SELECT shift FROM clock_offset) $$"
    )


@asynccontextmanager
async def two_sides(
    database: TestDatabase, folder: Path, chance: Chance
) -> AsyncIterator[tuple[Side, Side]]:
    """Two applications with the keys of one folder, each of which keeps its own memory."""
    made = []
    for name in "AB":
        app, settings, _ = application(database, folder)
        made.append(Side(name, app, chance, settings.url))
    async with made[0].http, made[1].http:
        yield made[0], made[1]
