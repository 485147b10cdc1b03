"""`python -m tests.leaks --seconds N`: the long hunt, and a line of JSON with its figures."""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count, zip_longest
from pathlib import Path
from typing import Any

from app.platform.postgres import remove, start
from tests.databases import TestDatabase, copy_of_template, make_template
from tests.leaks.campaign import VIEWERS, Campaign, campaign
from tests.leaks.planted import PLANTED
from tests.leaks.script import KINDS

REQUESTS = 80
SCRIPTS = 2
"""In one pair of worlds, one after another."""


def everyone() -> Iterator[tuple[str, str]]:
    """Each form with each of its viewers, the forms in turns."""
    for row in zip_longest(*([(form, v) for v in viewers] for form, viewers in VIEWERS.items())):
        yield from (one for one in row if one is not None)


async def hunted(database: TestDatabase, folder: Path, until: float, first: int) -> Campaign:
    """All planted leaks once; then clean worlds, over and over until the time is up."""
    async with campaign(database, folder) as found:
        await found.prove(first, REQUESTS, control=True)
        for again in count():
            for form, viewer in everyone():
                if time.monotonic() > until:
                    return found
                seeds = [first + 100 * again + number for number in range(SCRIPTS)]
                await found.clean(form, viewer, seeds, REQUESTS, until)
    raise AssertionError("never without end")


def figures(found: Campaign, seconds: float) -> dict[str, Any]:
    """What was tried and what was found; `leaks` and `missed` are empty, or the hunt failed."""
    return {
        **found.tally.figures(),
        "planted": len(PLANTED),
        "found": len(PLANTED) - len(found.missed),
        "missed": found.missed,
        "leaks": [str(leak) for leak in found.leaks],
        "seconds": round(seconds),
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.leaks")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="trede-leaks-") as home:
        server = start(Path(home, "cluster"), durable=False)
        try:
            make_template(server)
            with copy_of_template(server) as database:
                until = began + asked.seconds
                keys = Path(home, "keys")
                keys.mkdir()
                found = asyncio.run(hunted(database, keys, until, asked.seed))
        finally:
            server.stop()
            remove(Path(home, "cluster"))
    told = figures(found, time.monotonic() - began)
    sys.stdout.write(json.dumps(told) + "\n")
    tally = found.tally
    reached = tally.kinds.keys() == KINDS.keys() and all(tally.asked.values())
    wrong = tally.scanned or tally.failures or found.missed or found.leaks
    return 0 if reached and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
