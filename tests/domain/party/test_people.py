"""Letting people in and out: the first administrator, memberships, logins and supervisors."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from app.access.vocabulary import Role
from app.domain.party.actions.bootstrap import bootstrap
from tests.build.stage import BSN, Party, Stage

CLIENT = {
    "bsn": BSN["alfa"],
    "givenName": "Testclient",
    "familyName": "Alfa",
    "birthDate": "1990-05-17",
}


@pytest.fixture
async def platform(stage: Stage) -> Stage:
    """The stage with the first administrator, as the command line makes it."""
    await start(stage)
    stage.parties["system_admin"] = Party("Systeembeheerder", "root")
    return stage


async def start(stage: Stage) -> UUID:
    owner = create_async_engine(stage.database.owner, poolclass=NullPool)
    async with owner.begin() as db:
        return await bootstrap(db, stage.issuer.url, "root")


async def hire(stage: Stage, by: str, role: str, organisation: UUID, subject: str) -> str:
    """A practitioner, a membership and a login; the membership's id."""
    person = (await stage.made(by, "/v1/practitioners", {"name": f"Nieuw-{subject}"}))["id"]
    members = f"/v1/organisations/{organisation}/memberships"
    made = await stage.made(by, members, {"practitionerId": person, "role": role})
    login = {"issuer": stage.issuer.url, "subject": subject}
    await stage.made(by, f"/v1/practitioners/{person}/accounts", login)
    stage.parties[subject] = Party(subject, subject, organisation=organisation)
    return str(made["id"])


async def test_the_bootstrap_makes_one_administrator_however_often_it_runs(
    stage: Stage,
) -> None:
    assert await start(stage) == await start(stage)
    stage.parties["system_admin"] = Party("Systeembeheerder", "root")
    assert (await stage.seen("system_admin", "/v1/me"))["role"] == "system_admin"


async def test_the_bootstrap_takes_over_nobody_elses_login(stage: Stage) -> None:
    owner = create_async_engine(stage.database.owner, poolclass=NullPool)
    async with owner.begin() as db:
        with pytest.raises(ValueError, match="somebody else"):
            await bootstrap(db, stage.issuer.url, stage.parties["clinician"].subject)


async def test_from_the_platform_to_a_clinician_who_registers_a_client(platform: Stage) -> None:
    body = {"kind": "ggz_provider", "name": "GGZ Nieuwland", "agb": "06290001"}
    organisation = UUID((await platform.made("system_admin", "/v1/organisations", body))["id"])
    await hire(platform, "system_admin", "organisation_admin", organisation, "new-admin")
    await hire(platform, "new-admin", "clinician", organisation, "new-clinician")
    registered = await platform.post("new-clinician", "/v1/clients", CLIENT)
    assert registered.status_code == 201
    assert (await platform.post("new-admin", "/v1/clients", CLIENT)).status_code == 403


async def test_the_platform_appoints_a_first_administrator_and_nobody_else(
    platform: Stage,
) -> None:
    path = f"/v1/organisations/{platform.organisations['ggz']}/memberships"
    made = await platform.made("system_admin", "/v1/practitioners", {"name": "Nieuw-1"})
    for role in ("clinician", "organisation_admin"):  # the GGZ provider has an administrator
        body = {"practitionerId": made["id"], "role": role}
        assert (await platform.post("system_admin", path, body)).status_code == 403


async def test_an_administrator_appoints_within_the_own_organisation_and_fitting_roles(
    stage: Stage,
) -> None:
    person = (await stage.made("ggz_admin", "/v1/practitioners", {"name": "Nieuw-1"}))["id"]
    own, other = (
        f"/v1/organisations/{stage.organisations[key]}/memberships" for key in ("ggz", "uwv")
    )
    body = {"practitionerId": person, "role": "clinician"}
    assert (await stage.post("ggz_admin", other, body)).status_code == 403
    assert (await stage.get("ggz_admin", other)).status_code == 404
    unfit = await stage.post("ggz_admin", own, body | {"role": "labour_expert"})
    assert unfit.json()["errors"][0]["pointer"] == "#/role"
    unknown = await stage.post("ggz_admin", own, body | {"practitionerId": str(uuid4())})
    assert unknown.json()["errors"][0]["code"] == "unknown_reference"
    assert (await stage.post("ggz_admin", own, body)).status_code == 201
    assert (await stage.post("ggz_admin", own, body)).status_code == 409


