"""What the hot reads touch in the database, through both walls; no timing, so nothing flickers."""

from pathlib import Path

import pytest

from tests.bench.__main__ import CASES, Case, Ground, recorded, settings_for
from tests.bench.data import Population
from tests.bench.plans import Plan, plans_of
from tests.databases import TestDatabase

CLIENTS = 3_000
AT_MOST = {"status query": 20, "caseload of 20": 200, "caseload call": 220, "page of 50": 400}
"""Shared buffers that one statement may touch through both walls, whatever the number of clients:
the viewer's own lines hold all that a status or a list tells (decision 0014)."""


@pytest.fixture
async def ground(database: TestDatabase, tmp_path: Path) -> Ground:
    settings, issuer, vault = settings_for(tmp_path)
    population = Population(CLIENTS, issuer.url, vault)
    with database.connect_as_superuser() as db:
        population.fill(db)
        db.execute("UPDATE clock_offset SET shift = '2025-06-02'::timestamptz - now()")
    return Ground(CLIENTS, database.server, database.name, settings, population, issuer)


async def _plans(ground: Ground, case: Case) -> list[Plan]:
    requests, answer = await recorded(ground, case, count=4)
    assert b'"items":[{' in answer, "the request found something"
    return await plans_of(ground.logins.reader, requests[-1])


async def test_hot_reads_touch_few_pages_and_scan_nothing(ground: Ground) -> None:
    for case in CASES:
        plans = await _plans(ground, case)
        assert plans, case.name
        for plan in plans:
            assert plan.growing == (), f"{case.name}: {plan.growing}\n{plan.statement}"
        most = max(plan.buffers for plan in plans)
        assert most <= AT_MOST[case.name], f"{case.name} touches {most} buffers"
