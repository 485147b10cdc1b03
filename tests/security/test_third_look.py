"""What is destroyed, kept by law or out of use; whose log a desk reads; what waits for a yes."""

from typing import Any
from uuid import uuid4

import pytest

from app.access.attribution import attribute
from app.platform.db import engine
from tests.access.test_erasure import buried
from tests.build.sealing import exported, sealed
from tests.build.stage import Stage
from tests.domain.consent.asking import with_question
from tests.domain.consent.test_act_for_a_client import with_mandate
from tests.domain.consent.test_consents_by_age import SCOPE, born, yes_of
from tests.domain.privacy.officers import impact_of, officers
from tests.domain.rights.asking import (
    QUESTION,
    File,
    asked,
    destroying,
    held,
    refusing,
    with_file,
)
from tests.domain.rights.test_decide import due, restricting
from tests.security.forgotten import in_context_of
from tests.security.test_second_look import both_behind

ANSWER = {"answer": "Zo is het besloten."}


@pytest.fixture
async def file(stage: Stage) -> File:
    return await with_file(stage)


def id_of(path: str) -> str:
    return path.rsplit("/", 1)[1]


async def decided(
    stage: Stage, request: str, *decisions: dict[str, Any], desk: str = "desk"
) -> None:
    for decision in decisions:
        await stage.made(desk, f"{request}/decisions", decision)
    await stage.made(desk, f"{request}/answers", ANSWER)


async def test_the_last_decision_on_a_record_says_when_it_goes(stage: Stage, file: File) -> None:
    request = await asked(stage, file, kind="restriction")
    early, late = restricting("work_question"), restricting("work_question", until="2040-06-01")
    await decided(stage, request, early, late)
    stage.on("2025-06-01")
    assert await due(stage) == 0
    assert (await stage.get("alfa", file.question)).status_code == 200
    stage.on("2040-06-01")
    assert await due(stage) == 1


async def test_a_decision_on_one_record_goes_before_that_on_its_kind(
    stage: Stage, file: File
) -> None:
    request = await asked(stage, file, kind="restriction")
    one = restricting("work_question", recordId=id_of(file.question), until="2040-06-01")
    await decided(stage, request, one, restricting("work_question"))
    stage.on("2025-06-01")
    assert await due(stage) == 0
    assert (await stage.get("alfa", file.question)).status_code == 200


async def test_what_was_not_answered_destroys_nothing_and_stops_no_other(
    stage: Stage, file: File
) -> None:
    first = await asked(stage, file, kind="restriction")
    await decided(stage, first, restricting("work_question", until="2040-06-01"))
    second = await asked(stage, file, kind="restriction")
    await stage.made("desk", f"{second}/decisions", restricting("work_question"))
    stage.on("2025-06-01")
    assert await due(stage) == 0
    assert (await stage.get("alfa", file.question)).status_code == 200


async def test_who_restricts_a_record_later_does_not_have_it_destroyed(
    stage: Stage, file: File
) -> None:
    request = await asked(stage, file, kind="restriction")
    await decided(stage, request, restricting("work_question"))
    later = await stage.made("clinician", f"{file.alfa.of_client}/work-questions", QUESTION)
    body = {
        "organisationId": str(stage.organisations["ggz"]),
        "category": "work_question",
        "recordId": later["id"],
        "ground": "kept_by_law",
        "explanation": "Zo verdwijnt het vanzelf.",
    }
    await stage.made("clinician", f"{file.alfa.of_client}/restrictions", body)
    stage.on("2025-06-01")
    assert await due(stage) == 1
    kept = f"{file.alfa.of_client}/work-questions/{later['id']}"
    assert (await stage.get("alfa", kept)).status_code == 200


async def test_care_does_not_undo_what_was_decided_for_the_client(stage: Stage, file: File) -> None:
    request = await asked(stage, file, kind="restriction")
    await decided(stage, request, restricting("work_question"))
    path = f"{file.alfa.of_client}/restrictions"
    (made,) = (await stage.seen("alfa", path))["items"]
    lifted = await stage.post("clinician", f"{path}/{made['id']}/lifts", {"because": "Nodig."})
    assert lifted.status_code == 403


