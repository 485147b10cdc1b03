"""What the pages touch in the database does not grow with the number of clients; no timing."""

from pathlib import Path

import pytest

from tests.bench.__main__ import Ground, settings_for
from tests.bench.data import Population, bsn_of, is_real
from tests.bench.pages import PAGES, browser, visited
from tests.bench.plans import plans_of
from tests.bench.raw import Recorder
from tests.databases import TestDatabase

CLIENTS = 2_000
AT_MOST = {
    "caseload": (6, 160),
    "tasks": (14, 2_000),
    "trajectory": (42, 1_400),
    "form of a contact": (8, 300),
    "status by BSN": (18, 600),
    "consents": (19, 600),
    "own trajectory": (73, 2_200),
    "own access": (28, 1_000),
}
"""Statements that a page reads with, and the shared buffers of all of them together: about half
as many again as with 10 000 clients, and with 100 000."""
WHOLE = "&enable_seqscan=off"
"""A table that is empty here may be read whole, and be large elsewhere: it must have an index."""


@pytest.fixture
async def ground(database: TestDatabase, tmp_path: Path) -> Ground:
    settings, issuer, vault = settings_for(tmp_path)
    population = Population(CLIENTS, issuer.url, vault)
    with database.connect_as_superuser() as db:
        population.fill(db)
        db.execute("UPDATE clock_offset SET shift = '2025-06-02'::timestamptz - now()")
    return Ground(CLIENTS, database.server, database.name, settings, population, issuer)


async def test_a_page_costs_the_same_whatever_the_number_of_clients(ground: Ground) -> None:
    app, recorder = ground.app(), Recorder()
    client = next(number for number in range(100, 200) if is_real(bsn_of(number)))
    async with browser(app, ground) as http:
        with recorder.listening(app.state.services.engines.reader):
            for case in PAGES:
                recorder.take()
                await visited(app, http, ground, case, client)
                statements = recorder.take()
                plans = await plans_of(ground.logins.reader + WHOLE, statements)
                for plan in plans:
                    assert plan.growing == (), f"{case.name}: {plan.growing}\n{plan.statement}"
                count, buffers = AT_MOST[case.name]
                assert len(statements) <= count, case.name
                assert sum(plan.buffers for plan in plans) <= buffers, case.name
    await app.state.services.engines.dispose()
