"""What is written beside the main thing: effects, activities, intakes, choices, phases."""

from typing import Any

import pytest

from app.access.vocabulary import Category
from tests.build.situations import wgb_at_uwv
from tests.build.stage import Stage

ADJUSTED: dict[str, Any] = {
    "kind": "workplace",
    "what": "Een rustige plek.",
    "requestedBy": "client",
    "requestedOn": "2025-01-10",
    "agreedOn": "2025-01-12",
    "inPlaceOn": "2025-01-13",
    "clientSharesOn": "2025-01-12",
    "effect": "Werkt twee uur achter elkaar door.",
}
COMES: dict[str, Any] = {
    "form": "activation_recovery",
    "setting": "group",
    "since": "2025-01-14",
    "halfDaysPerWeek": 1,
    "activity": "sport",
    "buildingBlock": "social_contacts",
}
ASKED: dict[str, Any] = {
    "askedOn": "2025-01-14",
    "workStatus": "no_work",
    "benefitStatus": "wia",
    "wantsWork": "yes",
    "intakeModel": "hoi",
    "attendedBy": ["clinician", "expert_by_experience"],
}


async def test_how_an_adjustment_works_out_is_kept_and_no_employer_reads_it(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    employer = str(stage.parties["employer"].organisation)
    job = {"kind": "work_experience", "title": "Hulp", "startsOn": "2025-01-10"}
    place = f"{alfa.of_trajectory}/placements"
    placed = await stage.made("coach", place, {**job, "workplaceOrganisationId": employer})
    path = f"{alfa.of_trajectory}/accommodations"
    body = {**ADJUSTED, "placementId": placed["id"]}
    made = await stage.made("coach", path, body)
    assert (await stage.seen("alfa", f"{path}/{made['id']}"))["effect"] == ADJUSTED["effect"]
    await alfa.consent("employer", Category.ACCOMMODATION)
    there = await stage.get("employer", f"/v1/placements/{placed['id']}/accommodations")
    assert there.status_code == 200
    assert "Een rustige plek." in there.text
    assert "effect" not in there.text
    care = {**body, "effect": "Minder last van zijn depressie."}
    refused = await stage.post("coach", path, care)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "#/effect")


async def test_a_day_says_what_is_done_there_and_which_building_block_it_is(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_trajectory}/day-activities"
    made = await stage.made("coach", path, COMES)
    seen = await stage.seen("alfa", f"{path}/{made['id']}")
    assert (seen["activity"], seen["buildingBlock"]) == ("sport", "social_contacts")
    plain = await stage.made("coach", path, {**COMES, "activity": None, "buildingBlock": None})
    assert (plain["activity"], plain["buildingBlock"]) == (None, None)


async def test_how_the_intake_was_held_is_for_those_who_read_the_work_question(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_client}/work-questions"
    made = await stage.made("clinician", path, ASKED)
    for party in ("psychologist", "alfa"):
        seen = await stage.seen(party, f"{path}/{made['id']}")
        assert (seen["intakeModel"], seen["attendedBy"]) == ("hoi", ASKED["attendedBy"])
    assert (await stage.get("coach", f"{path}/{made['id']}")).status_code == 404


