"""Whatever goes wrong between the two: nothing lost, nothing twice, nothing of who is hidden."""

import argparse
import asyncio
import logging
import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from starlette.responses import Response

from app.demo.alfa_municipal import MUNICIPAL
from app.demo.script import Play, Scene
from app.platform.postgres.locks import try_alone
from app.zgw import add_commands, run, writing
from app.zgw.calls import Calls
from tests.build.processes import serving
from tests.build.stage import Stage, on_stage
from tests.databases import TestDatabase
from tests.scenarios.playing import playing
from tests.zgw.connecting import Connected, filled, put, registered, told
from tests.zgw.server import CaseSystem, Got, case_system, fout, invalid

pytestmark = pytest.mark.xdist_group("zgw-faults")
BSN = "999990019"
TROUPE = ("clinician", "psychologist", "manager", "coach")


@dataclass
class World:
    """A case manager with two trajectories, in a served Trede."""

    address: str
    stage: Stage
    alfa: Scene
    delta: Scene
    trede: dict[str, Any]

    def act(self, persona: str, method: str, path: str, body: Any = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.stage.token(persona)}"}
        url = f"{self.address}{path}"
        if path.endswith("/stops"):
            tag = httpx.get(url.removesuffix("/stops"), headers=headers).headers["etag"]
            headers["If-Match"] = tag
        answer = httpx.request(method, url, json=body, headers=headers, timeout=60)
        assert answer.is_success, answer.text
        return answer


