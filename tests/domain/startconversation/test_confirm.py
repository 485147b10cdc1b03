"""Being there, writing down, confirming: when a conversation counts and who keeps it."""

from typing import Any
from uuid import uuid4

from app.access.facts import Participant
from tests.build.situations import wgb_at_uwv
from tests.build.stage import Stage
from tests.domain.startconversation.table import HELD, MINUTES, Table, table_of_four


def codes(answer: Any) -> set[str]:
    return {fault["code"] for fault in answer.json()["errors"]}


async def test_one_conversation_consent_opens_all_parts_whoever_wrote_them(stage: Stage) -> None:
    table = await table_of_four(stage)
    await table.consent("clinician", "expert", "coach")
    await table.meet()
    await table.write(by="coach")
    for party in ("clinician", "expert", "coach", "alfa"):
        seen = await stage.seen(party, table.one)
        assert seen["minutes"]["authorRole"] == "reintegration_coach", party
        assert seen["attendance"]["heldOn"] == HELD
        assert seen["partial"] is False
    for party in ("physician", "psychologist", "expert_colleague", "coach_colleague"):
        assert (await stage.get(party, table.one)).status_code == 404
    elsewhere = await table_of_four_more(table)
    assert (await stage.get("expert", f"{table.all}/{elsewhere}")).status_code == 404


async def table_of_four_more(table: Table) -> str:
    made = await table.stage.made("clinician", table.all, table.body("expert", kind="review"))
    more: str = made["id"]
    return more


async def test_whoever_arranged_it_sees_only_own_parts_without_consent(stage: Stage) -> None:
    table = await table_of_four(stage)
    await table.consent("coach")
    await table.write(by="coach")
    seen = await stage.seen("clinician", table.one)
    assert seen["minutes"] is None
    assert seen["partial"] is True


async def test_the_clients_word_makes_it_count_from_the_day_it_was_held(stage: Stage) -> None:
    table = await table_of_four(stage)
    await table.prepare()
    await table.consent("clinician", "expert", "coach")
    await table.meet()
    minutes = {"minutesId": await table.write()}
    await stage.made("coach", f"{table.one}/confirmations", minutes)
    assert await table.milestones() == []
    stage.on("2025-04-07")
    seen = await stage.made("alfa", f"{table.one}/confirmations", minutes)
    assert seen["confirmedAt"].startswith("2025-04-07")
    assert {(c["party"], c["how"]) for c in seen["confirmations"]} == {
        ("reintegration_coach", "own_session"),
        ("client", "own_session"),
    }
    assert await table.milestones() == [
        ("start_conversation", HELD, None),
        ("start_conversation_confirmed", "2025-04-07", "12"),
    ]
    assert (await stage.post("alfa", f"{table.one}/confirmations", minutes)).status_code == 409
    late = await stage.post("clinician", f"{table.one}/minutes", MINUTES)
    assert late.status_code == 409
    await stage.made("expert", f"{table.one}/confirmations", minutes)


async def test_a_refusal_names_all_that_lacks_to_the_client(stage: Stage) -> None:
    table = await table_of_four(stage)
    await table.prepare("work_talk", "preparation_done")
    await table.consent("coach")
    minutes = {"minutesId": await table.write()}
    nothing = await stage.post("alfa", f"{table.one}/confirmations", minutes)
    assert (nothing.status_code, codes(nothing)) == (409, {"attendance_recorded"})
    await table.meet("client", "clinician", "labour_expert")
    refused = await stage.post("alfa", f"{table.one}/confirmations", minutes)
    assert refused.status_code == 409
    assert codes(refused) == {
        "work_talk_held",
        "preparation_done",
        "consents_in_place",
        "all_present",
        "not_present_coach",
        "no_consent_authority",
    }
    assert await table.milestones() == []
    assert (await stage.seen("alfa", table.one))["confirmedAt"] is None


async def test_the_client_may_accept_that_someone_was_not_there(stage: Stage) -> None:
    table = await table_of_four(stage)
    await table.prepare()
    await table.consent("clinician", "expert", "coach")
    await table.meet("client", "clinician", "reintegration_coach")
    minutes = {"minutesId": await table.write()}
    refused = await stage.post("alfa", f"{table.one}/confirmations", minutes)
    assert codes(refused) == {"all_present", "not_present_authority"}
    absence = {"invitationId": table.seats["labour_expert"]}
    path = f"{table.one}/absence-acceptances"
    assert (await stage.post("coach", path, absence)).status_code == 403
    present = {"invitationId": table.seats["clinician"]}
    assert (await stage.post("alfa", path, present)).status_code == 400
    await stage.made("alfa", path, absence)
    seen = await stage.made("alfa", f"{table.one}/confirmations", minutes)
    assert seen["attendance"]["acceptedAbsences"] == [table.seats["labour_expert"]]
    assert seen["confirmedAt"] is not None


async def test_each_party_keeps_what_it_confirmed_and_nobody_else_does(stage: Stage) -> None:
    table = await table_of_four(stage)
    await table.prepare()
    await table.consent("clinician", "expert", "coach")
    await table.meet()
    minutes = {"minutesId": await table.write()}
    for party in ("coach", "alfa"):
        await stage.made(party, f"{table.one}/confirmations", minutes)
    with stage.database.connect_as_superuser() as db:
        db.execute("UPDATE consent SET withdrawn_at = moment()")
    await stage.recompile(table.alfa.client)
    kept = await stage.seen("coach", table.one)
    assert kept["minutes"]["successDefinition"] == MINUTES["successDefinition"]
    assert (await stage.get("expert", table.one)).status_code == 404
    with stage.database.connect_as_superuser() as db:
        db.execute(f"UPDATE {Participant.__tablename__} SET valid_until = moment()")
    await stage.recompile(table.alfa.client)
    after = await stage.seen("coach", table.one)
    assert after["minutes"]["id"] == minutes["minutesId"]
    assert after["withheld"] == ["status"]