async def test_who_is_found_in_the_directory_holds_the_role_now(stage: Stage) -> None:
    organisation = stage.organisations["ggz"]
    path = f"/v1/practitioners?organisationId={organisation}&role=clinician"
    found = (await stage.seen("expert", path))["items"]
    assert [item["name"] for item in found] == ["Behandelaar-A1", "Behandelaar-A2"]
    member = stage.parties["colleague"].membership
    await stage.act("ggz_admin", f"/v1/organisations/{organisation}/memberships/{member}", "ends")
    found = (await stage.seen("expert", path))["items"]
    assert [item["name"] for item in found] == ["Behandelaar-A1"]


async def test_an_ended_membership_opens_nothing_from_that_moment(stage: Stage) -> None:
    client = await stage.client("alfa")
    member = stage.parties["clinician"].membership
    path = f"/v1/organisations/{stage.organisations['ggz']}/memberships/{member}"
    assert (await stage.get("clinician", f"/v1/clients/{client}")).status_code == 200
    ended = await stage.act("ggz_admin", path, "ends")
    assert ended["validUntil"]
    assert (await stage.get("clinician", f"/v1/clients/{client}")).status_code == 403
    again = await stage.get("ggz_admin", path)
    etag = again.headers["etag"]
    assert (await stage.post("ggz_admin", f"{path}/ends", {}, if_match=etag)).status_code == 409


async def test_an_end_lies_in_the_future_or_now(stage: Stage) -> None:
    member = stage.parties["colleague"].membership
    path = f"/v1/organisations/{stage.organisations['ggz']}/memberships/{member}"
    etag = (await stage.get("ggz_admin", path)).headers["etag"]
    past = {"at": "2024-01-01T00:00:00Z"}
    assert (await stage.post("ggz_admin", f"{path}/ends", past, if_match=etag)).status_code == 400
    assert (await stage.post("ggz_admin", f"{path}/ends", {})).status_code == 428
    coming = await stage.act("ggz_admin", path, "ends", {"at": "2025-02-01T00:00:00Z"})
    assert coming["validUntil"] == "2025-02-01T00:00:00Z"
    assert (await stage.get("colleague", "/v1/clients")).status_code == 200
    stage.on("2025-02-02")
    assert (await stage.get("colleague", "/v1/clients")).status_code == 403


async def test_no_organisation_gets_a_key_to_what_another_trusts_someone_with(
    stage: Stage,
) -> None:
    stage.member("uwv_admin", Role.ORGANISATION_ADMIN, "uwv", "Beheerder-U1")
    login = {"issuer": stage.issuer.url, "subject": "a-second-login"}
    for admin, party in (("uwv_admin", "clinician"), ("ggz_admin", "expert")):
        path = f"/v1/practitioners/{await person(stage, party)}/accounts"
        assert (await stage.post(admin, path, login)).status_code == 403
    both = await person(stage, "clinician")
    members = f"/v1/organisations/{stage.organisations['uwv']}/memberships"
    await stage.made("uwv_admin", members, {"practitionerId": both, "role": "labour_expert"})
    path = f"/v1/practitioners/{both}/accounts"
    assert (await stage.post("ggz_admin", path, login)).status_code == 403


async def person(stage: Stage, party: str) -> str:
    """The practitioner behind a party of the stage."""
    member = stage.parties[party]
    path = f"/v1/practitioners?organisationId={member.organisation}"
    found = (await stage.seen("ggz_admin", path))["items"]
    return str(next(item["id"] for item in found if item["name"] == member.name))


