"""Teams hold no client, meetings tell who was there, and a figure is for two people only."""

import pytest

from app.access.vocabulary import Role
from tests.build.situations import wgb_at_uwv
from tests.build.stage import Stage


async def test_a_team_meets_and_only_its_members_record_it(stage: Stage) -> None:
    made = await stage.made("ggz_admin", "/v1/teams", {"kind": "exit", "name": "EXIT Zuid"})
    path = f"/v1/teams/{made['id']}"
    seat = {"membershipId": str(stage.parties["clinician"].membership), "teamRole": "director"}
    team = await stage.made("ggz_admin", f"{path}/members", seat)
    assert [(one["name"], one["teamRole"]) for one in team["members"]] == [
        ("Behandelaar-A1", "director")
    ]
    nowhere = {"membershipId": str(stage.parties["psychologist"].membership)}
    assert (await stage.post("ggz_admin", f"{path}/members", nowhere)).status_code == 400
    assert (await stage.post("clinician", f"{path}/members", seat)).status_code == 403
    met = {"heldOn": "2025-01-13", "attendees": [seat["membershipId"]]}
    assert (await stage.post("psychologist", f"{path}/meetings", met)).status_code == 403
    assert (await stage.made("clinician", f"{path}/meetings", met))["heldOn"] == "2025-01-13"
    assert len((await stage.seen("psychologist", f"{path}/meetings"))["items"]) == 1
    assert (await stage.get("expert", path)).status_code == 404


@pytest.mark.parametrize("party", ["coach_colleague", "expert", "clinician"])
async def test_how_many_a_coach_carries_is_for_the_coach_and_his_supervisor(
    stage: Stage, party: str
) -> None:
    await wgb_at_uwv(stage)
    coach = stage.parties["coach"].membership
    stage.member("company_admin", Role.ORGANISATION_ADMIN, "company", "Beheerder-C1")
    stage.member("supervisor", Role.SUPERVISOR, "company", "Leidinggevende-C1")
    hours = f"/v1/memberships/{coach}/working-times"
    await stage.made("company_admin", hours, {"fte": 0.5})
    path = f"/v1/memberships/{coach}/caseload-figure"
    told = await stage.seen("coach", path)
    assert (told["trajectories"], told["fte"], told["perFullTime"]) == (1, 0.5, 2.0)
    assert (await stage.get(party, path)).status_code == 404
    assert (await stage.get("supervisor", path)).status_code == 404
    body = {
        "supervisorMembershipId": str(stage.parties["supervisor"].membership),
        "supervisedMembershipId": str(coach),
    }
    await stage.made("company_admin", "/v1/supervisions", body)
    assert (await stage.seen("supervisor", path))["perFullTime"] == 2.0


async def test_who_coordinates_takes_part(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_trajectory}/coordinators"
    coach = {"membershipId": str(stage.parties["coach"].membership)}
    assert (await stage.made("expert", path, coach))["coordinatorId"] == coach["membershipId"]
    stranger = {"membershipId": str(stage.parties["coach_colleague"].membership)}
    assert (await stage.post("expert", path, stranger)).status_code == 400
    assert (await stage.get("other_expert", path)).status_code == 404
