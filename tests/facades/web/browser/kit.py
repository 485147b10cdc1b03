"""A person at a real browser, and what every page must be: free of axe's faults and of strangers'.

Chromium is Debian's; Playwright brings none. Pages run under a policy that forbids `eval`, so
nothing waits with `wait_for_function`.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from playwright.async_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    async_playwright,
    expect,
)

from app.facades import web
from tests.facades.web.browser.serving import Site

CHROMIUM = which("chromium") or which("chromium-browser") or which("google-chrome") or ""
MISSING = "no Chromium: apt-get install --no-install-recommends chromium"
AXE = Path(web.__path__[0], "npm", "node_modules", "axe-core", "axe.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"]
WIDE, PHONE, NARROW = (1280, 900), (390, 844), (320, 640)
SHOTS = Path("var", "shots")
"""Here is the last page of a journey that failed."""
PATIENCE = 30_000.0
"""Milliseconds; far more than a page needs, also where much else runs."""
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason=MISSING)
expect.set_options(timeout=PATIENCE)
_BROKEN = """
    window.broken = [];
    addEventListener("securitypolicyviolation",
        (e) => broken.push(`${e.violatedDirective} ${e.blockedURI}`));
"""
_FAULTS = """
    (rules) => axe.run(document, { runOnly: { type: "tag", values: rules } }).then((found) =>
        found.violations.map((v) =>
            `${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(" | ")}`))
"""


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


@dataclass
class Person:
    """One browser window of one person, on one site."""

    page: Page
    site: Site
    strange: list[str] = field(default_factory=list)

    async def log_in(self, who: str) -> None:
        """From nothing to the first page, as this persona of the demo's provider."""
        await self.page.goto(f"{self.site.address}/login")
        await self.page.get_by_role("link", name="Log in", exact=True).click()
        await self.page.get_by_role("button", name=who, exact=True).click()
        await self.page.wait_for_load_state()

    async def log_out(self) -> None:
        await self.page.get_by_role("button", name="Uitloggen").click()
        await expect(self.page.get_by_role("heading", level=1)).to_contain_text("uitgelogd")

    async def go(self, path: str) -> None:
        await self.page.goto(f"{self.site.address}{path}")

    async def press(self, words: str) -> None:
        """A button, by its words."""
        await self.page.get_by_role("button", name=words, exact=True).first.click()

    async def follow(self, words: str) -> None:
        """A link, by its words."""
        await self.page.get_by_role("link", name=words, exact=True).first.click()

    async def type(self, label: str, words: str) -> None:
        await self.page.get_by_label(label, exact=False).first.fill(words)

    async def choose(self, question: str, answer: str) -> None:
        """One of the answers to a question that shows all of them, or has them in a list."""
        group = self.page.get_by_role("radiogroup", name=question)
        listed = self.page.get_by_role("combobox", name=question)
        await expect(group.or_(listed).first).to_be_visible()
        if await group.count():
            await group.get_by_label(answer, exact=True).check()
        else:
            await listed.first.select_option(label=answer)

    async def sees(self, words: str) -> None:
        await expect(self.page.locator("body")).to_contain_text(words)

    async def does_not_see(self, words: str) -> None:
        await expect(self.page.locator("body")).not_to_contain_text(words)

    async def faults(self) -> list[str]:
        """What is wrong with this page for who sees, hears or moves differently, and beyond."""
        await self.page.evaluate(_axe())
        found: list[str] = await self.page.evaluate(_FAULTS, RULES)
        wider = await self.wider()
        found += [f"{wider} px too wide"] if wider > 0 else []
        broken: list[str] = await self.page.evaluate("window.broken || []")
        strange, self.strange = self.strange, []
        return [*found, *broken, *strange]

    async def wider(self) -> int:
        """By how much the page is wider than its window."""
        wide: int = await self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return wide


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def at_browser(
    browser: Browser, site: Site, *, size: tuple[int, int] = WIDE, scripts: bool = True
) -> AsyncIterator[Person]:
    """A window that keeps nothing of others; what it asks elsewhere is a fault."""
    context: BrowserContext = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        java_script_enabled=scripts,
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
    )
    await context.add_init_script(_BROKEN)
    context.set_default_timeout(PATIENCE)
    page = await context.new_page()
    person = Person(page, site)

    def asked(request: Any) -> None:
        if not request.url.startswith(site.address):
            person.strange.append(f"asked elsewhere: {request.url}")

    page.on("request", asked)
    page.on("pageerror", lambda error: person.strange.append(f"script: {error}"))
    try:
        yield person
    except BaseException:
        SHOTS.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 - once, at the end
        with suppress(Error):
            await page.screenshot(path=SHOTS / "failed.png", full_page=True)
        raise
    finally:
        await context.close()
