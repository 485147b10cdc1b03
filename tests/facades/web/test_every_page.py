"""All pages that each role comes to by its links, in a trajectory that has been lived."""

import re
from collections.abc import Iterator

import pytest

from tests.facades.web.crawling import Page
from tests.facades.web.living import Lived

pytestmark = pytest.mark.xdist_group("lived")
LARGEST = 300_000
RAW = {"/my-file/download.json", "/my-log/*"}
"""For a program, or for who checks a proof: there it stands as it is kept."""
BSN = re.compile(r"\b9999\d{5}\b")


def every(lived: Lived) -> Iterator[tuple[str, Page]]:
    return ((role, page) for role, pages in lived.pages.items() for page in pages)


def test_every_link_on_every_page_leads_to_a_page(lived: Lived) -> None:
    lost = [
        f"{role}: {page.kind} ({page.answer.status_code}) from {page.source}"
        for role, page in every(lived)
        if page.answer.status_code != 200
    ]
    assert lost == []


def test_each_role_comes_to_the_pages_of_its_work(lived: Lived) -> None:
    reached = {role: {page.kind for page in pages} for role, pages in lived.pages.items()}
    assert len(reached["coach-alfa"]) > 60
    assert len(reached["alfa"]) > 20
    assert all(len(kinds) > 4 for kinds in reached.values()), reached


def test_no_title_and_no_address_names_a_person_or_holds_a_bsn(lived: Lived) -> None:
    for role, page in every(lived):
        if page.kind in RAW:
            continue
        title = page.answer.text.partition("<title>")[2].partition("</title>")[0]
        assert title.endswith("Trede"), (role, page.kind)
        assert "Alfa" not in title, (role, page.kind)
        assert not BSN.search(page.path + title), (role, page.kind)


def test_no_page_is_endless(lived: Lived) -> None:
    sizes = {f"{role}: {page.kind}": len(page.answer.content) for role, page in every(lived)}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}


def test_codes_and_ids_are_no_words(lived: Lived) -> None:
    """What a person reads is Dutch: no id, no code of the contract, nothing that is None."""
    strange = re.compile(r"\b(None|Undefined|[a-z]+_[a-z_]+|[0-9a-f]{8}-[0-9a-f]{4}-\S+)\b")
    told = {
        f"{role}: {page.kind}": match[0]
        for role, page in every(lived)
        if page.kind not in RAW and (match := strange.search(page.sheet.text))
    }
    assert told == {}
