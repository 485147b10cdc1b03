"""Trajectory H1 (WGB at UWV, all steps): who finds what on which day, and what comes of it.

How the tables are read (decisions that settle what they leave open):
- The work question is [work_question]. "Not found" is 404 by id, and absent from a list that is
  otherwise the same.
- K1 is two consents, to the labour expert and to the insurance physician. Before acceptance they
  open the referral inbox only; who sits at that inbox is every labour expert of the district.
- Work capacity before release is for its author role and the client, for nobody else.
- K3 is two consents. The start conversation has one conversation consent for all parties; the
  clinician records the minutes.
- The employer reaches `/placements/{id}` by contract; K4 is identity and accommodation, given by
  Alfa himself, so that the word GGZ never reaches the employer.
- The disclosure talk's date is an entry of the contact log, its content the client's.
- After a trajectory ended, those assigned keep reading for 30 days, then only controllers.
"""

from datetime import date

import pytest

from app.demo.alfa import ALFA
from tests.databases import TestDatabase
from tests.scenarios.playing import Playing, Promises

PARTIES = ("alfa", "clinician", "psychologist", "physician", "expert", "coach", "employer")
NEIGHBOURS = ("clinician-echo", "physician-echo", "expert-echo", "coach-echo", "manager")
"""Same roles, the same district and the same company, but nothing to do with Alfa."""
ALL = PARTIES + NEIGHBOURS
promises = Promises()
pytestmark = pytest.mark.xdist_group("scenario-alfa")


@pytest.fixture(scope="module")
def kept(
    module_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Exception | None]:
    return promises.kept(module_database, tmp_path_factory.mktemp("alfa"), ALFA, "alfa")


@promises.on("2025-01-14")
async def the_work_question_stays_with_client_and_treatment_team(h1: Playing) -> None:
    readers = await h1.readers("work-questions/question", ALL)
    assert readers == {"alfa", "clinician", "psychologist"}


@promises.on("2025-01-28")
async def consent_k1_is_known_to_the_client_and_the_ggz_before_anyone_was_told(h1: Playing) -> None:
    assert await consent_readers(h1, "k1") == {"alfa", "clinician", "psychologist"}
    assert await h1.status("expert", h1.scene.of_trajectory) == 404


async def consent_readers(h1: Playing, key: str) -> set[str]:
    path = f"/v1/consents/{h1.scene[key]}"
    return {role for role in ALL if await h1.status(role, path) == 200}


@promises.on("2025-01-30")
async def a_referral_opens_the_inbox_and_nothing_else(h1: Playing) -> None:
    path = f"/v1/referrals/{h1.scene['referral']}"
    readers = {role for role in ALL if await h1.status(role, path) == 200}
    # The whole inbox of that role: nobody there was assigned yet.
    assert readers == {"alfa", "clinician", "psychologist", "expert", "expert-echo"}
    referral = await h1.stage.seen(h1.who("expert"), path)
    assert referral["goal"] == "Weer iets met hout doen."
    assert referral["familyName"] == "Alfa"
    for hidden in (h1.scene.of_trajectory, h1.scene.of_client):
        assert await h1.status("expert", hidden) == 404


@promises.on("2025-02-04")
async def by_accepting_uwv_becomes_the_responsible_authority(h1: Playing) -> None:
    seen = await h1.seen("expert")
    assert seen["responsibleOrganisationId"] == h1.scene.cast.organisations["uwv"]
    assert seen["legalFrame"] == "wia"
    assert seen["durationMonths"] == 12
    assert await h1.status("physician", h1.scene.of_trajectory) == 200
    assert await h1.status("expert-echo", h1.scene.of_trajectory) == 404
    assert await h1.status("expert-echo", f"/v1/referrals/{h1.scene['referral']}") == 404


@promises.on("2025-02-04")
async def consent_k1_is_known_to_uwv_once_it_takes_part(h1: Playing) -> None:
    readers = await consent_readers(h1, "k1")
    assert readers == {"alfa", "clinician", "psychologist", "expert", "physician"}


@promises.on("2025-02-18")
async def notes_of_the_physician_are_for_the_physician_and_the_client(h1: Playing) -> None:
    readers = await h1.readers("insurance-physician-notes/notes", ALL)
    assert readers == {"alfa", "physician"}


@promises.on("2025-02-19")
async def conditions_are_not_found_by_the_labour_expert_before_release(h1: Playing) -> None:
    assert await h1.readers("work-capacity/conditions", ALL) == {"alfa", "physician"}


