"""Whatever goes wrong between the two: nothing lost, nothing twice."""

import logging
import os
import signal
import time
from collections.abc import Callable

import pytest
from starlette.responses import Response

from tests.zgw.connecting import Connected, put, told
from tests.zgw.server import CaseSystem, Got, case_system
from tests.zgw.standard import fout, invalid
from tests.zgw.world import World

pytestmark = pytest.mark.xdist_group("zgw-faults")
BSN = "999990019"


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


def test_a_refused_rol_holds_up_no_status(
    adapter: Connected, system: CaseSystem, whole: dict[str, int]
) -> None:
    system.before = lambda got: (
        invalid([("roltype", "max-occurences")])
        if got.writes and "zaakcoordinator" in str(system.types.get(got.body.get("roltype")))
        else None
    )
    assert adapter.round()
    assert adapter.letters == ["rollen 400 roltype:max-occurences"] * 2
    assert len(system.kept["statussen"]) == whole["statussen"]


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
        assert killed <= sum(whole.values())
    assert os.WEXITSTATUS(status) == 0
    assert killed == sum(whole.values())
    assert is_whole(system, whole)
