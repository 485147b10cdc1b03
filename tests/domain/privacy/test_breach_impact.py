"""What a member, a login or a client system saw, of whom and since when; told to the officer."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from app.access.attribution import NOBODY
from app.access.vocabulary import Category, OrganisationKind, Role
from tests.build.machines import system_of
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import BSN, Stage
from tests.domain.consent.asking import ABSENT
from tests.domain.privacy.officers import (
    DESK,
    SAMPLE,
    account_of,
    impact_of,
    lines_of,
    looked,
    officers,
    pages,
)
from tests.security.forgotten import in_context_of

TRACE = "00-11111111222243338444555555555555-1111111122224333-01"


@pytest.fixture
async def alfa(stage: Stage) -> Situation:
    officers(stage)
    return await wgb_at_uwv(stage)


async def told(stage: Stage, party: str, query: str = "", by: str = "officer") -> list[Any]:
    found: list[Any] = (await stage.seen(by, impact_of(stage, party, query)))["items"]
    return found


async def test_one_call_tells_what_a_member_saw_of_whom_and_since_when(
    stage: Stage, alfa: Situation
) -> None:
    stage.on("2025-01-15")
    await stage.seen("psychologist", alfa.of_client)
    stage.on("2025-01-17")
    await stage.seen("psychologist", "/v1/clients")
    await stage.seen("psychologist", f"{alfa.of_client}/treatment-team")
    [item] = await told(stage, "psychologist")
    assert item == {
        "clientId": str(alfa.client),
        "shown": ["identity", "bsn", "existence", "medical"],
        "verbs": ["read"],
        "firstAt": item["firstAt"],
        "lastAt": item["lastAt"],
        "looks": item["looks"],
        "inLists": item["inLists"],
    }
    assert item["firstAt"].startswith("2025-01-15T11:00")
    assert item["lastAt"].startswith("2025-01-17T11:00")
    assert item["looks"] > item["inLists"] > 0
    assert "Alfa" not in str(item)


async def test_it_is_cut_to_a_period_half_open(stage: Stage, alfa: Situation) -> None:
    at = "2025-01-16T10:00:00+00:00"
    looked(stage, "colleague", alfa.client, at)
    for query, found in (
        ("?since=2025-01-16T10:00:00Z", 1),
        ("?since=2025-01-16T10:00:00.000001Z", 0),
        ("?until=2025-01-16T10:00:00Z", 0),
        ("?until=2025-01-16T10:00:00.000001Z", 1),
        ("?since=2025-01-16T00:00:00Z&until=2025-01-17T00:00:00Z", 1),
    ):
        assert len(await told(stage, "colleague", query)) == found, query


@pytest.mark.usefixtures("alfa")
async def test_pages_hold_every_client_once_also_over_several_memberships(
    stage: Stage,
) -> None:
    with stage.database.connect_as_superuser() as db:
        db.execute(
            "INSERT INTO membership (id, practitioner_id, organisation_id, inbox_id, role,"
            " valid_from) SELECT %s, practitioner_id, organisation_id, inbox_id, role, '2020-01-01'"
            " FROM membership WHERE id = %s",
            [second := uuid4(), stage.parties["colleague"].membership],
        )
    clients = sorted(uuid4() for _ in range(7))
    for number, client in enumerate(clients):
        looked(stage, "colleague", client, f"2025-01-1{number}T10:00:00+00:00")
        if number % 2:
            values = {"membership_id": second, "grantee_id": second}
            looked(stage, "colleague", client, f"2025-01-1{number}T12:00:00+00:00", **values)
    path = f"{DESK}/accounts/{account_of(stage, 'colleague')}/breach-impact?pageSize=3"
    found = await pages(stage, "officer", path)
    assert [UUID(item["clientId"]) for item in found] == clients
    assert [item["looks"] for item in found] == [1, 2, 1, 2, 1, 2, 1]
    assert len(await told(stage, "colleague")) == 7


async def test_a_member_who_left_is_still_answered_for(stage: Stage, alfa: Situation) -> None:
    await stage.seen("psychologist", alfa.of_client)
    with stage.database.connect_as_superuser() as db:
        db.execute(
            "UPDATE membership SET valid_until = '2025-01-14' WHERE id = %s",
            [stage.parties["psychologist"].membership],
        )
    assert (await stage.get("psychologist", alfa.of_client)).status_code == 403
    assert len(await told(stage, "psychologist")) == 1


@pytest.mark.usefixtures("alfa")
async def test_an_officer_who_left_sees_nothing(stage: Stage) -> None:
    with stage.database.connect_as_superuser() as db:
        db.execute(
            "UPDATE membership SET valid_until = '2025-01-14' WHERE id = %s",
            [stage.parties["officer"].membership],
        )
    assert (await stage.get("officer", impact_of(stage, "clinician"))).status_code == 403


async def test_a_client_system_that_went_wrong_is_followed_for_whomever_it_acted(
    stage: Stage, alfa: Situation
) -> None:
    mine, theirs = uuid4(), uuid4()
    with stage.database.connect_as_superuser() as db:
        for key, organisation in ((mine, "ggz"), (theirs, "other_ggz")):
            db.execute(
                "INSERT INTO machine (id, organisation_id, name, jwks, scope)"
                " VALUES (%s, %s, 'EPD', '{}', 'trede.read')",
                [key, stage.organisations[organisation]],
            )
    for party in ("clinician", "colleague"):
        looked(stage, party, alfa.client, "2025-01-13T10:00:00+00:00", machine_id=mine)
    [item] = (await stage.seen("officer", f"{DESK}/machines/{mine}/breach-impact"))["items"]
    assert item["looks"] == 2
    assert (
        await stage.get("officer", f"{DESK}/machines/{theirs}/breach-impact")
    ).status_code == 404


async def test_of_another_organisation_and_of_nobody_are_one_answer(
    stage: Stage, alfa: Situation
) -> None:
    await stage.seen("expert", alfa.of_trajectory)
    for kind, there in (
        ("memberships", stage.parties["expert"].membership),
        ("accounts", account_of(stage, "expert")),
        ("accounts", account_of(stage, "alfa")),
    ):
        asked = {"x_request_id": ABSENT, "traceparent": TRACE}
        hidden = await stage.get("officer", f"{DESK}/{kind}/{there}/breach-impact", **asked)
        absent = await stage.get("officer", f"{DESK}/{kind}/{uuid4()}/breach-impact", **asked)
        assert hidden.status_code == 404
        assert (hidden.content, dict(hidden.headers)) == (absent.content, dict(absent.headers))
    assert (await stage.get("other_officer", impact_of(stage, "clinician"))).status_code == 404


@pytest.mark.usefixtures("alfa")
async def test_a_colleague_with_two_employers_is_told_of_for_one_only(
    stage: Stage,
) -> None:
    with stage.database.connect_as_superuser() as db:
        db.execute(
            "INSERT INTO membership (id, practitioner_id, organisation_id, inbox_id, role,"
            " valid_from) SELECT %s, c.practitioner_id, o.organisation_id, o.inbox_id, o.role,"
            " '2020-01-01' FROM membership c, membership o WHERE c.id = %s AND o.id = %s",
            [
                second := uuid4(),
                stage.parties["colleague"].membership,
                stage.parties["other_clinician"].membership,
            ],
        )
    elsewhere = {
        "membership_id": second,
        "grantee_id": second,
        "organisation_id": stage.organisations["other_ggz"],
    }
    looked(stage, "colleague", here := uuid4(), "2025-01-13T10:00:00+00:00")
    looked(stage, "colleague", there := uuid4(), "2025-01-13T10:00:00+00:00", **elsewhere)
    path = f"{DESK}/accounts/{account_of(stage, 'colleague')}/breach-impact"
    for by, client in (("officer", here), ("other_officer", there)):
        assert [i["clientId"] for i in (await stage.seen(by, path))["items"]] == [str(client)]


async def test_what_was_asked_in_vain_does_not_tell_who_is_known_elsewhere(
    stage: Stage, alfa: Situation
) -> None:
    """A refused look is on the client's log with its id; at another provider that is a secret."""
    looked(stage, "other_clinician", alfa.client, "2025-01-13T10:00:00+00:00", outcome="refused")
    assert await told(stage, "other_clinician", by="other_officer") == []
    sample = {"day": "2025-01-13"}
    drawn = await stage.post("other_officer", f"{DESK}/access-log/_sample", sample)
    assert drawn.json()["items"] == []


