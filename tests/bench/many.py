"""`python -m tests.bench.many`: many at once against one by one, as ratios.

An import of clients against the same calls over HTTP, and against a bare COPY of as many rows; a
status query for 1 000 numbers in one call against 1 000 calls. In turns, in this process.
"""

import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.platform.http.limits import Limiter
from app.platform.postgres import remove, start
from tests.bench.data import bsn_of, is_real
from tests.build.machines import system_of
from tests.build.situations import Situation
from tests.build.stage import Stage, on_stage
from tests.databases import copy_of_template, make_template
from tests.facades.bulk.bringing import file_of, send, worked_off

ROUNDS, CLIENTS, NUMBERS, KNOWN = 3, 100, 1_000, 20
STATUSES = "/v1/trajectory-statuses"


def numbers() -> Iterator[str]:
    """Of the test range, each once."""
    return (bsn for number in range(1, 100_000) if is_real(bsn := bsn_of(number)))


def person(bsn: str) -> dict[str, str]:
    name = {"givenName": "Testclient", "familyName": "Alfa"}
    return {"bsn": bsn, **name, "birthDate": "1990-05-17"}


async def per_second(count: int, act: Callable[[], Awaitable[None]]) -> float:
    began = time.perf_counter()
    await act()
    return count / (time.perf_counter() - began)


async def imports(stage: Stage, fresh: Iterator[str]) -> dict[str, float]:
    """Clients per second: brought in a file, recorded one by one, and merely copied."""
    system, hat = await system_of(stage), str(stage.parties["clinician"].membership)

    async def in_a_file() -> None:
        rows = [
            {"kind": "client", "sourceId": bsn, "client": person(bsn)}
            for bsn, _ in zip(fresh, range(CLIENTS), strict=False)
        ]
        made = await send(stage, system, file_of(*rows), on_behalf_of=hat)
        await worked_off(stage)
        told = await system.call("GET", made.headers["location"], on_behalf_of=hat)
        assert told.json()["progress"]["imported"] == CLIENTS, told.text

    async def one_by_one() -> None:
        token = await system.token()
        for bsn, _ in zip(fresh, range(CLIENTS), strict=False):
            sent = {"token": token, "on_behalf_of": hat}
            made = await system.call("POST", "/v1/clients", person(bsn), **sent)
            assert made.status_code == 201, made.text

    found = [await per_second(CLIENTS, act) for act in (in_a_file, one_by_one)]
    return {"import": found[0], "calls": found[1], "copy": await copies(stage)}


async def copies(stage: Stage) -> float:
    """Rows per second of the table of clients alone, without all that belongs to a client."""
    with stage.database.connect_as_superuser() as db, db.transaction():
        db.execute("CREATE TEMP TABLE brought (LIKE client) ON COMMIT DROP")
        with db.cursor().copy(f"COPY (SELECT * FROM client LIMIT {CLIENTS}) TO STDOUT") as lines:
            kept = b"".join(bytes(line) for line in lines)

        async def copied() -> None:
            with db.cursor().copy("COPY brought FROM STDIN") as lines:
                lines.write(kept)

        return await per_second(CLIENTS, copied)


async def statuses(stage: Stage, asked: list[str]) -> dict[str, float]:
    """Numbers per second: in one call, and in as many calls as there are numbers."""

    async def at_once() -> None:
        told = await stage.post("expert", f"{STATUSES}/_batch", {"bsns": asked})
        assert sum(bool(one["statuses"]) for one in told.json()["answers"]) == KNOWN

    async def alone() -> None:
        found = 0
        for bsn in asked:
            told = await stage.post("expert", f"{STATUSES}/_search", {"bsn": bsn})
            found += bool(told.json()["items"])
        assert found == KNOWN

    return {"batch": await per_second(NUMBERS, at_once), "single": await per_second(NUMBERS, alone)}


async def known(stage: Stage, fresh: Iterator[str]) -> list[str]:
    """The numbers of some clients that the labour expert follows."""
    found = []
    for at, bsn in zip(range(KNOWN), fresh, strict=False):
        situation = Situation(stage, await stage.client(f"client{at}", bsn=bsn))
        await situation.begin()
        await situation.responsible("uwv")
        await situation.assign("expert", "coach")
        found.append(bsn)
    return found


def told(rounds: list[dict[str, float]], of: str) -> dict[str, Any]:
    """The middle of each, and how many times as many `of` does as the others."""
    middle = {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
    ratios = {
        f"{of} / {name}": float(f"{statistics.median(one[of] / one[name] for one in rounds):.2g}")
        for name in middle
        if name != of
    }
    return {**{f"{name} per second": round(value, 1) for name, value in middle.items()}, **ratios}


async def measured(stage: Stage) -> dict[str, Any]:
    """In turns, so that what else the machine does falls on all."""
    services, fresh = stage.app.state.services, numbers()
    much = Limiter(1_000_000, 1_000_000)
    stage.app.state.services = replace(services, limiter=much, batches=much)
    asked = await known(stage, fresh)
    asked += [next(fresh) for _ in range(NUMBERS - KNOWN)]
    moved = [await imports(stage, fresh) for _ in range(ROUNDS)]
    status = [await statuses(stage, asked) for _ in range(ROUNDS)]
    return {"clients": told(moved, "import"), "numbers": told(status, "batch")}


async def _run(folder: Path) -> dict[str, Any]:
    server = start(folder / "cluster", durable=False)
    try:
        make_template(server)
        with copy_of_template(server) as database:
            async with on_stage(database, folder / "keys") as stage:
                return await measured(stage)
    finally:
        server.stop()


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="trede-bench-many-") as name:
        folder = Path(name)
        (folder / "keys").mkdir()
        print(json.dumps(asyncio.run(_run(folder)), indent=1))
        remove(folder / "cluster")
    return 0


if __name__ == "__main__":
    sys.exit(main())
