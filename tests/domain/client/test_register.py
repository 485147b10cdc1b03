"""Registering and reading a client."""

from uuid import uuid4

from tests.build.stage import BSN, Stage


async def test_a_registering_clinician_sees_the_client_with_a_masked_bsn(stage: Stage) -> None:
    client_id = await stage.client("alfa")
    seen = await stage.seen("clinician", f"/v1/clients/{client_id}")
    assert seen["familyName"] == "Alfa"
    assert seen["bsn"].endswith(BSN["alfa"][-3:])
    assert BSN["alfa"] not in str(seen)


async def test_nobody_else_can_tell_the_client_from_one_that_does_not_exist(stage: Stage) -> None:
    client_id = await stage.client("alfa")
    for party in ("colleague", "expert", "coach", "employer", "other_clinician", "ggz_admin"):
        request = "11111111-2222-4333-8444-555555555555"
        hidden = await stage.get(party, f"/v1/clients/{client_id}", x_request_id=request)
        absent = await stage.get(party, f"/v1/clients/{uuid4()}", x_request_id=request)
        malformed = await stage.get(party, "/v1/clients/12", x_request_id=request)
        assert hidden.status_code == 404
        assert hidden.content == absent.content == malformed.content


async def test_a_client_sees_the_own_record(stage: Stage) -> None:
    client_id = await stage.client("alfa")
    seen = await stage.seen("alfa", f"/v1/clients/{client_id}")
    assert seen["givenName"] == "Testclient"
    assert seen["withheld"] == []


async def test_the_same_bsn_twice_at_one_organisation_is_a_pending_match(stage: Stage) -> None:
    await stage.client("alfa")
    body = {"bsn": BSN["alfa"], "givenName": "A", "familyName": "B", "birthDate": "1990-05-17"}
    again = await stage.made("clinician", "/v1/clients", body)
    elsewhere = await stage.made("other_clinician", "/v1/clients", body)
    assert again["match"] == "pending_match"
    assert elsewhere["match"] == "confirmed"


async def test_a_search_by_bsn_finds_own_clients_and_tells_others_nothing(stage: Stage) -> None:
    client_id = await stage.client("alfa")
    mine = await stage.made("clinician", "/v1/clients/_search", {"bsn": BSN["alfa"]})
    assert [item["id"] for item in mine["items"]] == [str(client_id)]
    known = await stage.post("other_clinician", "/v1/clients/_search", {"bsn": BSN["alfa"]})
    unknown = await stage.post("other_clinician", "/v1/clients/_search", {"bsn": BSN["echo"]})
    assert known.content == unknown.content
    assert known.json()["items"] == []


async def test_a_name_that_another_organisation_answers_for_alone_is_withheld(stage: Stage) -> None:
    """A grant for one organisation's records shows no name of another, and does not stumble."""
    client_id = await stage.client("alfa")
    with stage.straight() as db:
        db.execute(
            "UPDATE client_identity SET controller_organisation_id = %s WHERE client_id = %s",
            [stage.organisations["uwv"], client_id],
        )
        db.execute(
            "UPDATE access_grant SET sender_organisation_id = %s WHERE client_id = %s",
            [stage.organisations["ggz"], client_id],
        )
    seen = await stage.seen("clinician", f"/v1/clients/{client_id}")
    assert "identity" in seen["withheld"]
    assert "familyName" not in seen