@pytest.mark.usefixtures("alfa")
async def test_nobody_but_the_officer_looks_back(stage: Stage) -> None:
    for party in ("clinician", "desk", "ggz_admin", "expert", "coach", "alfa"):
        assert (await stage.get(party, impact_of(stage, "clinician"))).status_code == 403, party
        sample = {"day": "2025-01-14"}
        answer = await stage.post(party, f"{DESK}/access-log/_sample", sample)
        assert answer.status_code == 403, party


@pytest.mark.usefixtures("alfa")
async def test_no_client_system_holds_the_office(stage: Stage) -> None:
    system = await system_of(stage)
    officer = {"on_behalf_of": str(stage.parties["officer"].membership)}
    path = impact_of(stage, "clinician")
    assert (await system.call("GET", path, **officer)).status_code == 403
    answer = await system.call("POST", SAMPLE, {"day": "2025-01-14"}, **officer)
    assert answer.status_code == 403


async def test_row_security_itself_keeps_the_officer_to_the_own_organisation(
    stage: Stage, alfa: Situation
) -> None:
    """A statement that forgot wall 1: it finds the own organisation's looks, and no others."""
    await stage.seen("expert", alfa.of_trajectory)
    await stage.seen("psychologist", alfa.of_client)
    looked(stage, "clinician", alfa.client, "2025-01-13T10:00:00+00:00", outcome="refused")
    statement = "SELECT DISTINCT organisation_id, outcome FROM access_log_entry"
    for party, found in (
        ("officer", [(stage.organisations["ggz"], "allowed")]),
        ("other_officer", []),
        ("desk", []),
        ("clinician", []),
    ):
        with in_context_of(stage, party) as db:
            assert db.execute(statement).fetchall() == found, party
    with stage.database.connect("trede_api") as db, db.transaction():
        machine = uuid4()
        with stage.database.connect_as_superuser() as owner:
            owner.execute(
                "INSERT INTO machine (id, organisation_id, name, jwks, scope)"
                " VALUES (%s, %s, 'EPD', '{}', 'trede.read')",
                [machine, stage.organisations["ggz"]],
            )
        db.execute("SELECT wear(%s, %s, '2')", [machine, stage.parties["officer"].membership])
        assert db.execute("SELECT viewer_role()").fetchone() == ("data_protection_officer",)
        assert db.execute(statement).fetchall() == []


