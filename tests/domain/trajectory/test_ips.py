"""IPS over HTTP: no ending for missed visits, money or time; the order of steps; who writes."""

from typing import Any
from uuid import UUID

import pytest

from tests.build.stage import Stage
from tests.domain.trajectory.courses import Course, ips_approved

DAY = "2025-01-14"
TALK = {"happenedOn": DAY, "mode": "telephone", "place": "remote", "minutes": 5}


@pytest.fixture
async def course(stage: Stage) -> Course:
    return await ips_approved(stage)


async def made(course: Course, party: str, collection: str, body: Any) -> dict[str, Any]:
    return await course.stage.made(party, f"{course.of_trajectory}/{collection}", body)


async def codes(course: Course, party: str, collection: str, body: Any) -> tuple[int, list[str]]:
    answer = await course.stage.post(party, f"{course.of_trajectory}/{collection}", body)
    return answer.status_code, [fault["code"] for fault in answer.json().get("errors", [])]


async def profiled(course: Course) -> str:
    await course.move("ips", "program_entered")
    body = {"sessions": [DAY], "preferences": ["Bakken."]}
    return str((await made(course, "ips", "career-profiles", body))["id"])


async def searching(course: Course) -> None:
    profile = await profiled(course)
    body = {"madeOn": DAY, "profileId": profile, "kindsOfWork": ["bakkerij"]}
    await made(course, "ips", "job-search-plans", body)


def job(title: str = "Bakkershulp", kind: str = "regular_paid") -> dict[str, Any]:
    return {"kind": kind, "title": title, "employerName": "Bakkerij Proefkorst", "startsOn": DAY}


async def test_neither_time_nor_money_nor_a_missed_visit_ends_it(course: Course) -> None:
    for reason in ("max_duration", "funding_ended"):
        assert await course.try_move("clinician", "ended", reason=reason) == (
            409,
            ["not_a_reason_here"],
        )
    reason = "no_contact_after_outreach"
    assert (await course.try_move("clinician", "ended", reason=reason))[0] == 403
    for documented in range(2):
        assert await course.try_move("ips", "ended", reason=reason) == (
            409,
            ["outreach_not_documented"],
        ), documented
        await made(course, "ips", "contacts", {"kind": "outreach", **TALK})
    assert (await course.try_move("ips", "ended", reason=reason))[0] == 201


async def test_the_client_ends_it_at_any_moment(course: Course) -> None:
    assert (await course.try_move("alfa", "ended", reason="client_stopped"))[0] == 201


async def test_no_profile_before_the_entry_and_no_plan_before_the_profile(course: Course) -> None:
    body = {"sessions": [DAY]}
    assert await codes(course, "ips", "career-profiles", body) == (409, ["program_entered"])
    profile = await profiled(course)
    assert (await codes(course, "expert", "career-profiles", body))[0] == 403
    plan = {"madeOn": DAY, "profileId": str(course.trajectory), "kindsOfWork": ["bakkerij"]}
    assert await codes(course, "ips", "job-search-plans", plan) == (400, ["unknown_reference"])
    first = await made(course, "ips", "job-search-plans", plan | {"profileId": profile})
    second = await made(course, "ips", "job-search-plans", plan | {"profileId": profile})
    assert (second["version"], second["supersedes"]) == (2, first["id"])
    path = f"{course.of_trajectory}/job-search-plans"
    tag = (await course.stage.get("alfa", f"{path}/{first['id']}")).headers["etag"]
    older = await course.stage.post("alfa", f"{path}/{first['id']}/agreements", if_match=tag)
    assert older.status_code == 409
    agreed = await course.stage.act("alfa", f"{path}/{second['id']}", "agreements")
    assert agreed["agreedBy"] == "client"


async def test_no_job_before_there_is_a_plan_but_voluntary_work_any_day(course: Course) -> None:
    assert await codes(course, "ips", "placements", job()) == (409, ["job_search_plan_made"])
    await made(course, "ips", "placements", job("Gastheer", "volunteering"))
    assert (await course.stage.seen("ips", course.of_trajectory))["phase"] == "approved"
    await searching(course)
    await made(course, "ips", "placements", job())
    assert (await course.stage.seen("ips", course.of_trajectory))["phase"] == "at_work"


