"""One browser and one world for each module: its tests follow each other there."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from app.demo.alfa import ALFA
from app.platform.postgres import Server
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage, on_stage
from tests.databases import TestDatabase, copy_of_template
from tests.facades.web.browser.kit import chromium
from tests.facades.web.browser.serving import Site, serving
from tests.facades.web.crawling import Page, crawled
from tests.facades.web.test_every_page import DAY, ROLES
from tests.facades.web.visiting import visitor
from tests.scenarios.playing import playing


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


@dataclass(frozen=True)
class Lived:
    """A site where one trajectory was lived, and the pages that each role comes to there."""

    site: Site
    pages: dict[str, list[Page]]


@pytest.fixture(scope="session")
def lived(cluster: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    """Played once, for all that is to be seen in it."""
    folder = tmp_path_factory.mktemp("lived")
    with copy_of_template(cluster) as database:
        people, pages = asyncio.run(_played(database, folder))
        with serving(database, folder, people) as site:
            yield Lived(site, pages)


async def _played(
    database: TestDatabase, folder: Path
) -> tuple[dict[str, str], dict[str, list[Page]]]:
    async with on_stage(database, folder) as stage:
        here = await playing(stage, ALFA, "alfa", "expert")
        await here.play.until(DAY)
        pages = {
            role: [page async for page in crawled(await visitor(stage, role), "/", "/tasks")]
            for role in ROLES
        }
        return {name: party.subject for name, party in stage.parties.items()}, pages
