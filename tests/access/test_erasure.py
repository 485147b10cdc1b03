"""The list of what was destroyed, and what every start does with it."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.access.erasure.ledger import Ledger
from app.access.erasure.restoring import bury
from app.platform.db import engine
from tests.build.stage import Stage
from tests.domain.rights.asking import with_file

LINE: dict[str, Any] = {"id": "1", "client_id": "2", "everything": True}


async def buried(stage: Stage) -> int:
    """What every start does before it serves."""
    services = stage.app.state.services
    owner = engine(stage.database.owner, pool_size=1)
    try:
        return await bury(owner, services.engines.writer, services.ledger)
    finally:
        await owner.dispose()


def tombstone(client: UUID, **more: Any) -> dict[str, Any]:
    nothing = {"organisation_id": None, "category": None, "record_id": None, "request_id": None}
    told = {"everything": True, "recorded_until": "2025-01-14T12:00:00+00:00"}
    return {**nothing, "id": str(uuid4()), "client_id": str(client), **told, **more}


def count(stage: Stage, table: str, client: UUID) -> int:
    with stage.database.connect_as_superuser() as db:
        row = db.execute(f"SELECT count(*) FROM {table} WHERE client_id = %s", [client]).fetchone()
    assert row is not None
    return int(row[0])


async def test_a_start_with_nothing_to_bury_changes_nothing(stage: Stage) -> None:
    alfa = await stage.client("alfa")
    assert await buried(stage) == 0
    assert (await stage.seen("clinician", f"/v1/clients/{alfa}"))["givenName"] == "Testclient"


async def test_what_is_put_back_by_hand_is_gone_at_the_next_start(stage: Stage) -> None:
    """A table that was copied back, a row that was imported anew: the id is known."""
    alfa, echo = await stage.client("alfa"), await stage.client("echo", by="other_clinician")
    ledger: Ledger = stage.app.state.services.ledger
    with stage.database.connect_as_superuser() as db:
        (saved,) = db.execute(
            "SELECT jsonb_agg(i) FROM client_identity i WHERE client_id = %s", [alfa]
        ).fetchall()
        ledger.append([tombstone(alfa)])
        assert await buried(stage) == 1
        for table in ("client", "client_identity", "client_bsn", "access_grant", "caseload_line"):
            assert count(stage, table, alfa) == 0, table
        db.execute(
            "INSERT INTO client_identity SELECT * FROM"
            " jsonb_populate_recordset(NULL::client_identity, %s::jsonb)",
            [json.dumps(saved[0])],
        )
    assert count(stage, "client_identity", alfa) == 1
    await stage.recompile(alfa)
    assert count(stage, "access_grant", alfa) == 0
    assert await buried(stage) == 1
    assert count(stage, "client_identity", alfa) == 0
    assert await buried(stage) == 0
    assert (await stage.seen("other_clinician", f"/v1/clients/{echo}"))["id"] == str(echo)


async def test_the_list_and_the_database_learn_of_each_other(stage: Stage) -> None:
    alfa = await stage.client("alfa")
    ledger: Ledger = stage.app.state.services.ledger
    ledger.append([tombstone(alfa)])
    await buried(stage)
    before = ledger.read()
    ledger.path.unlink()
    assert await buried(stage) == 0
    assert [line["id"] for line in ledger.read()] == [line["id"] for line in before]


async def test_what_was_recorded_after_a_tombstone_stands(stage: Stage) -> None:
    file = await with_file(stage)
    ggz = str(stage.organisations["ggz"])
    early = {"everything": False, "organisation_id": ggz, "category": 128}
    ledger: Ledger = stage.app.state.services.ledger
    ledger.append([tombstone(file.alfa.client, **early, recorded_until="2025-01-14T10:00:00Z")])
    assert await buried(stage) == 0
    assert (await stage.get("clinician", file.question)).status_code == 200
    ledger.append([tombstone(file.alfa.client, **early, recorded_until="2025-01-14T13:00:00Z")])
    assert await buried(stage) == 1
    assert (await stage.get("clinician", file.question)).status_code == 404
    assert (await stage.get("clinician", file.plan)).status_code == 200


def test_a_line_that_a_crash_cut_off_harms_no_other(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ledger = Ledger(tmp_path / "deep" / "list")
    assert ledger.read() == []
    ledger.append([])
    assert not ledger.path.exists()
    ledger.append([LINE])
    with ledger.path.open("a") as file:
        file.write('{"id": "2", "cli')
    ledger.append([{**LINE, "id": "3"}])
    assert [line["id"] for line in ledger.read()] == ["1", "3"]
    assert "cut off" in caplog.text
    assert ledger.path.stat().st_mode & 0o077 == 0
