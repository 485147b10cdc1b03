"""The demo's own database: played to the end, or thrown away and made anew."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path

import psycopg
from psycopg import sql

from app.domain.party.actions.bootstrap import bootstrap
from app.platform.db import engine
from app.platform.postgres import Server

NAME = "trede_demo"
"""Never the database of the service itself: what is half played is dropped."""


def form_of(*folders: Path) -> str:
    """Revisions and plays in short: a demo with other tables or parties is played anew."""
    digest = sha256()
    for file in sorted(file for folder in folders for file in folder.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def is_played(server: Server, mark: str) -> bool:
    """Whether the plays were performed here to the end, in this form; the database says so."""
    with _administrator(server) as db:
        found = db.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [NAME],
        ).fetchone()
    return found is not None and found[0] == mark


def mark_played(server: Server, mark: str) -> None:
    """A comment on the database: it comes and goes with what it speaks of."""
    statement = sql.SQL("COMMENT ON DATABASE {} IS {}")
    with _administrator(server) as db:
        db.execute(statement.format(sql.Identifier(NAME), sql.Literal(mark)))


def clear(server: Server) -> None:
    """Drop what an interrupted or older demo left."""
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    with _administrator(server) as db:
        db.execute(statement.format(sql.Identifier(NAME)))


def last_moment(server: Server) -> datetime | None:
    """When someone last looked: there the clock stood still while nothing was served."""
    with psycopg.connect(server.superuser_dsn(NAME)) as db:
        found = db.execute("SELECT max(at) FROM access_log_entry").fetchone()
    return None if found is None else found[0]


async def let_in(owner: str, issuer: str, subject: str) -> None:
    """The first administrator, who registers all others over HTTP."""
    engine_of_owner = engine(owner, pool_size=1)
    try:
        async with engine_of_owner.begin() as db:
            await bootstrap(db, issuer, subject)
    finally:
        await engine_of_owner.dispose()


def _administrator(server: Server) -> psycopg.Connection:
    return psycopg.connect(server.superuser_dsn("postgres"), autocommit=True)
