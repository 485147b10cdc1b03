"""Mandates, supporters, their logins, and cover for colleagues."""

from typing import Any

from app.access.vocabulary import Role
from tests.build.situations import Situation
from tests.build.stage import Stage
from tests.domain.consent.asking import consent, linked, with_question

MANDATE: dict[str, Any] = {
    "name": "Gemachtigde-E1",
    "kind": "written_authorisation",
    "scope": ["identity", "existence", "consent", "work_question"],
    "evidence": "Machtiging getekend op 3 januari",
}


async def with_mandate(alfa: Situation, **changed: Any) -> str:
    """A mandate with a login, both recorded by the clinician; its address."""
    stage = alfa.stage
    path = f"{alfa.of_client}/representatives"
    made = await stage.made("clinician", path, {**MANDATE, **changed})
    await linked(alfa, "clinician", Role.REPRESENTATIVE, made["id"], "helper")
    return f"{path}/{made['id']}"


async def test_a_mandate_reaches_as_far_as_its_scope_and_ends_the_same_second(
    stage: Stage,
) -> None:
    alfa, question = await with_question(stage)
    one = await with_mandate(alfa)
    assert (await stage.seen("helper", question))["wish"] == "Iets met hout."
    ladder = await stage.seen("helper", f"{alfa.of_trajectory}/ladder-measurements")
    assert ladder["withheld"]
    seen = (await stage.seen("alfa", f"{alfa.of_client}/representatives"))["items"][0]
    assert (seen["verified"], seen["authorRole"]) == (True, "clinician")
    overview = await stage.seen("helper", f"{alfa.of_client}/access-overview")
    assert "clinician" in {party["role"] for party in overview["parties"]}
    assert (await stage.get("psychologist", one)).status_code == 200
    for party in ("psychologist", "helper", "coach"):
        assert (await stage.post(party, f"{one}/ends", {})).status_code == 403, party
    ended = await stage.made("alfa", f"{one}/ends", {})
    assert (await stage.get("helper", question)).status_code in {401, 403}
    assert await stage.made("alfa", f"{one}/ends", {}) == ended


async def test_a_mandate_cannot_be_stretched_by_who_holds_it(stage: Stage) -> None:
    alfa, question = await with_question(stage)
    await with_mandate(alfa)
    wider = {**MANDATE, "scope": [*MANDATE["scope"], "medical"]}
    for path, body in (
        ("representatives", wider),
        ("supporters", {"name": "Naaste", "scope": ["existence"]}),
        ("consents", consent(alfa, "ggz", "coach", "work_question", "feedback")),
        ("blocks", {"organisationId": str(stage.organisations["ggz"]), "categories": ["medical"]}),
    ):
        refused = await stage.post("helper", f"{alfa.of_client}/{path}", body)
        assert refused.status_code == 403, path
    link = {"clientId": str(alfa.client), "role": "client", "issuer": "x", "subject": "helper-2"}
    for party in ("helper", "coach", "alfa", "psychologist"):
        assert (await stage.post(party, "/v1/account-links", link)).status_code == 403, party
    within = consent(alfa, "ggz", "coach", "work_question")
    given = await stage.made("helper", f"{alfa.of_client}/consents", within)
    assert given["givenBy"] == "representative"
    assert (await stage.get("coach", question)).status_code == 200
    barred = {"organisationId": str(stage.organisations["company"]), "categories": ["existence"]}
    made = await stage.made("alfa", f"{alfa.of_client}/blocks", barred)
    path = f"{alfa.of_client}/blocks/{made['id']}"
    tag = (await stage.get("helper", path)).headers["etag"]
    assert (await stage.post("helper", f"{path}/lifts", {}, if_match=tag)).status_code == 403


async def test_a_financial_administrator_never_gets_medical_scope(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    path = f"{alfa.of_client}/representatives"
    money = {**MANDATE, "kind": "financial_administrator", "scope": ["existence", "benefit"]}
    assert (await stage.made("alfa", path, money))["verified"] is False
    medical = {**money, "scope": ["existence", "medical", "work_capacity"]}
    refused = await stage.post("clinician", path, medical)
    assert refused.status_code == 400
    assert "work_capacity, medical" in refused.json()["errors"][0]["detail"]
    for party in ("psychologist", "coach", "expert"):
        assert (await stage.post(party, path, money)).status_code == 403, party


async def test_only_the_client_chooses_a_supporter_and_what_it_sees(stage: Stage) -> None:
    alfa, question = await with_question(stage)
    path = f"{alfa.of_client}/supporters"
    body = {"name": "Naaste-A1", "scope": ["existence", "work_question"]}
    assert (await stage.post("clinician", path, body)).status_code == 403
    barred = await stage.post("alfa", path, {**body, "scope": ["existence", "medical"]})
    assert barred.status_code == 400
    made = await stage.made("alfa", path, body)
    await linked(alfa, "alfa", Role.SUPPORTER, made["id"], "friend")
    assert (await stage.get("friend", question)).status_code == 200
    await stage.made("alfa", f"{path}/{made['id']}/ends", {})
    assert (await stage.get("friend", question)).status_code in {401, 403}


async def test_who_treats_lists_the_logins_of_the_client_and_those_it_linked(
    stage: Stage,
) -> None:
    alfa, _ = await with_question(stage)
    echo = await stage.client("echo", by="other_clinician")
    link = {"clientId": str(alfa.client), "role": "client", "issuer": stage.issuer.url}
    new = await stage.made("clinician", "/v1/account-links", {**link, "subject": "subject-new"})
    narrow = await with_mandate(alfa, scope=["existence"])
    assert (await stage.seen("clinician", narrow))["scope"] == ["existence"]
    refused = await stage.get("helper", f"{alfa.of_client}/access-overview")
    assert refused.status_code == 403
    foreign = {**link, "clientId": str(echo), "subject": "subject-new"}
    assert (await stage.post("clinician", "/v1/account-links", foreign)).status_code == 404
    listed = (await stage.seen("clinician", "/v1/account-links"))["items"]
    assert [item["id"] for item in listed] == [
        str(stage.parties["alfa"].membership),
        new["id"],
        narrow.rsplit("/", 1)[1],
    ]
    assert (await stage.seen("colleague", "/v1/account-links"))["items"] == []


async def test_cover_is_named_dated_and_never_taken_by_who_stands_in(stage: Stage) -> None:
    _, question = await with_question(stage)
    absent = str(stage.parties["clinician"].membership)
    stand_in = str(stage.parties["colleague"].membership)
    body = {
        "absentMembershipId": absent,
        "substituteMembershipId": stand_in,
        "validUntil": "2025-01-20",
    }
    assert (await stage.post("colleague", "/v1/substitutions", body)).status_code == 403
    assert (await stage.post("coach", "/v1/substitutions", body)).status_code == 403
    other = {**body, "substituteMembershipId": str(stage.parties["psychologist"].membership)}
    assert (await stage.post("clinician", "/v1/substitutions", other)).status_code == 400
    made = await stage.made("ggz_admin", "/v1/substitutions", body)
    assert (await stage.get("colleague", question)).status_code == 200
    stage.on("2025-01-20")
    assert (await stage.get("colleague", question)).status_code == 404
    stage.on("2025-01-16")
    assert (await stage.get("colleague", question)).status_code == 200
    await stage.made("clinician", f"/v1/substitutions/{made['id']}/ends", {})
    assert (await stage.get("colleague", question)).status_code == 404
    assert (await stage.seen("coach", "/v1/substitutions"))["items"] == []
