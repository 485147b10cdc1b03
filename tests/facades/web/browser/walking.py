"""One browser through every kind of page that a role comes to; what is wrong with each."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from playwright.async_api import Browser

from tests.facades.web.browser.kit import NARROW, WIDE, Person, at_browser
from tests.facades.web.browser.serving import Site

LARGE = "document.documentElement.style.fontSize = '200%'"
USUAL = "document.documentElement.style.fontSize = ''"
"""Set by a script, as policies forbid it only to what stands in a page."""


@dataclass
class Seen:
    """What is wrong, each with the page where it was seen."""

    pages: int = 0
    faults: list[str] = field(default_factory=list)
    narrow: list[str] = field(default_factory=list)
    large: list[str] = field(default_factory=list)

    async def look(self, person: Person, name: str) -> None:
        """At the page that is open: as it is, on a small phone, and with text of twice the size."""
        self.pages += 1
        self.faults += [f"{name}: {fault}" for fault in await person.faults()]
        self.narrow += await _too_wide(person, name, NARROW)
        await person.page.evaluate(LARGE)
        self.large += await _too_wide(person, name, WIDE)
        await person.page.evaluate(USUAL)


async def walked(browser: Browser, site: Site, who: str, paths: Iterable[str], seen: Seen) -> None:
    """Log in once, and open each of these."""
    async with at_browser(browser, site) as person:
        await person.log_in(who)
        for path in paths:
            await person.go(path)
            await seen.look(person, f"{who} {path}")


async def _too_wide(person: Person, name: str, size: tuple[int, int]) -> list[str]:
    await person.page.set_viewport_size({"width": size[0], "height": size[1]})
    wider = await person.wider()
    return [f"{name}: {wider} px too wide"] if wider > 0 else []
