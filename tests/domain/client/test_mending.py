"""Name, birth date, address and number are mended by who may, and what was known before stays."""

import asyncio
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from app.access.vocabulary import OWN_AFFAIRS, Category, Role
from tests.build.machines import system_of
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import BSN, Stage
from tests.domain.consent.test_act_for_a_client import with_mandate

EVERYTHING = {
    "givenName": "Testklant",
    "familyName": "Alfa-Proef",
    "birthDate": "1990-05-18",
    "email": "alfa@voorbeeld.example",
    "telephone": "0612345678",
}


async def mend(stage: Stage, party: str, path: str, body: Any) -> Any:
    """As somebody who looked first."""
    tag = (await stage.get(party, path)).headers.get("etag", '"none"')
    return await stage.call("PATCH", party, path, body, if_match=tag)


async def mended(stage: Stage, party: str, path: str, **body: Any) -> dict[str, Any]:
    answer = await mend(stage, party, path, body)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_who_registered_a_client_mends_all_but_the_bsn(stage: Stage) -> None:
    path = f"/v1/clients/{await stage.client('alfa')}"
    before = await stage.seen("clinician", path)
    assert "changedAt" not in before or before["changedAt"] is None
    told = await mended(stage, "clinician", path, **EVERYTHING)
    seen = await stage.seen("clinician", path)
    assert told == seen == {**before, **EVERYTHING, "changedAt": seen["changedAt"]}
    assert {**seen, "withheld": []} == await stage.seen("alfa", path)
    for body in ({"bsn": BSN["echo"]}, {"registeredBy": str(uuid4())}, {}):
        assert (await mend(stage, "clinician", path, body)).status_code == 400, body


async def test_an_address_or_number_is_taken_away_by_a_null_and_a_name_is_not(
    stage: Stage,
) -> None:
    path = f"/v1/clients/{await stage.client('alfa')}"
    await mended(stage, "clinician", path, **EVERYTHING)
    told = await mended(stage, "clinician", path, email=None)
    assert (told["email"], told["telephone"]) == (None, EVERYTHING["telephone"])
    for name in ("givenName", "familyName", "birthDate"):
        assert (await mend(stage, "clinician", path, {name: None})).status_code == 400, name


