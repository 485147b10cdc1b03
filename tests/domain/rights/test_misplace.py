"""A record on the wrong client: withdrawn by its party, read by nobody, on the log of both."""

from typing import Any

import psycopg

from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Party, Stage

RUNG: dict[str, Any] = {
    "rung": 4,
    "measuredOn": "2025-01-14",
    "occasion": "start",
    "context": "Werkt bij Kraaienhoek.",
}


async def measured(stage: Stage, by: str = "coach") -> tuple[Situation, str, str]:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_trajectory}/ladder-measurements"
    return alfa, path, (await stage.made(by, path, RUNG))["id"]


def misplaced(record: str, category: str = "ladder", **more: Any) -> dict[str, Any]:
    return {"category": category, "recordId": record, **more}


async def test_a_withdrawn_record_is_read_by_nobody_of_the_wrong_client(stage: Stage) -> None:
    alfa, path, first = await measured(stage, "expert")
    later = (await stage.made("expert", path, {**RUNG, "rung": 5, "supersedes": first}))["id"]
    made = await stage.made("expert", f"{alfa.of_client}/misplaced-records", misplaced(first))
    assert {first, later} <= set(made["recordIds"])
    for party in ("alfa", "coach", "expert", "clinician"):
        for record in (first, later):
            assert (await stage.get(party, f"{path}/{record}")).status_code == 404, party
    assert (await stage.seen("alfa", path))["items"] == []
    with stage.database.connect_as_superuser() as db:
        for table in ("ladder_measurement", "ladder_note"):
            left = db.execute(f"SELECT count(*) FROM {table}").fetchone()
            assert left == (0,), table


async def test_how_to_reach_the_wrong_client_is_withdrawn_like_any_other_record(
    stage: Stage,
) -> None:
    """Beside the identity it cannot be restricted; taken back it can be."""
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_client}/contact-preferences"
    made = (await stage.made("clinician", path, {"channels": ["telephone"]}))["id"]
    where = f"{alfa.of_client}/misplaced-records"
    await stage.made("clinician", where, misplaced(made, "identity"))
    assert (await stage.get("alfa", f"{path}/{made}")).status_code == 404


async def test_only_the_party_that_made_it_takes_it_back(stage: Stage) -> None:
    alfa, path, record = await measured(stage)
    where = f"{alfa.of_client}/misplaced-records"
    for party in ("clinician", "expert", "psychologist"):
        answer = await stage.post(party, where, misplaced(record))
        assert answer.status_code == 400, party
        assert answer.json()["errors"][0]["code"] == "unknown_reference"
    assert (await stage.post("alfa", where, misplaced(record))).status_code == 403
    assert (await stage.post("coach_colleague", where, misplaced(record))).status_code == 404
    assert (await stage.post("coach", where, misplaced(record, "medical"))).status_code == 400
    assert (await stage.seen("coach", f"{path}/{record}"))["rung"] == 4


async def test_the_moment_goes_too_and_what_opens_or_ends_something_does_not(
    stage: Stage,
) -> None:
    alfa, _, record = await measured(stage)
    where = f"{alfa.of_client}/misplaced-records"
    course = f"{alfa.of_trajectory}/transitions"
    (moment,) = (await stage.seen("coach", course))["items"]
    await stage.made("coach", where, misplaced(record))
    await stage.made("coach", where, misplaced(moment["id"], "status"))
    assert (await stage.seen("alfa", course))["items"] == []
    pause = {"pausedOn": "2025-01-14", "reason": "client_wish"}
    await stage.made("coach", f"{alfa.of_trajectory}/pauses", pause)
    (paused,) = (await stage.seen("coach", course))["items"]
    answer = await stage.post("coach", where, misplaced(paused["id"], "status"))
    assert answer.status_code == 403


async def test_it_stands_on_the_log_of_both_and_neither_names_the_other(stage: Stage) -> None:
    alfa, _, record = await measured(stage, "clinician")
    bravo = await stage.client("bravo")
    where = f"{alfa.of_client}/misplaced-records"
    stranger = misplaced(record, rightClientId="11111111-2222-4333-8444-555555555555")
    assert (await stage.post("clinician", where, stranger)).status_code == 400
    made = await stage.made("clinician", where, misplaced(record, rightClientId=str(bravo)))
    assert made["madeAnew"] is True
    assert str(bravo) not in str(made)
    for client, who in ((alfa.client, "alfa"), (bravo, "bravo")):
        log = (await stage.seen(who, f"/v1/clients/{client}/access-log"))["items"]
        assert any(line["resource"] == "misplaced_record" for line in log), who
    assert str(alfa.client) not in str(await stage.seen("bravo", f"/v1/clients/{bravo}/access-log"))
    seen = (await stage.seen("alfa", where))["items"]
    assert [one["ofCategory"] for one in seen] == ["ladder"]


async def test_row_security_lets_a_party_bury_only_what_it_withdrew_itself(stage: Stage) -> None:
    alfa, path, record = await measured(stage)
    other = (await stage.made("expert", path, RUNG))["id"]
    where = f"{alfa.of_client}/misplaced-records"
    act = (await stage.made("coach", where, misplaced(record)))["id"]
    coach, expert = stage.parties["coach"], stage.parties["expert"]
    assert buries(stage, alfa, coach, act, record, answers=coach)
    assert not buries(stage, alfa, coach, act, other, answers=coach)
    assert not buries(stage, alfa, coach, act, record, answers=expert)
    assert not buries(stage, alfa, expert, act, record, answers=coach)
    assert not buries(stage, alfa, coach, None, record, answers=coach)


def buries(
    stage: Stage, of: Situation, who: Party, act: str | None, record: str, *, answers: Party
) -> bool:
    """Whether the compiler could set this tombstone while this party acts."""
    said = {
        "trede.compiling": of.client,
        "trede.hat": who.membership,
        "trede.organisation": who.organisation,
        "trede.role": who.role,
    }
    with stage.database.connect_as_superuser() as db:
        for name, value in said.items():
            db.execute("SELECT set_config(%s, %s, false)", [name, str(value)])
        db.execute("SET ROLE trede_compiler")
        try:
            db.execute(
                "INSERT INTO tombstone (id, client_id, organisation_id, record_id, request_id)"
                " VALUES (gen_random_uuid(), %s, %s, %s, %s)",
                [of.client, answers.organisation, record, act],
            )
        except psycopg.errors.InsufficientPrivilege:
            return False
        return True
