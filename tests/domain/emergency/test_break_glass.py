"""Breaking the glass over HTTP: who may, what it opens, who is told, and who looks back."""

from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from app.access.vocabulary import Purpose, Role
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import BSN, Party, Stage
from tests.domain.treatment.test_early_warning import SIGNAL_PLAN, WRAP
from tests.security.forgotten import in_context_of

PATH = "/v1/emergency-accesses"
WHY = {"reason": "psychiatric_crisis", "explanation": "Client staat verward aan de balie."}
NOW = {"purpose_of_use": "emergency"}
ABSENT = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
async def alfa(stage: Stage) -> Situation:
    """Alfa, treated here; a privacy desk; a colleague who has nothing to do with Alfa."""
    stage.member("desk", Role.PRIVACY_DESK, "ggz", "Loket-A1")
    stage.member("other_desk", Role.PRIVACY_DESK, "other_ggz", "Loket-E1")
    return await wgb_at_uwv(stage)


async def broken(alfa: Situation, by: str = "colleague") -> dict[str, Any]:
    body = {**WHY, "clientId": str(alfa.client)}
    return await alfa.stage.made(by, PATH, body, **NOW)


def told(stage: Stage, verb: str, subject: str) -> int:
    return count(
        stage,
        "SELECT count(*) FROM outbox_event WHERE verb = %s AND subject_id = %s",
        verb,
        subject,
    )


def count(stage: Stage, statement: Any, *values: Any) -> int:
    with stage.database.connect_as_superuser() as db:
        found = db.execute(statement, values).fetchone()
    assert found is not None
    return int(found[0])


async def test_a_colleague_in_an_emergency_sees_what_it_needs_for_four_hours(
    stage: Stage, alfa: Situation
) -> None:
    plans = f"{alfa.of_client}/early-warning-plans"
    plan = await stage.made("clinician", plans, SIGNAL_PLAN)
    wrap = await stage.made("alfa", plans, WRAP)
    assert (await stage.get("colleague", alfa.of_client, **NOW)).status_code == 404
    made = await broken(alfa)
    assert made["review"] == "unreviewed"
    for path in (alfa.of_client, f"{alfa.of_client}/treatment-team", f"{plans}/{plan['id']}"):
        assert (await stage.get("colleague", path, **NOW)).status_code == 200, path
        assert (await stage.get("colleague", path)).status_code == 404, path
    seen = (await stage.get("colleague", alfa.of_client, **NOW)).json()
    assert seen["familyName"] == "Alfa"
    assert "bsn" not in seen
    assert "status" in (await stage.get("colleague", alfa.of_trajectory, **NOW)).json()["withheld"]
    closed = (f"{plans}/{wrap['id']}", f"{alfa.of_client}/access-log")
    for path in closed:
        assert (await stage.get("colleague", path, **NOW)).status_code in {403, 404}, path
    stage.on("2025-01-14", hour=17)
    assert (await stage.get("colleague", alfa.of_client, **NOW)).status_code == 404
    assert (await stage.get("colleague", f"{PATH}/{made['id']}", **NOW)).status_code == 404
    assert (await broken(alfa))["id"] != made["id"]


async def test_it_is_found_by_the_number_that_the_client_carries(
    stage: Stage, alfa: Situation
) -> None:
    made = await stage.made("colleague", PATH, {**WHY, "bsn": BSN["alfa"]}, **NOW)
    assert made["clientId"] == str(alfa.client)
    wrong = await stage.post("colleague", PATH, {**WHY, "bsn": "123456789"}, **NOW)
    assert wrong.json()["errors"][0]["code"] == "not_a_bsn"
    for body in ({**WHY}, {**WHY, "bsn": BSN["alfa"], "clientId": str(alfa.client)}):
        assert (await stage.post("colleague", PATH, body, **NOW)).status_code == 400


@pytest.mark.parametrize("left_out", ["reason", "explanation"])
async def test_it_takes_a_reason_from_the_list_and_a_text(
    stage: Stage, alfa: Situation, left_out: str
) -> None:
    body = {**WHY, "clientId": str(alfa.client)}
    del body[left_out]
    assert (await stage.post("colleague", PATH, body, **NOW)).status_code == 400
    other = {**body, "reason": "curious", "explanation": " "}
    assert (await stage.post("colleague", PATH, other, **NOW)).status_code == 400


async def test_only_a_clinician_who_states_the_emergency_breaks_it(
    stage: Stage, alfa: Situation
) -> None:
    body = {**WHY, "clientId": str(alfa.client)}
    assert (await stage.post("colleague", PATH, body)).status_code == 403
    for party in ("psychologist", "coach", "expert", "employer", "desk", "alfa"):
        assert (await stage.post(party, PATH, body, **NOW)).status_code == 403, party
        assert (await stage.post(party, PATH, body)).status_code == 403, party
    assert count(stage, "SELECT count(*) FROM break_glass") == 0


