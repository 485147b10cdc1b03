"""`python -m tests.bench.tokens`: tokens per second against the bare work behind a token.

Bare: one check of a signature (ES384), one insert of a spent proof over asyncpg, one signature of
ours. The endpoint does the same over its HTTP interface, in this process, with all that guards it.
"""

import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
from joserfc import jws
from joserfc.jwk import ECKey

from app.platform.postgres import start
from app.platform.security.client_assertions import ASSERTION_TYPE
from tests.build.machines import System, system_of
from tests.build.stage import Stage, on_stage
from tests.databases import TestDatabase, copy_of_template, make_template
from tests.platform.forging import public_jwk

ROUNDS, COUNT, AT_ONCE = 5, 100, 8
_SPEND = "INSERT INTO spent_assertion VALUES ($1, sha256($2), now()) ON CONFLICT DO NOTHING"
Work = Callable[[str], Awaitable[None]]


async def per_second(work: Work, proofs: list[str]) -> float:
    """How many in a second, so many at once."""
    waiting = iter(proofs)

    async def take() -> None:
        for proof in waiting:
            await work(proof)

    began = time.perf_counter()
    await asyncio.gather(*(take() for _ in range(AT_ONCE)))
    return len(proofs) / (time.perf_counter() - began)


def endpoint(system: System) -> Work:
    async def ask(proof: str) -> None:
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": proof,
        }
        answer: httpx.Response = await system.stage.http.post("/oauth2/token", data=form)
        assert answer.status_code == 200, answer.text

    return ask


def bare(stage: Stage, system: System, pool: Any) -> Work:
    key = ECKey.import_key(public_jwk(system.key, kid="k1", use="sig", alg="ES384"))
    issuer = stage.app.state.services.issuer

    async def work(proof: str) -> None:
        jws.deserialize_compact(proof, key, algorithms=["ES384"])
        await pool.execute(_SPEND, system.id, uuid4().bytes)
        issuer.mint(system.id, audience="trede", client_id=system.id)

    return work


async def measured(stage: Stage) -> dict[str, float]:
    """Medians of rounds that take turns, so that a busy machine slows both alike."""
    system = await system_of(stage)
    dsn = stage.database.api.replace("+asyncpg", "")
    found: dict[str, list[float]] = {"endpoint": [], "bare": []}
    async with asyncpg.create_pool(dsn, min_size=AT_ONCE, max_size=AT_ONCE) as pool:
        works = {"endpoint": endpoint(system), "bare": bare(stage, system, pool)}
        for _ in range(ROUNDS + 1):
            for name, work in works.items():
                found[name].append(
                    await per_second(work, [system.assertion() for _ in range(COUNT)])
                )
    medians = {name: statistics.median(rates[1:]) for name, rates in found.items()}
    return {**medians, "ratio": medians["endpoint"] / medians["bare"]}


async def run(database: TestDatabase, folder: Path) -> None:
    async with on_stage(database, folder) as stage:
        found = await measured(stage)
    sys.stdout.write(json.dumps({name: round(rate, 3) for name, rate in found.items()}) + "\n")


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        server = start(Path(place, "postgres"), durable=False)
        try:
            make_template(server)
            with copy_of_template(server) as database:
                asyncio.run(run(database, Path(place, "var")))
        finally:
            server.stop()


if __name__ == "__main__":
    main()
