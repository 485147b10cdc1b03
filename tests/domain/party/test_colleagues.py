"""For whom a client system may act: it finds out by itself, whatever its organisation is."""

from typing import Any

import pytest

from app.access.vocabulary import Role
from tests.build.machines import System, system_of
from tests.build.stage import Stage

PATH = "/v1/me/colleagues"
KINDS = {
    "ggz": ("ggz_admin", "clinician", "Behandelaar-A1"),
    "uwv": ("uwv_admin", "expert", "Deskundige-A1"),
    "municipality": ("city_admin", "case_manager", "Klantmanager-A1"),
    "company": ("company_admin", "coach", "Coach-A1"),
}


async def connected(stage: Stage, organisation: str, **more: Any) -> System:
    admin = KINDS[organisation][0]
    if admin not in stage.parties:
        stage.member(admin, Role.ORGANISATION_ADMIN, organisation, f"Beheerder-{organisation}")
    return await system_of(stage, admin, **more)


@pytest.mark.parametrize("organisation", KINDS)
async def test_a_system_of_any_organisation_finds_the_colleague_for_whom_it_acts(
    stage: Stage, organisation: str
) -> None:
    system = await connected(stage, organisation, scope=["trede.read"])
    _, party, name = KINDS[organisation]
    found = (await system.call("GET", PATH)).json()["items"]
    colleague = next(item for item in found if item["name"] == name)
    assert colleague["membershipId"] == str(stage.parties[party].membership)
    acting = await system.call("GET", "/v1/me", on_behalf_of=colleague["membershipId"])
    assert (acting.json()["machineId"], acting.json()["role"]) == (system.id, colleague["role"])
    assert (await system.call("GET", "/v1/me")).json()["machineId"] == system.id


async def test_all_kinds_are_told_the_same_of_their_own_members_and_nothing_of_others(
    stage: Stage,
) -> None:
    told = {}
    for organisation in KINDS:
        system = await connected(stage, organisation)
        found = (await system.call("GET", PATH)).json()["items"]
        told[organisation] = {key for item in found for key in item}
        here = stage.organisations[organisation]
        own = {str(p.membership) for p in stage.parties.values() if p.organisation == here}
        assert {item["membershipId"] for item in found} == own
    assert set(map(frozenset, told.values())) == {
        frozenset({"membershipId", "practitionerId", "name", "role"})
    }


async def test_colleagues_come_in_pages_by_name_and_by_role(stage: Stage) -> None:
    system = await connected(stage, "uwv")
    first = (await system.call("GET", f"{PATH}?role=labour_expert&pageSize=1")).json()
    rest = f"{PATH}?role=labour_expert&pageSize=1&cursor={first['nextCursor']}"
    second = (await system.call("GET", rest)).json()
    assert [p["items"][0]["name"] for p in (first, second)] == ["Deskundige-A1", "Deskundige-A2"]
    assert "nextCursor" not in second
    another = await connected(stage, "uwv", key="another")
    assert (await another.call("GET", rest)).status_code == 400


async def test_who_left_is_no_longer_among_them(stage: Stage) -> None:
    system = await connected(stage, "uwv")
    member = str(stage.parties["expert"].membership)
    members = f"/v1/organisations/{stage.organisations['uwv']}/memberships/{member}"
    await stage.act("uwv_admin", members, "ends")
    found = (await system.call("GET", PATH)).json()["items"]
    assert member not in {item["membershipId"] for item in found}
    assert (await system.call("GET", "/v1/clients", on_behalf_of=member)).status_code == 403


async def test_a_disabled_system_is_told_nothing_and_a_person_has_hats_instead(
    stage: Stage,
) -> None:
    system = await connected(stage, "uwv")
    token = await system.token()
    await stage.act("uwv_admin", f"/v1/machines/{system.id}", "ends")
    assert (await system.call("GET", PATH, token=token)).status_code == 401
    assert (await stage.get("expert", PATH)).status_code == 403
