"""Files for an import, and sending, working off and reading them back over HTTP."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from app.facades.bulk.importing import turn
from app.platform.db import engine
from tests.bench.data import bsn_of, is_real
from tests.build.machines import System
from tests.build.stage import Stage

NDJSON, CSV = "application/x-ndjson", "text/csv"
IMPORTS = "/v1/imports"
NUMBERS = [bsn_of(number) for number in range(1, 400) if is_real(bsn_of(number))]


def person(number: int, **more: Any) -> dict[str, Any]:
    """A client in the source, by number."""
    return {
        "bsn": NUMBERS[number],
        "givenName": "Testclient",
        "familyName": f"Nummer-{chr(65 + number % 26)}",
        "birthDate": "1990-05-14",
        **more,
    }


def client(number: int, **more: Any) -> dict[str, Any]:
    return {"kind": "client", "sourceId": f"c-{number}", "client": person(number), **more}


def running(key: str, **more: Any) -> dict[str, Any]:
    """A trajectory of last year that goes on, with what was measured and done in it."""
    return {
        "sourceId": key,
        "trajectory": {"kind": "wgb", "workQuestionAskedOn": "2024-03-04", "legalFrame": "wia"},
        "ladderMeasurements": [
            {
                "rung": 3,
                "measuredOn": "2024-06-03",
                "occasion": "start",
                "imported": {"scheme": "six_rungs", "level": 3},
            }
        ],
        "pauses": [{"pausedOn": "2024-09-02", "reason": "admission"}],
        **more,
    }


def file_of(*rows: Any) -> bytes:
    return b"".join(
        row if isinstance(row, bytes) else json.dumps(row).encode() + b"\n" for row in rows
    )


async def send(
    stage: Stage, system: System | str, content: bytes, media: str = NDJSON, **more: Any
) -> httpx.Response:
    """As a client system, or as a party by its key."""
    source = more.pop("source", "epd")
    dry = more.pop("dry_run", None)
    token = stage.token(system) if isinstance(system, str) else await system.token()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": media}
    headers |= {name.replace("_", "-"): value for name, value in more.items()}
    query = f"?sourceSystem={source}{'' if dry is None else '&dryRun=true'}"
    return await stage.http.post(f"{IMPORTS}{query}", content=content, headers=headers)


async def call(stage: Stage, system: System | str, path: str, **more: str) -> httpx.Response:
    if isinstance(system, str):
        return await stage.get(system, path, **more)
    return await system.call("GET", path, **more)


async def worked_off(stage: Stage) -> None:
    """What the job beside the requests does, until nothing is left of it."""
    async with worker(stage) as login:
        while await turn(stage.app, login):
            pass


@asynccontextmanager
async def worker(stage: Stage) -> AsyncIterator[Any]:
    login = engine(stage.database.worker, pool_size=2)
    try:
        yield login
    finally:
        await login.dispose()


async def reported(
    stage: Stage, system: System | str, made: httpx.Response, **more: str
) -> list[dict[str, Any]]:
    """The rows of the report, which must be whole."""
    assert made.status_code == 201, made.text
    answer = await call(stage, system, f"{made.headers['location']}/report", **more)
    assert answer.status_code == 200, answer.text
    *rows, last = [json.loads(line) for line in answer.text.splitlines()]
    assert last == {"complete": True}
    return rows


async def brought(
    stage: Stage, system: System | str, content: bytes, media: str = NDJSON, **more: Any
) -> list[dict[str, Any]]:
    """Sent, worked off and reported."""
    hat = {"on_behalf_of": more["on_behalf_of"]} if "on_behalf_of" in more else {}
    made = await send(stage, system, content, media, **more)
    assert made.status_code == 201, made.text
    await worked_off(stage)
    return await reported(stage, system, made, **hat)
