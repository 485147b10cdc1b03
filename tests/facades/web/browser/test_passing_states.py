"""What no link leads to: who has nothing yet, a refusal, a message, a mistake, the last minutes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, expect

from tests.build.stage import BSN
from tests.facades.web.browser.kit import Person, at_browser, needs_chromium
from tests.facades.web.browser.walking import Seen
from tests.facades.web.living import FRESH, Lived

pytestmark = [
    needs_chromium,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("lived"),
]
NOBODY = "11111111-2222-4333-8444-555555555555"
OLDER = """(form) => { form.querySelector("[name=csrf]").value = "older"; form.submit(); }"""


@asynccontextmanager
async def looking(browser: Browser, lived: Lived) -> AsyncIterator[tuple[Person, Seen]]:
    """At the end, whatever was looked at keeps nobody out and fits small screens and large text."""
    seen = Seen()
    async with at_browser(browser, lived.site) as person:
        yield person, seen
        assert seen.pages
        assert [*seen.faults, *seen.narrow, *seen.large] == []


async def test_pages_without_a_person(browser: Browser, lived: Lived) -> None:
    async with looking(browser, lived) as (person, seen):
        for path in ("/login", "/goodbye", "/login/return", "/about/accessibility", "/caseload"):
            await person.go(path)
            await seen.look(person, path)


async def test_refusals(browser: Browser, lived: Lived) -> None:
    """What is not there, what is not for this role, and what was sent from an older page."""
    async with looking(browser, lived) as (person, seen):
        await person.log_in("coach-alfa")
        for path in (f"/trajectories/{NOBODY}", "/nowhere", "/privacy-desk/log", "/hat"):
            await person.go(path)
            await seen.look(person, path)
        await person.go("/trajectories/new")
        await seen.look(person, "a form of another role")
        await person.go("/caseload")
        await person.page.locator("form[action='/caseload/looks']").evaluate(OLDER)
        await expect(person.page.get_by_role("heading", level=1)).to_contain_text("eerdere keer")
        await seen.look(person, "outdated")


async def test_somebody_who_has_nothing_yet(browser: Browser, lived: Lived) -> None:
    async with looking(browser, lived) as (person, seen):
        await person.log_in(FRESH)
        await person.sees("U begeleidt nu niemand")
        menu = person.page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link")
        for path in [await each.get_attribute("href") or "" for each in await menu.all()]:
            await person.go(path)
            await seen.look(person, f"fresh {path}")
        await person.go("/drafts")
        await seen.look(person, "no drafts")
        await person.log_out()
        await seen.look(person, "logged out")


async def test_a_message_and_the_last_minutes(browser: Browser, lived: Lived) -> None:
    async with looking(browser, lived) as (person, seen):
        await person.page.clock.install()
        await person.log_in("coach-alfa")
        await person.press("Ik heb alles gezien")
        await expect(person.page.locator(".flash")).to_be_visible()
        await seen.look(person, "message")
        await person.page.clock.run_for("13:15")
        stay = person.page.get_by_role("dialog").get_by_role("button", name="Ingelogd blijven")
        await expect(stay).to_be_focused()
        await seen.look(person, "last minutes")
        await expect(stay).to_be_in_viewport(ratio=1)


async def test_an_emergency(browser: Browser, lived: Lived) -> None:
    async with looking(browser, lived) as (person, seen):
        await person.log_in("clinician-bravo")
        await person.go("/emergency-accesses/new")
        await person.press("Neem noodtoegang")
        await expect(person.page.get_by_role("heading", name="niet goed")).to_be_focused()
        await seen.look(person, "emergency, mistaken")
        await person.go("/emergency-accesses/new")
        await person.type("Burgerservicenummer", BSN["alfa"])
        await person.choose("Waarom is er spoed?", "Psychiatrische crisis")
        await person.type("Leg uit waarom dit nodig is", "Verward aan de balie.")
        await person.press("Neem noodtoegang")
        banner = person.page.get_by_role("complementary", name="Noodtoegang")
        await expect(banner).to_be_visible()
        await seen.look(person, "emergency")
        await person.page.emulate_media(forced_colors="active")
        assert await person.faults() == []
        await banner.get_by_role("button").click()
        await expect(banner).to_be_hidden()
        await seen.look(person, "emergency, stopped")
