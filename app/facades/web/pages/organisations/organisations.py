"""One's own organisation, and for the administrator of the platform all of them."""

from app.access.vocabulary import OrganisationKind
from app.facades.operations import Json
from app.facades.web.about import About
from app.facades.web.answers import Shown
from app.facades.web.forms.pages import Form, Ids, add_form
from app.facades.web.forms.showing import Options
from app.facades.web.rendering import day
from app.facades.web.site import Pages
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

pages = Pages()
ONE = "/organisations/{organisation_id}"
CHANGE = f"PATCH {ONE}"
REGISTERED = tuple(each for each in OrganisationKind if each is not OrganisationKind.PLATFORM)
"""The platform itself is not registered by anybody."""


@pages.get("/organisation")
async def own(visit: Visit) -> Shown:
    """Raises RefusedError for who works for no organisation."""
    return await _one(visit, visit.organisation_id or "none")


@pages.get(ONE)
async def one(visit: Visit, organisation_id: str) -> Shown:
    return await _one(visit, organisation_id)


async def _one(visit: Visit, organisation_id: str) -> Shown:
    found = await visit.see(f"/organisations/{organisation_id}")
    return Shown(
        "organisations/one.html",
        organisation=found,
        facts=_numbers(found),
        ours=organisation_id == visit.organisation_id,
    )


def _numbers(told: Json) -> list[tuple[str, str]]:
    """By which numbers it is known, how its team works, and since when it is here."""
    known = ("agb", "oin", "kvk", "municipalityCode")
    numbers = [(words.label("OrganisationOut", each), told.get(each)) for each in known]
    works = words.value("OrganisationChange.policyVersion", str(told["policyVersion"]))
    return [
        *((label, number) for label, number in numbers if number),
        (words.label("OrganisationChange", "policyVersion"), works),
        (words.label("OrganisationOut", "createdAt"), day(told["createdAt"])),
    ]


@pages.get("/organisations")
async def organisations(visit: Visit) -> Shown:
    name, kind = visit.query.get("name") or None, visit.query.get("kind") or None
    asked = {"name": name, "kind": kind, "cursor": visit.query.get("cursor")}
    told = await visit.see("/organisations", pageSize=50, **asked)
    return Shown(
        "organisations/list.html",
        organisations=told["items"],
        more=told.get("nextCursor"),
        kinds=[(each, words.value("OrganisationKind", each)) for each in OrganisationKind],
        asked={key: value for key, value in asked.items() if value and key != "cursor"},
    )


async def whose(visit: Visit, ids: Ids) -> About:
    """The organisation that a form is about."""
    if "organisation_id" not in ids:
        return About(None, "/organisations", "Organisaties")
    found = await visit.see(ONE.format(**ids))
    if ids["organisation_id"] == visit.organisation_id:
        return About(found.get("name"), "/organisation", "Organisatie")
    return About(found.get("name"), ONE.format(**ids), "Organisaties")


async def _present(visit: Visit, ids: Ids) -> Json:
    """What stands there now, to be changed."""
    return await visit.see(ONE.format(**ids))


async def _kinds(_: Visit, __: Ids) -> Options:
    return [(each, words.value("OrganisationKind", each)) for each in REGISTERED]


add_form(
    pages,
    "/organisations/new",
    Form(
        "POST /organisations",
        then="/organisations/{id}",
        choices={"kind": _kinds},
        whose=whose,
        note="organisations/registering.html",
    ),
)
add_form(
    pages,
    f"{ONE}/name",
    Form(
        CHANGE,
        then="/organisation",
        begins=_present,
        without=frozenset({"policyVersion"}),
        whose=whose,
    ),
)
add_form(
    pages,
    f"{ONE}/policy",
    Form(
        CHANGE,
        then="/organisation",
        begins=_present,
        without=frozenset({"name"}),
        title="Hoe het behandelteam samenwerkt",
        note="organisations/policy.html",
        whose=whose,
    ),
)
