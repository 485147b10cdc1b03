"""How a session ends: by time, in a hurry, by logging out; and what is left of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.build.situations import Situation
from tests.build.stage import Stage
from tests.facades.web.browser.kit import PHONE, Person, at_browser, needs_chromium
from tests.facades.web.browser.serving import Site, serving

pytestmark = [
    needs_chromium,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("browser"),
]
LONG_AGO = "UPDATE browser_session SET seen_at = seen_at - interval '16 minutes'"
NOTE = "Over de eerste werkdag gesproken."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site(alfa: Situation, stage: Stage, folder: Path) -> AsyncIterator[Site]:
    assert alfa.stage is stage
    people = {name: party.subject for name, party in stage.parties.items()}
    with serving(stage.database, folder, people) as found:
        yield found


async def begin_a_contact(coach: Person) -> None:
    await coach.log_in("coach")
    await coach.follow("Testclient Alfa")
    await coach.follow("Contact vastleggen")
    await coach.choose("Manier van contact", "Telefonisch")
    await coach.type("Korte notitie", NOTE)


async def is_asked_to_log_in(person: Person) -> None:
    await expect(person.page.get_by_role("heading", name="Inloggen", level=1)).to_be_visible()


async def log_in_again(person: Person, who: str) -> None:
    await person.follow("Log in")
    await person.page.get_by_role("button", name=who, exact=True).click()


@pytest.mark.parametrize("scripts", [True, False])
async def test_what_was_typed_is_there_again_after_the_session_was_over(
    browser: Browser, site: Site, scripts: bool
) -> None:
    async with at_browser(browser, site, scripts=scripts) as coach:
        await begin_a_contact(coach)
        site.tell(LONG_AGO)
        await coach.press("Bewaar het contact")
        await is_asked_to_log_in(coach)
        await coach.sees("Wat u typte, is bewaard.")
        await log_in_again(coach, "coach")
        await expect(coach.page.get_by_label("Korte notitie")).to_have_value(NOTE)
        assert coach.page.url.endswith("/contacts/new")
        phoned = coach.page.get_by_role("radiogroup", name="Manier van contact")
        await expect(phoned.get_by_label("Telefonisch")).to_be_checked()


async def test_another_person_at_the_same_browser_does_not_find_what_was_typed(
    browser: Browser, site: Site
) -> None:
    async with at_browser(browser, site) as coach:
        await begin_a_contact(coach)
        site.tell(LONG_AGO)
        await coach.press("Bewaar het contact")
        await is_asked_to_log_in(coach)
        await log_in_again(coach, "coach_colleague")
        await coach.does_not_see(NOTE)
        await coach.go("/drafts")
        await coach.sees("U heeft alles afgemaakt.")


async def test_two_minutes_before_the_end_one_button_keeps_the_session(
    browser: Browser, site: Site
) -> None:
    async with at_browser(browser, site) as coach:
        await coach.page.clock.install()
        await coach.log_in("coach")
        warning = coach.page.get_by_role("dialog", name="U wordt bijna uitgelogd")
        await coach.page.clock.run_for("12:00")
        await expect(warning).to_be_hidden()
        await coach.page.clock.run_for("01:15")
        await expect(warning).to_be_visible()
        assert await coach.faults() == []
        stay = warning.get_by_role("button", name="Ingelogd blijven")
        await expect(stay).to_be_focused()
        site.tell("UPDATE browser_session SET seen_at = seen_at - interval '13 minutes'")
        await coach.page.keyboard.press("Enter")
        await expect(warning).to_be_hidden()
        site.tell("UPDATE browser_session SET seen_at = seen_at - interval '13 minutes'")
        await coach.follow("Mijn taken")
        await expect(coach.page.get_by_role("heading", level=1)).to_have_text("Mijn taken")


async def test_a_page_that_was_left_open_hides_itself_at_the_end_and_keeps_what_was_typed(
    browser: Browser, site: Site
) -> None:
    async with at_browser(browser, site) as coach:
        await coach.page.clock.install()
        await begin_a_contact(coach)
        await coach.page.clock.run_for("14:52")
        site.tell(LONG_AGO)
        await coach.page.clock.run_for("01:15")
        await is_asked_to_log_in(coach)
        await coach.does_not_see("Alfa")
        await log_in_again(coach, "coach")
        await expect(coach.page.get_by_label("Korte notitie")).to_have_value(NOTE)


async def test_who_leaves_in_a_hurry_leaves_nothing_behind_the_back_button(
    browser: Browser, site: Site
) -> None:
    async with at_browser(browser, site, size=PHONE) as client:
        await client.log_in("alfa")
        await client.follow("Mijn ladder")
        await client.follow("Snel weg")
        await expect(client.page).to_have_title("Gesloten")
        await client.does_not_see("Trede")
        for _ in range(3):
            await client.page.go_back()
            await client.does_not_see("Mijn ladder")
            await client.does_not_see("Behandelaar-A1")
        await client.go("/my-trajectory")
        await is_asked_to_log_in(client)


async def test_logging_out_in_one_tab_ends_the_other(browser: Browser, site: Site) -> None:
    async with at_browser(browser, site) as coach:
        await coach.log_in("coach")
        other = Person(await coach.page.context.new_page(), site)
        await other.go("/caseload")
        await other.sees("Testclient Alfa")
        await coach.log_out()
        assert await coach.faults() == []
        await other.follow("Mijn taken")
        await is_asked_to_log_in(other)
        await coach.page.go_back()
        await coach.does_not_see("Testclient Alfa")
