"""Attacks that found nothing, kept so that they keep finding nothing."""

from typing import Any
from uuid import uuid4

import psycopg
import pytest

from app.access.facts import Participant, Responsibility
from app.access.records import ClientRecord
from app.access.vocabulary import Purpose
from app.domain.placement.tables import ContactEntry
from tests.build.machines import system_of
from tests.build.situations import wgb_at_uwv
from tests.build.stage import Stage
from tests.build.worlds import insert, required
from tests.domain.consent.asking import ABSENT, QUESTION, consent, seen_by_sender, with_question
from tests.security.forgotten import in_context_of

CONTACT: dict[str, Any] = {
    "kind": "client_contact",
    "happenedOn": "2025-01-10",
    "mode": "telephone",
    "place": "remote",
    "minutes": 10,
}


async def test_a_record_is_found_under_its_own_parent_only(stage: Stage) -> None:
    alfa, question = await with_question(stage)
    echo = await stage.client("echo")
    under_echo = question.replace(str(alfa.client), str(echo))
    request = {"x_request_id": ABSENT}
    mismatched = await stage.get("clinician", under_echo, **request)
    absent = await stage.get("clinician", f"{alfa.of_client}/work-questions/{ABSENT}", **request)
    assert (mismatched.status_code, mismatched.content) == (404, absent.content)
    member = (await stage.seen("clinician", f"{alfa.of_client}/treatment-team"))["items"][0]["id"]
    for path in (
        f"/v1/clients/{echo}/treatment-team/{member}/ends",
        f"/v1/clients/{echo}/treatment-team/{ABSENT}/ends",
    ):
        assert (await stage.post("clinician", path, if_match='"x"')).status_code == 404