async def test_the_clients_own_words_are_not_said_to_be_restricted_and_left_open(
    stage: Stage, file: File
) -> None:
    request = await asked(stage, file, kind="restriction")
    wrong = await stage.post("desk", f"{request}/decisions", restricting("wellbeing"))
    assert wrong.json()["errors"][0]["code"] == "not_allowed_value"


async def test_what_the_law_keeps_is_not_destroyed_by_deciding_before_it_is_there(
    stage: Stage, file: File
) -> None:
    request = await asked(stage, file, "uwv")
    early = destroying("insurance_physician_notes")
    answer = await stage.post("uwv_desk", f"{request}/decisions", early)
    note = {"talkOn": "2025-01-14", "notes": "Spreekuur geweest."}
    path = f"{file.alfa.of_trajectory}/insurance-physician-notes"
    made = await stage.made("physician", path, note)
    for name in {i["category"] for i in await held(stage, request, "uwv_desk")}:
        if name != "insurance_physician_notes":
            await stage.made("uwv_desk", f"{request}/decisions", refusing(name))
    await stage.post("uwv_desk", f"{request}/answers", ANSWER)
    assert (await stage.get("physician", f"{path}/{made['id']}")).status_code == 200, answer.text


async def test_what_is_recorded_while_the_file_is_destroyed_outlives_the_next_start(
    stage: Stage, file: File
) -> None:
    request = await asked(stage, file)
    mine = {item["category"] for item in await held(stage, request)}
    for name in sorted(mine):
        one = destroying(name) if name == "work_question" else refusing(name)
        await stage.made("desk", f"{request}/decisions", one)
    answers = await both_behind(
        stage,
        "SELECT pg_advisory_xact_lock(hashtextextended('client:' || %s, 0))",
        file.alfa.client,
        stage.post("desk", f"{request}/answers", ANSWER),
        stage.post("clinician", f"{file.alfa.of_client}/work-questions", QUESTION),
    )
    assert [answer.status_code for answer in answers] == [200, 201]
    made = answers[1].json()["id"]
    path = f"{file.alfa.of_client}/work-questions/{made}"
    before = (await stage.get("clinician", path)).status_code
    await buried(stage)
    assert (await stage.get("clinician", path)).status_code == before


async def test_of_two_answers_at_once_one_is_carried_out(stage: Stage, file: File) -> None:
    request = await asked(stage, file, kind="restriction")
    answers = await both_behind(
        stage,
        "SELECT pg_advisory_xact_lock(hashtextextended('client:' || %s, 0))",
        file.alfa.client,
        stage.post("desk", f"{request}/answers", ANSWER),
        stage.post("desk", f"{request}/answers", ANSWER),
    )
    assert sorted(answer.status_code for answer in answers) in ([200, 404], [200, 409])


async def test_a_desk_reads_only_its_own_part_of_the_log(stage: Stage, file: File) -> None:
    await asked(stage, file, "uwv", kind="access")
    await stage.seen("physician", file.conditions)
    await stage.seen("clinician", file.question)
    answer = await stage.get("uwv_desk", f"{file.alfa.of_client}/access-log?pageSize=100")
    seen = answer.json().get("items", [])
    own = stage.organisations["uwv"]
    assert {item["organisationId"] for item in seen} == {str(own)}
    with in_context_of(stage, "uwv_desk") as db:
        stored = db.execute("SELECT DISTINCT organisation_id FROM access_log_entry").fetchall()
    assert stored == [(own,)]