async def test_one_login_with_several_hats_chooses_one_at_a_time(stage: Stage) -> None:
    stage.member("uwv_admin", Role.ORGANISATION_ADMIN, "uwv", "Beheerder-U1")
    both = await person(stage, "clinician")
    members = f"/v1/organisations/{stage.organisations['uwv']}/memberships"
    second = await stage.made(
        "uwv_admin", members, {"practitionerId": both, "role": "labour_expert"}
    )
    first = str(stage.parties["clinician"].membership)
    stage.parties["unchosen"] = Party("Behandelaar-A1", stage.parties["clinician"].subject)
    assert (await stage.get("unchosen", "/v1/clients")).status_code == 403
    me = await stage.seen("unchosen", "/v1/me")
    assert "role" not in me
    assert {hat["id"] for hat in me["hats"]} == {first, second["id"]}
    chosen = await stage.get("unchosen", "/v1/me", on_behalf_of=second["id"])
    assert chosen.json()["role"] == "labour_expert"
    assert [hat["id"] for hat in chosen.json()["hats"] if hat["current"]] == [second["id"]]
    foreign = str(stage.parties["coach"].membership)
    assert (await stage.get("unchosen", "/v1/clients", on_behalf_of=foreign)).status_code == 403


async def test_a_client_is_told_which_record_is_their_own(stage: Stage) -> None:
    client = await stage.client("alfa")
    me = await stage.seen("alfa", "/v1/me")
    assert me["role"] == "client"
    assert [hat["clientId"] for hat in me["hats"]] == [str(client)]


async def test_a_supervisor_reads_while_the_supervision_lasts(stage: Stage) -> None:
    supervisor = stage.member("supervisor", Role.SUPERVISOR, "company", "Leiding-A1")
    stage.member("company_admin", Role.ORGANISATION_ADMIN, "company", "Beheerder-R1")
    client = await stage.client("alfa")
    await assign(stage, client, "coach")
    body = {
        "supervisorMembershipId": str(supervisor.membership),
        "supervisedMembershipId": str(stage.parties["coach"].membership),
    }
    made = await stage.made("company_admin", "/v1/supervisions", body)
    assert granted(stage, client, supervisor)
    await stage.act("company_admin", f"/v1/supervisions/{made['id']}", "ends")
    stage.on("2025-01-15")
    assert not granted(stage, client, supervisor)


async def test_supervision_stays_within_one_organisation_and_its_supervisors(
    stage: Stage,
) -> None:
    stage.member("company_admin", Role.ORGANISATION_ADMIN, "company", "Beheerder-R1")
    body = {
        "supervisorMembershipId": str(stage.parties["coach_colleague"].membership),
        "supervisedMembershipId": str(stage.parties["expert"].membership),
    }
    answer = await stage.post("company_admin", "/v1/supervisions", body)
    found = {fault["pointer"]: fault["code"] for fault in answer.json()["errors"]}
    assert found == {
        "#/supervisorMembershipId": "does_not_fit",
        "#/supervisedMembershipId": "unknown_reference",
    }


async def assign(stage: Stage, client: UUID, party: str) -> None:
    """A participation, straight into the tables."""
    member = stage.parties[party].membership
    with stage.database.connect_as_superuser() as db:
        db.execute(
            "INSERT INTO participant (id, client_id, trajectory_id, author_id, author_role,"
            " membership_id, valid_from) VALUES (%s, %s, %s, %s, 'client', %s, '2025-01-01')",
            [uuid4(), client, uuid4(), client, member],
        )
    await stage.recompile(client)


def granted(stage: Stage, client: UUID, party: Party) -> bool:
    """Whether a grant by supervision is in force now."""
    statement = (
        "SELECT 1 FROM access_grant WHERE client_id = %s AND grantee_id = %s"
        " AND basis = 'supervision' AND (valid_until IS NULL OR moment() < valid_until)"
    )
    values: list[Any] = [client, party.membership]
    with stage.database.connect_as_superuser() as db:
        return db.execute(statement, values).fetchone() is not None
