"""Trajectory H5 (WGB in 18 months, a crisis and a step down): who finds what on which day.

How the table is read (decisions that settle what it leaves open):
- The consents are those of H1 (K1 to K3 and the conversation consent), before 3 March 2025.
- The excerpt for the coach is a record of its own that the consent names by its id.
- Funders see `client_related` for every pause reason. The clinician records the pause, so its
  precise reason is between Echo and care.
- Context such as illness is [ladder_notes], never [ladder].
- The WGB goal is tested at calendar month 12, with the last measurement at or before it; pauses
  are not excluded (rule `last_at_or_before`). The date with pauses left out is shown beside it.
- A lower measurement is one that is lower than the one before it: 4 to 2 counts, 2 to 2 does not.
- The row of 2025-08-25 on break-glass is left out: emergency access is built later.
"""

import pytest

from app.demo.echo import ECHO
from tests.databases import TestDatabase
from tests.scenarios.playing import Playing, Promises

HELPER = "representative-echo"
PARTIES = ("echo", HELPER, "clinician", "psychologist", "physician", "expert", "coach")
NEIGHBOURS = ("clinician-alfa", "physician-alfa", "expert-alfa", "coach-alfa", "employer-alfa")
ALL = PARTIES + NEIGHBOURS
BLAME = ("admission", "crisis", "illness", "health", "fail", "ziek geweest", "opname")
promises = Promises()
pytestmark = pytest.mark.xdist_group("scenario-echo")


@pytest.fixture(scope="module")
def kept(
    module_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Exception | None]:
    return promises.kept(module_database, tmp_path_factory.mktemp("echo"), ECHO, "echo")


@promises.on("2025-03-03")
async def eighteen_months_run_from_the_start_conversation(h5: Playing) -> None:
    seen = await h5.seen("coach")
    assert (seen["durationMonths"], seen["legalFrame"]) == (18, "ziektewet")
    assert (seen["clock"]["startsOn"], seen["clock"]["endsOn"]) == ("2025-03-03", "2026-09-03")
    assert (await h5.seen("coach", "ladder-measurements/ladder1"))["rung"] == 3
    readers = await h5.readers("start-conversations/talk", ALL)
    assert readers == {"echo", "coach", "clinician", "expert"}


@promises.on("2025-03-06")
async def the_early_warning_plan_is_for_echo_care_and_the_representative(h5: Playing) -> None:
    readers = await h5.readers("early-warning-plans/signal-plan", ALL)
    assert readers == {"echo", "clinician", "psychologist", HELPER}


@promises.on("2025-03-06")
async def the_coach_reads_the_excerpt_for_work_and_nothing_else_of_it(h5: Playing) -> None:
    readers = await h5.readers("early-warning-plans/excerpt", ALL)
    assert readers == {"echo", "clinician", "psychologist", HELPER, "coach"}
    listed = await h5.items("coach", "early-warning-plans")
    assert [item["content"]["signalsAtWork"] for item in listed] == [
        ["Kort geslapen.", "Pauzes overslaan."]
    ]


@promises.on("2025-04-14")
async def the_work_experience_place_brings_ladder_4(h5: Playing) -> None:
    placement = await h5.seen("coach", "placements/p1")
    assert (placement["kind"], placement["hoursPerWeek"]) == ("work_experience", 12)
    assert (await h5.seen("expert", "ladder-measurements/ladder2"))["rung"] == 4


@promises.on("2025-08-18")
async def feedback_f1_is_for_client_coach_and_clinician(h5: Playing) -> None:
    assert await h5.readers("feedback/f1", ALL) == {"echo", "coach", "clinician"}


@promises.on("2025-08-25")
async def a_crisis_pauses_and_ends_nothing(h5: Playing) -> None:
    seen = await h5.seen("coach")
    assert (seen["paused"], seen["phase"]) == (True, "active")
    placement = await h5.seen("coach", "placements/p1")
    assert placement["endedOn"] is None


