"""Consent in one browser, and what the next click in another browser shows because of it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.build.stage import Stage
from tests.domain.consent.asking import with_question
from tests.facades.web.browser.kit import PHONE, Person, at_browser, needs_chromium
from tests.facades.web.browser.serving import Site, serving

pytestmark = [
    needs_chromium,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("browser"),
]
WISH = "Iets met hout."


@dataclass(frozen=True)
class Asked:
    """A site with a client who was asked about work; the pages of the client and of the answer."""

    site: Site
    client: str
    question: str


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def asked(stage: Stage, folder: Path) -> AsyncIterator[Asked]:
    alfa, question = await with_question(stage)
    people = {name: party.subject for name, party in stage.parties.items()}
    with serving(stage.database, folder, people) as site:
        yield Asked(site, *(path.removeprefix("/v1") for path in (alfa.of_client, question)))


async def give(client: Person) -> None:
    """Step by step, from the page that says who may see what."""
    await client.follow("Wie ziet wat")
    await client.follow("Toestemmingen bekijken, geven of stoppen")
    await client.follow("Toestemming geven")
    await client.page.get_by_label("Re-integratie Proef BV: re-integratiecoach").check()
    await client.press("Verder")
    await client.page.get_by_label("GGZ Voorbeeldland").check()
    await client.press("Verder")
    await client.page.locator("[name=category][value=work_question]").check()
    await client.press("Verder")
    await client.press("Verder")
    await client.press("Geef toestemming")
    await client.sees("Wat er gebeurde")


async def withdraw(client: Person) -> None:
    await client.follow("Intrekken")
    await client.sees("Dit ziet deze partij meteen niet meer")
    await client.press("Trek in")
    await client.sees("Ingetrokken")


async def test_what_a_client_gives_or_withdraws_holds_at_the_next_click_of_the_coach(
    browser: Browser, asked: Asked
) -> None:
    async with (
        at_browser(browser, asked.site, size=PHONE) as client,
        at_browser(browser, asked.site) as coach,
    ):
        await coach.log_in("coach")
        await coach.go(asked.client)
        await coach.does_not_see(WISH)
        await client.log_in("alfa")
        await give(client)
        await coach.go(asked.client)
        await coach.sees(WISH)
        await withdraw(client)
        await coach.page.locator("#work-questions").get_by_role("link").first.click()
        await coach.sees("Hier is niets vastgelegd dat u mag zien.")
        await coach.page.go_back()
        await coach.does_not_see(WISH)
        await coach.go(asked.question)
        await coach.sees("Hier is niets dat u mag zien")
        await coach.does_not_see(WISH)
        assert await coach.faults() == []
