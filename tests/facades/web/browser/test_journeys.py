"""Journeys from login to log-out, as people make them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.build.situations import Situation
from tests.build.stage import Stage
from tests.facades.web.browser.kit import (
    PHONE,
    WIDE,
    Person,
    at_browser,
    needs_chromium,
)
from tests.facades.web.browser.serving import Site, serving

pytestmark = [
    needs_chromium,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("browser"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site(alfa: Situation, stage: Stage, folder: Path) -> AsyncIterator[Site]:
    """On a day in November."""
    assert alfa.stage is stage
    stage.on("2026-11-18")
    people = {name: party.subject for name, party in stage.parties.items()}
    with serving(stage.database, folder, people) as found:
        yield found


async def record_a_contact(coach: Person, note: str) -> None:
    await coach.follow("Testclient Alfa")
    await coach.follow("Contact vastleggen")
    await coach.choose("Manier van contact", "Telefonisch")
    await coach.choose("Plaats", "Op afstand")
    await coach.choose("Soort contact", "Contact met de cliënt")
    await coach.type("Duur in minuten", "30")
    await coach.type("Korte notitie", note)


@pytest.mark.parametrize(("size", "scripts"), [(WIDE, True), (PHONE, True), (WIDE, False)])
async def test_a_coach_records_a_contact_and_stays_with_the_trajectory(
    browser: Browser, site: Site, size: tuple[int, int], scripts: bool
) -> None:
    async with at_browser(browser, site, size=size, scripts=scripts) as coach:
        note = f"Op een scherm van {size[0]}, {'met' if scripts else 'zonder'} scripts."
        await coach.log_in("coach")
        await record_a_contact(coach, note)
        await coach.press("Bewaar het contact")
        await coach.sees("Het contact is vastgelegd")
        await coach.sees(note)
        if scripts:
            assert await coach.faults() == []
        await coach.log_out()
        await coach.go("/caseload")
        await coach.does_not_see("Alfa")
