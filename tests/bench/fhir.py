"""`python -m tests.bench.fhir`: what a look costs as FHIR, against the same look at the API."""

import asyncio
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

import httpx

from app.platform.postgres import remove, start
from tests.build.stage import Stage, on_stage
from tests.databases import copy_of_template, make_template
from tests.domain.trajectory.courses import Course, started

ROUNDS, LOOKS = 7, 60
FHIR, XML = "/fhir/r4", "application/fhir+xml"


def cases(course: Course) -> dict[str, tuple[str, str, dict[str, str]]]:
    """The look at the API, the same as FHIR, and its headers."""
    client, trajectory = course.client, course.trajectory
    patient, episode = f"{FHIR}/Patient/{client}", f"{FHIR}/EpisodeOfCare/{trajectory}"
    return {
        "read a client": (f"/v1/clients/{client}", patient, {}),
        "read a client as XML": (f"/v1/clients/{client}", patient, {"accept": XML}),
        "read a trajectory": (f"/v1/trajectories/{trajectory}", episode, {}),
        "trajectories of a client": (
            f"/v1/trajectories?clientId={client}",
            f"{FHIR}/EpisodeOfCare?patient={client}",
            {},
        ),
    }


async def seconds(stage: Stage, path: str, headers: dict[str, str]) -> float:
    """Of one look, with its process alone; the best of none, the middle of all."""
    sent = {"Authorization": f"Bearer {stage.token('clinician')}", **headers}
    taken = []
    for _ in range(LOOKS):
        before = time.perf_counter()
        answer: httpx.Response = await stage.http.get(path, headers=sent)
        taken.append(time.perf_counter() - before)
        assert answer.status_code == 200, answer.text
    return statistics.median(taken)


async def measured(stage: Stage) -> dict[str, dict[str, float]]:
    """In turns, so that what else the machine does falls on both."""
    course = await started(stage)
    found = {}
    for name, (there, here, headers) in cases(course).items():
        rounds = [
            (await seconds(stage, there, {}), await seconds(stage, here, headers))
            for _ in range(ROUNDS)
        ]
        ratios = [fhir / native for native, fhir in rounds]
        found[name] = {
            "native ms": round(1000 * statistics.median(native for native, _ in rounds), 2),
            "fhir ms": round(1000 * statistics.median(fhir for _, fhir in rounds), 2),
            "ratio": round(statistics.median(ratios), 2),
        }
    return found


async def _run(folder: Path) -> dict[str, dict[str, float]]:
    server = start(folder / "cluster", durable=False)
    try:
        make_template(server)
        with copy_of_template(server) as database:
            async with on_stage(database, folder / "keys") as stage:
                return await measured(stage)
    finally:
        server.stop()


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="trede-bench-fhir-") as name:
        folder = Path(name)
        (folder / "keys").mkdir()
        print(json.dumps(asyncio.run(_run(folder)), indent=1))
        remove(folder / "cluster")
    return 0


if __name__ == "__main__":
    sys.exit(main())