@pytest.fixture(scope="module")
def world(
    module_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("faults")
    with serving(module_database, folder) as [address]:
        yield asyncio.run(_played(module_database, folder, address))


async def _played(database: TestDatabase, folder: Path, address: str) -> World:
    async with on_stage(database, folder) as stage:
        m = await playing(stage, MUNICIPAL, "alfa", "manager")
        casting = {role: f"{role}-alfa" for role in TROUPE}
        delta = Scene(stage, m.scene.cast, "delta", "manager", casting=casting)
        m.play = Play(stage, [(MUNICIPAL, m.scene), (MUNICIPAL, delta)])
        await m.play.until("2025-03-11")
        return World(address, stage, m.scene, delta, await registered(m, address))


@pytest.fixture
def system() -> Iterator[CaseSystem]:
    with case_system() as here:
        yield here


@pytest.fixture
def adapter(world: World, system: CaseSystem, tmp_path: Path) -> Iterator[Connected]:
    connected = Connected(put(tmp_path, told(system, world.trede)), system)
    yield connected
    connected.stop()


def stands(system: CaseSystem) -> dict[str, list[str]]:
    """What is there, without the numbers that the case system gave; sorted, so twice shows."""
    by_url = {zaak["url"]: zaak["identificatie"] for zaak in system.kept["zaken"]}
    return {
        what: sorted(
            " ".join(by_url.get(str(v), str(v)) for n, v in sorted(one.items()) if n != "url")
            for one in found
        )
        for what, found in system.kept.items()
    }


@pytest.fixture(scope="module")
def whole(world: World, tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """How much there is when nothing goes wrong."""
    with case_system() as system:
        folder = tmp_path_factory.mktemp("whole")
        adapter = Connected(put(folder, told(system, world.trede)), system)
        assert adapter.round()
        found = {what: len(those) for what, those in system.kept.items()}
    assert found == {"zaken": 2, "statussen": 8, "rollen": 4, "resultaten": 0}
    return found


def is_whole(system: CaseSystem, whole: dict[str, int]) -> bool:
    """All of it, and nothing twice."""
    found = stands(system)
    assert all(len(set(those)) == len(those) for those in found.values())
    return {what: len(those) for what, those in found.items()} == whole


def once_each(answer: Callable[[Got], Response]) -> Callable[[Got], Response | None]:
    """This answer to every write, the first time that it is asked."""
    seen: set[str] = set()

    def ill(got: Got) -> Response | None:
        if not got.writes or f"{got.path}{got.body}" in seen:
            return None
        seen.add(f"{got.path}{got.body}")
        return answer(got)

    return ill


def test_an_answer_that_was_lost_makes_nothing_twice(
    adapter: Connected, system: CaseSystem, whole: dict[str, int]
) -> None:
    system.after = once_each(lambda _: fout(500, "error"))
    while not (adapter.round() and adapter.letters == []):
        assert len(system.written) < 100
    assert is_whole(system, whole)


def test_a_server_that_is_down_for_a_while_loses_nothing(
    adapter: Connected, system: CaseSystem, whole: dict[str, int]
) -> None:
    system.before = lambda _: fout(503, "down")
    assert not adapter.round()
    assert adapter.letters == []
    system.before = None
    assert adapter.round()
    assert is_whole(system, whole)


def test_a_server_that_is_not_there_is_waited_for(adapter: Connected, system: CaseSystem) -> None:
    text = adapter.path.read_text(encoding="utf-8")
    elsewhere = text.replace(f'zaken = "{system.zaken}"', 'zaken = "http://127.0.0.1:9/zaken"')
    adapter.path.write_text(elsewhere, encoding="utf-8")
    assert not adapter.round()
    adapter.path.write_text(text, encoding="utf-8")
    assert adapter.round()
    assert len(system.kept["zaken"]) == 2


def test_a_slow_server_is_not_waited_for_for_ever_and_gets_nothing_twice(
    adapter: Connected, system: CaseSystem, whole: dict[str, int]
) -> None:
    text = adapter.path.read_text(encoding="utf-8")
    quick = text.replace("timeout_seconds = 5", "timeout_seconds = 0.5")
    adapter.path.write_text(quick, encoding="utf-8")

    def slow(_: Got) -> Response:
        time.sleep(1)
        return fout(500, "late")

    system.after = once_each(slow)
    for _ in range(20):
        if adapter.round():
            break
    assert is_whole(system, whole)


def test_too_many_requests_are_waited_for_as_long_as_is_asked(
    adapter: Connected, system: CaseSystem, whole: dict[str, int]
) -> None:
    def busy(_: Got) -> Response:
        answer = fout(429, "busy")
        answer.headers["retry-after"] = "7"
        return answer

    system.before = once_each(busy)
    while not adapter.round():
        assert len(system.written) < 100
    assert set(adapter.waited) == {7.0}
    assert is_whole(system, whole)


def test_a_refused_secret_stops_everything_and_loses_nothing(
    adapter: Connected, system: CaseSystem, whole: dict[str, int]
) -> None:
    secret = adapter.path.with_name("secret")
    good = secret.read_text(encoding="utf-8")
    secret.write_text("another-secret-that-only-we-know-0123456789", encoding="utf-8")
    assert not adapter.round()
    assert (adapter.letters, system.kept["zaken"]) == ([], [])
    secret.write_text(good, encoding="utf-8")
    assert adapter.round()
    assert is_whole(system, whole)


def test_what_is_refused_is_kept_by_name_and_the_others_go_on(
    adapter: Connected, system: CaseSystem, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    refused = world.alfa["trajectory"]
    wrong = [("kenmerken.0.kenmerk", "invalid"), (f"x{BSN}", "code")]
    system.before = lambda got: invalid(wrong) if got.writes and refused in str(got.body) else None
    assert adapter.round()
    assert adapter.letters == ["zaken 400 kenmerken..kenmerk:invalid x:code"]
    assert len(system.kept["zaken"]) == 1
    kept = (adapter.file.state / "read.json").read_text(encoding="utf-8")
    assert BSN not in kept + caplog.text
    system.before = None
    assert adapter.round()
    assert (adapter.letters, len(system.kept["zaken"])) == ([], 2)


def test_killed_at_every_write_it_goes_on_where_it_was(
    adapter: Connected, system: CaseSystem, whole: dict[str, int]
) -> None:
    killed = 0
    while True:
        child = os.fork()
        if child == 0:
            os._exit(0 if adapter.round() else 1)

        def kill(got: Got, child: int = child) -> Response | None:
            if got.writes:
                os.kill(child, signal.SIGKILL)
            return None

        system.after = kill
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            break
        killed += 1
    assert os.WEXITSTATUS(status) == 0
    assert killed == sum(whole.values())
    assert is_whole(system, whole)


def test_two_adapters_on_one_folder_are_one(
    adapter: Connected, system: CaseSystem, capsys: pytest.CaptureFixture[str]
) -> None:
    adapter.file.state.mkdir()
    lock = try_alone(adapter.file.state / "lock")
    assert lock is not None
    assert run(_asked("run", str(adapter.path), "--once")) == 1
    assert "Another adapter" in capsys.readouterr().err
    assert system.written == []
    os.close(lock)
    assert run(_asked("run", str(adapter.path), "--once")) == 0
    assert len(system.kept["zaken"]) == 2


def _asked(*arguments: str) -> Any:
    parser = argparse.ArgumentParser()
    add_commands(parser)
    return parser.parse_args(arguments)


def test_what_the_case_manager_may_not_see_changes_no_request(world: World, tmp_path: Path) -> None:
    before = _asked_of_a_new_case_system(world, tmp_path / "before")
    question = {
        "askedOn": "2025-03-11",
        "occasion": "intake",
        "workStatus": "no_work",
        "benefitStatus": "wia",
        "wantsWork": "yes",
        "wish": "Iets anders.",
    }
    of = world.alfa.of_client
    world.act("clinician-alfa", "POST", f"{of}/work-questions", question)
    colleague = {"membershipId": world.alfa.member("psychologist"), "categories": ["status"]}
    world.act("alfa", "POST", f"{of}/blocks", colleague)
    assert _asked_of_a_new_case_system(world, tmp_path / "after") == before


def _asked_of_a_new_case_system(world: World, folder: Path) -> list[tuple[str, ...]]:
    with case_system() as system:
        adapter = Connected(put(folder, told(system, world.trede)), system)
        assert adapter.round()
        return [
            (got.method, got.path, *(part.replace(system.address, "") for part in rest))
            for got in system.got
            for rest in [(unquote(got.query), str(got.body))]
        ]


def test_when_the_task_ends_half_way_nothing_more_goes_out(
    adapter: Connected,
    system: CaseSystem,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The last test here: the task of the municipality does not come back."""
    monkeypatch.setattr(writing, "FRESH", 0.0)
    of, hidden = world.alfa.of_trajectory, world.alfa["trajectory"]
    listed = world.act("alfa", "GET", f"{of}/responsibilities").json()["items"]
    [task] = [one["id"] for one in listed if one["validUntil"] is None]
    stopped: list[int] = []

    def stop(got: Got) -> Response | None:
        if got.writes and hidden in str(got.body) and not stopped:
            world.act("alfa", "POST", f"{of}/responsibilities/{task}/stops", {})
            stopped.append(len(system.got))
        return None

    system.after = stop
    assert adapter.round()
    zaak = next(one for one in system.kept["zaken"] if hidden in str(one))
    about = [got for got in system.got[stopped[0] :] if got.writes and zaak["url"] in str(got.body)]
    assert about == []
    assert {one["zaak"] for one in system.kept["statussen"]} != {zaak["url"]}
    before = list(system.written)
    assert adapter.round()
    assert system.written == before
    assert len(system.kept["zaken"]) == 2


@pytest.mark.parametrize("url", ["https://elsewhere.example/zaken/api/v1/zaken", "zaken"])
def test_an_address_elsewhere_gets_no_token(url: str) -> None:
    calls = Calls("ZGW", "https://zgw.example.nl/zaken/api/v1", dict)
    with pytest.raises(Exception, match="elsewhere"):
        calls.within(url)
    calls.close()


def test_the_catalogue_is_checked_before_anything_is_sent(
    adapter: Connected, system: CaseSystem, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(_asked("check", str(adapter.path))) == 0
    parts = filled(system)
    system.types[parts["zaaktype"]]["concept"] = True
    system.types[parts["statustypen"]["ended"]]["isEindstatus"] = False
    system.types[parts["statustypen"]["referred"]]["isEindstatus"] = True
    system.types[parts["resultaattypen"]["ended"]]["zaaktype"] = "https://other.example"
    system.types[parts["roltypen"]["coach"]]["omschrijvingGeneriek"] = "adviseur"
    del system.types[parts["roltypen"]["body"]]
    capsys.readouterr()
    assert run(_asked("run", str(adapter.path), "--once")) == 2
    assert set(capsys.readouterr().out.splitlines()) == {
        "zaak.zaaktype: is not published",
        "statustypen.ended: is not the last status of the zaaktype",
        "statustypen.referred: is the last status of the zaaktype",
        "resultaattypen.ended: belongs to another zaaktype",
        "roltypen.coach: must be behandelaar",
        "roltypen.body: is not found",
    }
    assert system.written == []
