"""A record on the wrong client: withdrawn by its party, read by nobody, on the log of both."""

from typing import Any

from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage

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
            left = db.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
            assert left == (0,), table


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


async def test_row_security_lets_nobody_bury_what_another_party_answers_for(
    stage: Stage,
) -> None:
    alfa, _, record = await measured(stage)
    await stage.made("coach", f"{alfa.of_client}/misplaced-records", misplaced(record))
    with stage.database.connect_as_superuser() as db:
        db.execute("SET ROLE trede_compiler")
        db.execute("SELECT set_config('trede.compiling', %s, false)", [str(alfa.client)])
        found = db.execute("SELECT record_id FROM tombstone").fetchall()
    assert str(record) in {str(row[0]) for row in found}
