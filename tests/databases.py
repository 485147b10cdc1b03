"""Databases for tests: copied from a template that was migrated once per test run."""

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

import psycopg
from psycopg import sql

from app.platform import migrate
from app.platform.postgres import API, OWNER, READER, WORKER, Server, prepare
from app.platform.postgres.prepare import close_database

TEMPLATE = "trede_template"
PATIENCE = "-c lock_timeout=120s"
"""A test that waits for a lock of its own application would wait for ever: it blocks both."""
_AS_NEW = (
    "SET SESSION AUTHORIZATION DEFAULT; RESET ALL; DISCARD TEMP; SELECT pg_advisory_unlock_all()"
)


@dataclass(frozen=True)
class TestDatabase:
    """A migrated database of one test (or module), with an address for each login."""

    __test__ = False

    name: str
    server: Server
    _idle: list[psycopg.Connection] = field(default_factory=list, compare=False, repr=False)

    def dsn(self, role: str) -> str:
        return self.server.dsn(role, self.name)

    @property
    def owner(self) -> str:
        return self.dsn(OWNER)

    @property
    def api(self) -> str:
        return self.dsn(API)

    @property
    def reader(self) -> str:
        return self.dsn(READER)

    @property
    def worker(self) -> str:
        return self.dsn(WORKER)

    def connect(self, role: str) -> psycopg.Connection:
        """A synchronous connection, for tests that speak SQL."""
        address = self.dsn(role).replace("postgresql+asyncpg", "postgresql", 1)
        return psycopg.connect(address, autocommit=True, options=PATIENCE)

    @contextmanager
    def connect_as_superuser(self) -> Iterator[psycopg.Connection]:
        """To break what a test wants broken; one that somebody is done with is used again.

        Making a connection costs more than most of what is said over it.
        """
        dsn = self.server.superuser_dsn(self.name)
        with ExitStack() as until_done:
            if self._idle:
                one = self._idle.pop()
            else:
                one = psycopg.connect(dsn, autocommit=True, options=PATIENCE)
            until_done.callback(one.close)
            yield one
            if not one.closed:
                one.commit()
                one.autocommit = True
                one.execute(_AS_NEW)
                until_done.pop_all()
                self._idle.append(one)

    def leave(self) -> None:
        """Nobody is connected as the superuser any longer."""
        while self._idle:
            self._idle.pop().close()


def make_template(server: Server) -> None:
    """Marked as a template only when it is whole."""
    with _administrator(server) as connection:
        done = connection.execute(
            "SELECT datistemplate FROM pg_database WHERE datname = %s", [TEMPLATE]
        ).fetchone()
        if done is not None and done[0]:
            return
        prepare(server, TEMPLATE)
        migrate.upgrade(server.dsn(OWNER, TEMPLATE))
        statement = sql.SQL("ALTER DATABASE {} IS_TEMPLATE true")
        connection.execute(statement.format(sql.Identifier(TEMPLATE)))


@contextmanager
def copy_of_template(server: Server, template: str = TEMPLATE) -> Iterator[TestDatabase]:
    """Or of another database that nobody is connected to.

    FILE_COPY was measured to be faster here than WAL_LOG, in memory (50 against 70 ms).
    """
    name = f"test_{secrets.token_hex(6)}"
    with _administrator(server) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY = FILE_COPY").format(
                sql.Identifier(name), sql.Identifier(template), sql.Identifier(OWNER)
            )
        )
        connection.execute(close_database(name))
        made = TestDatabase(name, server)
        try:
            yield made
        finally:
            made.leave()
            statement = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            connection.execute(statement.format(sql.Identifier(name)))


def _administrator(server: Server) -> psycopg.Connection:
    return psycopg.connect(server.superuser_dsn("postgres"), autocommit=True)
