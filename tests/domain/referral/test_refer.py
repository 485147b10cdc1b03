"""Referrals: on a consent, into an inbox, and nothing of the trajectory before acceptance."""

from datetime import UTC, datetime
from uuid import uuid4

from app.access.vocabulary import Category
from tests.build.stage import BSN, Stage
from tests.domain.trajectory.courses import TOLD, started


async def test_before_acceptance_uwv_sees_the_referral_and_nothing_else(stage: Stage) -> None:
    course = await started(stage)
    sent = await course.refer()
    inbox = await stage.seen("expert_colleague", "/v1/referrals?state=open")
    assert [item["id"] for item in inbox["items"]] == [sent["id"]]
    assert inbox["items"][0]["familyName"] == "Alfa"
    assert (await stage.get("expert", course.of_trajectory)).status_code == 404
    assert (await stage.get("expert", course.of_client)).status_code == 404
    assert (await stage.seen("expert", "/v1/trajectories"))["items"] == []
    for stranger in ("physician", "other_expert", "case_manager", "coach", "other_clinician"):
        answer = await stage.get(stranger, f"/v1/referrals/{sent['id']}")
        absent = await stage.get(stranger, f"/v1/referrals/{uuid4()}")
        assert answer.status_code == absent.status_code == 404
        assert (await stage.seen(stranger, "/v1/referrals"))["items"] == []


async def test_the_name_stays_away_where_the_consent_does_not_cover_identity(stage: Stage) -> None:
    course = await started(stage)
    consent = await course.consent_to("expert", Category.EXISTENCE)
    sent = await course.refer(consentId=consent)
    seen = await stage.seen("expert", f"/v1/referrals/{sent['id']}")
    assert "familyName" not in seen
    assert seen["withheld"] == ["identity"]


async def test_accepting_opens_the_responsibility_and_closes_the_inbox(stage: Stage) -> None:
    course = await started(stage)
    await course.accepted()
    seen = await stage.seen("expert", course.of_trajectory)
    assert (seen["variant"], seen["phase"]) == ("uwv", "accepted")
    people = await stage.seen("expert", f"{course.of_trajectory}/participants")
    assert {"clinician", "labour_expert", "insurance_physician"} == {
        person["role"] for person in people["items"]
    }
    assert (await stage.seen("expert_colleague", "/v1/referrals"))["items"] == []
    assert (await stage.get("expert_colleague", course.of_trajectory)).status_code == 404
    assert (await stage.get("physician", course.of_trajectory)).status_code == 200


async def test_an_unknown_a_hidden_and_an_ended_consent_give_the_same_refusal(stage: Stage) -> None:
    course = await started(stage)
    ended = await course.consent_to("expert", *TOLD, withdrawn_at=datetime(2025, 1, 2, tzinfo=UTC))
    to_another = await course.consent_to("other_expert", *TOLD)
    not_covering = await course.consent_to("expert", Category.IDENTITY)
    answers = []
    for consent in (str(uuid4()), ended, to_another, not_covering):
        body = course.referral("expert", consent)
        answers.append(await stage.post("clinician", "/v1/referrals", body))
    assert {answer.status_code for answer in answers} == {409}
    assert answers[0].json()["errors"][0]["code"] == "consent_missing"
    assert len({str(answer.json()["errors"]) for answer in answers}) == 1
    assert (await stage.seen("expert", "/v1/referrals"))["items"] == []


async def test_without_a_confirmed_benefit_the_way_leads_to_the_municipality(stage: Stage) -> None:
    course = await started(stage)
    consent = await course.consent_to("expert", *TOLD)
    body = course.referral("expert", consent, uwvBenefitConfirmed=False)
    answer = await stage.post("clinician", "/v1/referrals", body)
    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "uwv_benefit_not_confirmed"
    sent = await course.refer("case_manager")
    await stage.act("case_manager", f"/v1/referrals/{sent['id']}", "acceptances")
    assert (await stage.seen("case_manager", course.of_trajectory))["variant"] == "municipal"


async def test_a_refusal_ends_nothing_and_leaves_the_body_with_nothing(stage: Stage) -> None:
    course = await started(stage)
    sent = await course.refer()
    resource = f"/v1/referrals/{sent['id']}"
    refused = await stage.act("expert", resource, "refusals", {"reason": "other_region"})
    assert refused["state"] == "refused"
    assert (await stage.get("expert", resource)).status_code == 404
    assert (await stage.seen("alfa", resource))["refusalReason"] == "other_region"
    again = await course.refer()
    assert again["state"] == "open"


async def test_the_client_takes_an_open_referral_back_at_once(stage: Stage) -> None:
    course = await started(stage)
    sent = await course.refer()
    resource = f"/v1/referrals/{sent['id']}"
    held = (await stage.get("expert", resource)).headers["etag"]
    assert (await stage.act("alfa", resource, "withdrawals"))["state"] == "withdrawn"
    answer = await stage.post("expert", f"{resource}/acceptances", if_match=held)
    assert answer.status_code == 404


async def test_only_the_receiving_role_answers_and_only_once(stage: Stage) -> None:
    course = await started(stage)
    sent = await course.refer()
    resource = f"/v1/referrals/{sent['id']}"
    tag = (await stage.get("clinician", resource)).headers["etag"]
    answer = await stage.post("clinician", f"{resource}/acceptances", if_match=tag)
    assert answer.status_code == 403
    tag = (await stage.get("expert", resource)).headers["etag"]
    key = str(uuid4())
    first = await stage.post("expert", f"{resource}/acceptances", if_match=tag, idempotency_key=key)
    replay = await stage.post(
        "expert", f"{resource}/acceptances", if_match=tag, idempotency_key=key
    )
    assert (first.status_code, replay.status_code) == (200, 200)
    assert replay.json()["id"] == sent["id"]
    second = await stage.post("expert", f"{resource}/acceptances", if_match=tag)
    assert second.status_code == 412
    missing = await stage.post("expert", f"{resource}/acceptances")
    assert missing.status_code == 428


async def test_a_bsn_is_answered_with_yes_or_no_inside_a_referral_only(stage: Stage) -> None:
    course = await started(stage)
    sent = await course.refer()
    path = f"/v1/referrals/{sent['id']}/bsn-checks"
    yes = await stage.post("expert", path, {"bsn": BSN["alfa"]})
    no = await stage.post("expert", path, {"bsn": BSN["bravo"]})
    assert (yes.json(), no.json()) == ({"matches": True}, {"matches": False})
    answer = await stage.post("other_expert", path, {"bsn": BSN["alfa"]})
    assert answer.status_code == 404


async def test_a_goal_in_medical_words_is_refused_and_not_repeated(stage: Stage) -> None:
    course = await started(stage)
    consent = await course.consent_to("expert", *TOLD)
    body = {**course.referral("expert", consent), "goal": "Werk dat past bij schizofrenie."}
    answer = await stage.post("clinician", "/v1/referrals", body)
    assert answer.status_code == 400
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["#/goal"]
    assert "schizofrenie" not in answer.text