async def test_every_look_of_the_officer_is_on_the_log_of_each_client_and_found_or_not(
    stage: Stage, alfa: Situation
) -> None:
    await stage.seen("psychologist", alfa.of_client)
    await told(stage, "psychologist")
    await told(stage, "colleague")
    asked = {stage.parties[party].membership for party in ("psychologist", "colleague")}
    lines = lines_of(stage, "officer")
    assert {record for client, _, record in lines if client == NOBODY} == asked
    assert [(c, r) for c, r, _ in lines if c != NOBODY] == [(alfa.client, "BreachImpact")]
    mine = await stage.seen("alfa", f"{alfa.of_client}/access-log?pageSize=100")
    [line] = [item for item in mine["items"] if item["role"] == "data_protection_officer"]
    assert line["resource"] == "BreachImpact"
    assert line["organisationName"] == "GGZ Voorbeeldland"
    [own] = await told(stage, "officer")
    assert own["shown"] == [Category.ACCESS_LOG]
    assert own["clientId"] == str(alfa.client)


async def test_when_the_log_cannot_be_written_the_officer_sees_nothing(
    stage: Stage, alfa: Situation
) -> None:
    with stage.database.connect_as_superuser() as db:
        db.execute("REVOKE INSERT ON access_log_entry FROM trede_reader, trede_api")
    for answer in (
        await stage.get("officer", impact_of(stage, "clinician")),
        await stage.post("officer", f"{DESK}/access-log/_sample", {"day": "2025-01-14"}),
    ):
        assert answer.status_code >= 500
        assert str(alfa.client) not in answer.text


async def test_the_officer_decides_nothing(stage: Stage, alfa: Situation) -> None:
    """Neither over HTTP, at what the desk decides; nor in the database, at any table."""
    body = {"reason": "psychiatric_crisis", "explanation": "x", "clientId": str(alfa.client)}
    glass = await stage.made(
        "colleague", "/v1/emergency-accesses", body, purpose_of_use="emergency"
    )
    reviews = f"/v1/emergency-accesses/{glass['id']}/reviews"
    verdict = {"outcome": "justified", "finding": "Akkoord."}
    attempts = [
        (reviews, verdict),
        (f"{alfa.of_client}/restrictions", {"category": "medical", "ground": "accuracy"}),
        (f"{alfa.of_client}/consents", {}),
        (f"{alfa.of_client}/blocks", {}),
        ("/v1/clients", {"bsn": BSN["echo"], "givenName": "T", "familyName": "E"}),
        (f"/v1/organisations/{stage.organisations['ggz']}/memberships", {}),
    ]
    for path, sent in attempts:
        answer = await stage.post("officer", path, sent, if_match='"x"')
        assert answer.status_code in {400, 403, 404}, f"{path}: {answer.text}"
    own = f"/v1/organisations/{stage.organisations['ggz']}"
    tag = (await stage.get("officer", own)).headers["etag"]
    switched = await stage.call("PATCH", "officer", own, {"policyVersion": 2}, if_match=tag)
    assert switched.status_code == 403
    for path in (alfa.of_client, alfa.of_trajectory, f"{alfa.of_client}/access-log"):
        assert (await stage.get("officer", path)).status_code == 404, path
    assert (await stage.seen("desk", reviews.removesuffix("/reviews")))["review"] == "unreviewed"
    with in_context_of(stage, "officer") as db:
        moved = db.execute("SELECT true FROM access_grant").fetchall()
    assert moved == []


@pytest.mark.usefixtures("alfa")
async def test_a_platform_administrator_is_no_officer(stage: Stage) -> None:
    stage.organisation("platform", OrganisationKind.PLATFORM, "Platform Proef")
    stage.member("system", Role.SYSTEM_ADMIN, "platform", "Systeembeheerder-A1")
    assert (await stage.get("system", impact_of(stage, "clinician"))).status_code == 403