@promises.on("2025-08-25")
async def the_precise_reason_stays_between_echo_and_care(h5: Playing) -> None:
    assert (await h5.seen("echo", "pauses/pause"))["careReason"] == "admission"
    assert (await h5.seen("clinician", "pauses/pause"))["careReason"] == "admission"
    coach = await h5.seen("coach", "pauses/pause")
    assert coach["coarseReason"] == "client_related"
    assert "careReason" not in coach


@promises.on("2025-08-26")
async def the_labour_expert_sees_only_paused_and_client_related(h5: Playing) -> None:
    pause = await h5.seen("expert", "pauses/pause")
    assert pause["coarseReason"] == "client_related"
    assert not {"careReason", "coachReason"} & set(pause)
    everything = await h5.text("expert", "", "pauses", "transitions?pageSize=100", "steps")
    assert '"paused":true' in everything
    assert not any(word in everything.casefold() for word in BLAME)


@promises.on("2025-08-26")
async def the_status_query_tells_the_labour_expert_no_more(h5: Playing) -> None:
    path = "/v1/trajectory-statuses/_search"
    answer = await h5.stage.post(h5.who("expert"), path, {"bsn": "999990020"})
    (status,) = answer.json()["items"]
    assert (status["phase"], status["pausedSince"]) == ("active", "2025-08-25")
    assert not any(word in answer.text.casefold() for word in BLAME)
    neighbour = await h5.stage.post("expert-alfa", path, {"bsn": "999990020"})
    assert neighbour.json()["items"] == []


@promises.on("2025-09-15")
async def a_step_down_is_a_measurement_and_its_context_is_a_note(h5: Playing) -> None:
    for role in ("echo", "coach"):
        seen = await h5.seen(role, "ladder-measurements/ladder3")
        assert seen["rung"] == 2
        assert seen["context"].startswith("Ziek geweest")
    funder = await h5.seen("expert", "ladder-measurements/ladder3")
    assert funder["rung"] == 2
    assert "context" not in funder
    everything = await h5.text("expert", "", "ladder-measurements", "ladder", "steps")
    assert not any(word in everything.casefold() for word in BLAME)


@promises.on("2025-11-10")
async def resumed_after_77_days_on_an_adapted_plan(h5: Playing) -> None:
    assert (await h5.seen("expert", "pauses/pause"))["days"] == 77
    seen = await h5.seen("coach")
    assert (seen["paused"], seen["clock"]["daysPaused"]) == (False, 77)
    # The end does not move; the other date stands beside it.
    assert seen["clock"]["endsOn"] == "2026-09-03"
    plan = await h5.seen("coach", "action-plans/plan3")
    assert (plan["version"], len(plan["goals"]), plan["agreedBy"]) == (3, 2, "client")


@promises.on("2026-03-03")
async def the_goal_at_12_months_is_not_met_with_what_happened_beside_it(h5: Playing) -> None:
    for role in ("echo", "coach", "expert"):
        ladder = await h5.seen(role, "ladder")
        assert ladder["goalRule"] == "last_at_or_before"
        goal = ladder["goalAt12"]
        assert goal == {"date": "2026-03-03", "rung": 2, "met": False, "final": True}
    measured = await h5.seen("echo", "ladder-measurements/ladder4")
    assert measured["context"] == "Stabiel sinds de crisis."


@promises.on("2026-04-07")
async def work_ended_at_echos_own_pace_which_is_no_business_of_the_funder(h5: Playing) -> None:
    assert (await h5.seen("coach", "placements/p1"))["endReason"] == "own_pace"
    assert (await h5.seen("expert", "placements/p1"))["endReason"] == "other"
    assert (await h5.seen("coach", "placements/p2"))["kind"] == "volunteering"


