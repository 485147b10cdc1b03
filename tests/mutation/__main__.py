"""`python -m tests.mutation --seconds N`: plant faults, one at a time, and see the tests turn red.

First the bugs by name, then row security without each of its conditions, then small faults by
rule; what the time did not suffice for is counted, never left out in silence. The last line is
JSON. Ends with 1 when a fault stayed unnoticed that is not explained.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.platform.postgres import Server
from app.platform.postgres import remove as remove_cluster
from app.platform.postgres import start as start_cluster
from tests.databases import copy_of_template, make_template
from tests.mutation import code, nursery, planting, walls
from tests.mutation.bugs import BUGS
from tests.mutation.planting import BROKEN, SLOW, SURVIVED, Plant
from tests.mutation.survivors import EXPLAINED

SERVER = "TREDE_TEST_CLUSTER"


@dataclass
class Count:
    """Faults of one kind: how many there are, were tried, were noticed, or are explained."""

    total: int = 0
    tried: int = 0
    killed: int = 0
    explained: int = 0
    unnoticed: list[str] = field(default_factory=list)

    def add(self, name: str, outcome: str) -> None:
        if outcome == SLOW:
            return
        self.tried += 1
        if outcome == walls.EXPLAINED or (outcome == SURVIVED and name in EXPLAINED):
            self.explained += 1
        elif outcome in {SURVIVED, BROKEN}:
            self.unnoticed.append(f"{name} ({outcome})")
            sys.stderr.write(f"{outcome}: {name}\n")
        else:
            self.killed += 1


def plant(plants: Iterable[Plant], count: Count, end: float, workers: int) -> None:
    """The quick ones together, the others each in a process with the whole application."""
    quick: list[Plant] = []
    slow: list[Plant] = []
    for one in plants:
        (quick if one.pure and code.rebound(one) else slow).append(one)
    count.total = len(quick) + len(slow)
    for way, some in ((nursery.outcomes, quick), (planting.outcomes, slow)):
        if some and time.monotonic() < end:
            for one, outcome in way(some, end, workers):
                count.add(one.name, outcome)


@contextmanager
def server() -> Iterator[Server]:
    """One for all processes; they find it by the environment."""
    folder = Path(tempfile.mkdtemp(prefix="trede-mutation-"))
    os.environ[SERVER] = str(folder / "cluster")
    running = start_cluster(folder / "cluster", durable=False)
    try:
        make_template(running)
        yield running
    finally:
        running.stop()
        remove_cluster(folder / "cluster")


def run(seconds: float, workers: int, seed: int) -> dict[str, Count]:
    begin = time.monotonic()
    end = begin + seconds
    counts = {kind: Count() for kind in ("bugs", "conditions", "mutants")}
    with server() as running:
        plant((bug.plant() for bug in BUGS), counts["bugs"], end, workers)
        with copy_of_template(running) as database:
            count = counts["conditions"]
            count.total = walls.total(database)
            now = time.monotonic()
            for name, outcome in walls.outcomes(database, now + max(0, end - now) / 2):
                count.add(name, outcome)
        small = code.plants()
        random.Random(seed).shuffle(small)
        plant(small, counts["mutants"], end, workers)
    return counts


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    asked.add_argument("--seconds", type=float, default=3600)
    asked.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked.add_argument("--seed", type=int, default=0)
    given = asked.parse_args()
    counts = run(given.seconds, given.workers, given.seed)
    figures: dict[str, Any] = {kind: vars(count) for kind, count in counts.items()}
    sys.stdout.write(json.dumps(figures) + "\n")
    return 1 if any(count.unnoticed for count in counts.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
