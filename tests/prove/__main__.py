"""`python -m tests.prove --seconds N`: run every proof in its share of the time; print a table.

A part that did not finish says so in its line. Ends with 1 when a part found something wrong.
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tests.prove.reading import Lines, attacks, leaks, log_attacks, mutation, oracle

ROOT = Path(__file__).parents[2]
GRACE = 45.0
"""Seconds beyond its share that a part has to start its server, to end and to tell."""
SECURITY = "tests/security"
AUDIT = f"{SECURITY}/test_audit.py"


@dataclass(frozen=True)
class Part:
    """One proof: its command, its share of the time, and how its output is told."""

    name: str
    share: float
    read: Callable[[str, bool], Lines]
    module: str = ""
    tests: tuple[str, ...] = ()

    def command(self, seconds: float, workers: int) -> list[str]:
        if self.module:
            return [sys.executable, "-m", self.module, "--seconds", f"{seconds:.0f}"]
        fixed = ["-q", "--tb=short", "-p", "no:cacheprovider", "-n", str(workers)]
        return [sys.executable, "-m", "pytest", *fixed, *self.tests]

    @property
    def exists(self) -> bool:
        return not self.module or find_spec(f"{self.module}.__main__") is not None


PARTS = (
    Part("oracle", 0.15, oracle, module="tests.oracle"),
    Part("leaks", 0.25, leaks, module="tests.leaks"),
    Part("attacks", 0.2, attacks, tests=(SECURITY, f"--ignore={AUDIT}")),
    Part("log", 0.05, log_attacks, tests=(AUDIT,)),
    Part("mutation", 0.35, mutation, module="tests.mutation"),
)


def run(part: Part, seconds: float, workers: int) -> tuple[str, int | None]:
    """(what it printed, its exit code; None = it did not finish and was ended)."""
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(
            part.command(seconds, workers),
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            start_new_session=True,
        )
        code: int | None = None
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = process.wait(seconds + GRACE)
        if code is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait()
        output.seek(0)
        return output.read(), code


def prove(seconds: float, workers: int) -> bool:
    """Whether all held; each part gets its share of what is left, so no second is lost."""
    end, left, sound = time.monotonic() + seconds, 1.0, True
    table: Lines = []
    for part in PARTS:
        time_left = max(0.0, end - time.monotonic())
        share = time_left * part.share / left
        left -= part.share
        sys.stderr.write(f"{part.name}: {share:.0f} s\n")
        if not part.exists:
            table.append((part.name, "not there"))
            sound = False
            continue
        told, code = run(part, max(share - GRACE / 2, 5), workers)
        lines = part.read(told, code is not None)
        table += lines or [(part.name, "nothing was told")]
        if code or not lines:
            sys.stderr.write(told[-8000:])
        sound = sound and not code and bool(lines)
    _print(table, seconds - (end - time.monotonic()))
    return sound


def _print(table: Lines, seconds: float) -> None:
    width = max(len(name) for name, _ in table)
    lines = [f"{name.ljust(width)}  {told}" for name, told in table]
    sys.stdout.write("\n".join([*lines, f"{'seconds'.ljust(width)}  {seconds:.0f}", ""]))


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.prove", description=__doc__)
    asked.add_argument("--seconds", type=float, default=900)
    asked.add_argument("--workers", type=int, default=2)
    given = asked.parse_args()
    return 0 if prove(given.seconds, given.workers) else 1


if __name__ == "__main__":
    sys.exit(main())
