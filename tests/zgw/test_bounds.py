"""What never goes to a case system, and what has to fit before anything does."""

import argparse
import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from starlette.responses import Response

from app.platform.postgres.locks import try_alone
from app.zgw import add_commands, run, writing
from app.zgw.calls import Calls
from tests.zgw.connecting import Connected, filled, given_out, put, told
from tests.zgw.server import CaseSystem, Got, Ill, case_system
from tests.zgw.world import World

pytestmark = pytest.mark.xdist_group("zgw-bounds")


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


def test_a_consent_that_is_withdrawn_half_way_changes_no_request(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A zaak stands on the task of the municipality alone, so there is nothing to take back."""
    monkeypatch.setattr(writing, "FRESH", 0.0)
    undisturbed = _writes_of_a_round(world, tmp_path / "undisturbed")
    listed = world.act("alfa", "GET", f"{world.alfa.of_client}/consents").json()["items"]
    standing = [one["id"] for one in listed if one["withdrawnAt"] is None]
    assert standing

    def withdraw(got: Got) -> Response | None:
        if got.writes and standing:
            world.act("alfa", "POST", f"/v1/consents/{standing.pop()}/withdrawals", {})
        return None

    assert _writes_of_a_round(world, tmp_path / "disturbed", withdraw) == undisturbed
    assert standing == [], "all were withdrawn while it wrote"


def _writes_of_a_round(
    world: World, folder: Path, after: Ill | None = None
) -> list[tuple[str, ...]]:
    with case_system() as system:
        system.after = after
        adapter = Connected(put(folder, told(system, world.trede)), system)
        assert adapter.round()
        here = system.address
        return [tuple(part.replace(here, "") for part in one) for one in system.written]


def test_when_the_task_ends_half_way_nothing_more_goes_out(
    adapter: Connected,
    system: CaseSystem,
    world: World,
    tmp_path: Path,
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
    _the_coach_leaves(world)
    held = [one["zaak"] for one in system.kept["rollen"]]
    assert adapter.round()
    left = [one["zaak"] for one in system.kept["rollen"]]
    assert left.count(zaak["url"]) == held.count(zaak["url"]), "nothing is told of it any more"
    assert len(left) == len(held) - 1, "of the other trajectory it is told that the coach left"
    assert not any(hidden in body for _, _, body in system.written[len(before) :])
    _tells_nothing_to_a_new_case_system(world, tmp_path / "anew", hidden)


def _tells_nothing_to_a_new_case_system(world: World, folder: Path, hidden: str) -> None:
    """Nor does an adapter that remembers nothing."""
    with case_system() as system:
        adapter = Connected(put(folder, told(system, world.trede)), system)
        assert adapter.round()
        assert len(system.kept["zaken"]) == 1
        assert hidden not in str(system.written)


def _the_coach_leaves(world: World) -> None:
    """Both trajectories; of each the case system would be told."""
    for scene in (world.alfa, world.delta):
        of = f"{scene.of_trajectory}/participants"
        listed = world.act("coach-alfa", "GET", of).json()["items"]
        [seat] = [one["id"] for one in listed if one["membershipId"] == scene.member("coach")]
        world.act("coach-alfa", "POST", f"{of}/{seat}/ends", {})
    given_out(world.stage)


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
