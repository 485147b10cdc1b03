"""Transitions: by the role that acts, on the version one read, and never with hidden reasons."""

from typing import Any
from uuid import uuid4

from app.access.vocabulary import Category
from app.domain.trajectory.rules.milestones import Milestone, audience_of
from app.domain.trajectory.tables import TrajectoryEvent
from tests.build.stage import Stage
from tests.domain.trajectory.courses import Course, started

ACTIVE = (
    Milestone.CONDITIONS_RELEASED,
    Milestone.WORK_TALK,
    Milestone.PLAN_REFINED,
    Milestone.PLAN_AGREED,
    Milestone.PREPARATION_DONE,
    Milestone.START_CONVERSATION,
    Milestone.START_CONVERSATION_CONFIRMED,
)


async def reach(course: Course, *milestones: Milestone) -> None:
    """Milestones that nouns above this one write, straight into the tables."""
    for milestone in milestones:
        await course.put(
            TrajectoryEvent,
            trajectory_id=course.trajectory,
            milestone=milestone.value,
            occurred_on="2025-01-14",
            audience=audience_of(milestone),
        )


async def steps(stage: Stage, party: str, course: Course) -> dict[str, dict[str, Any]]:
    seen = await stage.seen(party, f"{course.of_trajectory}/steps")
    return {step["name"]: step for step in seen["steps"]}


async def test_a_step_is_moved_by_the_role_that_acts_in_it_when_nothing_lacks(
    stage: Stage,
) -> None:
    course = await started(stage)
    await course.with_coach()
    assert (await course.try_move("coach", "work_talk"))[0] == 403
    assert (await course.try_move("clinician", "uwv_medical_talk"))[0] == 403
    lacks = ["medical_talk_held", "waits_for_another_party"]
    assert await course.try_move("expert", "work_talk") == (409, lacks)
    await course.move("physician", "uwv_medical_talk")
    await reach(course, Milestone.CONDITIONS_RELEASED)
    made = await course.move("expert", "work_talk")
    assert (made["milestone"], made["authorRole"]) == ("work_talk", "labour_expert")
    assert await course.try_move("expert", "work_talk") == (409, ["already_done"])


async def test_a_transition_asks_for_the_version_that_was_read(stage: Stage) -> None:
    course = await started(stage)
    await course.accepted()
    path = f"{course.of_trajectory}/transitions"
    body = {"to": "uwv_medical_talk", "on": "2025-01-14"}
    assert (await stage.post("expert", path, body)).status_code == 428
    held = (await stage.get("expert", course.of_trajectory)).headers["etag"]
    key = str(uuid4())
    first = await stage.post("expert", path, body, if_match=held, idempotency_key=key)
    assert first.status_code == 201
    replay = await stage.post("expert", path, body, if_match=held, idempotency_key=key)
    assert (replay.status_code, replay.json()["id"]) == (201, first.json()["id"])
    assert (await course.milestones("alfa")).count("uwv_medical_talk") == 1
    stale = await stage.post("expert", path, body, if_match=held)
    assert stale.status_code == 412


async def test_a_declined_anamnesis_is_the_clients_choice_and_neutral_for_others(
    stage: Stage,
) -> None:
    course = await started(stage)
    await course.with_coach()
    await course.treat("psychologist")
    assert (await course.try_move("psychologist", "anamnesis_declined"))[0] == 403
    await course.move("alfa", "anamnesis_declined")
    for party in ("alfa", "clinician", "psychologist"):
        assert "anamnesis_declined" in await course.milestones(party), party
    for party in ("expert", "coach", "physician"):
        assert "anamnesis_declined" not in await course.milestones(party), party
    assert (await steps(stage, "expert", course))["preparation"]["state"] == "done"
    assert "psychological_anamnesis" not in await steps(stage, "expert", course)