@promises.on("2026-05-19")
async def with_the_pause_left_out_month_12_is_19_may_and_still_not_met(h5: Playing) -> None:
    beside = (await h5.seen("coach", "ladder"))["goalAt12WithoutPauses"]
    assert beside == {"date": "2026-05-19", "rung": 3, "met": False, "final": True}


@promises.on("2026-09-03")
async def the_path_is_3_4_2_2_3_4_with_one_lower_measurement_and_net_1(h5: Playing) -> None:
    for role in ("echo", "coach", "expert"):
        ladder = await h5.seen(role, "ladder")
        assert [point["rung"] for point in ladder["path"]] == [3, 4, 2, 2, 3, 4]
        assert (ladder["netChange"], ladder["lowerMeasurements"]) == (1, 1)


@promises.on("2026-09-03")
async def the_goal_at_18_months_is_met(h5: Playing) -> None:
    ladder = await h5.seen("coach", "ladder")
    goal = ladder["goalAt18"]
    assert goal == {"date": "2026-09-03", "rung": 4, "met": True, "final": True}
    assert ladder["goalAt12"]["met"] is False
    minutes = (await h5.seen("clinician", "start-conversations/final"))["minutes"]
    assert minutes["clientVerdict"] == "Ik ben tevreden."


@promises.on("2026-09-03")
async def the_end_reason_never_names_the_crisis(h5: Playing) -> None:
    told = {
        role: {
            event["milestone"]: event["detail"]
            for event in await h5.items(role, "transitions?pageSize=100")
        }
        for role in ("coach", "expert", "physician")
    }
    assert told["coach"]["end_reason"] == "moved_to_other_trajectory"
    assert told["coach"]["moved_on"] == "ips"
    assert "aftercare_agreed" in told["coach"]
    assert told["expert"]["ended"] == "continues_elsewhere"
    assert told["physician"]["ended"] == "continues_elsewhere"
    # The labour expert wrote the reason down, and keeps reading the own words; nobody else at UWV.
    assert told["expert"]["end_reason"] == "moved_to_other_trajectory"
    assert not {"end_reason", "moved_on"} & set(told["physician"])
    assert all("crisis" not in reached for reached in told.values())
    everything = await h5.text("expert", "", "transitions?pageSize=100", "pauses", "ladder")
    assert not any(word in everything.casefold() for word in BLAME)


@promises.on("2026-09-04")
async def the_representative_sees_that_it_exists_and_the_plan_and_no_more(h5: Playing) -> None:
    client = await h5.stage.seen(HELPER, h5.scene.of_client)
    assert client["familyName"] == "Echo"
    seen = await h5.seen(HELPER)
    assert seen["id"] == h5.scene["trajectory"]
    assert not {"phase", "kind", "clock", "paused"} & set(seen)
    for key in ("signal-plan", "excerpt"):
        assert await h5.status(HELPER, h5.path(f"early-warning-plans/{key}")) == 200
    for hidden in ("ladder", "ladder-measurements/ladder6", "feedback/f1", "pauses/pause"):
        assert await h5.status(HELPER, h5.path(hidden)) == 404


@promises.on("2026-09-05")
async def withdrawing_the_authorisation_ends_access_the_same_second(h5: Playing) -> None:
    plan = h5.path("early-warning-plans/signal-plan")
    assert await h5.status(HELPER, plan) == 200
    mandate = f"{h5.scene.of_client}/representatives/{h5.scene['representative']}"
    await h5.stage.made("echo", f"{mandate}/ends")
    # The clock was not moved: the very next request has no hat to wear any more.
    for path in (plan, h5.scene.of_client, h5.scene.of_trajectory, "/v1/clients"):
        assert await h5.status(HELPER, path) == 403
    assert await h5.status("echo", plan) == 200


@pytest.mark.parametrize("promise", promises.names)
def test_echo(kept: dict[str, Exception | None], promise: str) -> None:
    wrong = kept[promise]
    if wrong is not None:
        raise wrong
