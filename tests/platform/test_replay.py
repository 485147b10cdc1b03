"""A client assertion counts once, whoever asks and however many ask at once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from app.platform.security.replay import forget_expired, spend
from tests.databases import TestDatabase

JTI = "0123456789abcdef"


def soon() -> datetime:
    return datetime.now(UTC) + timedelta(minutes=5)


@pytest.fixture
async def api(database: TestDatabase) -> AsyncIterator[AsyncEngine]:
    engine = create_async_engine(database.api, poolclass=NullPool)
    yield engine
    await engine.dispose()


@pytest.fixture
async def worker(database: TestDatabase) -> AsyncIterator[AsyncEngine]:
    engine = create_async_engine(database.worker, poolclass=NullPool)
    yield engine
    await engine.dispose()


async def spent(api: AsyncEngine, issuer: str = "epd-1", jti: str = JTI) -> bool:
    async with api.begin() as db:
        return await spend(db, issuer, jti, soon())


async def test_an_assertion_counts_once_per_issuer(api: AsyncEngine) -> None:
    assert await spent(api)
    assert not await spent(api)
    assert await spent(api, issuer="epd-2")
    assert await spent(api, jti=JTI.upper())


async def test_of_many_at_once_one_counts(api: AsyncEngine) -> None:
    outcomes = await asyncio.gather(*(spent(api) for _ in range(10)))
    assert sorted(outcomes) == [False] * 9 + [True]


async def test_a_use_that_was_rolled_back_did_not_happen(api: AsyncEngine) -> None:
    async with api.connect() as db:
        assert await spend(db, "epd-1", JTI, soon())
        waiting = asyncio.create_task(spent(api))
        await db.rollback()
    assert await waiting


async def test_a_spent_one_is_forgotten_only_long_after_its_end_and_not_by_the_api(
    api: AsyncEngine, worker: AsyncEngine
) -> None:
    now = datetime.now(UTC)
    async with api.begin() as db:
        assert await spend(db, "epd-1", "ended-just-now-0", now)
        assert await spend(db, "epd-1", "ended-long-ago-0", now - timedelta(hours=1))
    with pytest.raises(ProgrammingError, match="permission denied"):
        async with api.begin() as db:
            await forget_expired(db)
    async with worker.begin() as db:
        assert await forget_expired(db) == 1
    async with api.begin() as db:
        assert not await spend(db, "epd-1", "ended-just-now-0", now)