@promises.on("2025-02-21")
async def conditions_are_found_by_the_labour_expert_after_release(h1: Playing) -> None:
    assert await h1.readers("work-capacity/conditions", ALL) == {"alfa", "physician", "expert"}
    seen = await h1.seen("expert", "work-capacity/conditions")
    assert (seen["hoursPerDay"], seen["nights"]) == (4, "not_suitable")
    assert seen["workplace"] == "Een rustige plek."
    assert seen["instructions"] == "Duidelijke opdrachten."


@promises.on("2025-03-10")
async def what_the_work_talk_yields_is_for_uwv_and_the_client(h1: Playing) -> None:
    assert await h1.readers("work-history/history", ALL) == {"alfa", "expert", "physician"}
    assert await h1.readers("action-plans/plan1", ALL) == {"alfa", "expert"}
    assert await h1.readers("ladder-measurements/ladder1", ALL) == {"alfa", "expert"}
    assert await h1.status("coach", h1.scene.of_trajectory) == 404


@promises.on("2025-03-10")
async def the_work_talk_records_history_rung_and_growth_potential(h1: Playing) -> None:
    jobs = (await h1.seen("alfa", "work-history/history"))["jobs"]
    assert [(job["fromYear"], job["untilYear"]) for job in jobs] == [(2012, 2018), (2019, 2022)]
    rung = await h1.seen("alfa", "ladder-measurements/ladder1")
    assert (rung["rung"], rung["clientAgrees"], rung["measuredBy"]) == (2, "yes", "labour_expert")
    assert rung["growthPotential"]["rung"] == 4
    assert rung["growthPotential"]["horizonMonths"] == 12
    assert (await h1.seen("expert", "action-plans/plan1"))["version"] == 1


@promises.on("2025-03-11")
async def a_linked_coach_reads_what_the_assignment_needs(h1: Playing) -> None:
    readers = {"alfa", "expert", "physician", "coach"}
    assert await h1.readers("work-history/history", ALL) == readers
    assert await h1.readers("action-plans/plan1", ALL) == {"alfa", "expert", "coach"}
    assert await h1.readers("ladder-measurements/ladder1", ALL) == {"alfa", "expert", "coach"}
    coach = await h1.seen("coach", "participants/coach")
    assert coach["assignmentNumber"] == "TEST-0001"
    assert coach["name"] == "Coach-A1"


@promises.on("2025-03-12")
async def conditions_are_not_found_by_the_coach_before_consent_k2(h1: Playing) -> None:
    assert await h1.readers("work-capacity/conditions", ALL) == {"alfa", "physician", "expert"}


@promises.on("2025-03-14")
async def conditions_are_found_by_the_coach_after_consent_k2(h1: Playing) -> None:
    readers = await h1.readers("work-capacity/conditions", ALL)
    assert readers == {"alfa", "physician", "expert", "coach"}


@promises.on("2025-03-20")
async def the_refined_plan_is_read_by_the_clinician_on_consent_k3(h1: Playing) -> None:
    readers = await h1.readers("action-plans/plan2", ALL)
    assert readers == {"alfa", "coach", "expert", "clinician"}
    # K3 names the coach's company as sender: the plan of UWV stays closed.
    assert await h1.readers("action-plans/plan1", ALL) == {"alfa", "coach", "expert"}
    seen = await h1.seen("clinician", "action-plans/plan2")
    assert (seen["version"], len(seen["goals"])) == (2, 4)
    assert all(goal["owner"] and goal["dueOn"] for goal in seen["goals"])


@promises.on("2025-03-25")
async def the_anamnesis_stays_in_the_ggz(h1: Playing) -> None:
    readers = await h1.readers("psychological-anamneses/anamnesis", ALL)
    assert readers == {"alfa", "psychologist", "clinician"}


@promises.on("2025-03-26")
async def advice_is_not_found_by_the_coach_before_the_client_releases_it(h1: Playing) -> None:
    readers = await h1.readers("work-advice/advice", ALL)
    assert readers == {"alfa", "psychologist", "clinician"}


@promises.on("2025-03-27")
async def advice_is_found_by_the_coach_after_release(h1: Playing) -> None:
    readers = await h1.readers("work-advice/advice", ALL)
    assert readers == {"alfa", "psychologist", "clinician", "coach"}


