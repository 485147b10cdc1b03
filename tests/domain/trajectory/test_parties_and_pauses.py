"""Who takes part, stopping at a body, and pauses that tell a funder nothing but that they are."""

from datetime import date

from app.domain.trajectory.rules.milestones import Milestone, audience_of
from app.domain.trajectory.tables import TrajectoryEvent
from tests.build.stage import Stage
from tests.domain.trajectory.courses import started


async def test_a_coach_is_added_by_who_commissions_him_after_the_clients_yes(
    stage: Stage,
) -> None:
    course = await started(stage)
    await course.accepted()
    path = f"{course.of_trajectory}/participants"
    without = {key: value for key, value in course.coach().items() if key != "clientAgreement"}
    refused = await stage.post("expert", path, without)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == "#/clientAgreement"
    assert (await stage.post("physician", path, course.coach())).status_code == 403
    assert (await stage.get("coach", course.of_trajectory)).status_code == 404
    made = await stage.made("expert", path, course.coach())
    assert (made["commissionedBy"], made["assignmentNumber"]) == ("uwv", "TEST-0001")
    assert (await stage.seen("coach", course.of_trajectory))["familyName"] == "Alfa"
    assert (await stage.get("coach_colleague", course.of_trajectory)).status_code == 404
    assert (await stage.post("expert", path, course.coach())).status_code == 409
    assert (await course.milestones("alfa")).count("coach_linked") == 1


async def test_another_body_never_enters_by_being_added(stage: Stage) -> None:
    course = await started(stage)
    await course.accepted()
    for party in ("other_expert", "case_manager", "other_clinician"):
        body = {**course.coach(), "membershipId": str(stage.parties[party].membership)}
        answer = await stage.post("expert", f"{course.of_trajectory}/participants", body)
        assert answer.status_code == 403, party


async def test_a_participation_that_ends_closes_at_once(stage: Stage) -> None:
    course = await started(stage)
    await course.accepted()
    made = await stage.made("expert", f"{course.of_trajectory}/participants", course.coach())
    one = f"{course.of_trajectory}/participants/{made['id']}"
    tag = (await stage.get("clinician", one)).headers["etag"]
    assert (await stage.post("clinician", f"{one}/ends", if_match=tag)).status_code == 403
    await stage.act("expert", one, "ends")
    assert (await stage.get("coach", course.of_trajectory)).status_code == 404


async def test_only_the_client_stops_at_a_body_and_care_goes_on(stage: Stage) -> None:
    course = await started(stage)
    await course.with_coach()
    found = await stage.seen("alfa", f"/v1/responsibilities?trajectoryId={course.trajectory}")
    one = f"{course.of_trajectory}/responsibilities/{found['items'][0]['id']}"
    tag = (await stage.get("expert", one)).headers["etag"]
    assert (await stage.post("expert", f"{one}/stops", if_match=tag)).status_code == 403
    await stage.act("alfa", one, "stops")
    for party in ("expert", "physician"):
        assert (await stage.get(party, course.of_trajectory)).status_code == 404, party
    for party in ("clinician", "coach", "alfa"):
        assert (await stage.get(party, course.of_trajectory)).status_code == 200, party
    assert (await course.refer("case_manager"))["state"] == "open"


async def test_a_funder_learns_that_it_is_paused_and_never_by_what(stage: Stage) -> None:
    course = await started(stage)
    await course.with_coach()
    path = f"{course.of_trajectory}/pauses"
    made = await stage.made("clinician", path, {"pausedOn": "2025-01-14", "reason": "admission"})
    one = f"{path}/{made['id']}"
    assert (await stage.seen("alfa", one))["careReason"] == "admission"
    for party in ("expert", "coach"):
        answer = await stage.get(party, one)
        assert answer.json()["coarseReason"] == "client_related", party
        assert "admission" not in answer.text
    for_expert = await stage.seen("expert", one)
    assert for_expert["withheld"] == ["contactLog", "lifeEvent"]
    assert for_expert["authorRole"] is None
    assert (await stage.get("physician", one)).status_code == 404
    assert (await stage.seen("expert", course.of_trajectory))["paused"] is True


async def test_the_coachs_own_reason_is_part_of_his_contact_log(stage: Stage) -> None:
    course = await started(stage)
    await course.with_coach()
    path = f"{course.of_trajectory}/pauses"
    made = await stage.made("coach", path, {"pausedOn": "2025-01-14", "reason": "illness"})
    one = f"{path}/{made['id']}"
    assert (await stage.seen("coach", one))["coachReason"] == "illness"
    assert "illness" not in (await stage.get("clinician", one)).text
    assert "illness" not in (await stage.get("expert", one)).text


async def test_a_pause_of_77_days_is_counted_and_ends_nothing(stage: Stage) -> None:
    course = await started(stage, durationMonths=18)
    await course.with_coach()
    for milestone in (Milestone.START_CONVERSATION, Milestone.START_CONVERSATION_CONFIRMED):
        await course.put(
            TrajectoryEvent,
            trajectory_id=course.trajectory,
            milestone=milestone.value,
            occurred_on=date(2025, 3, 3),
            audience=audience_of(milestone),
        )
    stage.on("2025-08-25")
    path = f"{course.of_trajectory}/pauses"
    pause = {"pausedOn": "2025-08-25", "reason": "crisis"}
    made = await stage.made("clinician", path, pause)
    assert (await stage.post("coach", path, pause)).status_code == 409
    assert "crisis" in await course.milestones("alfa")
    assert "crisis" not in await course.milestones("coach")
    stage.on("2025-11-10")
    one = f"{path}/{made['id']}"
    resumed = await stage.act("coach", one, "resumptions", {"resumedOn": "2025-11-10"})
    assert resumed["days"] == 77
    seen = await stage.seen("expert", course.of_trajectory)
    assert (seen["phase"], seen["paused"]) == ("active", False)
    assert seen["clock"]["endsOn"] == "2026-09-03"
    assert seen["clock"]["daysPaused"] == 77
    assert seen["clock"]["endsOnWithPauses"] == "2026-11-19"
    tag = (await stage.get("coach", one)).headers["etag"]
    body = {"resumedOn": "2025-11-10"}
    again = await stage.post("coach", f"{one}/resumptions", body, if_match=tag)
    assert again.status_code == 409