async def test_a_new_version_of_the_minutes_is_confirmed_anew(stage: Stage) -> None:
    table = await table_of_four(stage)
    await table.prepare()
    await table.consent("clinician", "expert", "coach")
    await table.meet()
    first = {"minutesId": await table.write()}
    await stage.made("coach", f"{table.one}/confirmations", first)
    assert (await stage.post("coach", f"{table.one}/minutes", MINUTES)).status_code == 409
    second = {"minutesId": await table.write(durationMonths=18)}
    seen = await stage.seen("coach", table.one)
    assert seen["confirmations"] == []
    assert (seen["minutes"]["durationMonths"], len(seen["earlierMinutes"])) == (18, 1)
    assert (await stage.post("alfa", f"{table.one}/confirmations", first)).status_code == 409
    with stage.database.connect_as_superuser() as db:
        db.execute("UPDATE consent SET withdrawn_at = moment() WHERE recipient_role <> 'clinician'")
    await stage.recompile(table.alfa.client)
    assert (await stage.get("coach", table.one)).status_code == 404
    assert second != first


async def test_a_confirmation_on_paper_names_a_witness_and_opens_nothing(stage: Stage) -> None:
    table = await table_of_four(stage)
    await table.prepare()
    await table.consent("clinician", "expert", "coach")
    await table.meet()
    on_paper = {"minutesId": await table.write(), "how": "paper"}
    path = f"{table.one}/confirmations"
    assert (await stage.post("clinician", path, on_paper)).status_code == 400
    for_client = {**on_paper, "invitationId": table.seats["client"], "witness": "Zus van Alfa"}
    for_coach = {**for_client, "invitationId": table.seats["reintegration_coach"]}
    assert (await stage.post("alfa", path, for_coach)).status_code == 403
    await stage.made("clinician", path, for_coach)
    seen = await stage.made("clinician", path, for_client)
    told = {c["party"]: (c["how"], c["witness"], c["recordedBy"]) for c in seen["confirmations"]}
    assert told["client"] == ("paper", "Zus van Alfa", "clinician")
    assert [name for name, _, _ in await table.milestones()] == [
        "start_conversation",
        "start_conversation_confirmed",
    ]
    with stage.database.connect_as_superuser() as db:
        db.execute("UPDATE consent SET withdrawn_at = moment()")
    await stage.recompile(table.alfa.client)
    assert (await stage.get("coach", table.one)).status_code == 404


async def test_medical_content_is_refused_by_name_of_the_field_only(stage: Stage) -> None:
    table = await table_of_four(stage)
    body = {
        **MINUTES,
        "points": ["Rustige plek", "Diagnose F32.1 besproken"],
        "agreements": [{"what": "Sertraline bespreken", "owner": "clinician"}],
    }
    refused = await stage.post("clinician", f"{table.one}/minutes", body)
    assert refused.status_code == 400
    assert {(f["pointer"], f["code"]) for f in refused.json()["errors"]} == {
        ("#/points/1", "medical_content"),
        ("#/agreements/0/what", "medical_content"),
    }
    assert "F32" not in refused.text
    assert "ertraline" not in refused.text
    stranger = {**MINUTES, "agreements": [{"what": "Bellen", "owner": "job_coach"}]}
    refused = await stage.post("clinician", f"{table.one}/minutes", stranger)
    assert refused.json()["errors"][0]["pointer"] == "#/agreements/0/owner"
    bare = await stage.post("clinician", f"{table.one}/minutes", {})
    assert {f["pointer"] for f in bare.json()["errors"]} == {
        "#/successDefinition",
        "#/reviewDates",
        "#/durationMonths",
    }


async def test_a_final_review_keeps_the_clients_verdict_and_the_measured_end(stage: Stage) -> None:
    table = Table(stage, await wgb_at_uwv(stage))
    stage.on("2026-04-01")
    ladder = f"{table.alfa.of_trajectory}/ladder-measurements"
    rung = {"rung": 5, "measuredOn": "2026-04-01", "occasion": "end"}
    end = (await stage.made("coach", ladder, rung))["id"]
    await table.ask("clinician", "expert", "coach", kind="final_review")
    await table.consent("clinician", "expert", "coach")
    await stage.made(
        "coach",
        f"{table.one}/attendance",
        {"heldOn": "2026-04-01", "present": list(table.seats.values())},
    )
    final = {"goalMet": True, "clientVerdict": "gelukt", "nextStep": "Verder met 16 uur"}
    unknown = {"finalReview": {**final, "ladderMeasurementId": str(uuid4())}}
    refused = await stage.post("coach", f"{table.one}/minutes", unknown)
    assert refused.json()["errors"][0]["code"] == "unknown_reference"
    body = {"finalReview": {**final, "ladderMeasurementId": end}}
    made = await stage.made("coach", f"{table.one}/minutes", body)
    assert made["minutes"]["clientVerdict"] == "gelukt"
    assert made["minutes"]["ladderMeasurementId"] == end
    minutes = {"minutesId": made["minutes"]["id"]}
    await stage.made("alfa", f"{table.one}/confirmations", minutes)
    assert ("final_review", "2026-04-01", None) in await table.milestones()
