"""An organisation on pages: its people and their logins, its client systems, and the platform."""

import json

import pytest

from app.access.vocabulary import OrganisationKind, Role
from tests.build.stage import Stage
from tests.facades.web.visiting import Visitor, sheet, visitor

KEY = {
    "kty": "EC",
    "crv": "P-384",
    "kid": "2026-1",
    "alg": "ES384",
    "x": "1CYItf8ijxd4rSGrLaZ4gaJSudx6YN7SdPTNdL1SWAyUaO-0s_7jsh9-bwBnvCRh",
    "y": "ELlQWOTRBxjlCk8nqLehsWPiSmV3Dmv5fzeJPCsd-FIirPhN_CmtO7snGGnd2_W2",
}


@pytest.fixture
async def admin(stage: Stage) -> Visitor:
    return await visitor(stage, "ggz_admin")


def at(answer: object) -> str:
    return str(getattr(answer, "headers", {}).get("location", ""))


async def test_a_new_colleague_gets_a_role_and_a_login_step_by_step(
    stage: Stage, admin: Visitor
) -> None:
    start = await admin.fill("/organisation/members/new", name="Nieuweling")
    assert "Niemand met deze naam" in sheet(start).text
    way = next(link for link in sheet(start).links if link.endswith("/practitioners/new"))
    role = at(await admin.fill(way, name="Nieuweling-A9"))
    form = await admin.read(role)
    assert "Nieuweling-A9" in form.text
    person = at(await admin.fill(role, role="ips_coach"))
    login = f"{person}/accounts/new"
    assert login in (await admin.read(person)).links
    page = await admin.done(login, issuer=stage.issuer.url, subject="subject-newcomer")
    assert "login is toegevoegd" in sheet(page).text
    assert "Nieuweling-A9" in (await admin.read("/organisation/members")).text


async def test_only_roles_that_fit_the_organisation_are_offered(admin: Visitor) -> None:
    found = await admin.fill("/organisation/members/new", name="Behandelaar-A2")
    way = next(link for link in sheet(found).links if "practitioner=" in link)
    page = await admin.get(way)
    assert 'value="ips_coach"' in page.text
    assert 'value="labour_expert"' not in page.text


async def test_a_role_ends_and_stands_under_what_was(stage: Stage, admin: Visitor) -> None:
    found = sheet(await admin.fill("/organisation/members", name="psycholoog"))
    assert "Behandelaar-A1" not in found.text
    way = next(link for link in found.links if link.endswith("/ends"))
    assert "Psycholoog-A1" in (await admin.read(way)).text, "the form says whom it is about"
    page = sheet(await admin.done(way, at="")).text
    assert page.index("Gestopt") < page.rindex("Psycholoog-A1")
    assert (await stage.get("psychologist", "/v1/caseload")).status_code in {401, 403}


async def test_an_administrator_renames_the_organisation(admin: Visitor) -> None:
    at_home = await admin.read("/organisation")
    way = next(link for link in at_home.links if link.endswith("/name"))
    assert (await admin.read(way)).form("name")["name"] == "GGZ Voorbeeldland"
    page = await admin.done(way, name="GGZ Voorbeeldstad")
    assert "GGZ Voorbeeldstad" in sheet(page).text


async def test_a_client_system_is_registered_gets_new_keys_and_is_switched_off(
    stage: Stage, admin: Visitor
) -> None:
    page = await admin.done(
        "/organisation/machines/new", name="Dossiersysteem", jwks=json.dumps({"keys": [KEY]})
    )
    told = sheet(page)
    [made] = (await stage.seen("ggz_admin", "/v1/machines"))["items"]
    assert made["id"] in told.text, "the page says which client id it has"
    assert "/oauth2/token" in told.text
    newer = json.dumps({"keys": [{**KEY, "kid": "2027-1"}]})
    page = await admin.done(f"/organisation/machines/{made['id']}/keys", jwks=newer)
    assert "2027-1" in sheet(page).text
    wrong = await admin.fill("/organisation/machines/new", name="Anders", jwks="{geen sleutel")
    assert wrong.status_code == 422
    assert "{geen sleutel" in wrong.text, "what was typed stays"
    page = await admin.done(f"/organisation/machines/{made['id']}/ends", key=made["id"])
    assert "uit sinds" in sheet(page).text


async def test_the_platform_registers_an_organisation_with_its_first_administrator(
    stage: Stage,
) -> None:
    stage.organisation("platform", OrganisationKind.PLATFORM, "Trede")
    stage.member("system", Role.SYSTEM_ADMIN, "platform", "Beheerder-P1")
    system = await visitor(stage, "system")
    home = at(
        await system.fill("/organisations/new", kind="employer", name="Bakkerij", kvk="90001354")
    )
    way = next(
        link for link in (await system.read(home)).links if link.endswith("practitioners/new")
    )
    role = at(await system.fill(way, name="Beheerder-N1"))
    person = at(await system.fill(role, role="organisation_admin"))
    login = f"{person}/accounts/new"
    page = await system.done(login, issuer=stage.issuer.url, subject="subject-first-admin")
    assert "login is toegevoegd" in sheet(page).text


@pytest.mark.parametrize(
    ("page", "path"),
    [
        ("/organisation/machines", "/v1/machines"),
        ("/organisation/members", "/v1/organisations/{own}/memberships"),
        ("/organisations/{own}/name", None),
        ("/organisation/machines/new", None),
        ("/organisations", "/v1/organisations"),
    ],
)
async def test_pages_of_an_organisation_refuse_as_the_api_does(
    stage: Stage, page: str, path: str | None
) -> None:
    own = str(stage.organisations["company"])
    coach = await visitor(stage, "coach")
    api = 403 if path is None else (await stage.get("coach", path.format(own=own))).status_code
    assert (await coach.get(page.format(own=own))).status_code == api


async def test_a_clinician_links_the_login_of_a_client_and_ends_it(stage: Stage) -> None:
    client = str(await stage.client("alfa"))
    at_client = f"/clients/{client}/account-links"
    clinician = await visitor(stage, "clinician")
    assert at_client in (await clinician.read(f"/clients/{client}")).links
    form = await clinician.read(f"{at_client}/new")
    assert "Alfa" in form.text, "the form says whose login it is"
    page = await clinician.done(f"{at_client}/new", role="client", subject="subject-second")
    ways = [each["action"] for each in sheet(page).forms if each["action"].endswith("/ends")]
    assert len(ways) == 2
    assert "subject-second" not in page.text
    assert (await clinician.post(ways[0])).status_code == 303
    told = await clinician.read(at_client)
    assert sum(each["action"].endswith("/ends") for each in told.forms) == 1
    stranger = await visitor(stage, "other_clinician")
    assert (await stranger.get(f"{at_client}/new")).status_code == 404
