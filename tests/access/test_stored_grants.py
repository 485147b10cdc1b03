"""What is stored is what the policy says: differences are found, told and mended."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from app.access import checking, grants
from app.access.facts import Block
from app.access.vocabulary import Category
from app.platform.db import Engine, engine
from tests.build.situations import BEGIN, wgb_at_uwv
from tests.build.stage import Stage

WIDENED = (
    "UPDATE access_grant SET categories = 134217727 WHERE id ="
    " (SELECT id FROM access_grant WHERE basis = 'author' AND client_id = %s LIMIT 1)"
)


@asynccontextmanager
async def logins(stage: Stage) -> AsyncIterator[tuple[Engine, Engine]]:
    worker = engine(stage.database.worker, pool_size=1)
    writer = engine(stage.database.api, pool_size=1)
    try:
        yield worker, writer
    finally:
        await worker.dispose()
        await writer.dispose()


@pytest.mark.parametrize(
    ("sabotage", "count"),
    [
        ("DELETE FROM access_grant WHERE basis = 'self' AND client_id = %s", 1),
        (WIDENED, 2),
    ],
    ids=["a lost grant", "a widened grant"],
)
async def test_grants_that_differ_are_told_and_only_mended_when_asked(
    stage: Stage, sabotage: str, count: int
) -> None:
    alfa = await wgb_at_uwv(stage)
    await stage.client("echo", by="other_clinician")
    async with logins(stage) as (worker, writer):
        assert await checking.compare_all(worker, writer) == {}
        with stage.database.connect_as_superuser() as db:
            db.execute(sabotage, [alfa.client])
        assert await checking.compare_all(worker, writer) == {alfa.client: count}
        assert await checking.compare_all(worker, writer, repair=True) == {alfa.client: count}
        assert await checking.compare_all(worker, writer, repair=True) == {}


async def test_without_clients_there_is_nothing_to_compare(stage: Stage) -> None:
    async with logins(stage) as (worker, writer):
        assert await checking.compare_all(worker, writer) == {}


async def test_grants_of_overlapping_blocks_stay_in_line_whatever_order_they_are_read_in(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    for until in ("2026-01-01", "2025-06-01", "2025-03-01"):
        await alfa.put(
            Block,
            organisation_id=stage.organisations["ggz"],
            categories=Category.WORK_QUESTION.bit | Category.MEDICAL.bit,
            valid_from=BEGIN,
            valid_until=until,
        )
    with stage.database.connect_as_superuser() as db:
        # Put back, a row stands at the end of the table: the next read finds another order.
        db.execute(
            "WITH gone AS (DELETE FROM block WHERE valid_until > '2025-12-01' RETURNING *)"
            " INSERT INTO block SELECT * FROM gone"
        )
    async with logins(stage) as (worker, writer):
        assert await checking.compare_all(worker, writer) == {}


async def test_recompiling_unchanged_facts_changes_nothing(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    async with logins(stage) as (_, writer), writer.begin() as db:
        assert await grants.recompile(db, alfa.client) == 0
