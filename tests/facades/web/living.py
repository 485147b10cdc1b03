"""One trajectory lived to a day late in it, served, and the pages that each role comes to."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.access.vocabulary import Role
from app.demo.alfa import ALFA
from tests.build.stage import on_stage
from tests.databases import TestDatabase
from tests.facades.web.acting import acts_for, is_trusted
from tests.facades.web.browser.serving import Site, serving
from tests.facades.web.crawling import Page, crawled
from tests.facades.web.visiting import visitor
from tests.scenarios.playing import playing

DAY = "2025-10-01"
ROLES = (
    "alfa",
    "clinician-alfa",
    "psychologist-alfa",
    "coach-alfa",
    "expert-alfa",
    "physician-alfa",
    "employer-alfa",
    "admin-ggz",
    "desk-fictie",
    "officer-fictie",
    "supervisor-caseload",
    "manager-alfa",
    "coach-bravo",
    "representative",
    "supporter",
)
IDLE = frozenset({"admin-ggz", "officer-fictie"})
"""Nothing waits for these, and they have no page for it."""
FRESH = "coach-fresh"
"""A coach of whom nothing was asked yet."""


@dataclass(frozen=True)
class Lived:
    """A site where one trajectory was lived, and the pages that each role comes to there."""

    site: Site
    pages: Mapping[str, list[Page]]


@contextmanager
def living(database: TestDatabase, folder: Path) -> Iterator[Lived]:
    people, pages = asyncio.run(_played(database, folder))
    with serving(database, folder, people) as site:
        yield Lived(site, pages)


async def _played(
    database: TestDatabase, folder: Path
) -> tuple[dict[str, str], dict[str, list[Page]]]:
    async with on_stage(database, folder) as stage:
        here = await playing(stage, ALFA, "alfa", "expert")
        await here.play.until(DAY)
        await acts_for(stage, here.scene.of_client, "representative", "clinician-alfa")
        await is_trusted(stage, here.scene.of_client, "supporter", "alfa")
        pages = {
            role: [
                page
                async for page in crawled(
                    await visitor(stage, role), "/", *(["/tasks"] if role not in IDLE else [])
                )
            ]
            for role in ROLES
        }
        stage.member(FRESH, Role.IPS_COACH, "ggz", "Coach-A9")
        return {name: party.subject for name, party in stage.parties.items()}, pages