@promises.on("2025-04-03")
async def the_start_conversation_is_for_the_four_parties(h1: Playing) -> None:
    readers = await h1.readers("start-conversations/talk", ALL)
    assert readers == {"alfa", "coach", "clinician", "expert"}
    seen = await h1.seen("expert", "start-conversations/talk")
    assert seen["minutes"]["successDefinition"] == "Twee dagen per week met hout, betaald of niet."
    assert seen["minutes"]["reviewDates"] == ["2025-07-03", "2025-10-02", "2026-01-08"]
    assert len(seen["attendance"]["present"]) == 4


@promises.on("2025-04-06")
async def the_clock_does_not_run_before_the_client_confirmed_the_minutes(h1: Playing) -> None:
    assert (await h1.seen("alfa"))["clock"] is None


@promises.on("2025-04-07")
async def the_clock_runs_from_the_day_of_the_confirmed_start_conversation(h1: Playing) -> None:
    seen = await h1.seen("coach")
    assert seen["phase"] == "active"
    assert seen["clock"]["startsOn"] == "2025-04-03"
    assert seen["clock"]["basis"] == "start_conversation"
    assert seen["clock"]["endsOn"] == "2026-04-03"


@promises.on("2025-04-07")
async def from_referral_to_start_conversation_took_63_days(h1: Playing) -> None:
    reached = {
        event["milestone"]: date.fromisoformat(event["occurredOn"])
        for event in await h1.items("clinician", "transitions?pageSize=100")
    }
    assert (reached["start_conversation"] - reached["referred"]).days == 63


@promises.on("2025-06-02")
async def a_placement_is_read_by_client_coach_and_labour_expert(h1: Playing) -> None:
    assert await h1.readers("placements/p1", ALL) == {"alfa", "coach", "expert"}


@promises.on("2025-06-02")
async def the_employer_reads_the_own_part_and_the_adjustments_only(h1: Playing) -> None:
    own = f"/v1/placements/{h1.scene['p1']}"
    part = await h1.stage.get(h1.who("employer"), own)
    assert part.json()["title"] == "Medewerker houtwerkplaats"
    assert part.json()["familyName"] == "Alfa"
    adjusted = await h1.stage.get(h1.who("employer"), f"{own}/accommodations")
    assert [item["what"] for item in adjusted.json()["items"]] == [
        "Eén taak tegelijk, uitleg onder vier ogen."
    ]
    told = (part.text + adjusted.text).casefold()
    assert not any(word in told for word in ("ggz", "trajectory", "clinician", "treatment"))


@promises.on("2025-06-02")
async def the_employer_does_not_find_the_trajectory(h1: Playing) -> None:
    own = f"/placements/{h1.scene['p1']}"
    adjusted = f"/accommodations/{h1.scene['adjustment']}"
    for path in ("", "/steps", "/participants", "/ladder", "/action-plans", own, adjusted):
        assert await h1.status("employer", f"{h1.scene.of_trajectory}{path}") == 404
    assert await h1.status("employer", h1.scene.of_client) == 404
    listed = await h1.stage.seen(h1.who("employer"), "/v1/trajectories")
    assert listed["items"] == []


@promises.on("2025-06-18")
async def no_feedback_looks_to_the_labour_expert_as_it_will_with_feedback(h1: Playing) -> None:
    h1.scene.kept["feedback-before"] = await h1.text("expert", "feedback")


@promises.on("2025-06-20")
async def feedback_f1_is_for_client_coach_and_clinician_and_not_for_uwv(h1: Playing) -> None:
    assert await h1.readers("feedback/f1", ALL) == {"alfa", "coach", "clinician"}
    assert await h1.text("expert", "feedback") == h1.scene["feedback-before"]
    assert (await h1.seen("expert", "feedback"))["withheld"] == ["feedback"]


@promises.on("2025-06-24")
async def feedback_f2_answers_it_for_the_same_eyes(h1: Playing) -> None:
    assert await h1.readers("feedback/f2", ALL) == {"alfa", "coach", "clinician"}
    assert (await h1.seen("coach", "feedback/f2"))["replyTo"] == h1.scene["f1"]


@promises.on("2025-07-03")
async def ladder_4_is_read_by_client_coach_and_labour_expert(h1: Playing) -> None:
    readers = await h1.readers("ladder-measurements/ladder2", ALL)
    assert readers == {"alfa", "coach", "expert"}
    seen = await h1.seen("expert", "ladder-measurements/ladder2")
    assert (seen["rung"], seen["clientAgrees"]) == (4, "yes")
    assert "clientWords" not in seen
    assert seen["withheld"] == ["ladderNotes"]


