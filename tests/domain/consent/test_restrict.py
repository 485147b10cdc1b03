"""What is contested stays, marked, for the client and who answers for it, and for nobody else."""

from typing import Any

import psycopg
import pytest

from app.access.vocabulary import Category
from tests.build.situations import Situation
from tests.build.stage import Stage
from tests.domain.consent.asking import ABSENT, QUESTION, with_question
from tests.security.forgotten import in_context_of


@pytest.fixture
async def shared(stage: Stage) -> tuple[Situation, str]:
    """A work question of the GGZ, that the coach reads by consent."""
    alfa, question = await with_question(stage)
    await alfa.consent("coach", Category.WORK_QUESTION)
    assert (await stage.get("coach", question)).status_code == 200
    return alfa, question


def restriction(stage: Stage, **more: Any) -> dict[str, Any]:
    return {
        "organisationId": str(stage.organisations["ggz"]),
        "category": "work_question",
        "ground": "accuracy_contested",
        "explanation": "Dit heb ik zo niet gezegd.",
        **more,
    }


async def test_the_client_restricts_one_record_and_only_who_answers_still_sees_it(
    stage: Stage, shared: tuple[Situation, str]
) -> None:
    alfa, question = shared
    other = await stage.made("clinician", f"{alfa.of_client}/work-questions", QUESTION)
    path = f"{alfa.of_client}/restrictions"
    one = {"recordId": question.rsplit("/", 1)[1]}
    made = await stage.made("alfa", path, restriction(stage, **one))
    assert (await stage.get("coach", question)).status_code == 404
    listed = (await stage.seen("coach", f"{alfa.of_client}/work-questions"))["items"]
    assert [item["id"] for item in listed] == [other["id"]]
    for party in ("alfa", "clinician", "psychologist"):
        assert (await stage.seen(party, question))["restrictedAt"] is not None, party
    unmarked = await stage.seen("clinician", f"{alfa.of_client}/work-questions/{other['id']}")
    assert unmarked["restrictedAt"] is None
    assert (await stage.seen("coach", path))["items"] == []
    assert [r["id"] for r in (await stage.seen("clinician", path))["items"]] == [made["id"]]
    because = {"because": "Verbeterd in een nieuwe versie."}
    assert (await stage.post("coach", f"{path}/{made['id']}/lifts", because)).status_code == 404
    lifted = await stage.made("clinician", f"{path}/{made['id']}/lifts", because)
    assert lifted["liftedBecause"] == because["because"]
    assert (await stage.get("coach", question)).status_code == 200
    assert (await stage.seen("alfa", f"{path}/{made['id']}"))["liftedAt"] is not None
    assert (await stage.post("alfa", f"{path}/{made['id']}/lifts", because)).status_code == 409


async def test_what_two_restrictions_hold_opens_when_both_are_lifted(
    stage: Stage, shared: tuple[Situation, str]
) -> None:
    alfa, question = shared
    path = f"{alfa.of_client}/restrictions"
    one = {"recordId": question.rsplit("/", 1)[1]}
    record = await stage.made("alfa", path, restriction(stage, **one))
    whole = await stage.made("clinician", path, restriction(stage))
    because = {"because": "Uitgezocht."}
    await stage.made("alfa", f"{path}/{record['id']}/lifts", because)
    assert (await stage.get("coach", question)).status_code == 404
    assert (await stage.seen("alfa", question))["restrictedAt"] is not None
    await stage.made("alfa", f"{path}/{whole['id']}/lifts", because)
    assert (await stage.get("coach", question)).status_code == 200


async def test_nobody_restricts_what_another_answers_for_or_what_is_not_there(
    stage: Stage, shared: tuple[Situation, str]
) -> None:
    alfa, question = shared
    path = f"{alfa.of_client}/restrictions"
    own = {"organisationId": str(stage.organisations["company"])}
    for party, body, status in (
        ("coach", restriction(stage), 403),
        ("coach", restriction(stage, **own), 403),
        ("expert", restriction(stage), 403),
        ("other_clinician", restriction(stage), 404),
        ("alfa", restriction(stage, recordId=ABSENT), 400),
        ("alfa", restriction(stage, category="consent"), 400),
        ("alfa", restriction(stage, ground="because"), 400),
        ("alfa", restriction(stage, organisationId=ABSENT), 400),
    ):
        assert (await stage.post(party, path, body)).status_code == status, (party, body)
    assert (await stage.get("coach", question)).status_code == 200


async def test_the_database_lets_only_the_client_and_who_answers_close_a_record(
    stage: Stage, shared: tuple[Situation, str]
) -> None:
    alfa, _ = shared
    closing = "UPDATE work_question SET restricted_at = moment() WHERE client_id = %s"
    for party, changed in (("alfa", 1), ("clinician", 1), ("coach", 0), ("expert", 0)):
        with in_context_of(stage, party) as db:
            db.execute("SET LOCAL ROLE trede_compiler")
            db.execute("SELECT set_config('trede.compiling', %s, true)", [str(alfa.client)])
            assert db.execute(closing, [alfa.client]).rowcount == changed, party
    with (
        in_context_of(stage, "clinician") as db,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        db.execute(closing, [alfa.client])
