"""`python -m tests.bench.bulk`: an export of everything that one caller sees, and an import.

Rows per second, and how much memory the serving process takes beyond what it took before.
"""

import argparse
import asyncio
import json
import multiprocessing
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from app.platform.postgres import start
from tests.bench import __main__ as bench
from tests.bench.data import Population

PORT = 18_082
EXPORTS = ("/v1/exports/trajectories", "/v1/exports/caseload")
MOST_MEGABYTES = 50
EVERY = 0.2


class OneCoach(Population):
    """Everybody has the same coach, who sees them all."""

    def whose(self, kind: str, client: int) -> int:
        return 0 if kind == "coach" else super().whose(kind, client)


@dataclass
class Memory:
    """How much of it a process holds, looked at again and again."""

    pid: int
    most: float = 0
    seen: list[float] = field(default_factory=list)

    def now(self) -> float:
        """Megabytes that are its own and in use."""
        told = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        [line] = [each for each in told.splitlines() if each.startswith("VmRSS")]
        return int(line.split()[1]) / 1024

    @contextmanager
    def watched(self) -> Iterator[None]:
        self.most, done = 0, threading.Event()

        def watch() -> None:
            while not done.wait(EVERY):
                self.seen.append(self.now())
                self.most = max(self.most, self.seen[-1])

        watching = threading.Thread(target=watch, daemon=True)
        watching.start()
        try:
            yield
        finally:
            done.set()
            watching.join()


async def streamed(address: str, path: str, token: str, packed: str) -> tuple[int, int, bool]:
    """Lines, bytes as they came, and whether it was whole; nothing of it is kept."""
    lines, last = 0, ""
    headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": packed}
    async with (
        httpx.AsyncClient(base_url=address, headers=headers, timeout=600) as http,
        http.stream("GET", path) as answer,
    ):
        async for line in answer.aiter_lines():
            lines, last = lines + 1, line
        return lines, answer.num_bytes_downloaded, "complete" in last


async def measured(ground: bench.Ground, process: int) -> bool:
    """Every export once as it is, and one compressed; whether memory stayed within its bound."""
    subject = ground.population.subject("coach", 0)
    token = ground.issuer.mint(
        subject, audience=ground.settings.audience, client_id="trede-demo", lifetime=3600
    )
    address, memory = f"http://127.0.0.1:{PORT}", Memory(process)
    async with httpx.AsyncClient(base_url=address, timeout=60) as http:
        for _ in range(20):
            sent = {"Authorization": f"Bearer {token}"}
            await http.get("/v1/trajectories?pageSize=100", headers=sent)
    before, within = memory.now(), True
    for path, packed in (*((path, "identity") for path in EXPORTS), (EXPORTS[0], "gzip")):
        began = time.monotonic()
        with memory.watched():
            lines, size, whole = await streamed(address, path, token, packed)
        seconds = time.monotonic() - began
        told = {
            "lines": lines,
            "whole": whole,
            "MB": round(size / 2**20, 1),
            "lines per second": round(lines / seconds),
            "MB of memory before": round(before, 1),
            "MB beyond that at most": round(memory.most - before, 1),
        }
        bench.say(f"{path} {packed}: {json.dumps(told)}")
        within = within and whole and memory.most - before <= MOST_MEGABYTES
    return within


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.bench.bulk", description=__doc__)
    parser.add_argument("--size", type=int, default=100_000)
    size = parser.parse_args().size
    folder = Path(tempfile.mkdtemp(prefix="trede-bench-"))
    server = start(folder / "postgres")
    try:
        ground = bench.prepare_ground(size, folder, server, OneCoach)
        context = multiprocessing.get_context("fork")
        process = context.Process(target=bench.serve, args=(ground, PORT, None))
        process.start()
        try:
            return 0 if asyncio.run(_within(ground, process.pid or 0)) else 1
        finally:
            process.terminate()
            process.join()
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


async def _within(ground: bench.Ground, process: int) -> bool:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{PORT}", timeout=60) as http:
        while True:
            with suppress(httpx.TransportError):
                await http.get("/health")
                break
            await asyncio.sleep(0.5)
    return await measured(ground, process)


if __name__ == "__main__":
    raise SystemExit(main())
