"""The pictures of the README, taken of a demo that runs: `make screenshots` with its ADDRESS.

At a desk and on a phone; what does not fit on the first screen is left out, as one sees it.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Browser, Page

from app.demo.cast import BSN
from tests.facades.web.browser.kit import PHONE, chromium

SHOTS = Path("app", "facades", "web", "shots")
DESK = (1180, 780)
PATIENCE = 120_000.0
Way = Callable[[Page], Awaitable[None]]


async def link(page: Page, words: str) -> None:
    await page.get_by_role("link", name=words).first.click()


async def caseload(page: Page) -> None:
    await link(page, "Mijn caseload")


async def trajectory(page: Page) -> None:
    await link(page, "Testclient Kilo")


async def my_trajectory(page: Page) -> None:
    await link(page, "Mijn traject")


async def ladder(page: Page) -> None:
    await link(page, "Mijn ladder")


async def consent(page: Page) -> None:
    await link(page, "Wie ziet wat")


async def start_conversation(page: Page) -> None:
    await link(page, "Testclient Alfa")
    await link(page, "Startgesprek")
    await link(page, "Vierpartijengesprek")


async def status(page: Page) -> None:
    await link(page, "Status opvragen")
    await page.get_by_label("Burgerservicenummer").fill(BSN["quebec"])
    await page.get_by_role("button", name="Zoek", exact=True).click()
    await page.get_by_role("heading", name="Antwoord").scroll_into_view_if_needed()


PICTURES: dict[str, tuple[str, Way]] = {
    "caseload": ("coach-caseload", caseload),
    "trajectory": ("coach-caseload", trajectory),
    "start-conversation": ("clinician-alfa", start_conversation),
    "status": ("expert-caseload", status),
    "my-trajectory": ("quebec", my_trajectory),
    "ladder": ("alfa", ladder),
    "consent": ("quebec", consent),
}


async def taken(browser: Browser, address: str, name: str) -> None:
    """Log in as who sees this, go there, and look twice."""
    who, way = PICTURES[name]
    context = await browser.new_context(viewport=None, locale="nl-NL", device_scale_factor=1)
    context.set_default_timeout(PATIENCE)
    page = await context.new_page()
    await page.goto(f"{address}/login")
    await link(page, "Log in")
    await page.locator(f"button[value={who}]").click()
    for device, (wide, high) in {"desk": DESK, "phone": PHONE}.items():
        await page.set_viewport_size({"width": wide, "height": high})
        await page.goto(address)
        await way(page)
        await page.wait_for_load_state("networkidle")
        await page.screenshot(path=SHOTS / f"{name}-{device}.png")
    await context.close()


async def main(address: str) -> None:
    SHOTS.mkdir(exist_ok=True)  # noqa: ASYNC240 - once, at the beginning
    async with chromium() as browser:
        for name in PICTURES:
            await taken(browser, address.rstrip("/"), name)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