async def test_an_export_for_an_officer_does_not_tell_who_is_known_elsewhere(
    stage: Stage,
) -> None:
    officers(stage)
    echo = await stage.client("echo", by="other_clinician")
    assert (await stage.get("clinician", f"/v1/clients/{echo}")).status_code == 404
    worker = engine(stage.database.worker, pool_size=1)
    assert await attribute(worker) == 1
    await worker.dispose()
    await sealed(stage)
    assert str(echo) not in "\n".join(await exported(stage, "officer"))
    assert str(echo) in "\n".join(await exported(stage, "other_officer"))
    with stage.database.connect("trede_owner") as db:
        scope = str(stage.organisations["ggz"])
        db.execute("SELECT set_config('trede.exporting', %s, false)", [scope])
        stored = db.execute("SELECT DISTINCT outcome FROM access_log_entry").fetchall()
    assert stored in ([], [("allowed",)])


async def test_a_yes_that_waits_for_the_other_is_not_said_to_be_in_force(stage: Stage) -> None:
    alfa, question = await with_question(stage)
    await with_mandate(alfa, kind="parent", scope=SCOPE)
    await born(alfa, "2011-03-01")
    own = await yes_of(alfa, "alfa")
    assert (await stage.get("coach", question)).status_code == 404
    assert (await stage.seen("alfa", own))["state"] == "waiting"
    await yes_of(alfa, "helper")
    assert (await stage.get("coach", question)).status_code == 200
    assert (await stage.seen("alfa", own))["state"] == "in_force"


async def test_a_post_that_is_sent_again_does_not_bring_back_what_was_destroyed(
    stage: Stage, file: File
) -> None:
    path, key = f"{file.alfa.of_client}/work-questions", {"idempotency_key": str(uuid4())}
    await stage.made("clinician", path, QUESTION, **key)
    request = await asked(stage, file)
    mine = sorted({item["category"] for item in await held(stage, request)})
    gone = [destroying(c) if c == "work_question" else refusing(c) for c in mine]
    await decided(stage, request, *gone)
    assert (await stage.post("clinician", path, QUESTION, **key)).status_code == 404
    assert (await stage.seen("clinician", path))["items"] == []


async def test_who_manages_the_money_does_not_ask_for_the_file_to_be_destroyed(
    stage: Stage, file: File
) -> None:
    alfa = file.alfa
    await with_mandate(alfa, kind="financial_administrator", scope=["existence", "consent"])
    body = {"kind": "erasure", "organisationId": str(stage.organisations["ggz"])}
    path = f"{alfa.of_client}/data-subject-requests"
    assert (await stage.post("helper", path, body)).status_code == 403


async def test_a_stand_in_reads_nothing_after_the_cover_also_where_the_colleague_still_does(
    stage: Stage, file: File
) -> None:
    member = {p: str(stage.parties[p].membership) for p in ("expert", "expert_colleague")}
    cover = {
        "absentMembershipId": member["expert"],
        "substituteMembershipId": member["expert_colleague"],
        "validUntil": "2025-02-01",
    }
    await stage.made("expert", "/v1/substitutions", cover)
    path = file.alfa.of_trajectory
    assert (await stage.get("expert_colleague", path)).status_code == 200
    with stage.database.connect_as_superuser() as db:
        db.execute("UPDATE participant SET valid_until = '2025-01-20', keeps_own_records = true")
    await stage.recompile(file.alfa.client)
    for day, seen in (("2025-01-16", 200), ("2025-01-25", 404), ("2025-02-02", 404)):
        stage.on(day)
        assert (await stage.get("expert_colleague", path)).status_code == seen, day
    bodies = (await stage.seen("expert_colleague", "/v1/trajectories"))["items"]
    assert bodies == []


async def test_a_cursor_and_an_id_of_another_organisation_lead_an_officer_nowhere(
    stage: Stage,
) -> None:
    officers(stage)
    for key in ("alfa", "echo"):
        await stage.client(key, by="clinician")
    mine = impact_of(stage, "clinician", "?pageSize=1")
    page = await stage.seen("officer", mine)
    theirs = impact_of(stage, "other_clinician", f"?pageSize=1&cursor={page['nextCursor']}")
    own = f"{mine}&cursor={page['nextCursor']}"
    assert (await stage.get("other_officer", mine)).status_code == 404
    assert (await stage.get("other_officer", own)).status_code == 404
    assert (await stage.get("other_officer", theirs)).status_code == 400