async def test_clients_change_their_own_address_and_number_and_ask_for_the_rest(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    told = await mended(stage, "alfa", alfa.of_client, telephone="0687654321", email="a@b.example")
    assert told["telephone"] == "0687654321"
    for party in ("clinician", "coach", "expert"):
        assert (await stage.seen(party, alfa.of_client))["email"] == "a@b.example", party
    for field in ("givenName", "familyName", "birthDate"):
        body = {"telephone": "0600000000", field: EVERYTHING[field]}
        answer = await mend(stage, "alfa", alfa.of_client, body)
        assert answer.status_code == 403, field
        assert "rectify" in answer.json()["detail"]
    assert (await stage.seen("alfa", alfa.of_client))["telephone"] == "0687654321"


async def test_nobody_else_who_knows_the_name_changes_anything(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    await alfa.assign("case_manager")
    await alfa.consent("case_manager", Category.IDENTITY, Category.EXISTENCE)
    await alfa.treat("other_clinician")
    before = await stage.seen("clinician", alfa.of_client)
    for party in ("psychologist", "coach", "expert", "case_manager", "other_clinician"):
        assert (await stage.seen(party, alfa.of_client))["familyName"] == "Alfa", party
        answer = await mend(stage, party, alfa.of_client, {"telephone": "0600000000"})
        assert answer.status_code == 403, party
    assert await stage.seen("clinician", alfa.of_client) == before


async def test_hidden_and_absent_clients_refuse_with_the_same_bytes(stage: Stage) -> None:
    path = f"/v1/clients/{await stage.client('alfa')}"
    body, request = {"telephone": "0600000000"}, str(uuid4())
    for party in ("colleague", "other_clinician", "employer", "ggz_admin", "case_manager"):
        for below in ("", "/particulars", f"/particulars/{uuid4()}"):
            method = "GET" if below else "PATCH"
            answers = [
                await stage.call(
                    method,
                    party,
                    f"{where}{below}",
                    None if below else body,
                    if_match='"any"',
                    x_request_id=request,
                )
                for where in (path, f"/v1/clients/{uuid4()}")
            ]
            assert {answer.status_code for answer in answers} == {404}, party
            assert answers[0].content == answers[1].content


async def test_of_two_who_change_at_once_one_is_refused(stage: Stage) -> None:
    path = f"/v1/clients/{await stage.client('alfa')}"
    assert (await stage.call("PATCH", "alfa", path, {"email": None})).status_code == 428
    tag = (await stage.get("clinician", path)).headers["etag"]
    both = await asyncio.gather(
        *(
            stage.call("PATCH", "clinician", path, {"telephone": number}, if_match=tag)
            for number in ("0611111111", "0622222222")
        )
    )
    assert sorted(answer.status_code for answer in both) == [200, 412]
    (kept,) = [answer.json()["telephone"] for answer in both if answer.status_code == 200]
    assert (await stage.seen("clinician", path))["telephone"] == kept


async def test_what_was_known_before_is_told_to_the_client_and_who_answers_for_it(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    await mended(
        stage, "clinician", alfa.of_client, familyName="Alfa-Proef", telephone="0611111111"
    )
    await mended(stage, "alfa", alfa.of_client, telephone="0622222222")
    await mended(stage, "clinician", alfa.of_client, telephone="0622222222")
    path = f"{alfa.of_client}/particulars"
    second: dict[str, Any] = {}
    for party in ("alfa", "clinician", "psychologist"):
        items = (await stage.seen(party, path))["items"]
        assert [each["changed"] for each in items] == [
            [],
            ["family_name", "telephone"],
            ["telephone"],
        ], party
        assert [each["authorRole"] for each in items] == ["clinician", "clinician", "client"]
        assert [each["familyName"] for each in items] == ["Alfa", "Alfa-Proef", "Alfa-Proef"]
        second = await stage.seen(party, f"{path}/{items[1]['id']}")
        assert second["telephone"] == "0611111111"
    one = f"{path}/{second['id']}"
    for party in ("coach", "expert"):
        assert (await stage.seen(party, alfa.of_client))["telephone"] == "0622222222"
        assert (await stage.get(party, path)).status_code == 403, party
        assert (await stage.get(party, one)).status_code == 404, party


async def test_only_the_newest_name_finds_a_client(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    await mended(
        stage, "clinician", alfa.of_client, familyName="Alfa-Proef", birthDate="1990-05-18"
    )
    sought = "/v1/clients/_search"
    for party in ("clinician", "coach"):
        for name, day, found in (
            ("Alfa", "1990-05-17", []),
            ("Alfa", "1990-05-18", []),
            ("ALFA-proef", "1990-05-17", []),
            ("ALFA-proef", "1990-05-18", [str(alfa.client)]),
        ):
            page = await stage.made(party, sought, {"familyName": name, "birthDate": day})
            assert [each["id"] for each in page["items"]] == found, (party, name, day)
        (line,) = (await stage.seen(party, "/v1/trajectories"))["items"]
        read = await stage.seen(party, alfa.of_trajectory)
        for told in (line, read):
            assert (told["familyName"], told["birthDate"]) == ("Alfa-Proef", "1990-05-18"), party


async def test_the_log_tells_the_client_who_changed_which_fields_and_no_value(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    await mended(stage, "clinician", alfa.of_client, telephone="0611111111")
    log = (await stage.seen("alfa", f"{alfa.of_client}/access-log"))["items"]
    (entry,) = [each for each in log if each["verb"] == "update"]
    assert (entry["role"], entry["resource"]) == ("clinician", "Particulars")
    assert [each["category"] for each in entry["shown"]] == ["identity"]
    assert "0611111111" not in str(log)
    version = await stage.seen("alfa", f"{alfa.of_client}/particulars/{entry['recordId']}")
    assert version["changed"] == ["telephone"]
    await mended(stage, "clinician", alfa.of_client, telephone="0611111111")
    again = (await stage.seen("alfa", f"{alfa.of_client}/access-log"))["items"]
    assert [each["verb"] for each in again].count("update") == 1


async def test_another_birth_date_counts_at_once_for_who_may_act_for_the_client(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    for day in ("2010-01-01", "2030-01-01"):
        answer = await mend(stage, "clinician", alfa.of_client, {"birthDate": day})
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["code"] == "too_young"
    await with_mandate(alfa, kind="parent", scope=["existence", "identity"])
    with stage.straight() as db:  # as it came from elsewhere: nobody under 16 is registered here
        db.execute("UPDATE client_identity SET birth_date = '2013-06-01'")
    await stage.recompile(alfa.client)
    assert (await stage.seen("helper", alfa.of_client))["birthDate"] == "2013-06-01"
    assert (await mend(stage, "helper", alfa.of_client, {"email": None})).status_code == 403
    await mended(stage, "clinician", alfa.of_client, birthDate="1990-05-17")
    assert (await stage.get("helper", alfa.of_client)).status_code == 404


async def test_a_record_system_keeps_whom_it_registered_right_and_no_one_else(
    stage: Stage,
) -> None:
    system = await system_of(stage)
    other = await system_of(stage, key="others")
    body = {"bsn": BSN["echo"], "givenName": "T", "familyName": "Echo", "birthDate": "1990-05-17"}
    made = await system.call("POST", "/v1/clients", body)
    path = f"/v1/clients/{made.json()['id']}"
    await stage.link("echo", made.json()["id"])
    await mended(stage, "echo", path, telephone="0611111111")
    seen = await system.call("GET", path)
    assert seen.json()["telephone"] == "0611111111"
    tag = {"if_match": seen.headers["etag"]}
    told = await system.call("PATCH", path, {"familyName": "Echo-Proef"}, **tag)
    assert (told.status_code, told.json()["telephone"]) == (200, "0611111111")
    assert (await other.call("GET", path)).status_code == 404
    assert (await other.call("PATCH", path, {"email": None}, **tag)).status_code == 404
    assert (await stage.seen("echo", path))["familyName"] == "Echo-Proef"


async def test_a_municipality_mends_whom_it_registered_itself(stage: Stage) -> None:
    person = {"bsn": BSN["echo"], "givenName": "T", "familyName": "Echo", "birthDate": "1982-09-30"}
    body = {"newClient": person, "kind": "green_activation"}
    made = await stage.made("case_manager", "/v1/trajectories", body)
    path = f"/v1/clients/{made['clientId']}"
    assert (await mended(stage, "case_manager", path, telephone="0611111111"))["telephone"]


async def test_each_version_is_sealed_as_the_first_one_was(stage: Stage) -> None:
    alfa = await stage.client("alfa")
    for number in ("0611111111", "0622222222"):
        await mended(stage, "clinician", f"/v1/clients/{alfa}", telephone=number)
    with stage.straight() as db:
        found = db.execute(
            "SELECT telephone FROM client_identity WHERE client_id = %s", [alfa]
        ).fetchall()
    assert len(found) == 3
    assert "0611111111" not in str(found)
    assert "0622222222" not in str(found)


@pytest.mark.parametrize("role", ["clinician", "client"])
async def test_the_database_itself_keeps_names_and_who_answers_for_them(
    stage: Stage, role: str
) -> None:
    """Wall 2: whatever a statement says, a version stays with the organisation that registered."""
    alfa: Situation = await wgb_at_uwv(stage)
    party = "clinician" if role == "clinician" else "alfa"
    own, uwv = stage.organisations["ggz"], stage.organisations["uwv"]
    assert added(stage, party, alfa, {"telephone": None}, own)
    assert not added(stage, party, alfa, {"telephone": None}, uwv)
    renamed = added(stage, party, alfa, {"family_name": "Ander"}, own)
    assert renamed is (role == "clinician")
    assert not added(stage, "coach", alfa, {"telephone": None}, own)
    assert not added(stage, "expert", alfa, {"telephone": None}, uwv)


def added(
    stage: Stage, party: str, alfa: Situation, values: dict[str, Any], organisation: Any
) -> bool:
    """Whether this party could put a version there, past all our own code."""
    who = stage.parties[party]
    row = {
        "id": uuid4(),
        "client_id": alfa.client,
        "author_id": who.membership,
        "author_role": who.role,
        "controller_organisation_id": organisation,
        "given_name": "Testclient",
        "family_name": "Alfa",
        "name_key": "alfa",
        "birth_date": "1990-05-17",
        **values,
    }
    columns, places = ", ".join(row), ", ".join(f"%({name})s" for name in row)
    with stage.database.connect_as_superuser() as db, db.transaction(force_rollback=True):
        account = db.execute("SELECT id FROM account WHERE subject = %s", [who.subject]).fetchone()
        assert account is not None
        purpose = "1" if who.role is Role.CLINICIAN else "2"
        bit = str(OWN_AFFAIRS) if who.role is Role.CLIENT else purpose
        db.execute("SELECT wear(%s, %s, %s)", [account[0], who.membership, bit])
        db.execute("SET LOCAL ROLE trede_api")
        try:
            db.execute(f"INSERT INTO client_identity ({columns}) VALUES ({places})".encode(), row)
        except psycopg.errors.InsufficientPrivilege:
            return False
        return True
