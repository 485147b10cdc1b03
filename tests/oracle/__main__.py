"""`python -m tests.oracle --seconds N`: random worlds and stories with fresh seeds, for so long.

Prints one line of JSON on what was tried, and tells on stderr what disagreed; then it ends with 1.
"""

import argparse
import asyncio
import contextlib
import json
import secrets
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from app.platform.postgres import Server, remove, start
from tests.build.stage import Stage, on_stage
from tests.databases import copy_of_template, make_template
from tests.oracle import machine
from tests.oracle.comparing import Tally, agreement
from tests.oracle.invariants import hold

WORLDS, INVARIANTS = 0.5, 0.7
"""When the worlds are over and the invariants, as shares of the time; then come the stories."""
ENOUGH = 100
"""With so many worlds each ground and refusal must have come up in more than 1 %."""
STORY = 60


@contextlib.asynccontextmanager
async def on_fresh_stage(server: Server) -> AsyncIterator[Stage]:
    with copy_of_template(server) as database, tempfile.TemporaryDirectory() as folder:
        async with on_stage(database, Path(folder)) as stage:
            yield stage


async def tried(server: Server, seed: int, seconds: float) -> dict[str, Any]:
    begin = time.monotonic()
    async with on_fresh_stage(server) as stage:
        tally = await agreement(stage, seconds=WORLDS * seconds, first=seed)
    while time.monotonic() < begin + INVARIANTS * seconds:
        async with on_fresh_stage(server) as stage:
            held = await hold(stage, first=seed, until=begin + INVARIANTS * seconds)
        tally = tally.with_checks_of(held)
        seed += 1
    stories: list[Any] = []
    while not stories or time.monotonic() < begin + seconds:
        async with on_fresh_stage(server) as stage:
            end = begin + seconds
            stories.append(await machine.run(stage, seed + len(stories), steps=STORY, until=end))
    return told(tally, stories)


def told(tally: Tally, stories: list[machine.Counted]) -> dict[str, Any]:
    """Grounds and refusals: how many different ones came up, in worlds or stories."""
    grounds, refusals = Counter(tally.grounds), Counter(tally.reasons)
    for story in stories:
        grounds.update(story.grounds)
        refusals.update(story.reasons)
    return {
        "worlds": tally.worlds,
        "checks": sum(tally.checks.values()) + sum(story.checks for story in stories),
        "grounds": len(grounds),
        "refusals": len(refusals),
        "told": tally.told + sum(each.told["delivered"] + each.told["fetched"] for each in stories),
        "machine_steps": sum(story.steps for story in stories),
        "rare": sorted(tally.rare()) if tally.worlds >= ENOUGH else [],
        "wrong": tally.wrong + [wrong for story in stories for wrong in story.wrong],
    }


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--seed", type=int, help="the same again, for as far as the time reaches")
    given = asked.parse_args()
    seed = secrets.randbelow(1_000_000) if given.seed is None else given.seed
    folder = Path(tempfile.mkdtemp(prefix="trede-oracle-"))
    server = start(folder / "cluster", durable=False)
    try:
        make_template(server)
        found = asyncio.run(tried(server, seed, given.seconds))
    finally:
        server.stop()
        remove(folder / "cluster")
        folder.rmdir()
    for line in found["wrong"]:
        print(line, file=sys.stderr)
    failed = bool(found["wrong"] or found["rare"])
    print(json.dumps({**found, "wrong": len(found["wrong"]), "seed": seed}))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
