"""Registering and changing organisations."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.access import caseload, grants, switching
from app.access.ceilings import roles_of
from app.access.vocabulary import Category, OrganisationKind, Role
from tests.build.stage import Stage

GGZ = {"kind": "ggz_provider", "name": "GGZ Nieuwland", "agb": "06290001"}
PATH = "/v1/organisations"


@pytest.fixture
async def platform(stage: Stage) -> Stage:
    """The stage with a system administrator and a privacy desk."""
    stage.organisation("platform", OrganisationKind.PLATFORM, "Platform")
    stage.member("system_admin", Role.SYSTEM_ADMIN, "platform", "Systeembeheerder")
    stage.member("desk", Role.PRIVACY_DESK, "ggz", "Privacyloket-A1")
    return stage


async def test_a_new_organisation_can_be_referred_to_before_anyone_is_hired(
    platform: Stage,
) -> None:
    made = await platform.made("system_admin", PATH, GGZ)
    with platform.database.connect_as_superuser() as db:
        found = db.execute("SELECT role FROM inbox WHERE organisation_id = %s", [made["id"]])
        assert {role for (role,) in found} == roles_of(OrganisationKind.GGZ_PROVIDER)


async def test_only_the_platform_registers_organisations(platform: Stage) -> None:
    for party in ("ggz_admin", "clinician", "expert", "desk"):
        assert (await platform.post(party, PATH, GGZ)).status_code == 403


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"agb": "1234"}, {"#/agb": "not_an_identifier"}),
        ({"agb": None}, {"#/agb": "required"}),
        ({"municipalityCode": "0796"}, {"#/municipalityCode": "does_not_fit"}),
        (
            {"kind": "municipality", "oin": "1", "kvk": "12"},
            {
                "#/agb": "does_not_fit",
                "#/oin": "not_an_identifier",
                "#/kvk": "not_an_identifier",
                "#/municipalityCode": "required",
            },
        ),
        ({"kind": "platform"}, {"#/kind": "not_allowed_value"}),
    ],
)
async def test_each_wrong_number_is_named_at_once(
    platform: Stage, change: dict[str, Any], faults: dict[str, str]
) -> None:
    answer = await platform.post("system_admin", PATH, GGZ | change)
    assert answer.status_code == 400
    found = {fault["pointer"]: fault["code"] for fault in answer.json()["errors"]}
    assert found == faults


async def test_a_number_belongs_to_one_organisation(platform: Stage) -> None:
    await platform.made("system_admin", PATH, GGZ)
    again = await platform.post("system_admin", PATH, GGZ | {"name": "GGZ Anders"})
    assert again.status_code == 409


async def test_the_directory_is_for_everyone_by_kind_and_by_the_beginning_of_a_name(
    stage: Stage,
) -> None:
    names: list[str] = []
    path = f"{PATH}?kind=uwv&name=uwv%20&pageSize=1"
    page = await stage.seen("employer", path)
    names += [item["name"] for item in page["items"]]
    page = await stage.seen("employer", f"{path}&cursor={page['nextCursor']}")
    names += [item["name"] for item in page["items"]]
    assert names == ["UWV Ander District", "UWV Testdistrict"]
    assert "nextCursor" not in page
    assert (await stage.seen("employer", f"{PATH}?name=district"))["items"] == []


async def test_an_administrator_renames_the_own_organisation_only(platform: Stage) -> None:
    own, other = (f"{PATH}/{platform.organisations[key]}" for key in ("ggz", "uwv"))
    body = {"name": "GGZ Hernoemd"}
    assert (await change(platform, "ggz_admin", own, body)).json()["name"] == "GGZ Hernoemd"
    assert (await change(platform, "ggz_admin", other, body)).status_code == 403
    assert (await change(platform, "desk", own, body)).status_code == 403
    late = await platform.call("PATCH", "ggz_admin", own, body, if_match='"an-older-version"')
    assert late.status_code == 412


async def test_the_privacy_desk_switches_the_policy_and_all_clients_follow_and_are_told(
    platform: Stage,
) -> None:
    client = await platform.client("alfa")
    path = f"{PATH}/{platform.organisations['ggz']}"
    assert not opens_ladder(platform, client)
    assert (await change(platform, "ggz_admin", path, {"policyVersion": 2})).status_code == 403
    switched = await change(platform, "desk", path, {"policyVersion": 2})
    assert switched.json()["policyVersion"] == 2
    assert await turns(platform) == 1
    assert opens_ladder(platform, client)
    assert told(platform, client) == 1
    assert await turns(platform) == 0


async def test_until_its_turn_the_stricter_of_both_policies_counts_for_a_client(
    platform: Stage,
) -> None:
    client = await platform.client("alfa")
    path = f"{PATH}/{platform.organisations['ggz']}"
    await change(platform, "desk", path, {"policyVersion": 2})
    assert not opens_ladder(platform, client)
    await turns(platform)
    assert opens_ladder(platform, client)
    await change(platform, "desk", path, {"policyVersion": 1})
    assert not opens_ladder(platform, client)
    assert versions(platform, client) == {2}
    assert (await platform.get("clinician", f"/v1/clients/{client}")).status_code == 200
    await turns(platform)
    assert not opens_ladder(platform, client)
    assert versions(platform, client) == {1}
    async with platform.app.state.services.engines.writer.begin() as db:
        assert await grants.differences(db, client) == (set(), set())


async def test_a_turn_that_breaks_off_loses_nobody_and_holds_up_nobody(
    platform: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    clients = {await platform.client(key) for key in ("alfa", "echo", "bravo")}
    path = f"{PATH}/{platform.organisations['ggz']}"
    await change(platform, "desk", path, {"policyVersion": 2})
    await change(platform, "desk", path, {"policyVersion": 2})
    assert waiting(platform) == clients
    broken = next(iter(clients))
    renew = caseload.renew

    async def breaks_off(db: Any, client_id: UUID) -> None:
        await renew(db, client_id)
        if client_id == broken:
            raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(caseload, "renew", breaks_off)
        assert await turns(platform) == 2
    assert waiting(platform) == {broken}
    assert not opens_ladder(platform, broken)
    assert told(platform, broken) == 0
    both = await asyncio.gather(turns(platform), turns(platform))
    assert sum(both) == 1
    assert waiting(platform) == set()
    assert all(opens_ladder(platform, client) and told(platform, client) == 1 for client in clients)


async def test_a_worker_that_may_not_take_a_turn_says_so(platform: Stage) -> None:
    with platform.database.connect_as_superuser() as db:
        db.execute("REVOKE DELETE ON compilation_due FROM PUBLIC, trede_api, trede_worker")
    with pytest.raises(sa.exc.ProgrammingError):
        await turns(platform)


async def turns(stage: Stage) -> int:
    """What the worker does with clients that wait."""
    return await switching.catch_up(stage.app.state.services.engines.writer)


def waiting(stage: Stage) -> set[UUID]:
    with stage.database.connect_as_superuser() as db:
        return {row[0] for row in db.execute("SELECT client_id FROM compilation_due")}


def versions(stage: Stage, client: UUID) -> set[int]:
    """The policy that the treating clinician's grants name."""
    with stage.database.connect_as_superuser() as db:
        rows = db.execute(
            "SELECT policy_version FROM access_grant WHERE client_id = %s AND grantee_id = %s",
            [client, stage.parties["clinician"].membership],
        )
        return {row[0] for row in rows}


async def change(stage: Stage, party: str, path: str, body: dict[str, Any]) -> Any:
    etag = (await stage.get(party, path)).headers["etag"]
    return await stage.call("PATCH", party, path, body, if_match=etag)


def opens_ladder(stage: Stage, client: UUID) -> bool:
    """Whether a compiled grant lets the treating clinician see the ladder."""
    statement = (
        "SELECT count(*) FROM access_grant WHERE client_id = %s AND grantee_id = %s"
        " AND basis = 'treatment' AND categories & %s <> 0"
    )
    values = [client, stage.parties["clinician"].membership, Category.LADDER.bit]
    return bool(_value(stage, statement, values))


def told(stage: Stage, client: UUID) -> int:
    statement = (
        "SELECT count(*) FROM outbox_event WHERE verb = 'client.policy_changed' AND subject_id = %s"
    )
    return int(_value(stage, statement, [client]))


def _value(stage: Stage, statement: str, values: list[Any]) -> Any:
    with stage.database.connect_as_superuser() as db:
        found = db.execute(statement, values).fetchone()
    assert found is not None
    return found[0]