async def test_support_at_work_counts_once_there_is_work(course: Course) -> None:
    await searching(course)
    await made(course, "ips", "contacts", {"kind": "follow_along", **TALK})
    assert "follow_along" not in await course.milestones("ips")
    await made(course, "ips", "placements", job())
    await made(course, "ips", "contacts", {"kind": "follow_along", **TALK})
    assert "follow_along" in await course.milestones("ips")
    assert "follow_along" not in await course.milestones("expert")


async def test_with_two_jobs_the_loss_of_one_is_no_search_for_the_next(course: Course) -> None:
    await searching(course)
    first = await made(course, "ips", "placements", job())
    second = await made(course, "ips", "placements", job("Magazijn"))
    ended = {"endedOn": DAY, "reason": "mismatch_work"}
    for placement, phase in ((first, "at_work"), (second, "job_search")):
        path = f"{course.of_trajectory}/placements/{placement['id']}"
        await course.stage.act("ips", path, "ends", ended)
        assert (await course.stage.seen("ips", course.of_trajectory))["phase"] == phase
    await course.move("ips", "next_job_offered")
    assert await course.try_move("ips", "next_job_offered") == (409, ["already_done"])


async def test_support_has_an_end_of_its_own_which_funders_do_not_read(course: Course) -> None:
    await course.move("ips", "program_entered")
    await course.move("alfa", "support_agreed", until="2030-01-01")
    for party in ("alfa", "clinician", "ips"):
        seen = await course.stage.seen(party, course.of_trajectory)
        assert (seen["fundedUntil"], seen["supportUntil"]) == ("2028-01-14", "2030-01-01")
    assert (await course.stage.seen("expert", course.of_trajectory))["supportUntil"] is None


async def test_a_transfer_counts_once_the_client_agrees(course: Course) -> None:
    await searching(course)
    to = {
        "toRole": "clinician",
        "toMembershipId": str(course.stage.parties["clinician"].membership),
        "stepsDownOn": DAY,
    }
    assert await codes(course, "ips", "transfers", to) == (409, ["at_work"])
    await made(course, "ips", "placements", job())
    stranger = to | {"toMembershipId": str(course.stage.parties["colleague"].membership)}
    assert await codes(course, "ips", "transfers", stranger) == (400, ["unknown_reference"])
    transfer = await made(course, "ips", "transfers", to)
    assert (await course.stage.seen("ips", course.of_trajectory))["phase"] == "at_work"
    path = f"{course.of_trajectory}/transfers/{transfer['id']}"
    tag = (await course.stage.get("ips", path)).headers["etag"]
    assert (await course.stage.post("ips", f"{path}/agreements", if_match=tag)).status_code == 403
    await course.stage.act("alfa", path, "agreements")
    assert (await course.stage.seen("ips", course.of_trajectory))["phase"] == "transfer"


async def test_a_chain_is_told_only_to_who_knows_of_both(course: Course) -> None:
    body = {
        "clientId": str(course.client),
        "kind": "oad",
        "previousTrajectoryId": str(course.trajectory),
    }
    after = (await course.stage.made("clinician", "/v1/trajectories", body))["id"]
    path = f"/v1/trajectories/{after}"
    sent = await Course(course.stage, course.client, UUID(after)).refer("case_manager")
    await course.stage.act("case_manager", f"/v1/referrals/{sent['id']}", "acceptances", {})
    for party, known in (("alfa", 1), ("clinician", 1), ("case_manager", 0)):
        listed = await course.stage.seen(party, f"{path}/previous-trajectories")
        assert len(listed["items"]) == known, party
    hidden = {**body, "previousTrajectoryId": after[:-4] + "0000"}
    answer = await course.stage.post("clinician", "/v1/trajectories", hidden)
    assert [fault["code"] for fault in answer.json()["errors"]] == ["unknown_reference"]