async def test_a_hidden_id_in_a_body_is_answered_as_an_absent_one(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    echo = await stage.client("echo", by="other_clinician")
    base = seen_by_sender(consent(alfa, "ggz", "coach", "work_question"))
    record = await stage.made("other_clinician", f"/v1/clients/{echo}/work-questions", QUESTION)
    request = {"x_request_id": ABSENT}
    answers = []
    for hidden in (record["id"], ABSENT):
        body = {**base, "recordId": hidden}
        answers.append(await stage.post("clinician", f"{alfa.of_client}/consents", body, **request))
    for client in (str(echo), ABSENT):
        body = {"clientId": client, "kind": "wgb"}
        answers.append(await stage.post("clinician", "/v1/trajectories", body, **request))
    for earlier in (record["id"], ABSENT):
        body = {**QUESTION, "supersedes": earlier}
        path = f"{alfa.of_client}/work-questions"
        answers.append(await stage.post("clinician", path, body, **request))
    for one, other in zip(answers[::2], answers[1::2], strict=True):
        assert one.status_code in {400, 404}
        assert one.content == other.content


@pytest.mark.parametrize("field", ["controllerOrganisationId", "authorRole", "withdrawnAt", "id"])
async def test_what_the_contract_does_not_ask_is_refused(stage: Stage, field: str) -> None:
    alfa, _ = await with_question(stage)
    body = {**consent(alfa, "ggz", "coach", "work_question"), field: ABSENT}
    refused = await stage.post("alfa", f"{alfa.of_client}/consents", body)
    assert refused.status_code == 400
    assert ABSENT not in str(refused.json()["errors"])


async def test_a_repeat_after_the_door_was_shut_shows_nothing(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    key, path = str(uuid4()), f"{alfa.of_trajectory}/contacts"
    await stage.made("coach", path, CONTACT, idempotency_key=key)
    barred = {
        "organisationId": str(stage.organisations["company"]),
        "categories": ["contact_log", "existence"],
    }
    await stage.made("alfa", f"{alfa.of_client}/blocks", barred)
    assert (await stage.post("coach", path, CONTACT, idempotency_key=key)).status_code == 404


async def test_a_cursor_serves_who_got_it_for_the_list_it_came_from(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    await stage.made("clinician", f"{alfa.of_client}/work-questions", QUESTION)
    path = f"{alfa.of_client}/work-questions?pageSize=1"
    cursor = (await stage.seen("clinician", path))["nextCursor"]
    assert (await stage.get("psychologist", f"{path}&cursor={cursor}")).status_code == 400
    other = f"{alfa.of_client}/treatment-plans?pageSize=1&cursor={cursor}"
    assert (await stage.get("clinician", other)).status_code == 400
    assert (await stage.get("clinician", f"{path}&cursor={cursor}")).status_code == 200


@pytest.mark.parametrize(
    ("party", "purpose"),
    [
        ("coach", "treatment"),
        ("expert", "benefit_administration"),
        ("coach", "emergency"),
        ("alfa", "treatment"),
        ("employer", "quality_reporting"),
    ],
)
async def test_no_stated_purpose_widens_what_a_role_may(
    stage: Stage, party: str, purpose: str
) -> None:
    alfa = await wgb_at_uwv(stage)
    stated = await stage.get(party, alfa.of_trajectory, purpose_of_use=purpose)
    assert stated.status_code == 403


async def test_a_clinician_who_only_says_emergency_sees_nothing(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    assert (await stage.get("clinician", alfa.of_client)).status_code == 200
    for path in (alfa.of_client, alfa.of_trajectory):
        stated = await stage.get("clinician", path, purpose_of_use="emergency")
        assert stated.status_code == 404


async def test_the_log_of_another_client_is_as_absent(stage: Stage) -> None:
    alfa = await stage.client("alfa")
    await stage.client("echo", by="other_clinician")
    request = {"x_request_id": ABSENT}
    other = await stage.get("echo", f"/v1/clients/{alfa}/access-log", **request)
    absent = await stage.get("echo", f"/v1/clients/{ABSENT}/access-log", **request)
    assert (other.status_code, other.content) == (404, absent.content)
    assert (await stage.get("clinician", f"/v1/clients/{alfa}/access-log")).status_code == 403


async def test_a_client_system_wears_no_hat_of_another_organisation(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    records = await system_of(stage)
    for party in ("coach", "expert", "alfa"):
        hat = str(stage.parties[party].membership)
        answer = await records.call("GET", alfa.of_trajectory, on_behalf_of=hat)
        assert answer.status_code == 403, party


def put_as(stage: Stage, party: str, table: type[ClientRecord], row: dict[str, Any]) -> None:
    with in_context_of(stage, party, Purpose.REINTEGRATION.bit) as db:
        insert(db, table.__tablename__, row)


async def test_the_database_lets_nobody_write_for_another_or_where_nothing_is_theirs(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    coach, colleague = (stage.parties[key].membership for key in ("coach", "coach_colleague"))
    of_alfa = {"client_id": alfa.client, "trajectory_id": alfa.trajectory}
    row = {**required(ContactEntry), **of_alfa, "author_id": coach}
    put_as(stage, "coach", ContactEntry, row)
    again = {**row, "id": uuid4()}
    for party, wrong in (
        ("coach_colleague", {"author_id": colleague}),
        ("coach", {"author_id": colleague}),
        ("coach", {"trajectory_id": None}),
        ("coach", {"trajectory_id": uuid4()}),
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            put_as(stage, party, ContactEntry, {**again, **wrong})


async def test_the_database_lets_no_coach_open_a_task_or_let_others_in(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    coach, expert = stage.parties["coach"], stage.parties["expert"]
    of_alfa = {"client_id": alfa.client, "trajectory_id": alfa.trajectory}
    task = {**required(Responsibility), **of_alfa, "author_id": coach.membership}
    seat = {**required(Participant), **of_alfa, "author_id": coach.membership}
    elsewhere = {"author_id": expert.membership, "organisation_id": coach.organisation}
    for party, table, row in (
        ("coach", Responsibility, {**task, "organisation_id": coach.organisation}),
        ("expert", Responsibility, {**task, **elsewhere}),
        ("coach", Participant, {**seat, "membership_id": expert.membership}),
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            put_as(stage, party, table, row)