async def test_a_goal_says_whose_choice_it_was(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    goals = [
        {"goal": "Twee dagen met hout.", "owner": "client", "chosenBy": "client"},
        {"goal": "Een vaste dag.", "owner": "coach"},
    ]
    path = f"{alfa.of_trajectory}/action-plans"
    made = await stage.made("coach", path, {"madeOn": "2025-01-14", "goals": goals})
    seen = (await stage.seen("alfa", f"{path}/{made['id']}"))["goals"]
    assert [goal.get("chosenBy") for goal in seen] == ["client", None]


async def test_the_phase_of_recovery_is_told_by_the_client_alone(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_trajectory}/wellbeing"
    told = {"kind": "own_words", "measuredOn": "2025-01-14"}
    first = await stage.made("alfa", path, {**told, "recoveryPhase": "living_with"})
    await stage.made("alfa", path, {**told, "recoveryPhase": "struggling"})
    seen = (await stage.seen("alfa", path))["items"]
    assert [one["recoveryPhase"] for one in seen] == ["living_with", "struggling"]
    assert (await stage.post("alfa", path, told)).status_code == 400
    for party in ("clinician", "coach", "expert"):
        assert (await stage.get(party, f"{path}/{first['id']}")).status_code == 404, party
    await alfa.consent("expert", *Category)
    assert (await stage.get("expert", f"{path}/{first['id']}")).status_code == 404


@pytest.mark.parametrize("rung", [2, 6])
async def test_growth_potential_is_an_estimate_and_never_a_ceiling(stage: Stage, rung: int) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_trajectory}/ladder-measurements"
    body = {"rung": 3, "measuredOn": "2025-01-10", "occasion": "start"}
    estimate = {"rung": 4, "horizonMonths": 12, "reasoning": "Heeft eerder gewerkt."}
    first = await stage.made("coach", path, {**body, "growthPotential": estimate})
    seen = (await stage.seen("alfa", f"{path}/{first['id']}"))["growthPotential"]
    assert (seen["rung"], seen["horizonMonths"], seen["byRole"]) == (4, 12, "reintegration_coach")
    for wrong in ({**estimate, "rung": 7}, {"rung": 4}):
        answer = await stage.post("coach", path, {**body, "growthPotential": wrong})
        assert answer.status_code == 400
    later = {"rung": rung, "measuredOn": "2025-01-14", "occasion": "change"}
    made = await stage.made("coach", path, later)
    assert (made["rung"], made["growthPotential"]) == (rung, None), "null: not asked"


async def test_a_wrap_has_six_parts_that_the_client_fills_in_the_own_order(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_client}/early-warning-plans"
    parts = {
        "dailyMaintenance": "Elke dag lopen.",
        "triggers": "Te weinig slaap.",
        "earlyWarningSigns": "Pauzes overslaan.",
        "whenBreakingDown": "Afspraken afzeggen.",
        "crisisPlan": "Mijn zus bellen.",
        "postCrisisPlan": "Rustig opbouwen.",
    }
    whole = {"madeOn": "2025-01-14", "content": {"kind": "wrap", **parts}}
    made = await stage.made("alfa", path, whole)
    seen = (await stage.seen("alfa", f"{path}/{made['id']}"))["content"]
    assert {part: seen[part] for part in parts} == parts
    seventh = {**whole, "content": {"kind": "wrap", **parts, "diagnosis": "x"}}
    assert (await stage.post("alfa", path, seventh)).status_code == 400


async def test_an_exit_team_has_five_places_and_other_teams_have_none(stage: Stage) -> None:
    clinician = str(stage.parties["clinician"].membership)
    exit_team = await stage.made("ggz_admin", "/v1/teams", {"kind": "exit", "name": "EXIT Zuid"})
    path = f"/v1/teams/{exit_team['id']}/members"
    places = ["director", "social_psychiatric_nurse", "psychologist", "social_worker", "job_coach"]
    answer = await stage.http.get("/v1/reference/code-lists/team_role")
    assert [code["code"] for code in answer.json()["codes"]] == places
    wrong = {"membershipId": clinician, "teamRole": "neighbour"}
    assert (await stage.post("ggz_admin", path, wrong)).status_code == 400
    for kind in ("fact", "act", "wijkteam"):
        team = await stage.made("ggz_admin", "/v1/teams", {"kind": kind, "name": f"{kind} Zuid"})
        members = f"/v1/teams/{team['id']}/members"
        place = {"membershipId": clinician, "teamRole": "director"}
        assert (await stage.post("ggz_admin", members, place)).status_code == 400, kind
        assert (
            await stage.post("ggz_admin", members, {"membershipId": clinician})
        ).status_code == 201
