"""Asking is not getting; a block beats a consent and never a legal task."""

from typing import Any

from tests.build.stage import Stage
from tests.domain.consent.asking import ABSENT, consent, with_question

YES: dict[str, Any] = {"answer": "yes", "textVersion": "2025-01"}


def request(alfa: Any, *categories: str) -> dict[str, Any]:
    body = consent(alfa, "ggz", "coach", *categories)
    body |= {"reason": "Voor het startgesprek.", "step": "start_conversation"}
    return {name: body[name] for name in body if name not in {"textVersion", "givenHow"}}


async def test_a_request_opens_nothing_until_the_client_says_yes_to_what(stage: Stage) -> None:
    alfa, question = await with_question(stage)
    requests = f"{alfa.of_client}/consent-requests"
    asked = await stage.made("coach", requests, request(alfa, "work_question", "feedback"))
    one = f"{requests}/{asked['id']}"
    assert asked["state"] == "open"
    assert (await stage.get("coach", question)).status_code == 404
    later = await stage.act("alfa", one, "answers", {"answer": "later"})
    assert (later["state"], later["consentId"]) == ("later", None)
    assert (await stage.seen("coach", one))["state"] == "later"
    tag = (await stage.get("alfa", one)).headers["etag"]
    for wrong in (
        {"answer": "yes"},
        {**YES, "categories": ["work_question", "ladder"]},
        {"answer": "no", "categories": ["feedback"]},
    ):
        refused = await stage.post("alfa", f"{one}/answers", wrong, if_match=tag)
        assert refused.status_code == 400, wrong
    answered = await stage.act("alfa", one, "answers", {**YES, "categories": ["work_question"]})
    given = await stage.seen("alfa", f"/v1/consents/{answered['consentId']}")
    assert (given["categories"], given["requestId"]) == (["work_question"], asked["id"])
    assert (await stage.get("coach", question)).status_code == 200
    tag = (await stage.get("alfa", one)).headers["etag"]
    twice = await stage.post("alfa", f"{one}/answers", {"answer": "no"}, if_match=tag)
    assert twice.status_code == 409


async def test_a_request_is_between_the_client_and_who_asked(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    requests = f"{alfa.of_client}/consent-requests"
    asked = await stage.made("coach", requests, request(alfa, "work_question"))
    one = f"{requests}/{asked['id']}"
    hidden = await stage.get("clinician", one, x_request_id=ABSENT)
    absent = await stage.get("clinician", f"{requests}/{ABSENT}", x_request_id=ABSENT)
    assert hidden.status_code == 404
    assert hidden.content == absent.content
    assert (await stage.post("expert", requests, request(alfa, "ladder"))).status_code == 403
    assert (await stage.post("other_expert", requests, request(alfa, "ladder"))).status_code == 404
    tag = (await stage.get("coach", one)).headers["etag"]
    own = {**YES, "categories": ["work_question"]}
    assert (await stage.post("coach", f"{one}/answers", own, if_match=tag)).status_code == 403
    assert (await stage.act("alfa", one, "answers", {"answer": "no"}))["state"] == "no"
    assert (await stage.seen("coach", one))["state"] == "no"


async def test_a_block_beats_consent_and_treatment_until_it_is_lifted(stage: Stage) -> None:
    alfa, question = await with_question(stage)
    body = consent(alfa, "ggz", "coach", "work_question")
    await stage.made("alfa", f"{alfa.of_client}/consents", body)
    blocks = f"{alfa.of_client}/blocks"
    barred = {
        "organisationId": body["recipient"]["organisationId"],
        "categories": ["work_question"],
    }
    own = {
        "membershipId": str(stage.parties["psychologist"].membership),
        "categories": ["work_question"],
    }
    for party in ("clinician", "coach", "expert"):
        assert (await stage.post(party, blocks, barred)).status_code == 403, party
    made = await stage.made("alfa", blocks, barred)
    assert made["keptByLaw"] == []
    await stage.made("alfa", blocks, own)
    assert (await stage.get("coach", question)).status_code == 404
    assert (await stage.get("psychologist", question)).status_code == 404
    assert (await stage.get("clinician", question)).status_code == 200
    assert (await stage.seen("coach", blocks))["items"] == []
    path = f"{blocks}/{made['id']}"
    assert (await stage.post("alfa", f"{path}/lifts", {})).status_code == 428
    await stage.act("alfa", path, "lifts")
    assert (await stage.get("coach", question)).status_code == 200


async def test_a_block_of_a_responsible_body_says_what_the_law_keeps_open(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    body = {
        "organisationId": str(stage.organisations["uwv"]),
        "categories": ["status", "ladder", "accommodation", "medical"],
    }
    made = await stage.made("alfa", f"{alfa.of_client}/blocks", body)
    assert made["categories"] == ["status", "ladder", "medical", "accommodation"]
    assert made["keptByLaw"] == ["status", "ladder"]
    assert (await stage.get("expert", alfa.of_trajectory)).status_code == 200
