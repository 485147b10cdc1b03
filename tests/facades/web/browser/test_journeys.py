"""Journeys from login to log-out, as people make them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage
from tests.facades.web.browser.kit import (
    PHONE,
    WIDE,
    Person,
    at_browser,
    chromium,
    needs_chromium,
)
from tests.facades.web.browser.serving import Site, serving

pytestmark = needs_chromium


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as found:
        yield found


@pytest.fixture
async def alfa(stage: Stage) -> Situation:
    """Alfa in a trajectory at UWV, on a day in November."""
    situation = await wgb_at_uwv(stage)
    stage.on("2026-11-18")
    return situation


@pytest.fixture
async def site(alfa: Situation, stage: Stage, tmp_path: Path) -> AsyncIterator[Site]:
    assert alfa.stage is stage
    people = {name: party.subject for name, party in stage.parties.items()}
    with serving(stage.database, tmp_path, people) as found:
        yield found


async def record_a_contact(coach: Person) -> None:
    await coach.follow("Testclient Alfa")
    await coach.follow("Contact vastleggen")
    await coach.choose("Manier van contact", "Telefonisch")
    await coach.choose("Plaats", "Op afstand")
    await coach.choose("Soort contact", "Contact met de cliënt")
    await coach.type("Duur in minuten", "30")
    await coach.type("Korte notitie", "Over de eerste werkdag gesproken.")


@pytest.mark.parametrize(("size", "scripts"), [(WIDE, True), (PHONE, True), (WIDE, False)])
async def test_a_coach_records_a_contact_and_stays_with_the_trajectory(
    browser: Browser, site: Site, size: tuple[int, int], scripts: bool
) -> None:
    async with at_browser(browser, site, size=size, scripts=scripts) as coach:
        await coach.log_in("coach")
        await record_a_contact(coach)
        await coach.press("Bewaar het contact")
        await coach.sees("Het contact is vastgelegd")
        await coach.sees("Over de eerste werkdag gesproken.")
        if scripts:
            assert await coach.faults() == []
        await coach.log_out()
        await coach.go("/caseload")
        await coach.does_not_see("Alfa")
