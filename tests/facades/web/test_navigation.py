"""Where one stands in the menu."""

import re

from app.access.ceilings import roles_of
from app.access.vocabulary import PERSONS, OrganisationKind, Role
from tests.build.stage import Stage
from tests.facades.web.acting import acts_for, is_trusted
from tests.facades.web.logging_in import Browser
from tests.facades.web.visiting import visitor

MENU = re.compile(r'<nav[^>]*aria-label="Hoofdmenu".*?</nav>', re.DOTALL)


async def test_one_place_of_the_menu_is_marked_also_where_one_lies_within_another(
    browser: Browser,
) -> None:
    await browser.log_in("ggz_admin")
    page = (await browser.get("/organisation/members")).text
    assert re.findall(r'<a href="([^"]*)" aria-current="page">', page) == ["/organisation/members"]


async def test_every_place_of_the_menu_of_every_role_is_a_page_that_opens(stage: Stage) -> None:
    await one_of_each_role(stage)
    lost = []
    for role in Role:
        one = await visitor(stage, role)
        start = await one.get("/")
        menu = MENU.search((await one.get(start.headers["location"])).text)
        links = re.findall(r'href="([^"]+)"', menu[0]) if menu else []
        opened = {link: (await one.get(link)).status_code for link in links}
        lost += [(role, link, status) for link, status in opened.items() if status != 200]
        assert links, role
    assert lost == []


async def one_of_each_role(stage: Stage) -> None:
    """Somebody in every role there is, the persons for one client; each under the role's name."""
    for kind in OrganisationKind:
        stage.organisation(f"of {kind}", kind, "Proeforganisatie")
        for role in roles_of(kind) - PERSONS - set(stage.parties):
            stage.member(role, role, f"of {kind}", "Medewerker")
    of_client = f"/v1/clients/{await stage.client(Role.CLIENT, bsn='999990019')}"
    await acts_for(stage, of_client, Role.REPRESENTATIVE)
    await is_trusted(stage, of_client, Role.SUPPORTER, Role.CLIENT)
