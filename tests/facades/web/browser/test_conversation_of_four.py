"""Four people at four browsers hold the talk that begins a trajectory, and each confirms it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.build.situations import Situation
from tests.build.stage import Stage
from tests.domain.startconversation.table import HELD, Table
from tests.facades.web.browser.kit import PHONE, WIDE, Person, at_browser, needs_chromium
from tests.facades.web.browser.serving import Site, serving

pytestmark = [
    needs_chromium,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("browser"),
]
FIRST, SECOND = "3 april 2025 om 10.00 uur", "8 april 2025 om 14.30 uur"
SUCCESS = "Twee dagen per week werken met hout"
Four = dict[str, Person]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site(alfa: Situation, stage: Stage, folder: Path) -> AsyncIterator[Site]:
    """Everything is ready for the talk, nobody was asked to it yet."""
    await Table(stage, alfa).prepare()
    stage.on("2025-03-25")
    people = {name: party.subject for name, party in stage.parties.items()}
    with serving(stage.database, folder, people) as found:
        yield found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def four(browser: Browser, site: Site) -> AsyncIterator[Four]:
    """The client has a phone; the others sit at a desk."""
    async with AsyncExitStack() as open_windows:
        sizes = {"alfa": PHONE, "clinician": WIDE, "coach": WIDE, "expert": WIDE}
        people = {
            name: await open_windows.enter_async_context(at_browser(browser, site, size=size))
            for name, size in sizes.items()
        }
        for name, person in people.items():
            await person.log_in(name)
        yield people


async def ask(clinician: Person) -> None:
    await clinician.follow("Testclient Alfa")
    await clinician.follow("Startgesprek")
    await clinician.follow("Gesprek plannen")
    await clinician.choose("Welk gesprek is het?", "Vierpartijengesprek")
    for nth, day, at in ((0, "03-04-2025", "10:00"), (1, "8 april 2025", "14.30")):
        await clinician.page.fill(f"[name='proposals.{nth}.startsAt']", day)
        await clinician.page.fill(f"[name='proposals.{nth}.startsAt.time']", at)
    await clinician.press("Nodig de partijen uit")
    await clinician.sees("zeggen welke momenten passen")


async def answer(person: Person, *moments: str) -> None:
    """From the task that waits for this person."""
    await person.go("/tasks")
    await person.page.get_by_role("main").get_by_role("link").first.click()
    for moment in moments:
        await person.page.get_by_role("checkbox", name=moment).check()
    await person.press("Verstuur uw antwoord")
    await person.sees("Uw antwoord is verstuurd")


async def share_with_all(alfa: Person) -> None:
    """Nothing is ticked beforehand; every party is asked about by itself."""
    await alfa.page.reload()
    asked = alfa.page.get_by_role("radiogroup")
    await expect(asked).to_have_count(3)
    assert await alfa.page.get_by_role("radio", checked=True).count() == 0
    for group in await asked.all():
        await group.get_by_label("Ja", exact=True).check()
    await alfa.press("Leg mijn keuzes vast")
    await alfa.sees("Vanaf nu mag meelezen")


async def hold(clinician: Person) -> None:
    await clinician.page.reload()
    form = clinician.page.get_by_role("group", name="Wie waren er?")
    for box in await form.get_by_role("checkbox").all():
        await box.check()
    await clinician.press("Leg vast wie er waren")
    await clinician.sees("het verslag schrijven")


async def write(coach: Person) -> None:
    await coach.page.reload()
    await coach.follow("Schrijf het verslag")
    await coach.type("Wanneer is het gelukt?", SUCCESS)
    await coach.page.fill("[name='agreements.0.what']", "Werkplek zoeken")
    await coach.page.check("[name='agreements.0.owner'][value='reintegration_coach']")
    await coach.page.fill("[name='agreements.0.byWhen']", "01-06-2025")
    await coach.type("Wanneer kijkt u samen terug?", "03-07-2025\n02-10-2025")
    await coach.choose("Hoe lang duurt het traject?", "12 maanden")
    await coach.press("Bewaar het verslag")
    await coach.sees("het verslag bevestigen")


async def confirm(person: Person) -> None:
    """Reads what was agreed, and says so in the own session."""
    await person.page.reload()
    await person.sees(SUCCESS)
    await person.press("Zo is het afgesproken: ik bevestig")
    await person.sees("De bevestiging is vastgelegd")
    assert await person.page.get_by_role("button", name="ik bevestig").count() == 0


async def test_four_people_plan_hold_and_confirm_a_talk_each_at_an_own_browser(
    four: Four, stage: Stage
) -> None:
    alfa, clinician, coach, expert = four.values()
    await ask(clinician)
    await asyncio.gather(
        answer(coach, FIRST, SECOND), answer(expert, FIRST), answer(alfa, FIRST, SECOND)
    )
    await clinician.page.reload()
    row = clinician.page.get_by_role("row").filter(has_text=FIRST)
    await expect(row.get_by_text("Kan", exact=True)).to_have_count(4)
    await row.get_by_role("button", name="Kies dit moment").click()
    await clinician.sees(f"het gesprek op {FIRST}")
    stage.on(HELD)
    await coach.page.reload()
    await coach.does_not_see("Wat er is afgesproken")
    await share_with_all(alfa)
    await hold(clinician)
    await write(coach)
    for person in four.values():
        await confirm(person)


async def test_each_prints_the_same_agreement_with_every_name_and_confirmation(four: Four) -> None:
    for person in four.values():
        await person.page.reload()
        await person.sees("alle partijen bevestigden het verslag")
        await person.follow("Afspraken om af te drukken")
        sheet = person.page.get_by_role("article")
        await expect(sheet).to_contain_text(SUCCESS)
        await expect(sheet.get_by_text("bevestigd op 3 april 2025")).to_have_count(4)
        await person.page.emulate_media(media="print")
        await expect(person.page.get_by_role("button", name="Druk af")).to_be_hidden()
        await expect(person.page.get_by_role("navigation")).to_have_count(0)
        assert await person.faults() == []
