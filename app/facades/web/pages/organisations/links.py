"""Which login is a client, or acts for one: linked by who treats the client."""

from app.facades.operations import Json
from app.facades.web.about import About, about
from app.facades.web.answers import Onward, Shown
from app.facades.web.forms.pages import Form, Ids, add_form
from app.facades.web.forms.showing import Options
from app.facades.web.site import Pages
from app.facades.web.telling import holds
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

pages = Pages()
LINK = "POST /account-links"
OF_CLIENT = "/clients/{client_id}/account-links"
PERSONS = ("client", "representative", "supporter")


@pages.get(OF_CLIENT)
async def links(visit: Visit, client_id: str) -> Shown:
    await visit.see(f"/clients/{client_id}")
    found = await visit.every("/account-links")
    now = await visit.now()
    return Shown(
        "organisations/links.html",
        about=await about(visit, {"client_id": client_id}),
        base=OF_CLIENT.format(client_id=client_id),
        links=[each for each in found if each["clientId"] == client_id and holds(each, now)],
    )


@pages.post(f"{OF_CLIENT}/{{link_id}}/ends")
async def ended(visit: Visit, client_id: str, link_id: str) -> Onward:
    """At once; the client can be given another login afterwards."""
    await visit.act(f"/account-links/{link_id}/ends", {})
    done = words.act("POST /account-links/{link_id}/ends").done
    return Onward(OF_CLIENT.format(client_id=client_id), done)


async def _roles(_: Visit, __: Ids) -> Options:
    return [(each, words.value("Role", each)) for each in PERSONS]


async def _helpers(visit: Visit, ids: Ids) -> Options:
    """Who acts for this client, or stands beside, by name."""
    at = f"/clients/{ids['client_id']}"
    acting, beside = await visit.lists(f"{at}/representatives", f"{at}/supporters")
    return [
        *((each["id"], f"{each['name']}, vertegenwoordiger") for each in acting if "name" in each),
        *((each["id"], f"{each['name']}, naaste") for each in beside if "name" in each),
    ]


async def _likely(visit: Visit, ids: Ids) -> Json:
    """A client that one may not know of has no form either."""
    await visit.see(f"/clients/{ids['client_id']}")
    return {"issuer": visit.session.issuer}


async def _client(_: Visit, ids: Ids) -> Json:
    return {"clientId": ids["client_id"]}


async def _whose(visit: Visit, ids: Ids) -> About:
    return await about(visit, {"client_id": ids["client_id"]})


add_form(
    pages,
    f"{OF_CLIENT}/new",
    Form(
        LINK,
        then=OF_CLIENT,
        choices={"role": _roles, "personId": _helpers},
        begins=_likely,
        fixed=_client,
        order=("role", "personId"),
        note="organisations/linking.html",
        whose=_whose,
    ),
)