async def test_elsewhere_there_is_no_such_client_and_the_attempt_is_on_the_record(
    stage: Stage, alfa: Situation
) -> None:
    request = {"x_request_id": ABSENT, **NOW}
    answers = [
        await stage.post("other_clinician", PATH, {**WHY, **who}, **request)
        for who in (
            {"clientId": str(alfa.client)},
            {"clientId": ABSENT},
            {"bsn": BSN["alfa"]},
            {"bsn": BSN["echo"]},
        )
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    asked = "SELECT count(*) FROM access_refusal WHERE purpose = 'emergency' AND status = 404"
    assert count(stage, f"{asked} AND asked_id = %s", alfa.client) == 1
    assert count(stage, f"{asked} AND asked_index IS NOT NULL") == 2


async def test_no_second_time_while_it_is_open(stage: Stage, alfa: Situation) -> None:
    await broken(alfa)
    again = await stage.post("colleague", PATH, {**WHY, "clientId": str(alfa.client)}, **NOW)
    assert again.status_code == 409
    assert (await broken(alfa, "clinician"))["review"] == "unreviewed"


async def test_the_client_is_told_and_sees_who_why_and_what_was_looked_at(
    stage: Stage, alfa: Situation
) -> None:
    made = await broken(alfa)
    await stage.get("colleague", alfa.of_client, **NOW)
    assert told(stage, "emergency_access.opened", made["id"]) == 1
    (seen,) = (await stage.seen("alfa", PATH))["items"]
    assert (seen["reason"], seen["explanation"]) == (WHY["reason"], WHY["explanation"])
    assert seen["looks"] >= 2
    assert {"existence", "identity"} <= set(seen["lookedAt"])
    parties = (await stage.seen("alfa", f"{alfa.of_client}/access-overview"))["parties"]
    reasons = {why["basis"]: why["until"] for party in parties for why in party["reasons"]}
    assert reasons["break_glass"] == made["validUntil"]
    assert "review" in reasons
    log = (await stage.seen("alfa", f"{alfa.of_client}/access-log?pageSize=100"))["items"]
    assert [line for line in log if line["purpose"] == "emergency"]


async def test_a_block_does_not_stop_it_and_the_client_is_told(
    stage: Stage, alfa: Situation
) -> None:
    block = {"organisationId": str(stage.organisations["ggz"]), "categories": ["existence"]}
    await stage.made("alfa", f"{alfa.of_client}/blocks", block)
    assert (await stage.get("clinician", alfa.of_client)).status_code == 404
    await broken(alfa, "clinician")
    assert (await stage.get("clinician", alfa.of_client, **NOW)).status_code == 200
    assert (await stage.get("clinician", alfa.of_client)).status_code == 404


async def test_another_person_at_the_desk_reviews_it_once_and_the_client_reads_the_finding(
    stage: Stage, alfa: Situation
) -> None:
    made = await broken(alfa)
    await stage.get("colleague", alfa.of_client, **NOW)
    one = f"{PATH}/{made['id']}"
    (open_one,) = (await stage.seen("desk", f"{PATH}?state=unreviewed"))["items"]
    assert open_one["looks"] >= 2
    assert (await stage.get("desk", alfa.of_client)).status_code == 404
    assert (await stage.seen("other_desk", PATH))["items"] == []
    finding = {"outcome": "not_justified", "finding": "De behandelaar was bereikbaar."}
    for party, status in (("other_desk", 404), ("clinician", 404), ("alfa", 403)):
        refused = await stage.post(party, f"{one}/reviews", finding)
        assert refused.status_code == status, party
    reviewed = await stage.made("desk", f"{one}/reviews", finding)
    assert reviewed["review"] == "not_justified"
    assert told(stage, "emergency_access.reviewed", made["id"]) == 1
    assert (await stage.post("desk", f"{one}/reviews", finding)).status_code == 409
    assert (await stage.seen("alfa", one))["finding"] == finding["finding"]
    assert (await stage.seen("desk", f"{PATH}?state=unreviewed"))["items"] == []
    (misuse,) = (await stage.seen("desk", f"{PATH}?state=not_justified"))["items"]
    assert misuse["id"] == made["id"]


async def test_nobody_reviews_what_they_did_themselves_under_another_hat(
    stage: Stage, alfa: Situation
) -> None:
    made = await broken(alfa)
    both_hats(stage)
    finding = {"outcome": "justified", "finding": "Het moest."}
    own = await stage.post("own_desk", f"{PATH}/{made['id']}/reviews", finding)
    assert own.status_code == 403
    assert (await stage.seen("own_desk", PATH))["items"]


def both_hats(stage: Stage) -> None:
    """The colleague also works at the privacy desk."""
    who, desk = stage.parties["colleague"], stage.parties["desk"]
    stage.parties["own_desk"] = type(who)(
        who.name, who.subject, uuid4(), who.organisation, desk.inbox, Role.PRIVACY_DESK
    )
    with stage.database.connect_as_superuser() as db:
        db.execute(
            "INSERT INTO membership (id, practitioner_id, organisation_id, inbox_id, role,"
            " valid_from) SELECT %s, practitioner_id, organisation_id, %s, 'privacy_desk',"
            " valid_from FROM membership WHERE id = %s",
            [stage.parties["own_desk"].membership, desk.inbox, who.membership],
        )


# --- wall 2: a write that forgot everything ------------------------------------------------------


def row_of(stage: Stage, alfa: Situation, **changed: Any) -> dict[str, Any]:
    """What the application writes, in the right circumstances."""
    who = stage.parties["colleague"]
    return {
        "client_id": alfa.client,
        "controller_organisation_id": who.organisation,
        "author_id": who.membership,
        "author_role": "clinician",
        "membership_id": who.membership,
        "desk_inbox_id": stage.parties["desk"].inbox,
        "reason": "x",
        "explanation": "x",
        "hours": 4,
        "by": "colleague",
        "purpose": Purpose.EMERGENCY.bit,
        **changed,
    }


def written(stage: Stage, row: dict[str, Any], *, compiling: UUID | None = None) -> None:
    columns = [name for name in row if name not in {"hours", "by", "purpose"}]
    with in_context_of(stage, row["by"], row["purpose"]) as db:
        if compiling is not None:
            db.execute("SET LOCAL ROLE trede_compiler")
            db.execute("SELECT set_config('trede.compiling', %s, true)", [str(compiling)])
        db.execute(
            f"INSERT INTO break_glass (id, valid_from, valid_until, {', '.join(columns)})"
            f" VALUES (gen_random_uuid(), moment(), moment() + {row['hours']} * interval '1 hour',"
            f" {', '.join(['%s'] * len(columns))})",
            [row[name] for name in columns],
        )


async def test_the_database_lets_the_rule_through_and_nothing_beside_it(
    stage: Stage, alfa: Situation
) -> None:
    desk, other = stage.parties["desk"], stage.parties["other_clinician"]
    written(stage, row_of(stage, alfa), compiling=alfa.client)
    elsewhere = {
        "by": "other_clinician",
        "controller_organisation_id": other.organisation,
        "author_id": other.membership,
        "membership_id": other.membership,
        "desk_inbox_id": stage.parties["other_desk"].inbox,
    }
    wrong: list[dict[str, Any]] = [
        {"purpose": Purpose.TREATMENT.bit},
        {"hours": 25},
        {"hours": 0},
        {"desk_inbox_id": stage.parties["other_desk"].inbox},
        {"desk_inbox_id": stage.parties["colleague"].inbox},
        {"membership_id": stage.parties["clinician"].membership},
        {"author_id": stage.parties["clinician"].membership},
        {"by": "psychologist", "author_id": stage.parties["psychologist"].membership},
        {"by": "desk", "author_id": desk.membership, "membership_id": desk.membership},
        {"client_id": uuid4()},
        elsewhere,
    ]
    for changed in wrong:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            written(stage, row_of(stage, alfa, **changed), compiling=alfa.client)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        written(stage, row_of(stage, alfa))
    await alfa.stage.recompile(alfa.client)


async def test_the_database_counts_four_eyes_itself(stage: Stage, alfa: Situation) -> None:
    made = await broken(alfa)
    both_hats(stage)
    own, clinician = stage.parties["own_desk"], stage.parties["clinician"]
    for by in (own, stage.parties["other_desk"], clinician, stage.parties["colleague"]):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            judged(stage, alfa, made["id"], by)


def judged(stage: Stage, alfa: Situation, glass: str, by: Party) -> None:
    key = next(k for k, party in stage.parties.items() if party is by)
    with in_context_of(stage, key) as db:
        db.execute("SET LOCAL ROLE trede_compiler")
        db.execute("SELECT set_config('trede.compiling', %s, true)", [str(alfa.client)])
        db.execute(
            "INSERT INTO break_glass_review (id, client_id, controller_organisation_id,"
            " author_id, author_role, break_glass_id, outcome, finding)"
            " VALUES (gen_random_uuid(), %s, %s, %s, 'privacy_desk', %s, 'justified', 'x')",
            [alfa.client, by.organisation, by.membership, glass],
        )
