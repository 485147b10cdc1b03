"""The municipal variant of H1: a case manager in UWV's seat, and no insurance physician (B1m)."""

import pytest

from app.demo.alfa_municipal import MUNICIPAL
from tests.databases import TestDatabase
from tests.scenarios.playing import Playing, Promises

PARTIES = ("alfa", "clinician", "psychologist", "manager", "coach", "employer")
UWV = ("physician", "expert", "expert-echo")
ALL = (*PARTIES, *UWV, "clinician-echo", "coach-echo")
promises = Promises()
pytestmark = pytest.mark.xdist_group("scenario-municipal")


@pytest.fixture(scope="module")
def kept(
    module_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Exception | None]:
    folder = tmp_path_factory.mktemp("municipal")
    return promises.kept(module_database, folder, MUNICIPAL, "alfa", "manager")


@promises.on("2025-01-30")
async def the_referral_waits_in_the_inbox_of_the_municipality(m: Playing) -> None:
    path = f"/v1/referrals/{m.scene['referral']}"
    readers = {role for role in ALL if await m.status(role, path) == 200}
    assert readers == {"alfa", "clinician", "psychologist", "manager"}
    assert await m.status("manager", m.scene.of_trajectory) == 404


@promises.on("2025-02-04")
async def the_municipality_is_responsible_by_its_own_law(m: Playing) -> None:
    seen = await m.seen("manager")
    assert (seen["variant"], seen["legalFrame"]) == ("municipal", "participatiewet")
    assert seen["responsibleOrganisationId"] == m.scene.cast.organisations["gemeente"]
    # Taking part is voluntary, also where the law speaks of duties.
    assert seen["voluntary"] is True


@promises.on("2025-02-04")
async def there_is_no_medical_talk_and_nothing_waits_for_one(m: Playing) -> None:
    steps = {step["name"]: step for step in (await m.seen("manager", "steps"))["steps"]}
    assert steps["uwv_medical_talk"]["state"] == "not_applicable"
    assert (steps["work_talk"]["state"], steps["work_talk"]["lacks"]) == ("possible", [])
    notes = {"talkOn": "2025-02-04", "notes": "Verslag."}
    path = m.path("insurance-physician-notes")
    assert (await m.stage.post(m.who("manager"), path, notes)).status_code == 403
    assert (await m.stage.post(m.who("physician"), path, notes)).status_code == 404


@promises.on("2025-03-10")
async def the_case_manager_has_what_the_labour_expert_has_elsewhere(m: Playing) -> None:
    for record in ("work-history/history", "action-plans/plan1", "ladder-measurements/ladder1"):
        assert await m.readers(record, ALL) == {"alfa", "manager"}


@promises.on("2025-03-11")
async def the_coach_works_on_the_order_of_the_municipality(m: Playing) -> None:
    coach = await m.seen("coach", "participants/coach")
    assert (coach["commissionedBy"], coach["assignmentNumber"]) == ("municipality", "TEST-0001")
    for record in ("work-history/history", "action-plans/plan1", "ladder-measurements/ladder1"):
        assert await m.readers(record, ALL) == {"alfa", "manager", "coach"}


@promises.on("2025-03-27")
async def the_case_manager_reads_of_care_only_that_preparation_is_done(m: Playing) -> None:
    anamnesis = await m.readers("psychological-anamneses/anamnesis", ALL)
    assert anamnesis == {"alfa", "psychologist", "clinician"}
    advice = await m.readers("work-advice/advice", ALL)
    assert advice == {"alfa", "psychologist", "clinician", "coach"}
    steps = {step["name"]: step["state"] for step in (await m.seen("manager", "steps"))["steps"]}
    assert steps["preparation"] == "done"
    # Who did it, or whether the client declined, would tell of care too.
    assert "psycholog" not in await m.text("manager", "steps", "transitions?pageSize=100")


@promises.on("2025-04-07")
async def the_case_manager_sits_at_the_start_conversation(m: Playing) -> None:
    readers = await m.readers("start-conversations/talk", ALL)
    assert readers == {"alfa", "clinician", "manager", "coach"}
    seen = await m.seen("manager")
    assert (seen["phase"], seen["clock"]["startsOn"]) == ("active", "2025-04-03")


@promises.on("2025-06-02")
async def uwv_finds_nothing_at_any_moment(m: Playing) -> None:
    for role in UWV:
        assert await m.status(role, m.scene.of_trajectory) == 404
        assert await m.status(role, m.scene.of_client) == 404
        path = "/v1/trajectory-statuses/_search"
        found = await m.stage.post(m.who(role), path, {"bsn": "999990019"})
        assert found.status_code != 200 or found.json()["items"] == []


@promises.on("2025-06-02")
async def the_status_query_answers_the_municipality(m: Playing) -> None:
    path = "/v1/trajectory-statuses/_search"
    found = await m.stage.made(m.who("manager"), path, {"bsn": "999990019"})
    (status,) = found["items"]
    assert (status["phase"], status["rung"]) == ("active", 2)


@promises.on("2026-04-03")
async def the_goal_is_met_and_the_case_manager_ends_it(m: Playing) -> None:
    ladder = await m.seen("manager", "ladder")
    assert (ladder["startRung"], ladder["lastRung"], ladder["netChange"]) == (2, 5, 3)
    assert ladder["goalAt12"]["met"] is True
    assert (await m.seen("manager"))["phase"] == "ended"


@pytest.mark.parametrize("promise", promises.names)
def test_alfa_municipal(kept: dict[str, Exception | None], promise: str) -> None:
    wrong = kept[promise]
    if wrong is not None:
        raise wrong
