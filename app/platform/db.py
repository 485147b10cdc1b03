"""Tables' base class and the two engines: one for reads, one for writes."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn
from uuid import UUID

from asyncpg import Record
from pydantic_core import from_json
from sqlalchemy import ClauseElement, DateTime, LargeBinary, MetaData, Text, Uuid, event
from sqlalchemy.dialects.postgresql import asyncpg
from sqlalchemy.engine import Connection as SyncConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.orm import DeclarativeBase

STATEMENTS = 512
"""Prepared statements kept per connection; there are a few hundred in the house."""


class Base(DeclarativeBase):
    """Every table of Trede; names of constraints follow one convention."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it as declared
        UUID: Uuid(),
        datetime: DateTime(timezone=True),
        str: Text(),
        bytes: LargeBinary(),
    }


class Engine(AsyncEngine):
    """A pool of connections of one login. The driver itself begins and ends the transactions.

    So a `Prepared` statement runs in the same transaction as those that SQLAlchemy executes.
    """

    @asynccontextmanager
    async def begin(
        self, *, keep: bool = True, isolation: str | None = None
    ) -> AsyncIterator[AsyncConnection]:
        """One transaction, `isolation` as the driver spells it; without `keep` it is undone."""
        async with super().connect() as db:
            driver = driver_of(db)
            transaction, ended = driver.transaction(isolation=isolation), False
            try:
                await transaction.start()
                try:
                    yield db
                except BaseException:
                    with suppress(Exception):  # else a failed undoing would hide why, or a cancel
                        await transaction.rollback()
                        ended = True
                    raise
                await (transaction.commit() if keep else transaction.rollback())
                ended = True
            finally:
                if not ended:  # cut off: nobody may inherit its hat, or write into its transaction
                    _connection(db).invalidate()

    def connect(self) -> NoReturn:
        """Not offered: outside of a transaction each statement would be kept at once."""
        raise TypeError("use begin()")


def engine(url: str, *, pool_size: int, arguments: Mapping[str, Any] | None = None) -> Engine:
    """An engine whose pool is as large as the number of requests it serves at once."""
    made = create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_pre_ping=False,
        isolation_level="AUTOCOMMIT",  # to SQLAlchemy; see `Engine`
        hide_parameters=True,
        json_deserializer=from_json,
        connect_args={
            "statement_cache_size": STATEMENTS,
            "prepared_statement_cache_size": STATEMENTS,
            **(arguments or {}),
        },
    ).sync_engine
    event.listen(made, "checkout", _refuse_what_is_closed)
    return Engine(made)


def _refuse_what_is_closed(connection: Any, _record: Any, _proxy: Any) -> None:
    """The pool then opens another one. The driver knows of it without asking the server."""
    if connection.driver_connection.is_closed():
        raise DisconnectionError


@dataclass(frozen=True)
class Engines:
    """`reader` may not compile grants; `writer` may. See `app/access/grants.py`."""

    reader: Engine
    writer: Engine

    async def dispose(self) -> None:
        await self.reader.dispose()
        await self.writer.dispose()


def driver_of(db: AsyncConnection) -> Any:
    """The asyncpg connection underneath."""
    return _connection(db).connection.driver_connection


@asynccontextmanager
async def within(db: AsyncConnection, *, keep: bool = True) -> AsyncIterator[AsyncConnection]:
    """A part of the open transaction: on an error, or without `keep`, it alone is undone."""
    driver = driver_of(db)
    part = driver.transaction()
    await part.start()
    try:
        yield db
    except BaseException:
        if not driver.is_closed():  # then it is undone, and a failure here would hide a cancel
            await part.rollback()
        raise
    await (part.commit() if keep else part.rollback())


def _connection(db: AsyncConnection) -> SyncConnection:
    if db.sync_connection is None:
        raise RuntimeError("the connection was not opened")
    return db.sync_connection


class Line(Record):  # type: ignore[misc]  # the driver is not typed
    """A row as the driver gives it, with columns as attributes like a Row of SQLAlchemy."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def _mapping(self) -> Mapping[str, Any]:
        return self


class Prepared:
    """A statement of a hot path: compiled once, and run by the driver past SQLAlchemy.

    What SQLAlchemy adds to an execution costs more than such a statement itself.
    """

    def __init__(self, statement: ClauseElement) -> None:
        compiled: Any = statement.compile(dialect=asyncpg.dialect())  # type: ignore[no-untyped-call]
        self._sql = str(compiled)
        self._names = tuple(compiled.positiontup or ())
        self._fixed = {n: bind.value for n, bind in compiled.binds.items() if not bind.required}

    def bound(self, values: Mapping[str, Any]) -> tuple[str, list[Any]]:
        """The statement and its arguments as the driver takes them. Raises KeyError."""
        given = [values[name] if name in values else self._fixed[name] for name in self._names]
        return self._sql, given

    async def run(self, db: AsyncConnection, values: Mapping[str, Any]) -> list[Line]:
        """Its rows. `values` are those of all bind parameters that have none of their own."""
        sql, given = self.bound(values)
        rows: list[Line] = await driver_of(db).fetch(sql, *given, record_class=Line)
        return rows
