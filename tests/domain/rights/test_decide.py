"""What the privacy desk may decide, on whose request, and what each decision does."""

from typing import Any
from uuid import uuid4

import psycopg
import pytest

from app.access.erasure.ledger import Ledger
from app.domain.rights.actions.falling_due import fall_due
from app.platform.db import engine
from tests.build.stage import Stage
from tests.domain.rights.asking import (
    QUESTION,
    File,
    asked,
    destroying,
    held,
    refusing,
    with_file,
)

ANSWER = {"answer": "Zo is het besloten."}


def restricting(category: str, **more: Any) -> dict[str, Any]:
    kept = {"outcome": "restrict", "ground": "law_obliges_to_keep", "until": "2025-06-01"}
    return {"category": category, **kept, **more}


@pytest.fixture
async def file(stage: Stage) -> File:
    return await with_file(stage)


async def test_only_the_client_asks_and_only_of_who_has_a_desk(stage: Stage, file: File) -> None:
    path = f"{file.alfa.of_client}/data-subject-requests"
    body = {"kind": "erasure", "organisationId": str(stage.organisations["ggz"])}
    for party in ("clinician", "desk", "expert"):
        assert (await stage.post(party, path, body)).status_code in {403, 404}, party
    for nobody in (stage.organisations["workplace"], uuid4()):
        wrong = await stage.post("alfa", path, {**body, "organisationId": str(nobody)})
        assert wrong.json()["errors"][0]["code"] == "unknown_reference"


async def test_a_request_is_seen_by_the_client_and_its_own_desk_and_by_nobody_else(
    stage: Stage, file: File
) -> None:
    request = await asked(stage, file)
    for party in ("alfa", "desk"):
        assert (await stage.seen(party, request))["dueOn"] == "2025-02-14", party
        listed = (await stage.seen(party, "/v1/data-subject-requests"))["items"]
        assert [f"/v1/data-subject-requests/{r['id']}" for r in listed] == [request]
    for party in ("uwv_desk", "clinician", "expert", "coach"):
        assert (await stage.get(party, request)).status_code == 404, party
        assert (await stage.seen(party, "/v1/data-subject-requests"))["items"] == []
        wrong = await stage.post(party, f"{request}/decisions", destroying("medical"))
        assert wrong.status_code == 404, party
    for act, body in (("decisions", destroying("medical")), ("answers", ANSWER)):
        assert (await stage.post("alfa", f"{request}/{act}", body)).status_code == 403


@pytest.mark.parametrize(
    ("decision", "code"),
    [
        (destroying("work_question", ground="legal_claim"), "wrong_combination"),
        (refusing("work_question", ground="on_request"), "wrong_combination"),
        (refusing("work_question", until="2025-06-01"), "wrong_combination"),
        (restricting("work_question", until=None), "wrong_combination"),
        (restricting("work_question", until="2025-01-14"), "in_the_past"),
        (restricting("identity"), "not_allowed_value"),
        (destroying("work_question", recordId=str(uuid4())), "unknown_reference"),
        (refusing("work_capacity", recordId=str(uuid4())), "unknown_reference"),
    ],
)
async def test_a_decision_that_makes_no_sense_is_refused(
    stage: Stage, file: File, decision: dict[str, Any], code: str
) -> None:
    request = await asked(stage, file)
    wrong = await stage.post("desk", f"{request}/decisions", decision)
    assert wrong.status_code == 400
    assert code in {error["code"] for error in wrong.json()["errors"]}


async def test_no_desk_decides_on_a_record_of_another_party(stage: Stage, file: File) -> None:
    request = await asked(stage, file)
    theirs = file.conditions.rsplit("/", 1)[1]
    wrong = await stage.post(
        "desk", f"{request}/decisions", destroying("work_capacity", recordId=theirs)
    )
    assert wrong.json()["errors"][0]["code"] == "unknown_reference"
    await stage.made("desk", f"{request}/decisions", destroying("work_capacity"))
    for name in {item["category"] for item in await held(stage, request)}:
        await stage.made("desk", f"{request}/decisions", refusing(name))
    await stage.made("desk", f"{request}/answers", ANSWER)
    assert (await stage.get("physician", file.conditions)).status_code == 200


async def test_nothing_is_destroyed_on_a_request_for_something_else(
    stage: Stage, file: File
) -> None:
    for kind in ("access", "restriction"):
        request = await asked(stage, file, kind=kind)
        wrong = await stage.post("desk", f"{request}/decisions", destroying("work_question"))
        assert wrong.json()["errors"][0]["code"] == "not_allowed_value", kind
        answered = await stage.made("desk", f"{request}/answers", ANSWER)
        assert answered["answer"] == ANSWER["answer"]
        again = await stage.post("desk", f"{request}/answers", ANSWER)
        assert again.status_code == 404
    assert (await stage.get("clinician", file.question)).status_code == 200


async def test_what_is_restricted_is_out_of_use_and_goes_on_the_day_that_was_named(
    stage: Stage, file: File
) -> None:
    request = await asked(stage, file, kind="restriction")
    await stage.made("desk", f"{request}/decisions", restricting("work_question"))
    await stage.made("desk", f"{request}/answers", ANSWER)
    assert (await stage.seen("alfa", file.question))["restrictedAt"] is not None
    later = await stage.made("clinician", f"{file.alfa.of_client}/work-questions", QUESTION)
    ledger: Ledger = stage.app.state.services.ledger
    assert await due(stage) == 0
    stage.on("2025-06-01")
    assert await due(stage) == 1
    assert await due(stage) == 0
    assert (await stage.get("alfa", file.question)).status_code == 404
    kept = f"{file.alfa.of_client}/work-questions/{later['id']}"
    assert (await stage.seen("clinician", kept))["wish"] == QUESTION["wish"]
    assert [line["record_id"] for line in ledger.read()] == [file.question.rsplit("/", 1)[1]]


async def due(stage: Stage) -> int:
    worker = engine(stage.database.worker, pool_size=1)
    services = stage.app.state.services
    try:
        return await fall_due(worker, services.engines.writer, services.ledger)
    finally:
        await worker.dispose()


async def test_what_was_lifted_meanwhile_stays(stage: Stage, file: File) -> None:
    request = await asked(stage, file, kind="restriction")
    await stage.made("desk", f"{request}/decisions", restricting("work_question"))
    await stage.made("desk", f"{request}/answers", ANSWER)
    path = f"{file.alfa.of_client}/restrictions"
    (made,) = (await stage.seen("alfa", path))["items"]
    await stage.made("alfa", f"{path}/{made['id']}/lifts", {"because": "Toch bewaren."})
    stage.on("2025-06-02")
    assert await due(stage) == 0
    assert (await stage.get("alfa", file.question)).status_code == 200


async def test_the_database_itself_destroys_nothing_without_a_decision(
    stage: Stage, file: File
) -> None:
    """As the one role that may delete: with a client chosen, and without any open request."""
    client = str(file.alfa.client)
    with stage.database.connect("trede_api") as db:
        db.execute("BEGIN")
        db.execute("SET LOCAL ROLE trede_compiler")
        db.execute("SELECT set_config('trede.compiling', %s, true)", [client])
        for table in ("work_question", "treatment_plan", "data_key", "account_link", "client"):
            gone = db.execute(f"DELETE FROM {table} WHERE client_id = %s", [client])
            assert gone.rowcount == 0, table
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute(
                "INSERT INTO tombstone (id, client_id, everything) VALUES (%s, %s, true)",
                [uuid4(), client],
            )
