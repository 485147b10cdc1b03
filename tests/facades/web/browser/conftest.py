"""One browser and one world for each module: its tests follow each other there."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage, on_stage
from tests.databases import TestDatabase
from tests.facades.web.browser.kit import chromium


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the keys of a world lie: its stage and its site open what they sealed with the same."""
    return tmp_path_factory.mktemp("keys")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as found:
        yield found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(module_database: TestDatabase, folder: Path) -> AsyncIterator[Stage]:
    async with on_stage(module_database, folder) as ready:
        yield ready


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alfa(stage: Stage) -> Situation:
    """Alfa in a trajectory at UWV, with a treatment team, a physician, an expert and a coach."""
    return await wgb_at_uwv(stage)
