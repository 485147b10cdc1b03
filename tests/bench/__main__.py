"""`make bench`: ratios against raw asyncpg, and cost at 10 000 and 100 000 clients."""

import argparse
import asyncio
import json
import multiprocessing
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
import uvicorn

from app.main import create_app
from app.platform import migrate
from app.platform.postgres import API, OWNER, READER, WORKER, Server, prepare, start
from app.platform.security.crypto import Vault
from app.platform.security.demo_issuer import DemoIssuer
from app.platform.security.demo_login import Persona
from app.platform.security.issuer import Issuer, SigningKey
from app.platform.security.secrets import Secrets
from app.platform.settings import Settings
from app.wiring import Logins
from tests.bench import load
from tests.bench.data import Population, bsn_of, is_real, sample
from tests.bench.pages import PAGES, timed
from tests.bench.plans import plans_of
from tests.bench.raw import RawApp, Recorder

ROUNDS, SECONDS, WIDTH = 5, 2.0, 16
PORTS = {"app": 18080, "raw": 18081}


@dataclass(frozen=True)
class Case:
    """One kind of request, by one kind of member."""

    name: str
    member: str
    method: str
    path: str


CASES = (
    Case("status query", "expert", "POST", "/v1/trajectory-statuses/_search"),
    Case("caseload of 20", "coach", "GET", "/v1/trajectories?pageSize=20"),
    Case("caseload call", "coach", "GET", "/v1/caseload?pageSize=20"),
    Case("page of 50", "expert", "GET", "/v1/trajectories?pageSize=50"),
)


@dataclass
class Ground:
    """One filled database with what is needed to ask it."""

    size: int
    server: Server
    name: str
    settings: Settings
    population: Population
    issuer: Issuer

    @property
    def logins(self) -> Logins:
        dsn = self.server.dsn
        return Logins(dsn(READER, self.name), dsn(API, self.name), dsn(WORKER, self.name))

    def app(self) -> Any:
        demo = DemoIssuer(self.issuer, self.settings.audience, dict[str, Persona]())
        return create_app(self.settings, self.logins, demo)

    def requests(self, case: Case, count: int = 200) -> list[bytes]:
        made: list[bytes] = []
        tokens: dict[int, str] = {}
        for number in sample(min(self.size, 100_000), count * 2):
            if not is_real(bsn_of(number)) or len(made) == count:
                continue
            who = self.population.whose(case.member, number)
            if who not in tokens:
                tokens[who] = self.issuer.mint(
                    self.population.subject(case.member, who),
                    audience=self.settings.audience,
                    client_id="trede-demo",
                    lifetime=self.issuer.longest,
                )
            body = json.dumps({"bsn": bsn_of(number)}).encode() if case.method == "POST" else b""
            made.append(load.request(case.method, case.path, tokens[who], body))
        return made


def settings_for(folder: Path) -> tuple[Settings, Issuer, Vault]:
    """No limits, no jobs beside the requests; keys in this folder."""
    settings = Settings(
        var=folder,
        requests_per_second=1e9,
        burst=1e9,
        batches_per_minute=1e9,
        attribution_seconds=3600,
        pool_size=WIDTH,
    )
    secrets = Secrets.load_or_create(folder / "secrets" / "root")
    key = SigningKey.load_or_create(folder / "demo.pem")
    issuer = Issuer(f"{settings.url}/demo-issuer", key, longest=3600)
    return settings, issuer, Vault(secrets.master_key)


def prepare_ground(
    size: int, folder: Path, server: Server, people: type[Population] = Population
) -> Ground:
    """A database of its own, migrated and filled."""
    name = f"bench_{size}"
    settings, issuer, vault = settings_for(folder)
    population = people(size, issuer.url, vault)
    began = time.monotonic()
    prepare(server, name)
    migrate.upgrade(server.dsn(OWNER, name))
    with psycopg.connect(server.superuser_dsn(name), autocommit=True) as db:
        population.fill(db)
        db.execute("UPDATE clock_offset SET shift = '2025-06-02'::timestamptz - now()")
    say(f"{size} clients filled in {time.monotonic() - began:.0f} s")
    return Ground(size, server, name, settings, population, issuer)


