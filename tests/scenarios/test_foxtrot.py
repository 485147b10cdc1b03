"""A worked OAD trajectory and its successor: what follows from part B, and what is refused."""

from datetime import date
from typing import Any

import pytest

from tests.databases import TestDatabase
from tests.scenarios.foxtrot import FOXTROT
from tests.scenarios.playing import Playing, Promises

ALL = ("foxtrot", "clinician", "manager", "coach", "manager-delta", "coach-delta")
promises = Promises()
pytestmark = pytest.mark.xdist_group("scenario-foxtrot")


@pytest.fixture(scope="module")
def kept(
    module_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Exception | None]:
    folder = tmp_path_factory.mktemp("foxtrot")
    return promises.kept(module_database, folder, FOXTROT, "foxtrot", "manager")


async def refused(play: Playing, role: str, path: str, body: dict[str, Any]) -> set[str]:
    """The codes with which this act is refused here and now."""
    where = f"{play.scene.of_trajectory}/{path}"
    tag = (await play.stage.get(play.who(role), play.scene.of_trajectory)).headers["etag"]
    answer = await play.stage.post(play.who(role), where, body, if_match=tag)
    assert answer.status_code == 409, answer.text
    return {fault["code"] for fault in answer.json()["errors"]}


async def moving(play: Playing, role: str, to: str, on: str, **more: str) -> set[str]:
    return await refused(play, role, "transitions", {"to": to, "on": on, **more})


@promises.on("2025-01-20")
async def nothing_begins_before_the_introduction(f: Playing) -> None:
    assert (await f.seen("manager"))["phase"] == "coach_linked"
    codes = await moving(f, "coach", "activated", "2025-01-20")
    assert codes == {"introduced", "plan_agreed"}
    assert await moving(f, "manager", "concluded", "2025-01-20", outcome="paid_work") == {
        "waits_for_another_party"
    }


@promises.on("2025-02-03")
async def two_introduction_talks_make_one_step(f: Playing) -> None:
    seen = await f.seen("coach")
    assert (seen["phase"], seen["phaseSince"]) == ("introduction", "2025-02-03")
    assert await moving(f, "coach", "activated", "2025-02-03") == {"plan_agreed"}


@promises.on("2025-02-17")
async def six_months_count_from_the_first_day(f: Playing) -> None:
    for role in ("foxtrot", "manager", "coach"):
        seen = await f.seen(role)
        assert (seen["phase"], seen["durationMonths"]) == ("active", 6)
        assert (seen["clock"]["startsOn"], seen["clock"]["endsOn"]) == ("2025-02-17", "2025-08-17")
        assert seen["clock"]["basis"] == "activation"


@promises.on("2025-05-19")
async def half_days_skills_and_wage_value_grew(f: Playing) -> None:
    first, second = [await f.seen("manager", f"day-activities/{k}") for k in ("kas1", "kas2")]
    assert (first["halfDaysPerWeek"], second["halfDaysPerWeek"]) == (4, 6)
    assert (first["wageValuePercent"], second["wageValuePercent"]) == (30, 45)
    assert [skill["growth"] for skill in (first["skills"] + second["skills"])] == [
        "practising",
        "alone",
    ]
    readers = await f.readers("day-activities/kas2", ALL)
    assert readers == {"foxtrot", "manager", "coach"}


@promises.on("2025-05-19")
async def the_report_reached_the_municipality_after_foxtrot_read_it(f: Playing) -> None:
    report = await f.seen("manager", "progress-reports/report")
    assert report["progress"] == "Van vier naar zes dagdelen."


@promises.on("2025-08-11")
async def the_conclusion_names_the_next_step(f: Playing) -> None:
    seen = await f.seen("foxtrot")
    assert (seen["phase"], seen["phaseSince"]) == ("conclusion", "2025-08-11")
    days = date.fromisoformat(seen["phaseSince"]) - date(2025, 2, 17)
    assert days.days == 175
    events = await f.items("foxtrot", "transitions?pageSize=100")
    assert [e["detail"] for e in events if e["milestone"] == "concluded"] == ["other_trajectory"]


@promises.on("2025-08-18")
async def the_successor_knows_what_it_follows_and_takes_nothing_along(f: Playing) -> None:
    for role in ("foxtrot", "clinician", "manager", "coach"):
        (link,) = await f.items(role, "previous-trajectories")
        assert link["previousTrajectoryId"] == f.scene["oad"]
    for records in ("action-plans", "day-activities", "ladder-measurements", "contacts"):
        assert await f.items("foxtrot", records) == []


@promises.on("2025-09-01")
async def no_contract_before_the_trial(f: Playing) -> None:
    signed = {"startsOn": "2025-09-01", "endsOn": "2026-03-01", "daysPerWeek": 4}
    codes = await refused(f, "coach", "green-contracts", {**signed, "hoursPerWeek": 28})
    assert codes == {"selected", "trial_started"}


@promises.on("2025-09-15")
async def the_trial_is_a_phase_of_its_own(f: Playing) -> None:
    seen = await f.seen("manager")
    assert (seen["phase"], seen["clock"]) == ("trial", None)
    job = {"kind": "regular_paid", "title": "Baan", "employerName": "X", "startsOn": "2025-09-15"}
    assert await refused(f, "coach", "placements", job) == {"contract_made"}


@promises.on("2025-12-15")
async def the_contract_counts_its_own_six_months(f: Playing) -> None:
    seen = await f.seen("coach", "green-contracts/contract")
    assert (seen["daysPerWeek"], seen["foreman"]) == (4, "Voorman-F1")
    trajectory = await f.seen("coach")
    assert trajectory["phase"] == "active"
    assert (trajectory["clock"]["basis"], trajectory["clock"]["startsOn"]) == (
        "contract",
        "2025-12-15",
    )
    shorter = {"startsOn": "2025-12-15", "endsOn": "2026-05-31", "daysPerWeek": 4}
    path = f"{f.scene.of_trajectory}/green-contracts"
    answer = await f.stage.post(f.who("coach"), path, {**shorter, "hoursPerWeek": 28})
    assert answer.status_code == 400


@promises.on("2026-06-15")
async def the_chain_led_to_a_paid_job_in_another_sector(f: Playing) -> None:
    told = {e["milestone"]: e["detail"] for e in await f.items("coach", "transitions?pageSize=100")}
    assert told["end_reason"] == "goal_reached"
    assert {"trial_started", "contract_made", "extra_skills", "paid_job_started"} <= set(told)
    previous = f"/v1/trajectories/{f.scene['oad']}"
    ended = await f.stage.seen("foxtrot", f"{previous}/transitions?pageSize=100")
    details = {event["milestone"]: event["detail"] for event in ended["items"]}
    assert details["moved_on"] == "green_job"
    assert details["ended"] == "continues_elsewhere"


@pytest.mark.parametrize("promise", promises.names)
def test_foxtrot(kept: dict[str, Exception | None], promise: str) -> None:
    wrong = kept[promise]
    if wrong is not None:
        raise wrong
