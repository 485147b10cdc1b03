"""Giving and withdrawing: one call each, for exactly what was named, at once."""

from uuid import uuid4

import psycopg
import pytest

from app.platform.postgres import API
from tests.build.stage import Stage
from tests.domain.consent.asking import ABSENT, consent, party, seen_by_sender, with_question


async def test_a_consent_opens_what_it_names_until_one_call_withdraws_it(stage: Stage) -> None:
    alfa, question = await with_question(stage)
    assert (await stage.get("coach", question)).status_code == 404
    body = consent(alfa, "ggz", "coach", "work_question")
    given = await stage.made("alfa", f"{alfa.of_client}/consents", body)
    assert (await stage.seen("coach", question))["wish"] == "Iets met hout."
    assert (await stage.get("coach_colleague", question)).status_code == 404
    assert (await stage.get("expert", question)).status_code == 404
    one = f"/v1/consents/{given['id']}"
    gone = await stage.made("alfa", f"{one}/withdrawals", {"reason": "Te veel tegelijk."})
    assert (await stage.get("coach", question)).status_code == 404
    assert gone["state"] == "withdrawn"
    assert gone["withdrawalReason"] == "Te veel tegelijk."
    again = await stage.made("alfa", f"{one}/withdrawals", {})
    assert again == gone
    for recipient in ("coach", "clinician"):
        seen = await stage.seen(recipient, one)
        assert (seen["state"], seen["withdrawalReason"]) == ("withdrawn", None), recipient
    plan = seen_by_sender(consent(alfa, "company", "clinician", "action_plan"))
    shared = await stage.made("coach", f"{alfa.of_client}/consents", plan)
    for who in ("coach", "clinician"):
        refused = await stage.post(who, f"/v1/consents/{shared['id']}/withdrawals", {})
        assert refused.status_code == 403, who


async def test_the_recipient_is_not_told_whether_there_was_a_reason(stage: Stage) -> None:
    answers = []
    alfa, _ = await with_question(stage)
    for reason in ({}, {"reason": "Ik vertrouw het niet."}):
        body = consent(alfa, "ggz", "coach", "work_question")
        given = await stage.made("alfa", f"{alfa.of_client}/consents", body)
        await stage.made("alfa", f"/v1/consents/{given['id']}/withdrawals", reason)
        seen = await stage.seen("coach", f"/v1/consents/{given['id']}")
        varying = ("id", "recordedAt", "validFrom", "withdrawnAt")
        answers.append({name: seen[name] for name in seen if name not in varying})
    assert answers[0] == answers[1]


async def test_no_recipient_and_no_third_party_records_a_consent(stage: Stage) -> None:
    alfa, question = await with_question(stage)
    consents = f"{alfa.of_client}/consents"
    to_coach = seen_by_sender(consent(alfa, "ggz", "coach", "work_question"))
    for recorder in ("coach", "expert", "physician"):
        assert (await stage.post(recorder, consents, to_coach)).status_code == 403, recorder
    mine = seen_by_sender(consent(alfa, None, "clinician", "ladder"))
    assert (await stage.post("clinician", consents, mine)).status_code == 403
    own = seen_by_sender(consent(alfa, "company", "coach", "work_question"))
    assert (await stage.post("coach", consents, own)).status_code == 403
    everywhere = {
        **seen_by_sender(consent(alfa, "company", "clinician", "action_plan")),
        "allTrajectories": True,
        "trajectoryId": None,
    }
    assert (await stage.post("coach", consents, everywhere)).status_code == 403
    assert (await stage.get("coach", question)).status_code == 404
    assert (await stage.seen("alfa", consents))["items"] == []


