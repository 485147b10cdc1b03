"""`make run`: it plays, tells where to look, survives being killed, and does not play twice."""

import ast
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.demo.ground import NAME, form_of
from app.platform.postgres import remove
from app.platform.postgres.passwords import read
from app.platform.postgres.places import place_of, socket_folder
from tests.scenarios.demo_caseload import (
    are_reminded,
    everything_went_over_the_api,
    steps_are_the_tasks_of_the_coach,
    the_mixed_kinds_stand_there,
    the_plays_know_no_database,
    what_is_new_is_since_the_last_look,
)

ROOT = Path(__file__).parents[2]
PATIENCE = 600
"""Seconds before we give up; what is promised is that it comes about, not how soon."""
TURNS = 240
"""Seconds in which the job has gone by, well before the demo itself is given up."""
FIRST_STEP, LATER_STEP, READY = "2025-01-07", "2025-03-11", "--- Trede is ready"
pytestmark = pytest.mark.xdist_group("demo")


class Running:
    """The demo as a process, read line by line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said: list[str] = []

    def until(self, words: str) -> None:
        """Read on until a line begins with this."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line.rstrip("\n"))
            if line.startswith(words):
                return
        pytest.fail(f"ended with {self.process.wait()} before {words!r}: {self.said[-5:]}")

    @property
    def played(self) -> list[str]:
        return [line for line in self.said if line.startswith("20")]

    def end(self) -> int:
        """As Ctrl-C or a service manager does; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        assert self.process.stdout is not None
        self.said += self.process.stdout.read().splitlines()
        return self.process.wait()


@pytest.fixture
def var(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "var"
    yield folder
    assert remove(folder / "postgres"), "the database still has users"


@contextmanager
def running(var: Path, port: int) -> Iterator[Running]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("TREDE_")}
    settings = {"TREDE_VAR": str(var), "TREDE_PORT": str(port), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "demo"],
        cwd=ROOT,
        env=kept | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    watchdog = threading.Timer(PATIENCE, process.kill)
    watchdog.start()
    with process:
        try:
            yield Running(process)
        finally:
            watchdog.cancel()
            process.kill()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as chosen:
        return int(chosen.getsockname()[1])


def kill_postgres(var: Path) -> None:
    lines = (place_of(var / "postgres").data / "postmaster.pid").read_text().splitlines()
    os.kill(int(lines[0]), signal.SIGKILL)


def call(guide: list[str], number: int) -> dict[str, Any]:
    """Paste the token function and one of the calls into a shell, as the guide says."""
    pasted = [line.strip() for line in guide if line.startswith("       ")]
    function, *calls = pasted
    script = f"{function}\n{calls[number]}"
    said = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    answer: dict[str, Any] = json.loads(said.stdout)
    return answer


def test_the_demo_survives_kills_serves_what_it_prints_and_plays_once(var: Path) -> None:
    port = free_port()
    with running(var, port) as killed:
        killed.until(FIRST_STEP)
        killed.process.kill()
    with running(var, port) as demo:
        demo.until(LATER_STEP)
        kill_postgres(var)
        demo.until(READY)
        demo.until("    Ctrl-C")
        # Played anew from the first step, and to the end although the database died in between.
        assert demo.played[0].startswith(FIRST_STEP)
        assert demo.played[-1].startswith("2026-09-03")
        the_three_calls_work(demo.said)
        the_caseload_is_told(demo.said)
        assert counts(var) == {"client": 22, "trajectory": 25}
        with connected(var) as db:
            everything_went_over_the_api(lambda statement: db.execute(statement).fetchall())
        assert demo.end() == 0
    with running(var, port) as again:
        again.until("    Ctrl-C")
        assert again.played == []
        guide = [line for line in again.said if line.startswith(" ")]
        assert guide == [line for line in demo.said if line.startswith(" ")]
        the_three_calls_work(again.said)
        assert the_phase_that_the_readme_reaches(port) == "intake"
        said = the_pages_for_integrators_run(port)
        assert said.keys() == {"ggz", "uwv", "municipality"}
        assert "planned" in said["ggz"]
        assert "nl.trede.clients.registered" in said["ggz"]
        assert "'decision': True" in said["uwv"]
        assert again.end() == 0


def test_a_demo_with_other_tables_or_plays_is_not_taken_for_this_one(tmp_path: Path) -> None:
    tables, plays = tmp_path / "migrations", tmp_path / "demo"
    revision, cast = tables / "versions" / "first.py", plays / "cast.py"
    for file in (revision, cast):
        file.parent.mkdir(parents=True)
        file.write_text("one", encoding="utf-8")
    for file in (revision, cast):
        before = form_of(tables, plays)
        assert form_of(tables, plays) == before
        file.write_text("another", encoding="utf-8")
        assert form_of(tables, plays) != before


def the_three_calls_work(guide: list[str]) -> None:
    coach, status, log = (call(guide, number) for number in range(3))
    assert (coach["familyName"], coach["phase"]) == ("Echo", "ended")
    assert [(found["phase"], found["rung"]) for found in status["items"]] == [("ended", 4)]
    roles = {entry["role"] for entry in log["items"]}
    assert {"labour_expert", "reintegration_coach"} <= roles


def the_phase_that_the_readme_reaches(port: int) -> str:
    """Run the program for record systems in README.md as it stands, on another port."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    program = readme.partition("```python\n")[2].partition("```")[0]
    here = program.replace("http://127.0.0.1:8000", f"http://127.0.0.1:{port}")
    said = subprocess.run([sys.executable, "-c", here], capture_output=True, text=True, check=True)
    phase: str = ast.literal_eval(said.stdout)["phase"]
    return phase