async def test_a_declined_and_a_completed_anamnesis_look_the_same_to_a_funder(
    stage: Stage,
) -> None:
    course = await started(stage)
    await course.accepted()
    await course.move("alfa", "anamnesis_declined")
    declined = await stage.seen("expert", f"{course.of_trajectory}/steps")
    other = await stage.client("bravo")
    body = {"clientId": str(other), "kind": "wgb", "workQuestionAskedOn": "2025-01-14"}
    made = await stage.made("clinician", "/v1/trajectories", body)
    twin = Course(stage, other, type(course.trajectory)(made["id"]))
    await twin.accepted()
    await reach(twin, Milestone.PSYCHOLOGICAL_ANAMNESIS, Milestone.PREPARATION_DONE)
    completed = await stage.seen("expert", f"{twin.of_trajectory}/steps")
    assert {**declined, "id": ""} == {**completed, "id": ""}
    for case in (course, twin):
        found = await stage.seen("expert", f"{case.of_trajectory}/transitions?pageSize=100")
        done = [item for item in found["items"] if item["milestone"] == "preparation_done"]
        assert [item["authorRole"] for item in done] == [None]


async def test_each_role_reads_what_the_next_step_lacks_in_its_own_measure(stage: Stage) -> None:
    course = await started(stage)
    await course.with_coach()
    for_clinician = await steps(stage, "clinician", course)
    assert for_clinician["start_conversation"]["lacks"] == [
        "work_talk_held",
        "plan_agreed",
        "preparation_done",
        "consents_in_place",
    ]
    for_expert = await steps(stage, "expert", course)
    assert for_expert["start_conversation"]["lacks"] == [
        "work_talk_held",
        "waits_for_another_party",
    ]
    assert list(await steps(stage, "physician", course)) == ["uwv_medical_talk"]
    await course.consent_to("coach", Category.START_CONVERSATION)
    for_clinician = await steps(stage, "clinician", course)
    assert "consents_in_place" not in for_clinician["start_conversation"]["lacks"]


async def test_the_end_is_coarse_for_funders_and_precise_for_care_and_coaching(
    stage: Stage,
) -> None:
    course = await started(stage)
    await course.with_coach()
    await reach(course, *ACTIVE)
    assert await course.try_move("expert", "ended", reason="goal_reached") == (
        409,
        ["final_review_lacking"],
    )
    await course.move("clinician", "ended", reason="health")
    for party, told in (("clinician", True), ("coach", True), ("alfa", True), ("expert", False)):
        found = await stage.seen(party, f"{course.of_trajectory}/transitions?pageSize=100")
        details = [item["detail"] for item in found["items"]]
        assert "ended_early" in details, party
        assert ("health" in details) is told, party
    assert await course.try_move("expert", "extended") == (409, ["trajectory_ended"])


async def test_after_the_reading_days_each_party_keeps_its_own_and_treatment_goes_on(
    stage: Stage,
) -> None:
    course = await started(stage)
    await course.with_coach()
    await course.move("expert", "ended", reason="relocated")
    stage.on("2025-02-12")
    assert (await stage.get("coach", course.of_trajectory)).status_code == 200
    stage.on("2025-02-14")
    for party in ("coach", "expert", "physician"):
        assert (await stage.get(party, course.of_trajectory)).status_code == 404, party
        assert (await stage.seen(party, "/v1/trajectories"))["items"] == []
    for party in ("clinician", "alfa"):
        assert (await stage.seen(party, course.of_trajectory))["phase"] == "ended"


async def test_the_client_stops_when_they_wish_and_nobody_ends_for_silence_without_outreach(
    stage: Stage,
) -> None:
    course = await started(stage)
    await course.with_coach()
    assert (await course.try_move("alfa", "ended", reason="health"))[0] == 403
    silent = {"reason": "no_contact_after_outreach"}
    assert (await course.try_move("expert", "ended", **silent))[0] == 403
    assert await course.try_move("coach", "ended", **silent) == (409, ["outreach_not_documented"])
    await reach(course, Milestone.OUTREACH, Milestone.OUTREACH)
    assert Milestone.OUTREACH not in await course.milestones("expert")
    await course.move("alfa", "ended", reason="client_stopped")


async def test_words_that_belong_to_another_transition_are_faults(stage: Stage) -> None:
    course = await started(stage)
    assert await course.try_move("clinician", "ended") == (400, ["wrong_combination"])
    later = await course.try_move("clinician", "work_question_refused", on="2025-01-15")
    assert later == (400, ["in_the_future"])