async def test_a_sender_records_with_evidence_and_the_client_sees_who_did(stage: Stage) -> None:
    alfa, question = await with_question(stage)
    consents = f"{alfa.of_client}/consents"
    bare = await stage.post("clinician", consents, consent(alfa, "ggz", "coach", "work_question"))
    assert bare.status_code == 400
    assert [fault["pointer"] for fault in bare.json()["errors"]] == ["#/evidence", "#/givenHow"]
    body = seen_by_sender(consent(alfa, "ggz", "coach", "work_question"))
    given = await stage.made("clinician", consents, body)
    assert (await stage.get("coach", question)).status_code == 200
    listed = (await stage.seen("alfa", consents))["items"]
    assert [(c["id"], c["authorRole"]) for c in listed] == [(given["id"], "clinician")]
    assert listed[0]["recordedByOrganisationId"] == str(stage.organisations["ggz"])
    assert listed[0]["evidence"] == body["evidence"]
    assert (await stage.seen("coach", f"/v1/consents/{given['id']}"))["evidence"] is None
    with stage.database.connect_as_superuser() as db:
        verbs = db.execute("SELECT verb FROM outbox_event WHERE subject_id = %s", [given["id"]])
        assert verbs.fetchall() == [("consent.given",)]


async def test_what_can_never_be_shared_is_refused_by_name(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    body = consent(alfa, "ggz", "coach", "medical", "bsn", "ladder")
    refused = await stage.post(
        "alfa",
        f"{alfa.of_client}/consents",
        {**body, "purposes": ["treatment"], "textVersion": "ooit", "validUntil": "2025-01-14"},
    )
    assert refused.status_code == 400
    faults = {fault["pointer"]: fault for fault in refused.json()["errors"]}
    assert set(faults) == {"#/categories", "#/purposes", "#/textVersion", "#/validUntil"}
    assert "bsn, medical" in faults["#/categories"]["detail"]
    assert "ladder" not in faults["#/categories"]["detail"]
    for missing in ("categories", "purposes"):
        empty = await stage.post("alfa", f"{alfa.of_client}/consents", {**body, missing: []})
        assert empty.status_code == 400
    neither = {name: value for name, value in body.items() if name != "trajectoryId"}
    assert (await stage.post("alfa", f"{alfa.of_client}/consents", neither)).status_code == 400


async def test_what_the_giver_cannot_see_is_refused_as_if_absent(stage: Stage) -> None:
    alfa, question = await with_question(stage)
    echo = await stage.client("echo", by="other_clinician")
    elsewhere = await stage.made(
        "other_clinician", "/v1/trajectories", {"clientId": str(echo), "kind": "wgb"}
    )
    body = consent(alfa, "ggz", "coach", "work_question")
    consents, request = f"{alfa.of_client}/consents", {"x_request_id": ABSENT}
    answers = [
        await stage.post("alfa", consents, {**body, "trajectoryId": trajectory}, **request)
        for trajectory in (elsewhere["id"], ABSENT)
    ]
    assert answers[0].status_code == 400
    assert answers[0].content == answers[1].content
    bravo = await stage.client("bravo")
    own = await stage.made("clinician", "/v1/trajectories", {"clientId": str(bravo), "kind": "wgb"})
    mixed = [
        await stage.post(
            "clinician", consents, {**seen_by_sender(body), "trajectoryId": trajectory}, **request
        )
        for trajectory in (own["id"], ABSENT)
    ]
    assert mixed[0].status_code == 400
    assert mixed[0].content == mixed[1].content
    record = question.rsplit("/", 1)[1]
    physicians = seen_by_sender(consent(alfa, "uwv", "coach", "work_question"))
    hidden = [
        await stage.post("expert", consents, {**physicians, "recordId": asked}, **request)
        for asked in (record, ABSENT)
    ]
    assert hidden[0].status_code == 400
    assert hidden[0].content == hidden[1].content
    named = await stage.made("alfa", consents, {**body, "recordId": record})
    assert named["recordId"] == record
    unknown = await stage.post("alfa", f"/v1/clients/{echo}/consents", body, **request)
    absent = await stage.post("alfa", f"/v1/clients/{uuid4()}/consents", body, **request)
    assert unknown.status_code == 404
    assert unknown.content == absent.content


async def test_a_consent_is_between_its_parties_only(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    consents = f"{alfa.of_client}/consents"
    given = await stage.made("alfa", consents, consent(alfa, "ggz", "expert", "work_question"))
    hidden = await stage.get("coach", f"/v1/consents/{given['id']}", x_request_id=ABSENT)
    absent = await stage.get("coach", f"/v1/consents/{uuid4()}", x_request_id=ABSENT)
    assert hidden.status_code == 404
    assert hidden.content == absent.content
    assert (await stage.seen("coach", consents))["items"] == []
    assert len((await stage.seen("expert", consents))["items"]) == 1


async def test_a_repeated_gift_with_the_same_key_is_one_consent(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    body, key = consent(alfa, "ggz", "coach", "work_question"), {"idempotency_key": str(uuid4())}
    first = await stage.made("alfa", f"{alfa.of_client}/consents", body, **key)
    assert await stage.made("alfa", f"{alfa.of_client}/consents", body, **key) == first
    assert len((await stage.seen("alfa", f"{alfa.of_client}/consents"))["items"]) == 1


async def test_one_act_lets_all_parties_see_a_conversation_and_ends_for_one_or_all(
    stage: Stage,
) -> None:
    alfa, _ = await with_question(stage)
    parties = [party(stage, key) for key in ("clinician", "expert", "coach")]
    conversations = f"{alfa.of_trajectory}/start-conversations"
    planned = {
        "kind": "four_party",
        "proposals": [{"startsAt": "2025-04-03T10:00:00+02:00"}],
        "invitations": parties,
    }
    made = await stage.made("clinician", conversations, planned)
    one = f"{conversations}/{made['id']}"
    body = {**consent(alfa, None, "coach"), "conversationId": made["id"], "parties": parties}
    for name in ("senderOrganisationId", "categories", "recipient"):
        del body[name]
    acts = f"{alfa.of_client}/conversation-consents"
    assert (await stage.post("clinician", acts, body)).status_code == 403
    lost = await stage.post("alfa", acts, {**body, "conversationId": ABSENT})
    assert lost.json()["errors"][0]["pointer"] == "#/conversationId"

    async def open_to() -> list[bool]:
        answers = [await stage.get(key, one) for key in ("expert", "coach")]
        return [answer.status_code == 200 for answer in answers]

    assert await open_to() == [False, False]
    given = await stage.made("alfa", acts, body)
    assert len(given["consents"]) == 3
    assert await open_to() == [True, True]
    experts = next(c for c in given["consents"] if c["recipient"]["role"] == "labour_expert")
    await stage.made("alfa", f"/v1/consents/{experts['id']}/withdrawals", {})
    assert await open_to() == [False, True]
    gone = await stage.made("alfa", f"{acts}/{given['id']}/withdrawals", {})
    assert {c["state"] for c in gone["consents"]} == {"withdrawn"}
    assert await open_to() == [False, False]


async def test_the_database_itself_refuses_a_consent_by_its_recipient(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    coach, ggz = stage.parties["coach"], stage.organisations["ggz"]
    values = {
        "id": uuid4(),
        "client": alfa.client,
        "trajectory": alfa.trajectory,
        "coach": coach.membership,
        "ggz": ggz,
        "own": coach.organisation,
    }
    statement = (
        "INSERT INTO consent (id, client_id, trajectory_id, author_id, author_role, kind, given_by,"
        " sender_organisation_id, recipient_organisation_id, recipient_role, categories, purposes,"
        " text_version, given_how) VALUES (%(id)s, %(client)s, %(trajectory)s, %(coach)s,"
        " 'reintegration_coach', 'secrecy_waiver', 'client', {sender}, {recipient},"
        " 'reintegration_coach', 1, 2, '2025-01', 'paper')"
    )
    with stage.database.connect(API) as db:

        def as_coach(sender: str, recipient: str) -> None:
            with db.transaction():
                db.execute(
                    "SELECT wear(id, %s, '2') FROM account WHERE subject = %s",
                    [coach.membership, coach.subject],
                )
                db.execute(statement.format(sender=sender, recipient=recipient), values)

        for sender, recipient in (("%(ggz)s", "%(own)s"), ("%(own)s", "%(own)s")):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                as_coach(sender, recipient)
        as_coach("%(own)s", "%(ggz)s")
