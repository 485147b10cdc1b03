"""All pages that each role comes to by its links, in a trajectory that has been lived."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.demo.alfa import ALFA
from tests.build.stage import on_stage
from tests.databases import TestDatabase
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
)
LARGEST = 300_000
RAW = {"/my-file/download.json", "/my-log/*"}
"""For a program, or for who checks a proof: there it stands as it is kept."""
BSN = re.compile(r"\b9999\d{5}\b")
Found = dict[str, list[Page]]


@pytest.fixture(scope="module")
def found(module_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Played once, looked at by everyone."""
    return asyncio.run(_found(module_database, tmp_path_factory.mktemp("pages")))


async def _found(database: TestDatabase, folder: Path) -> Found:
    async with on_stage(database, folder) as stage:
        here = await playing(stage, ALFA, "alfa", "expert")
        await here.play.until(DAY)
        seen: Found = {}
        for role in ROLES:
            seen[role] = [page async for page in crawled(await visitor(stage, role), "/", "/tasks")]
        return seen


def every(found: Found) -> Iterator[tuple[str, Page]]:
    return ((role, page) for role, pages in found.items() for page in pages)


def test_every_link_on_every_page_leads_to_a_page(found: Found) -> None:
    lost = [
        f"{role}: {page.kind} ({page.answer.status_code}) from {page.source}"
        for role, page in every(found)
        if page.answer.status_code != 200
    ]
    assert lost == []


def test_each_role_comes_to_the_pages_of_its_work(found: Found) -> None:
    reached = {role: {page.kind for page in pages} for role, pages in found.items()}
    assert len(reached["coach-alfa"]) > 60
    assert len(reached["alfa"]) > 20
    assert all(len(kinds) > 4 for kinds in reached.values()), reached


def test_no_title_and_no_address_names_a_person_or_holds_a_bsn(found: Found) -> None:
    for role, page in every(found):
        if page.kind in RAW:
            continue
        title = page.answer.text.partition("<title>")[2].partition("</title>")[0]
        assert title.endswith("Trede"), (role, page.kind)
        assert "Alfa" not in title, (role, page.kind)
        assert not BSN.search(page.path + title), (role, page.kind)


def test_no_page_is_endless(found: Found) -> None:
    sizes = {f"{role}: {page.kind}": len(page.answer.content) for role, page in every(found)}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}


def test_codes_and_ids_are_no_words(found: Found) -> None:
    """What a person reads is Dutch: no id, no code of the contract, nothing that is None."""
    strange = re.compile(r"\b(None|Undefined|[a-z]+_[a-z_]+|[0-9a-f]{8}-[0-9a-f]{4}-\S+)\b")
    told = {
        f"{role}: {page.kind}": match[0]
        for role, page in every(found)
        if page.kind not in RAW and (match := strange.search(page.sheet.text))
    }
    assert told == {}
