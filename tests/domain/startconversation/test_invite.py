"""Asking parties to a conversation; what an invited party knows before the client's consent."""

from uuid import uuid4

from tests.build.situations import wgb_at_uwv
from tests.build.stage import Stage
from tests.domain.startconversation.table import MINUTES, Table, table_of_four

REQUEST = "11111111-2222-4333-8444-555555555555"


async def test_an_invited_party_knows_the_dates_and_not_the_content(stage: Stage) -> None:
    table = await table_of_four(stage)
    await table.write()
    for party in ("expert", "coach"):
        mail = (await stage.seen(party, table.mail))["items"]
        assert {item["role"] for item in mail} == {
            "client", "clinician", "labour_expert", "reintegration_coach",
        }  # fmt: skip
        assert len(mail[0]["proposals"]) == 2
        assert mail[0]["proposals"][0]["place"] == "Kamer 4"
        assert "hout" not in str(mail)
        hidden = await stage.get(party, table.one, x_request_id=REQUEST)
        absent = await stage.get(party, f"{table.all}/{uuid4()}", x_request_id=REQUEST)
        assert hidden.status_code == 404
        assert hidden.content == absent.content
        listed = await stage.seen(party, table.all)
        assert listed["items"] == []
    for party in ("clinician", "alfa"):
        seen = await stage.seen(party, table.one)
        assert seen["minutes"]["successDefinition"] == MINUTES["successDefinition"]


async def test_who_knows_the_status_but_is_no_party_sees_no_invitation(stage: Stage) -> None:
    table = Table(stage, await wgb_at_uwv(stage))
    stage.on("2025-04-03")
    await table.ask("expert", kind="three_way")
    assert (await stage.seen("coach", table.mail))["items"] == []
    one = f"{table.mail}/{table.seats['labour_expert']}"
    for party in ("coach", "physician", "expert_colleague", "employer"):
        hidden = await stage.get(party, one, x_request_id=REQUEST)
        absent = await stage.get(party, f"{table.mail}/{uuid4()}", x_request_id=REQUEST)
        assert hidden.status_code == 404, party
        assert hidden.content == absent.content
    assert (await stage.seen("expert", one))["kind"] == "three_way"


async def test_parties_answer_for_themselves_and_a_no_ends_nothing(stage: Stage) -> None:
    table = await table_of_four(stage)
    before = await stage.seen("alfa", table.alfa.of_trajectory)
    first = (await stage.seen("coach", table.mail))["items"][0]["proposals"][0]["id"]

    def answers(role: str) -> str:
        return f"{table.one}/invitations/{table.seats[role]}/answers"

    yes = await stage.made("coach", answers("reintegration_coach"), {"accepts": [first]})
    assert (yes["answer"]["reply"], yes["answer"]["accepts"]) == ("accepted", [first])
    other = await stage.post("coach", answers("labour_expert"), {"accepts": [first]})
    assert other.status_code == 403
    unknown = await stage.post("expert", answers("labour_expert"), {"accepts": [str(uuid4())]})
    assert unknown.json()["errors"][0]["code"] == "unknown_reference"
    both = await stage.post(
        "expert", answers("labour_expert"), {"accepts": [first], "declined": True}
    )
    assert both.status_code == 400
    assert (await stage.made("alfa", answers("client"), {"declined": True}))["answer"][
        "reply"
    ] == "declined"
    seen = await stage.seen("clinician", table.one)
    replies = {party["role"]: party["answer"]["reply"] for party in seen["invitations"]}
    assert replies == {
        "client": "declined",
        "clinician": "open",
        "labour_expert": "open",
        "reintegration_coach": "accepted",
    }
    assert await stage.seen("alfa", table.alfa.of_trajectory) == before
    again = await stage.made("alfa", answers("client"), {"accepts": [first]})
    assert again["answer"]["reply"] == "accepted"
    chosen = await stage.made("clinician", f"{table.one}/appointments", {"proposalId": first})
    assert chosen["chosenProposalId"] == first
    assert (await stage.seen("expert", table.mail))["items"][0]["chosenProposalId"] == first


async def test_only_parties_that_may_attend_are_invited(stage: Stage) -> None:
    table = Table(stage, await wgb_at_uwv(stage))
    for party, code in (("physician", "not_a_party"), ("employer", "not_a_party")):
        refused = await stage.post("clinician", table.all, table.body(party))
        assert [fault["code"] for fault in refused.json()["errors"]] == [code]
    unknown = table.body("expert")
    unknown["invitations"][0]["organisationId"] = str(uuid4())
    refused = await stage.post("clinician", table.all, unknown)
    assert refused.json()["errors"][0]["code"] == "unknown_reference"
    for party, status in (("psychologist", 403), ("physician", 403), ("alfa", 403)):
        answer = await stage.post(party, table.all, table.body("expert"))
        assert answer.status_code == status
    hidden = await stage.post("case_manager", table.all, table.body("expert"))
    assert hidden.status_code == 404
    place = table.body("expert")
    place["proposals"][0]["place"] = "Polikliniek depressie"
    refused = await stage.post("clinician", table.all, place)
    fault = refused.json()["errors"][0]
    assert (fault["pointer"], fault["code"]) == ("#/proposals/0/place", "medical_content")
    assert "depressie" not in refused.text


async def test_uwv_and_municipality_sit_together_only_with_consent(stage: Stage) -> None:
    table = await table_of_four(stage)
    refused = await stage.post("clinician", table.all, table.body("expert", "case_manager"))
    assert refused.json()["errors"][0]["code"] == "two_authorities"
    second = {"invitations": [table.party("case_manager")]}
    assert (await stage.post("clinician", f"{table.one}/invitations", second)).status_code == 409
    await table.alfa.assign("case_manager")
    await table.consent("case_manager")
    made = await stage.made("clinician", f"{table.one}/invitations", second)
    assert "municipal_case_manager" in {party["role"] for party in made["invitations"]}


async def test_the_same_request_twice_asks_once(stage: Stage) -> None:
    table = Table(stage, await wgb_at_uwv(stage))
    key, body = str(uuid4()), table.body("expert", "coach")
    first = await stage.post("clinician", table.all, body, idempotency_key=key)
    second = await stage.post("clinician", table.all, body, idempotency_key=key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert first.headers["location"] == f"{table.all}/{first.json()['id']}"
    assert len((await stage.seen("alfa", table.all))["items"]) == 1
