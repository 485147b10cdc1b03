"""A transaction ends with its request, whatever becomes of either, and a lost connection heals."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import nullcontext
from typing import Any

import asyncpg
import psycopg
import pytest
from asyncpg.transaction import Transaction
from sqlalchemy import TextClause, text

from app.platform.db import Engine, Prepared, engine, within
from tests.databases import TestDatabase

WEAR = Prepared(text("SELECT set_config('test.hat', :hat, true) AS hat"))
WORN = Prepared(text("SELECT current_setting('test.hat', true) AS hat"))
SLEEP = Prepared(text("SELECT pg_sleep(30)"))
BACKEND = text("SELECT pg_backend_pid()")
NOTE = Prepared(text("INSERT INTO spent_assertion VALUES (:issuer, 'j', now())"))
NOTED = text("SELECT count(*) FROM spent_assertion WHERE issuer = 'a'")


@pytest.fixture
async def one(database: TestDatabase) -> AsyncIterator[Engine]:
    """An engine with a single connection: what one leaves behind, the next one would find."""
    made = engine(database.api, pool_size=1)
    yield made
    await made.dispose()


def system_of(database: TestDatabase) -> str:
    return database.server.superuser_dsn(database.name)


async def worn(one: Engine) -> str | None:
    async with one.begin() as db:
        return (await WORN.run(db, {}))[0].hat or None


async def backend(one: Engine) -> int:
    async with one.begin() as db:
        return int((await db.execute(BACKEND)).scalar_one())


async def test_whoever_comes_next_never_wears_the_hat_of_a_request_that_was_cut_off(
    one: Engine,
) -> None:
    async def slow() -> None:
        async with one.begin() as db:
            await WEAR.run(db, {"hat": "coach"})
            await SLEEP.run(db, {})

    request = asyncio.create_task(slow())
    await asyncio.sleep(0.3)
    request.cancel()
    await asyncio.sleep(0)
    request.cancel()  # once more, while it rolls back
    with pytest.raises(asyncio.CancelledError):
        await request
    assert await worn(one) is None


async def test_what_is_written_after_a_beginning_that_was_cut_off_is_kept(
    one: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = Transaction.start

    async def cut(transaction: Transaction) -> None:
        await begin(transaction)
        raise asyncio.CancelledError

    with monkeypatch.context() as patch:
        patch.setattr(Transaction, "start", cut)
        with pytest.raises(asyncio.CancelledError):
            await backend(one)
    async with one.begin() as db:
        await NOTE.run(db, {"issuer": "a"})
    await one.dispose()
    async with one.begin() as db:
        assert (await db.execute(NOTED)).scalar_one() == 1


@pytest.mark.parametrize("part", [nullcontext, within])
@pytest.mark.parametrize("statement", [SLEEP, text("SELECT pg_sleep(30)")])
async def test_who_is_cut_off_within_a_statement_is_told_just_that(
    one: Engine, statement: Prepared | TextClause, part: Callable[..., Any]
) -> None:
    """Not that the undoing failed: a worker would take that for a mishap, and never stop."""

    async def slow() -> None:
        async with one.begin() as db, part(db):
            await (
                statement.run(db, {}) if isinstance(statement, Prepared) else db.execute(statement)
            )

    request = asyncio.create_task(slow())
    await asyncio.sleep(0.3)
    request.cancel()
    with pytest.raises(asyncio.CancelledError):
        await request


async def test_what_went_wrong_is_told_even_where_it_cannot_be_undone(
    one: Engine, database: TestDatabase
) -> None:
    pids = []

    async def mistaken() -> None:
        async with one.begin() as db:
            pids.append((await db.execute(BACKEND)).scalar_one())
            with psycopg.connect(system_of(database), autocommit=True) as system:
                system.execute("SELECT pg_terminate_backend(%s, 5000)", pids)
            raise ValueError("why")

    with pytest.raises(ValueError, match="why"):
        await mistaken()
    assert await backend(one) not in pids


async def test_a_statement_without_one_of_its_values_is_not_run(one: Engine) -> None:
    async with one.begin() as db:
        with pytest.raises(KeyError):
            await NOTE.run(db, {})


async def test_a_connection_that_the_server_closed_is_replaced_unseen(
    one: Engine, database: TestDatabase
) -> None:
    mine = await backend(one)
    with psycopg.connect(system_of(database), autocommit=True) as system:
        system.execute("SELECT pg_terminate_backend(%s)", [mine])
    await asyncio.sleep(0.3)
    assert await backend(one) != mine


async def test_a_connection_that_is_lost_in_the_middle_is_replaced_for_the_next(
    one: Engine, database: TestDatabase
) -> None:
    mine = await backend(one)

    async def cut() -> None:
        async with one.begin() as db:
            with psycopg.connect(system_of(database), autocommit=True) as system:
                system.execute("SELECT pg_terminate_backend(%s)", [mine])
            await WORN.run(db, {})

    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError)):
        await cut()
    assert await backend(one) != mine


async def test_what_runs_past_sqlalchemy_is_undone_with_the_rest(one: Engine) -> None:
    async def broken() -> None:
        async with one.begin() as db:
            await NOTE.run(db, {"issuer": "a"})
            assert (await db.execute(NOTED)).scalar_one() == 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await broken()
    async with one.begin() as db:
        assert (await db.execute(NOTED)).scalar_one() == 0


async def test_a_part_that_is_not_kept_is_undone_alone(one: Engine) -> None:
    async with one.begin() as db:
        await NOTE.run(db, {"issuer": "b"})
        async with within(db, keep=False):
            await NOTE.run(db, {"issuer": "a"})
            assert (await db.execute(NOTED)).scalar_one() == 1
        assert (await db.execute(NOTED)).scalar_one() == 0
        async with within(db):
            await NOTE.run(db, {"issuer": "a"})
    async with one.begin() as db:
        assert (await db.execute(NOTED)).scalar_one() == 1
        with pytest.raises(asyncpg.UniqueViolationError):
            await NOTE.run(db, {"issuer": "b"})
