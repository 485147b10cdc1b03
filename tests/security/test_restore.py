"""Attack 61: an older state of the database comes back, and what was erased stays erased."""

import asyncio
import shutil
import subprocess
from pathlib import Path

import pytest

from app.access.log import leaf_of
from app.platform.postgres import remove
from app.platform.postgres.places import place_of
from app.platform.settings import Settings
from app.startup import make_ready
from tests.build.restoring import dumped, restored, settings_for, started
from tests.build.sealing import audited, auditors, sealed
from tests.build.stage import Stage, on_stage
from tests.databases import TestDatabase
from tests.domain.rights.asking import (
    GOALS,
    WISH,
    WORDS,
    WORKPLACE,
    File,
    asked,
    destroying,
    held,
    refusing,
    with_file,
)
from tests.domain.rights.test_erase import SHARED, everything_stored

ANSWER = {"answer": "Vernietigd."}


async def erased(stage: Stage, file: File) -> None:
    """All that the GGZ may destroy while the body keeps its part."""
    request = await asked(stage, file)
    for name in sorted({item["category"] for item in await held(stage, request)}):
        choice = refusing(name) if name in SHARED else destroying(name)
        await stage.made("desk", f"{request}/decisions", choice)
    await stage.made("desk", f"{request}/answers", ANSWER)


def keys_left(stage: Stage) -> int:
    with stage.database.connect_as_superuser() as db:
        row = db.execute("SELECT count(*) FROM data_key WHERE category IN (128, 1024)").fetchone()
    assert row is not None
    return int(row[0])


async def readable(stage: Stage, file: File) -> list[int]:
    """How each path of the destroyed part is answered."""
    paths = (file.question, file.plan, file.feeling)
    return [(await stage.get("alfa", path)).status_code for path in paths]


@pytest.fixture
async def backup(stage: Stage, tmp_path: Path) -> tuple[File, Path]:
    """A client whose GGZ file was destroyed, and a dump from the day before."""
    file = await with_file(stage)
    before = dumped(stage.database, tmp_path / "yesterday.dump")
    await erased(stage, file)
    return file, before


async def test_a_restored_dump_brings_nothing_back(
    stage: Stage, backup: tuple[File, Path], tmp_path: Path
) -> None:
    file, dump = backup
    with restored(dump, stage.database) as again:
        settings = settings_for(again, tmp_path)
        async with started(stage, settings) as later:
            assert await readable(later, file) == [404, 404, 404]
            assert keys_left(later) == 0
            assert (await later.seen("physician", file.conditions))["workplace"] == WORKPLACE
            assert (await later.get("alfa", file.alfa.of_client)).status_code == 200


async def test_without_the_list_of_what_was_destroyed_it_would_have_come_back(
    stage: Stage, backup: tuple[File, Path], tmp_path: Path
) -> None:
    """So the list is what keeps it away, and the test above is not empty."""
    file, dump = backup
    (tmp_path / "secrets" / "tombstones.jsonl").unlink()
    with restored(dump, stage.database) as again:
        async with started(stage, settings_for(again, tmp_path)) as later:
            assert await readable(later, file) == [200, 200, 200]


async def test_a_dump_without_the_key_ring_holds_no_words(
    stage: Stage, backup: tuple[File, Path]
) -> None:
    _, dump = backup
    with restored(dump, stage.database) as again:
        stored = everything_stored(_on(stage, again))
    for word in (WISH, GOALS, WORDS, WORKPLACE):
        assert word not in stored
    assert "sealed:1:" in stored


def copied(folder: Path, to: Path) -> None:
    """With its owners and rights, as backups of files are."""
    subprocess.run(["cp", "-a", folder, to], check=True)


async def test_a_restored_data_directory_brings_nothing_back(tmp_path: Path) -> None:
    """The whole folder of the embedded server is put back as it was, while it stood still."""
    settings = Settings(var=tmp_path, requests_per_second=100_000, burst=100_000)
    ready = await asyncio.to_thread(make_ready, settings)
    assert ready.server is not None
    data = place_of(ready.folder).data
    try:
        async with on_stage(TestDatabase(settings.database_name, ready.server), tmp_path) as stage:
            file = await with_file(stage)
        await asyncio.to_thread(ready.stop)
        await asyncio.to_thread(copied, data, tmp_path / "backup")
        async with started(stage, settings) as now:
            await erased(now, file)
            assert await readable(now, file) == [404, 404, 404]
        await asyncio.to_thread(shutil.rmtree, data)
        await asyncio.to_thread(copied, tmp_path / "backup", data)
        async with started(stage, settings) as later:
            assert await readable(later, file) == [404, 404, 404]
            assert keys_left(later) == 0
            assert (await later.seen("physician", file.conditions))["workplace"] == WORKPLACE
    finally:
        ready.stop()
        remove(ready.folder)


def _on(stage: Stage, database: TestDatabase) -> Stage:
    return Stage(stage.app, stage.http, database, stage.issuer, stage.audience)


async def test_the_log_still_verifies_when_what_it_tells_of_is_gone(stage: Stage) -> None:
    auditors(stage)
    file = await with_file(stage)
    kept = await sealed(stage)
    await erased(stage, file)
    await sealed(stage)
    report = await audited(stage, kept)
    assert report.findings == []
    with stage.database.connect_as_superuser() as db:
        found = db.execute("SELECT * FROM access_log_entry")
        names = [column.name for column in found.description or ()]
        entries = [dict(zip(names, row, strict=True)) for row in found]
    for entry in entries:
        del entry["xid"]
        assert leaf_of(entry) == entry["leaf_hash"]
