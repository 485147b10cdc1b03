"""The whole caseload in one call: phase, rung, next step, what waits and what is new."""

from typing import Any

from app.access.vocabulary import Role
from tests.build.stage import Stage
from tests.domain.reporting.test_reminders import active, started
from tests.domain.trajectory.courses import ips_searching


async def line(stage: Stage, party: str) -> dict[str, Any]:
    [item] = (await stage.seen(party, "/v1/caseload"))["items"]
    return dict(item)


async def test_a_line_tells_what_waits_and_what_is_new_since_the_last_look(stage: Stage) -> None:
    alfa = await active(stage)
    await started(alfa, "referral_accepted")
    await started(alfa)
    rung = {"rung": 4, "measuredOn": "2025-06-01", "occasion": "change"}
    await stage.made("coach", f"{alfa.of_trajectory}/ladder-measurements", rung)
    told = await line(stage, "coach")
    assert (told["phase"], told["rung"], told["rungIsNew"]) == ("accepted", 4, True)
    assert (told["reminders"], told["nextDueOn"]) == (1, "2025-06-05")
    assert told["nextStep"] is not None
    assert told["newMoments"] == ["referral_accepted"]
    await stage.made("coach", "/v1/caseload/looks")
    told = await line(stage, "coach")
    assert (told["newMoments"], told["rungIsNew"]) == ([], False)
    assert (await line(stage, "expert"))["newMoments"] == ["referral_accepted"]


async def test_a_line_counts_nothing_that_waits_for_another(stage: Stage) -> None:
    alfa = await active(stage)
    await started(alfa)
    assert (await line(stage, "expert"))["reminders"] == 0
    assert (await stage.seen("other_expert", "/v1/caseload"))["items"] == []
    physician = await line(stage, "physician")
    assert "rung" not in physician
    assert "ladder" in physician["withheld"]


async def test_a_line_names_who_takes_part_today_so_that_a_supervisor_knows_whose_it_is(
    stage: Stage,
) -> None:
    alfa = await active(stage)
    supervisor = stage.member("supervisor", Role.SUPERVISOR, "company", "Leiding-A1")
    stage.member("company_admin", Role.ORGANISATION_ADMIN, "company", "Beheerder-R1")
    coach = stage.parties["coach"]
    body = {
        "supervisorMembershipId": str(supervisor.membership),
        "supervisedMembershipId": str(coach.membership),
    }
    await stage.made("company_admin", "/v1/supervisions", body)
    of_coach = {
        "membershipId": str(coach.membership),
        "role": "reintegration_coach",
        "name": "Coach-A1",
        "organisationId": str(stage.organisations["company"]),
    }
    seats = (await stage.seen("coach", f"{alfa.of_trajectory}/participants"))["items"]
    for party in ("supervisor", "coach", "expert"):
        told = await line(stage, party)
        assert of_coach in told["participants"], party
        assert {one["name"] for one in told["participants"]} == {one["name"] for one in seats}
    (seat,) = [one for one in seats if one["membershipId"] == str(coach.membership)]
    await stage.act("coach", f"{alfa.of_trajectory}/participants/{seat['id']}", "ends")
    assert of_coach not in (await line(stage, "expert"))["participants"]
    assert (await stage.seen("supervisor", "/v1/caseload"))["items"] == []


async def test_only_a_professional_looks_at_a_caseload(stage: Stage) -> None:
    await active(stage)
    assert (await stage.post("alfa", "/v1/caseload/looks")).status_code == 403


async def test_from_own_records_that_stay_after_the_end_no_phase_or_step_is_made(
    stage: Stage,
) -> None:
    """Its coach cannot read by then that another one ended it: any step would be a wrong one."""
    course = await ips_searching(stage)
    await course.move("alfa", "ended", reason="client_stopped")
    assert (await line(stage, "ips"))["phase"] == "ended"
    stage.on("2026-06-20")
    assert (await stage.get("ips", course.of_trajectory)).status_code == 200
    told = await line(stage, "ips")
    assert "status" in told["withheld"]
    assert {"phase", "nextStep", "mySteps"}.isdisjoint(told)
    waits = (await stage.seen("ips", "/v1/tasks"))["items"]
    assert [one for one in waits if one["trajectoryId"] == str(course.trajectory)] == []


async def test_what_a_line_withholds_follows_from_the_rules_and_never_from_what_was_recorded(
    stage: Stage,
) -> None:
    alfa = await active(stage)
    before = {party: (await line(stage, party))["withheld"] for party in ("coach", "physician")}
    rung = {"rung": 4, "measuredOn": "2025-06-01", "occasion": "change"}
    await stage.made("coach", f"{alfa.of_trajectory}/ladder-measurements", rung)
    after = {party: (await line(stage, party))["withheld"] for party in before}
    assert after == before
    assert "ladder" not in after["coach"]
    assert "ladder" in after["physician"]
