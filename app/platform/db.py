"""Tables' base class and the two engines: one for reads, one for writes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, DateTime, LargeBinary, MetaData, Text, Uuid
from sqlalchemy.dialects.postgresql import asyncpg
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.orm import DeclarativeBase


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


@dataclass(frozen=True)
class Engines:
    """`reader` may not compile grants; `writer` may. See `app/access/grants.py`."""

    reader: AsyncEngine
    writer: AsyncEngine

    async def dispose(self) -> None:
        await self.reader.dispose()
        await self.writer.dispose()


def engine(url: str, *, pool_size: int, arguments: Mapping[str, Any] | None = None) -> AsyncEngine:
    """An engine whose pool is as large as the number of requests it serves at once."""
    return create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_pre_ping=False,
        hide_parameters=True,
        connect_args={"statement_cache_size": 512, **(arguments or {})},
    )


class Prepared:
    """A statement of a hot path, compiled once; its rows come as the driver gives them."""

    def __init__(self, statement: Any) -> None:
        compiled = statement.compile(dialect=asyncpg.dialect())
        self._sql = str(compiled)
        self._names = tuple(compiled.positiontup or ())
        self._fixed = dict(compiled.params)

    async def run(self, db: AsyncConnection, values: Mapping[str, Any]) -> CursorResult[Any]:
        given = tuple(values[n] if n in values else self._fixed[n] for n in self._names)
        return await db.exec_driver_sql(self._sql, given)