@promises.on("2025-09-11")
async def of_the_disclosure_talk_the_coach_keeps_the_day_and_alfa_the_content(h1: Playing) -> None:
    assert await h1.readers("contacts/talk-on-telling", ALL) == {"alfa", "coach"}
    assert (await h1.seen("coach", "contacts/talk-on-telling"))["note"] is None
    assert await h1.readers("disclosure-decisions/choice", ALL) == {"alfa"}
    assert "disclosure" not in await h1.text("expert", "transitions?pageSize=100")


@promises.on("2025-11-03")
async def the_trial_placement_of_60_days_was_agreed_by_the_labour_expert(h1: Playing) -> None:
    trial = await h1.seen("coach", "placements/p2")
    assert (trial["plannedDays"], trial["trial"]["intentMonths"]) == (60, 7)
    assert (trial["agreedOn"], trial["agreedByRole"]) == ("2025-11-03", "labour_expert")


@promises.on("2026-01-12")
async def a_job_with_a_job_coach_is_rung_5_and_not_6(h1: Playing) -> None:
    job = await h1.seen("coach", "placements/p3")
    assert (job["hoursPerWeek"], job["jobCoach"]) == (16, "external")
    measured = await h1.seen("coach", "ladder-measurements/ladder3")
    assert (measured["rung"], measured["suggestion"]["rung"]) == (5, 5)


@promises.on("2026-04-01")
async def the_final_review_tells_the_clients_own_verdict(h1: Playing) -> None:
    readers = await h1.readers("start-conversations/final", ALL)
    assert readers == {"alfa", "coach", "clinician", "expert"}
    minutes = (await h1.seen("clinician", "start-conversations/final"))["minutes"]
    assert (minutes["goalMet"], minutes["clientVerdict"]) == (True, "Gelukt.")
    assert (await h1.seen("coach", "ladder-measurements/ladder4"))["rung"] == 5


@promises.on("2026-04-03")
async def the_goal_is_met_three_rungs_up_in_twelve_months(h1: Playing) -> None:
    for role in ("alfa", "coach", "expert"):
        ladder = await h1.seen(role, "ladder")
        assert (ladder["startRung"], ladder["lastRung"], ladder["netChange"]) == (2, 5, 3)
        goal = ladder["goalAt12"]
        assert goal == {"date": "2026-04-03", "rung": 5, "met": True, "final": True}


@promises.on("2026-04-03")
async def the_trajectory_ends_with_its_goal_and_treatment_goes_on(h1: Playing) -> None:
    told = {
        event["milestone"]: event["detail"]
        for event in await h1.items("coach", "transitions?pageSize=100")
    }
    assert (told["ended"], told["end_reason"]) == ("goal_reached", "goal_reached")
    assert await h1.status("clinician", h1.scene.of_client) == 200
    team = await h1.stage.seen(h1.who("clinician"), f"{h1.scene.of_client}/treatment-team")
    assert all(member["validUntil"] is None for member in team["items"])


@promises.on("2026-05-02")
async def for_thirty_days_after_the_end_those_assigned_keep_reading(h1: Playing) -> None:
    for role in ("coach", "expert", "physician"):
        assert await h1.status(role, h1.scene.of_trajectory) == 200
    assert await h1.readers("ladder-measurements/ladder4", ALL) == {"alfa", "coach", "expert"}


@promises.on("2026-05-04")
async def after_thirty_days_only_the_client_and_controllers_are_left(h1: Playing) -> None:
    for role in ("expert", "physician"):
        assert await h1.status(role, h1.path("ladder-measurements/ladder4")) == 404
        assert await h1.status(role, h1.path("action-plans/plan2")) == 404
    assert await h1.status("clinician", h1.scene.of_trajectory) == 200
    assert await h1.status("alfa", h1.path("ladder-measurements/ladder4")) == 200
    assert await h1.status("coach", h1.path("work-capacity/conditions")) == 404
    assert await h1.status("coach", h1.path("work-advice/advice")) == 404


@pytest.mark.parametrize("promise", promises.names)
def test_alfa(kept: dict[str, Exception | None], promise: str) -> None:
    wrong = kept[promise]
    if wrong is not None:
        raise wrong
