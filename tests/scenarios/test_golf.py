"""A worked green-recovery trajectory: three phases with their days, and what stays Golf's own."""

from datetime import date

import pytest

from tests.databases import TestDatabase
from tests.scenarios.golf import GOLF
from tests.scenarios.playing import Playing, Promises
from tests.scenarios.test_foxtrot import moving

ALL = ("golf", "clinician", "expert", "coach", "expert-alfa", "coach-delta")
promises = Promises()
pytestmark = pytest.mark.xdist_group("scenario-golf")


@pytest.fixture(scope="module")
def kept(
    module_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Exception | None]:
    return promises.kept(module_database, tmp_path_factory.mktemp("golf"), GOLF, "golf")


@promises.on("2025-03-03")
async def phases_are_not_skipped_and_no_duration_is_counted(g: Playing) -> None:
    seen = await g.seen("coach")
    assert (seen["phase"], seen["durationMonths"], seen["clock"]) == ("intake", None, None)
    assert await moving(g, "coach", "energy_phase", "2025-03-03") == {"rested"}
    assert await moving(g, "coach", "back_to_work", "2025-03-03") == {"oriented"}


@promises.on("2025-05-26")
async def a_pause_ends_nothing_and_moves_no_phase(g: Playing) -> None:
    seen = await g.seen("expert")
    assert (seen["phase"], seen["phaseSince"], seen["paused"]) == ("energy", "2025-04-21", False)
    assert (seen["clock"]["daysPaused"], seen["clock"]["endsOn"]) == (14, None)
    assert (await g.seen("expert", "pauses/pause"))["coarseReason"] == "client_related"


@promises.on("2025-06-16")
async def hours_were_built_up_phase_by_phase(g: Playing) -> None:
    told = [await g.seen("expert", f"day-activities/hours{n}") for n in (1, 2, 3)]
    assert [one["hoursPerWeek"] for one in told] == [3, 9, 16]
    assert [one["since"] for one in told] == ["2025-03-10", "2025-04-21", "2025-06-16"]


@promises.on("2025-08-11")
async def each_phase_has_its_days(g: Playing) -> None:
    events = await g.items("expert", "transitions?pageSize=100")
    on = {e["milestone"]: date.fromisoformat(e["occurredOn"]) for e in events}
    assert (on["energy_phase"] - on["rest_phase"]).days == 42
    assert (on["orientation_phase"] - on["energy_phase"]).days == 56
    assert (on["back_to_work"] - on["orientation_phase"]).days == 56
    steps = {step["name"]: step["state"] for step in (await g.seen("golf", "steps"))["steps"]}
    assert [steps[f"{name}_phase"] for name in ("rest", "energy", "orientation")] == ["done"] * 3


@promises.on("2025-08-11")
async def reflections_and_marks_are_golfs_own(g: Playing) -> None:
    assert await g.readers("wellbeing/reflection1", ALL) == {"golf"}
    changes = (await g.seen("golf", "mechanisms"))["changes"]
    assert {c["subject"]: c["change"] for c in changes} == {
        "biological": 4,
        "psychological": 4,
        "mental_recovery": 5,
        "social": 2,
    }
    for role in ("expert", "coach"):
        assert (await g.seen(role, "mechanisms"))["changes"] == []


@promises.on("2025-08-25")
async def it_ended_with_its_goal_and_tells_nothing_of_illness(g: Playing) -> None:
    events = await g.items("coach", "transitions?pageSize=100")
    told = {e["milestone"]: e["detail"] for e in events}
    assert (told["ended"], told["end_reason"]) == ("goal_reached", "goal_reached")
    lists = ("", "steps", "transitions?pageSize=100", "pauses")
    everything = (await g.text("expert", *lists)).casefold()
    assert not any(word in everything for word in ("illness", "burn", "stress"))


@pytest.mark.parametrize("promise", promises.names)
def test_golf(kept: dict[str, Exception | None], promise: str) -> None:
    wrong = kept[promise]
    if wrong is not None:
        raise wrong
