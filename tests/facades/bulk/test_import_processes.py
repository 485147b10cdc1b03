"""Imports are worked off by whichever process lives: nothing is lost, and nothing made twice."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from app import main
from app.facades.bulk.importing import importing
from tests.build.machines import System, system_of
from tests.build.processes import serving
from tests.build.stage import Stage
from tests.databases import TestDatabase
from tests.facades.bulk.bringing import IMPORTS, NDJSON, client, file_of, running

CLIENTS = 30
PATIENCE = 180
Serve = Callable[[int], AbstractContextManager[list[str]]]


@pytest.fixture
def serve(database: TestDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Serve:
    """Processes that look for imports all the time."""

    def busy(app: Any, worker: Any, _: float) -> Any:
        return importing(app, worker, 0.01)

    monkeypatch.setattr(main, "importing", busy)
    return partial(_served, database, tmp_path)


@contextmanager
def _served(database: TestDatabase, folder: Path, count: int) -> Iterator[list[str]]:
    with serving(database, folder, count) as addresses:
        yield addresses


@pytest.fixture
async def records(stage: Stage) -> System:
    return await system_of(stage)


async def sent(stage: Stage, system: System, address: str) -> str:
    """The address of an import of clients with a trajectory each."""
    rows = [client(n, trajectories=[running(f"t-{n}")]) for n in range(CLIENTS)]
    headers = {
        "Authorization": f"Bearer {await system.token()}",
        "Content-Type": NDJSON,
        "On-Behalf-Of": str(stage.parties["clinician"].membership),
    }
    async with httpx.AsyncClient(base_url=address, timeout=60) as http:
        path = f"{IMPORTS}?sourceSystem=epd"
        answer = await http.post(path, content=file_of(*rows), headers=headers)
    assert answer.status_code == 201, answer.text
    return str(answer.headers["location"])


async def until(system: System, path: str, done: Callable[[Any], bool]) -> Any:
    """How far the import is once it is so far."""
    deadline = time.monotonic() + PATIENCE
    while True:
        found = (await system.call("GET", path)).json()
        if done(found):
            return found
        assert time.monotonic() < deadline, found
        await asyncio.sleep(0.05)


def made(stage: Stage) -> dict[str, int]:
    """How many there are of what the file brings."""
    with stage.straight() as db:
        return {
            name: db.execute(statement.encode()).fetchall()[0][0]
            for name, statement in {
                "clients": "SELECT count(*) FROM client",
                "numbers": "SELECT count(*) FROM client_bsn WHERE confirmed",
                "second numbers": f"SELECT {CLIENTS} + count(*) FROM client_bsn"
                " WHERE NOT confirmed",
                "trajectories": "SELECT count(*) FROM trajectory",
                "measured": "SELECT count(*) FROM ladder_measurement",
                "paused": "SELECT count(*) FROM trajectory_pause",
                "clients known by name": "SELECT count(*) FROM source_link"
                " WHERE made_id = client_id",
            }.items()
        }


def finished(found: Any) -> bool:
    return bool(found["state"] == "finished")


async def test_an_import_that_is_killed_half_way_is_finished_by_the_next_process(
    stage: Stage, records: System, serve: Serve
) -> None:
    with serve(1) as [first]:
        path = await sent(stage, records, first)
        await until(records, path, lambda far: far["progress"]["imported"] >= 3)
    halfway = (await records.call("GET", path)).json()
    assert 3 <= halfway["progress"]["imported"] < CLIENTS
    assert halfway["state"] == "waiting"
    with serve(1):
        found = await until(records, path, finished)
    assert found["progress"]["imported"] == CLIENTS
    assert set(made(stage).values()) == {CLIENTS}


async def test_two_processes_at_once_make_nothing_twice(
    stage: Stage, records: System, serve: Serve
) -> None:
    with serve(2) as [one, other]:
        path, again = await asyncio.gather(sent(stage, records, one), sent(stage, records, other))
        found = await until(records, path, finished)
        repeated = await until(records, again, finished)
    assert set(made(stage).values()) == {CLIENTS}
    states = [
        sum(each["progress"][state] for each in (found, repeated))
        for state in ("imported", "unchanged", "refused")
    ]
    assert states == [CLIENTS, CLIENTS, 0]
