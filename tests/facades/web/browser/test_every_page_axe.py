"""Every kind of page in a real browser: usable by who sees, hears, reads or moves differently."""

import asyncio
from collections import defaultdict

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.facades.web.browser.kit import NARROW, at_browser, needs_chromium
from tests.facades.web.browser.walking import Seen, walked
from tests.facades.web.living import Lived

pytestmark = [
    needs_chromium,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("lived"),
]
AT_ONCE = 2


def once(lived: Lived) -> dict[str, list[str]]:
    """Each kind of page for the first role that comes to it, and each first page of a role."""
    known: set[str] = set()
    paths: dict[str, list[str]] = defaultdict(list)
    for role, pages in lived.pages.items():
        for nth, page in enumerate(pages):
            is_page = "content-disposition" not in page.answer.headers and (
                page.answer.headers["content-type"].startswith("text/html")
            )
            if is_page and (page.kind not in known or nth == 0):
                known.add(page.kind)
                paths[role].append(page.path)
    return paths


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def seen(browser: Browser, lived: Lived) -> Seen:
    found, turns = Seen(), asyncio.Semaphore(AT_ONCE)

    async def walk(role: str, paths: list[str]) -> None:
        async with turns:
            await walked(browser, lived.site, role, paths, found)

    await asyncio.gather(*(walk(role, paths) for role, paths in once(lived).items()))
    return found


async def test_no_page_keeps_anybody_out_or_asks_elsewhere(seen: Seen) -> None:
    assert seen.faults == []


async def test_every_page_fits_the_smallest_phone(seen: Seen) -> None:
    assert seen.narrow == []


async def test_every_page_fits_with_text_of_twice_the_size(seen: Seen) -> None:
    assert seen.large == []


MAIN = {
    "coach-alfa": ["/caseload", "/tasks", "/trajectories/*", "/trajectories/*/contacts/new"],
    "alfa": ["/my-trajectory", "/my-ladder", "/my-access", "/clients/*/consents"],
    "expert-alfa": ["/trajectory-statuses", "/trajectories/*/start-conversations/*"],
}
EDGELESS = """() => [...document.querySelectorAll("main button, main .utrecht-button-link")]
    .filter((each) => each.offsetParent && parseFloat(getComputedStyle(each).borderTopWidth) < 1)
    .map((each) => each.outerHTML)"""
"""Where a person chose the colours, a button is known by its edge alone."""


def reached(lived: Lived, role: str, kind: str) -> str:
    return next(page.path for page in lived.pages[role] if page.kind == kind)


@pytest.mark.parametrize("role", MAIN)
async def test_main_pages_hold_in_colours_of_ones_own_and_on_paper(
    browser: Browser, lived: Lived, role: str
) -> None:
    async with at_browser(browser, lived.site) as person:
        await person.log_in(role)
        for kind in MAIN[role]:
            await person.page.emulate_media(forced_colors="active", media="screen")
            await person.go(reached(lived, role, kind))
            assert await person.faults() == [], kind
            assert await person.page.evaluate(EDGELESS) == [], kind
            await person.page.emulate_media(forced_colors="none", media="print")
            await person.page.set_viewport_size({"width": 700, "height": 990})
            assert await person.wider() == 0, kind
            await expect(person.page.locator("nav, form.act, .top").first).to_be_hidden()
            await expect(person.page.get_by_role("heading", level=1).first).to_be_visible()


HALF = [
    ("coach-alfa", "/trajectories/*/contacts/new", "Bewaar het contact"),
    ("expert-alfa", "/trajectory-statuses", "Zoek"),
    ("alfa", "/clients/*/consents/new", "Verder"),
]


@pytest.mark.parametrize(("role", "kind", "button"), HALF)
async def test_what_is_wrong_with_a_form_is_told_to_everyone(
    browser: Browser, lived: Lived, role: str, kind: str, button: str
) -> None:
    async with at_browser(browser, lived.site, size=NARROW) as person:
        await person.log_in(role)
        await person.go(reached(lived, role, kind))
        await person.press(button)
        wrong = person.page.locator(".error-summary")
        await expect(wrong.get_by_role("heading")).to_be_focused()
        for link in await wrong.get_by_role("link").all():
            await link.click()
            asked = person.page.locator(":focus")
            assert f"#{await asked.get_attribute('id')}" == await link.get_attribute("href")
        assert await person.faults() == []
