"""Turning over the keys on the ring, and what an old backup is worth afterwards."""

import argparse
import asyncio
from pathlib import Path

import pytest

from app import keys
from app.platform.security.keyring import add_key
from app.startup import WrongRingError, make_ready
from tests.build.restoring import dumped, restored, settings_for, started
from tests.build.stage import Stage
from tests.domain.rights.asking import WISH, with_file


async def turn(act: str, stage: Stage, var: Path) -> int:
    settings = settings_for(stage.database, var)
    return await asyncio.to_thread(keys.run, argparse.Namespace(act=act), settings)


async def test_keys_turn_over_and_an_old_backup_loses_what_is_sealed(
    stage: Stage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = await with_file(stage)
    before = dumped(stage.database, tmp_path / "before.dump")
    add_key(tmp_path / "secrets" / "keyring.json")
    assert await turn("retire", stage, tmp_path) == 1
    assert "still need an old key" in capsys.readouterr().err
    assert await turn("rotate", stage, tmp_path) == 0
    assert await turn("retire", stage, tmp_path) == 0
    async with started(stage, settings_for(stage.database, tmp_path)) as later:
        assert (await later.seen("clinician", file.question))["wish"] == WISH
    with restored(before, stage.database) as again, pytest.raises(WrongRingError):
        await asyncio.to_thread(make_ready, settings_for(again, tmp_path))