async def recorded(ground: Ground, case: Case, count: int = 200) -> tuple[list[Any], bytes]:
    """The statements of each sampled request as the application runs them, and one answer."""
    app = ground.app()
    recorder = Recorder()
    found, answer = [], b""
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 1))
    async with httpx.AsyncClient(transport=transport, base_url=ground.settings.url) as http:
        with recorder.listening(app.state.services.engines.reader):
            for raw in ground.requests(case, count):
                head, _, body = raw.partition(b"\r\n\r\n")
                lines = head.decode().split("\r\n")
                headers = dict(line.split(": ", 1) for line in lines[1:])
                reply = await http.request(case.method, case.path, headers=headers, content=body)
                assert reply.status_code == 200, reply.text
                answer = reply.content
                found.append(recorder.take())
    await app.state.services.engines.dispose()
    return found, answer


def serve(ground: Ground, port: int, raw: tuple[list[Any], bytes] | None) -> None:
    app = ground.app() if raw is None else RawApp(ground.logins.reader, raw[0], raw[1])
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", access_log=False)


async def compare(ground: Ground, case: Case) -> dict[str, float]:
    """Interleaved rounds of the application and the yardstick; medians, ratio round by round."""
    raw = await recorded(ground, case)
    context = multiprocessing.get_context("fork")
    for plan in await plans_of(ground.logins.reader, raw[0][0]):
        growing = ", ".join(plan.growing) or "nothing that grows"
        say(f"  {case.name}: {plan.buffers} buffers, {growing}")
    processes = {
        "app": context.Process(target=serve, args=(ground, PORTS["app"], None)),
        "raw": context.Process(target=serve, args=(ground, PORTS["raw"], raw)),
    }
    async with AsyncExitStack() as stack:
        for name, process in processes.items():
            process.start()
            stack.callback(process.join)
            stack.callback(process.terminate)
            await _until_it_listens(PORTS[name])
        requests = ground.requests(case)
        results: dict[str, list[load.Round]] = {"app": [], "raw": []}
        for turn in range(ROUNDS + 1):
            for name, process in processes.items():
                assert process.pid is not None
                done = await load.run(
                    PORTS[name], process.pid, requests, seconds=SECONDS, width=WIDTH
                )
                if turn:
                    results[name].append(done)
    return _summary(case, results, statements=len(raw[0][0]), size=len(raw[1]))


def _summary(
    case: Case, results: dict[str, list[load.Round]], *, statements: int, size: int
) -> dict[str, float]:
    pairs = list(zip(results["app"], results["raw"], strict=True))
    median = statistics.median
    ratio = median(a.per_second / r.per_second for a, r in pairs)
    figures = {
        "ratio": ratio,
        "ratio_cpu": median(r.cpu_ms / a.cpu_ms for a, r in pairs),
        "per_second": median(a.per_second for a, _ in pairs),
        "raw_per_second": median(r.per_second for _, r in pairs),
        "cpu_ms": median(a.cpu_ms for a, _ in pairs),
        "raw_cpu_ms": median(r.cpu_ms for _, r in pairs),
        "p50_ms": median(a.p50_ms for a, _ in pairs),
        "p99_ms": median(a.p99_ms for a, _ in pairs),
    }
    shown = "  ".join(f"{name} {value:.2f}" for name, value in figures.items())
    say(f"  {case.name}: {shown}  ({statements} statements, answer of {size} bytes)")
    return figures


async def _until_it_listens(port: int) -> None:
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    message = f"nothing listens on {port}"
    raise RuntimeError(message)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    sizes = parser.parse_args().sizes
    folder = Path(tempfile.mkdtemp(prefix="trede-bench-"))
    server = start(folder / "postgres")
    figures: dict[int, dict[str, dict[str, float]]] = {}
    try:
        for size in sizes:
            ground = prepare_ground(size, folder, server)
            figures[size] = {case.name: asyncio.run(compare(ground, case)) for case in CASES}
            for page in PAGES:
                told = asyncio.run(timed(ground, page))
                shown = "  ".join(f"{name} {value:.1f}" for name, value in told.items())
                say(f"  page {page.name}: {shown}")
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return _verdict(figures)


def _verdict(figures: dict[int, dict[str, dict[str, float]]]) -> int:
    """The gate of the status query, and growth from the smallest to the largest population."""
    smallest, largest = min(figures), max(figures)
    for case in CASES:
        growth = (
            figures[smallest][case.name]["per_second"] / figures[largest][case.name]["per_second"]
        )
        say(f"{case.name}: {smallest} -> {largest} clients costs {growth:.2f} times as much")
    ratio = min(found["status query"]["ratio"] for found in figures.values())
    say(f"status query through the whole stack: {ratio:.2f} of raw asyncpg (gate 0.40)")
    return 0 if ratio >= 0.40 else 1


if __name__ == "__main__":
    sys.exit(main())
