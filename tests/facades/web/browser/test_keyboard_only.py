"""A coach without a mouse: from logging in to what was recorded, and out again."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from tests.build.situations import Situation
from tests.build.stage import Stage
from tests.facades.web.browser.kit import Person, at_browser, needs_chromium
from tests.facades.web.browser.serving import serving

pytestmark = [
    needs_chromium,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("browser"),
]
FARTHEST = 60
"""More stops than any of these pages has on the way."""
IS_HERE = "(wanted) => wanted === document.activeElement"
IS_SEEN = """() => {
    const at = document.activeElement;
    const look = getComputedStyle(at), box = at.getBoundingClientRect();
    const inside = box.top >= 0 && box.bottom <= innerHeight + 1 || box.height > innerHeight;
    return look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2 && inside;
}"""
NOTE = "Zonder muis vastgelegd."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def coach(
    browser: Browser, alfa: Situation, stage: Stage, folder: Path
) -> AsyncIterator[Person]:
    assert alfa.stage is stage
    people = {name: stage.parties[name].subject for name in ("clinician", "coach")}
    with serving(stage.database, folder, people) as site:
        async with at_browser(browser, site) as person:
            yield person


async def key(person: Person, name: str) -> None:
    await person.page.keyboard.press(name)


async def reach(person: Person, wanted: Locator) -> None:
    """Tab by tab; one always sees where one is."""
    for _ in range(FARTHEST):
        await key(person, "Tab")
        assert await person.page.evaluate(IS_SEEN), await person.page.evaluate(
            "document.activeElement.outerHTML"
        )
        if await wanted.evaluate(IS_HERE):
            return
    pytest.fail(f"the keyboard does not come to {wanted}")


async def open_link(person: Person, words: str) -> None:
    await reach(person, person.page.get_by_role("link", name=words, exact=True).first)
    await key(person, "Enter")


async def pick(person: Person, question: str, answer: str) -> None:
    """Arrows go through the answers of a question; the first one that Tab comes to is chosen."""
    answers = person.page.get_by_role("radiogroup", name=question).get_by_role("radio")
    await reach(person, answers.first)
    await key(person, "Space")
    wanted = answers.and_(person.page.get_by_label(answer, exact=True))
    for _ in range(await answers.count()):
        if await wanted.is_checked():
            return
        await key(person, "ArrowDown")
    pytest.fail(f"the arrows do not come to {answer}")


async def write(person: Person, label: str, words: str) -> None:
    await reach(person, person.page.get_by_label(label))
    await person.page.keyboard.type(words)


async def skip(person: Person) -> None:
    """The first stop of a page leads past everything that every page has."""
    link = person.page.get_by_role("link", name="Ga naar de inhoud")
    await reach(person, link)
    await expect(link).to_be_in_viewport()
    await key(person, "Enter")
    await expect(person.page.locator("#content")).to_be_focused()


async def heads(person: Person, words: str) -> None:
    await expect(person.page.get_by_role("heading", name=words).first).to_be_visible()


async def log_in(person: Person) -> None:
    await person.go("/login")
    await open_link(person, "Log in")
    await person.page.get_by_role("button", name="coach", exact=True).focus()
    await key(person, "Enter")


async def test_a_coach_records_a_contact_without_a_mouse(coach: Person) -> None:
    await log_in(coach)
    await heads(coach, "Mijn caseload")
    await skip(coach)
    await open_link(coach, "Testclient Alfa")
    await heads(coach, "Testclient Alfa")
    await skip(coach)
    await open_link(coach, "Contact vastleggen")
    await heads(coach, "Contact vastleggen")
    send = coach.page.get_by_role("button", name="Bewaar het contact")
    await reach(coach, send)
    await key(coach, "Enter")
    wrong = coach.page.get_by_role("heading", name="dingen niet goed")
    await expect(wrong).to_be_focused()
    await expect(coach.page.locator(".htmx-settling")).to_have_count(0)
    await key(coach, "Tab")
    await expect(coach.page.get_by_role("link", name="Manier van contact")).to_be_focused()
    await key(coach, "Enter")
    await expect(coach.page.get_by_label("In persoon")).to_be_focused()
    await key(coach, "Shift+Tab")
    await fill_in(coach)
    await reach(coach, send)
    await key(coach, "Enter")
    await coach.sees("Het contact is vastgelegd")
    await coach.sees(NOTE)
    assert await coach.faults() == []
    await reach(coach, coach.page.get_by_role("button", name="Uitloggen"))
    await key(coach, "Enter")
    await heads(coach, "U bent uitgelogd")


async def fill_in(person: Person) -> None:
    await pick(person, "Manier van contact", "Telefonisch")
    await pick(person, "Plaats", "Op afstand")
    await reach(person, person.page.get_by_label("Soort contact"))
    await person.page.keyboard.type("Contact met")
    await write(person, "Duur in minuten", "30")
    await write(person, "Korte notitie", NOTE)
