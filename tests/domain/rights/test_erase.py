"""An organisation destroys its own part on request, and nothing of it can be read anywhere."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from app.domain.privacy.rules.retention import OWN
from tests.build.stage import BSN, Stage
from tests.domain.rights.asking import (
    GOALS,
    WISH,
    WORDS,
    WORKPLACE,
    asked,
    destroying,
    held,
    refusing,
    with_file,
)

ANSWER = {"answer": "Wij hebben gedaan wat u vroeg."}
SHARED = ("bsn", "consent", "existence", "identity", "status")


async def answered(stage: Stage, request: str, *decisions: dict[str, Any]) -> dict[str, Any]:
    for decision in decisions:
        await stage.made("desk", f"{request}/decisions", decision)
    return await stage.made("desk", f"{request}/answers", ANSWER)


def everything_stored(stage: Stage) -> str:
    """Every row of every table, as who holds the database reads it."""
    with stage.database.connect_as_superuser() as db:
        tables = db.execute(
            "SELECT quote_ident(relname) FROM pg_class WHERE relkind = 'r'"
            " AND relnamespace = 'public'::regnamespace"
        ).fetchall()
        rows = [db.execute(f"SELECT t::text FROM {name} t").fetchall() for (name,) in tables]
    return "\n".join(str(row) for found in rows for row in found)


def ids_of(stage: Stage, client: UUID) -> dict[str, int]:
    """In which tables a client is named, and how often."""
    with stage.database.connect_as_superuser() as db:
        tables = db.execute(
            "SELECT table_name FROM information_schema.columns"
            " WHERE column_name = 'client_id' AND table_schema = 'public'"
        ).fetchall()
        counts = {
            name: db.execute(
                f"SELECT count(*) FROM {name} WHERE client_id = %s",
                [client],
            ).fetchone()
            for (name,) in tables
        }
    return {name: found[0] for name, found in counts.items() if found and found[0]}


async def test_what_is_destroyed_reads_as_absent_and_other_parties_keep_their_part(
    stage: Stage,
) -> None:
    file = await with_file(stage)
    request = await asked(stage, file)
    mine = {item["category"] for item in await held(stage, request)}
    assert {"work_question", "medical", "wellbeing"} <= mine
    assert "work_capacity" not in mine
    decisions = [refusing(name) if name in SHARED else destroying(name) for name in sorted(mine)]
    early = await stage.post("desk", f"{request}/answers", ANSWER)
    assert early.status_code == 409
    out = await answered(stage, request, *decisions)
    assert out["state"] == "answered"
    for party in ("clinician", "alfa"):
        for path in (file.question, file.plan):
            gone, absent = await stage.get(party, path), await stage.get(party, f"{path[:-4]}0000")
            assert gone.status_code == absent.status_code == 404, (party, path)
    assert (await stage.get("alfa", file.feeling)).status_code == 404
    assert (await stage.seen("physician", file.conditions))["workplace"] == WORKPLACE
    told = await stage.seen("alfa", request)
    assert told["answer"] == ANSWER["answer"]
    assert len(told["decisions"]) == len(decisions)
    assert (await stage.get("desk", request)).status_code == 404


def where_all_is_destroyed(folder: Path) -> Path:
    """The operator's own retention classes: everybody destroys on request."""
    own = folder / "retention.csv"
    own.write_text(OWN.read_text(encoding="utf-8").replace(",keep,", ",destroy,"), encoding="utf-8")
    return own


async def test_when_the_last_part_goes_only_the_log_still_names_an_id(
    stage: Stage, tmp_path: Path
) -> None:
    file = await with_file(stage)
    client = file.alfa.client
    uwv = await asked(stage, file, "uwv")
    names = {i["category"] for i in await held(stage, uwv, "uwv_desk")}
    for name in names:
        refused = await stage.post("uwv_desk", f"{uwv}/decisions", destroying(name))
        assert refused.json()["errors"][0]["code"] == "kept_by_law"
        await stage.made("uwv_desk", f"{uwv}/decisions", refusing(name))
    await stage.made("uwv_desk", f"{uwv}/answers", ANSWER)
    request = await asked(stage, file)
    for name in {item["category"] for item in await held(stage, request)}:
        await stage.made("desk", f"{request}/decisions", destroying(name))
    kept = await stage.post("desk", f"{request}/answers", ANSWER)
    assert kept.status_code == 409
    stage.app.state.services = replace(
        stage.app.state.services, retention=where_all_is_destroyed(tmp_path)
    )
    uwv = await asked(stage, file, "uwv")
    for name in {i["category"] for i in await held(stage, uwv, "uwv_desk")}:
        await stage.made("uwv_desk", f"{uwv}/decisions", destroying(name))
    await stage.made("uwv_desk", f"{uwv}/answers", ANSWER)
    assert (await stage.get("physician", file.conditions)).status_code == 404
    await stage.made("desk", f"{request}/answers", ANSWER)
    left = ids_of(stage, client)
    assert left.keys() == {"access_log_entry", "tombstone"}
    stored = everything_stored(stage)
    for word in (WISH, GOALS, WORKPLACE, WORDS, "Testclient", "Alfa", BSN["alfa"]):
        assert word not in stored, word
    for party, path in (("alfa", request), ("clinician", file.alfa.of_client)):
        assert (await stage.get(party, path)).status_code in {401, 403, 404}


async def test_one_record_goes_while_the_others_of_its_kind_stay(stage: Stage) -> None:
    file = await with_file(stage)
    other = await stage.made(
        "clinician", f"{file.alfa.of_client}/work-questions", _question("Buiten werken.")
    )
    request = await asked(stage, file)
    mine = {item["category"] for item in await held(stage, request)}
    one = destroying("work_question", recordId=file.question.rsplit("/", 1)[1])
    await answered(stage, request, *(refusing(name) for name in sorted(mine)), one)
    assert (await stage.get("clinician", file.question)).status_code == 404
    left = await stage.seen("clinician", f"{file.alfa.of_client}/work-questions/{other['id']}")
    assert left["wish"] == "Buiten werken."
    again = await stage.made(
        "clinician", f"{file.alfa.of_client}/work-questions", _question("En nu weer binnen.")
    )
    assert again["wish"] == "En nu weer binnen."


def _question(wish: str) -> dict[str, Any]:
    known = {"askedOn": "2025-01-14", "workStatus": "no_work", "benefitStatus": "wia"}
    return {**known, "wantsWork": "yes", "wish": wish}