def the_pages_for_integrators_run(port: int) -> dict[str, str]:
    """The program of each page, as it stands; what each of them printed."""
    said = {}
    for page in sorted((ROOT / "app" / "integrators").glob("*.md")):
        _, found, after = page.read_text(encoding="utf-8").partition("```python\n")
        here = after.partition("```")[0].replace(
            "http://127.0.0.1:8000", f"http://127.0.0.1:{port}"
        )
        if found:
            told = subprocess.run([sys.executable, "-c", here], capture_output=True, text=True)  # noqa: PLW1510
            assert told.returncode == 0, f"{page.name}: {told.stderr}"
            said[page.stem] = told.stdout
    return said


def the_caseload_is_told(guide: list[str]) -> None:
    """The calls of the coach, until the job has looked at the last day."""
    deadline = time.monotonic() + TURNS
    lines = call(guide, 3)["items"]
    while not are_reminded(lines):
        assert time.monotonic() < deadline, [(x["familyName"], x.get("reminders")) for x in lines]
        time.sleep(1)
        lines = call(guide, 3)["items"]
    the_mixed_kinds_stand_there(lines)
    what_is_new_is_since_the_last_look(lines)
    tasks, reminders, employers = (call(guide, number)["items"] for number in (4, 5, 6))
    steps_are_the_tasks_of_the_coach(lines, tasks)
    assert {"consent_ends", "first_employer_contact"} <= {one["kind"] for one in reminders}
    assert "Bakkerij Proefkorst" in {employer["name"] for employer in employers}


def connected(var: Path) -> psycopg.Connection:
    place = place_of(var / "postgres")
    host, secret = socket_folder(place), read(place.passwords)["postgres"]
    where = {"host": str(host), "port": 5432, "user": "postgres", "password": secret}
    return psycopg.connect(dbname=NAME, **where)  # type: ignore[arg-type]


def counts(var: Path) -> dict[str, int]:
    """Nothing is left of the play that was cut off, and nothing was done twice."""
    statement = "SELECT (SELECT count(*) FROM client), (SELECT count(*) FROM trajectory)"
    with connected(var) as db:
        row = db.execute(statement).fetchone()
    assert row is not None
    return dict(zip(("client", "trajectory"), row, strict=True))


def test_the_courses_of_the_caseload_know_no_database() -> None:
    the_plays_know_no_database()


def test_the_demo_refuses_an_address_that_others_can_reach(var: Path) -> None:
    settings = {"TREDE_VAR": str(var), "TREDE_HOST": "0.0.0.0", "TREDE_PORT": str(free_port())}
    said = subprocess.run(
        [sys.executable, "-m", "app", "demo"],
        cwd=ROOT,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 1
    assert "loopback" in said.stdout
    assert not (var / "postgres").exists()
    (var / "postgres").mkdir()
