"""What each role comes for, from logging in to logging out, with links and buttons alone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from app.access.vocabulary import Role
from tests.build.situations import Situation
from tests.build.stage import BSN, Stage
from tests.domain.privacy.officers import officers
from tests.domain.team.test_hand_over import trajectory
from tests.facades.web.browser.kit import PHONE, WIDE, Person, at_browser, needs_chromium
from tests.facades.web.browser.serving import Site, serving

pytestmark = [
    needs_chromium,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("browser"),
]
NEWCOMER = "subject-newcomer"
FINDING = "Er was spoed, en alleen het nodige is bekeken."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site(alfa: Situation, stage: Stage, folder: Path) -> AsyncIterator[Site]:
    """With who watches over privacy, a coach of the own team with a trajectory, and a lead."""
    assert alfa.stage is stage
    officers(stage)
    stage.member("ips", Role.IPS_COACH, "ggz", "Coach-B1")
    stage.member("ips_colleague", Role.IPS_COACH, "ggz", "Coach-B2")
    stage.member("lead", Role.SUPERVISOR, "ggz", "Teamleider-A1")
    await trajectory(stage, 1, "ips")
    people = {name: party.subject for name, party in stage.parties.items()}
    with serving(stage.database, folder, {**people, "newcomer": NEWCOMER}) as found:
        yield found


@asynccontextmanager
async def at_work(
    browser: Browser, site: Site, who: str, size: tuple[int, int] = WIDE
) -> AsyncIterator[Person]:
    """Logged in; at the end nothing was wrong with the last page, and one logs out."""
    async with at_browser(browser, site, size=size) as person:
        await person.log_in(who)
        yield person
        assert await person.faults() == []
        await person.log_out()


async def is_on(person: Person, heading: str) -> None:
    await expect(person.page.get_by_role("heading", name=heading).first).to_be_visible()


async def one_of(person: Person, question: str, name: str) -> None:
    """Somebody out of a list, by the name with which the answer begins."""
    asked = person.page.get_by_role("combobox", name=question)
    answer = asked.locator("option").filter(has_text=name)
    await asked.select_option(value=await answer.get_attribute("value"))


async def test_an_expert_asks_how_a_trajectory_stands_and_why_that_may_be_seen(
    browser: Browser, site: Site
) -> None:
    async with at_work(browser, site, "expert") as expert:
        await expert.follow("Status opvragen")
        await expert.press("Zoek")
        await expect(expert.page.get_by_role("heading", name="niet goed")).to_be_focused()
        assert await expert.faults() == []
        await expert.type("Burgerservicenummer", BSN["bravo"])
        await expert.press("Zoek")
        await is_on(expert, "Wij kunnen u niets laten zien")
        await expert.type("Burgerservicenummer", BSN["alfa"])
        await expert.press("Zoek")
        await is_on(expert, "Testclient Alfa")
        await expert.sees("Waarom u dit mag zien")
        assert BSN["alfa"] not in expert.page.url


async def test_a_clinician_registers_a_client_starts_a_trajectory_and_asks_about_work(
    browser: Browser, site: Site
) -> None:
    async with at_work(browser, site, "clinician") as clinician:
        await clinician.follow("Cliënten")
        await clinician.follow("Cliënt inschrijven")
        await clinician.type("Burgerservicenummer", BSN["bravo"])
        await clinician.type("Voornaam", "Testclient")
        await clinician.type("Achternaam", "Bravo")
        await clinician.type("Geboortedatum", "3 mei 1991")
        await clinician.press("Schrijf de cliënt in")
        await is_on(clinician, "Testclient Bravo")
        await clinician.follow("Naar werk vragen")
        await clinician.press("Bewaar de antwoorden")
        await expect(clinician.page.get_by_role("heading", name="niet goed")).to_be_focused()
        assert await clinician.faults() == []
        await clinician.follow("Annuleren")
        await clinician.follow("Traject starten")
        await clinician.page.get_by_label("WGB-traject").check()
        await clinician.press("Start het traject")
        await is_on(clinician, "Testclient Bravo")
        await is_on(clinician, "Hoe het loopt")


async def test_an_administrator_appoints_a_colleague_who_then_logs_in(
    browser: Browser, site: Site
) -> None:
    async with at_work(browser, site, "ggz_admin") as admin:
        await admin.follow("Medewerkers")
        await admin.follow("Medewerker toevoegen")
        await admin.type("Naam", "Nieuweling")
        await admin.press("Zoek")
        await admin.sees("Niemand met deze naam is al bekend")
        await admin.follow("Deze persoon is nieuw")
        await admin.type("Naam", "Nieuweling-A9")
        await admin.page.get_by_role("main").get_by_role("button").first.click()
        await admin.choose("Rol", "IPS-trajectbegeleider")
        await admin.press("Voeg toe")
        await admin.follow("Login koppelen")
        await admin.page.fill("[name=issuer]", f"{site.address}/demo-issuer")
        await admin.page.fill("[name=subject]", NEWCOMER)
        await admin.press("Voeg de login toe")
        await admin.sees("De login is toegevoegd")
    async with at_work(browser, site, "newcomer") as newcomer:
        await is_on(newcomer, "Mijn caseload")
        await newcomer.sees("U begeleidt nu niemand")


async def test_a_lead_sees_what_the_team_carries_once_an_administrator_says_whom_it_leads(
    browser: Browser, site: Site
) -> None:
    async with at_work(browser, site, "ggz_admin") as admin:
        await admin.follow("Teams")
        await admin.follow("Leidinggevenden")
        await admin.follow("Leidinggevende aanwijzen")
        await admin.page.get_by_label("Teamleider-A1").check()
        await one_of(admin, "Collega", "Coach-B1")
        await admin.press("Wijs aan")
        await admin.sees("Teamleider-A1 geeft leiding aan Coach-B1")
    async with at_work(browser, site, "lead") as lead:
        await lead.follow("Mijn caseload")
        await lead.sees("Coach-B1")
        await lead.follow("Teams")
        await lead.follow("Hoeveel trajecten elke coach heeft")
        await lead.sees("Coach-B1")


async def test_what_was_opened_in_an_emergency_is_judged_by_the_desk(
    browser: Browser, site: Site
) -> None:
    async with at_work(browser, site, "colleague", PHONE) as clinician:
        await clinician.follow("Cliënten")
        await clinician.follow("Noodtoegang nemen")
        await clinician.type("Burgerservicenummer", BSN["alfa"])
        await clinician.choose("Waarom is er spoed?", "Psychiatrische crisis")
        await clinician.type("Leg uit waarom dit nodig is", "Verward aan de balie.")
        await clinician.press("Neem noodtoegang")
        await clinician.sees("U werkt met noodtoegang")
        await is_on(clinician, "Testclient Alfa")
        assert await clinician.faults() == []
        await clinician.page.locator(".emergency").get_by_role("button").click()
        await clinician.does_not_see("U werkt met noodtoegang")
    async with at_work(browser, site, "desk") as desk:
        await is_on(desk, "Noodtoegang die nog is na te kijken")
        await desk.page.locator("#due").get_by_role("link").first.click()
        await desk.sees("Verward aan de balie.")
        await desk.follow("Beoordelen")
        await desk.page.get_by_role("radio").first.check()
        await desk.type("Wat heeft u gevonden?", FINDING)
        await desk.press("Bewaar de beoordeling")
        await desk.sees(FINDING)
        await desk.follow("Privacyloket")
        await desk.sees("Alle noodtoegang is nagekeken.")
