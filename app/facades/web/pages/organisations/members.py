"""Who works at an organisation and in which role: appointing, ending, and giving a login."""

from typing import Any

from app.facades.operations import Json
from app.facades.web.about import About
from app.facades.web.answers import Shown
from app.facades.web.forms.pages import Form, Ids, add_form
from app.facades.web.forms.showing import Options
from app.facades.web.pages.organisations.organisations import whose
from app.facades.web.people import member, organisations
from app.facades.web.site import Pages
from app.facades.web.telling import holds
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

pages = Pages()
MEMBERS = "/organisations/{organisation_id}/memberships"
PERSON = "/practitioners/{practitioner_id}"
MOST = 50


@pages.get("/organisation/members")
async def listed(visit: Visit) -> Shown:
    return await _list(visit, "")


@pages.post("/organisation/members/searches")
async def searched(visit: Visit) -> Shown:
    """By a part of a name, which stands in no address."""
    return await _list(visit, visit.field("name"))


async def _list(visit: Visit, name: str) -> Shown:
    at = visit.organisation_id
    visit.require(f"GET {MEMBERS}")
    found = await visit.every(f"/organisations/{at}/memberships")
    now = await visit.now()
    asked = [each for each in found if name.casefold() in each["practitionerName"].casefold()]
    lines = sorted(asked, key=lambda each: str(each["practitionerName"]).casefold())
    return Shown(
        "organisations/members.html",
        organisation_id=at,
        current=[each for each in lines if holds(each, now)],
        past=[each for each in lines if not holds(each, now)],
        name=name,
        anybody=bool(found),
    )


@pages.get("/organisation/members/new")
async def joining(visit: Visit) -> Shown:
    return await _joining(visit, "")


@pages.post("/organisation/members/new")
async def known(visit: Visit) -> Shown:
    """Whether somebody is in the directory already, for this is one person for all of us."""
    return await _joining(visit, visit.field("name"))


async def _joining(visit: Visit, name: str) -> Shown:
    visit.require(f"POST {MEMBERS}")
    found = await visit.every("/practitioners") if name else []
    like = [each for each in found if name.casefold() in each["name"].casefold()]
    values: dict[str, Any] = {
        "organisation_id": visit.query.get("organisation") or visit.organisation_id,
        "name": name,
        "people": like[:MOST],
        "too_many": len(like) > MOST,
    }
    return Shown("organisations/joining.html", **values)


@pages.get(PERSON)
async def person(visit: Visit, practitioner_id: str) -> Shown:
    found = await visit.see(f"/practitioners/{practitioner_id}")
    return Shown(
        "organisations/person.html",
        person=found,
        names=await organisations(visit, (each["organisationId"] for each in found["positions"])),
        organisation_id=visit.organisation_id,
    )


async def _roles(visit: Visit, ids: Ids) -> Options:
    """Those that fit the organisation; the platform appoints an administrator only."""
    found = await visit.see(f"/organisations/{ids['organisation_id']}")
    ours = ids["organisation_id"] == visit.organisation_id
    fitting = found["roles"] if ours else ["organisation_admin"]
    return [(each, words.value("Role", each)) for each in fitting]


async def _chosen(visit: Visit, _: Ids) -> Options:
    """The person of whom this form was opened."""
    chosen = visit.query.get("practitioner", "")
    found = await visit.see(f"/practitioners/{chosen or 'none'}")
    return [(found["id"], found["name"])]


async def _appointing(visit: Visit, _: Ids) -> Json:
    return {"practitionerId": visit.query.get("practitioner"), "employed": True}


async def _own_provider(visit: Visit, _: Ids) -> Json:
    """Colleagues log in where the administrator does, as a rule."""
    return {"issuer": visit.session.issuer}


async def _person(visit: Visit, ids: Ids) -> About:
    found = await visit.maybe(PERSON.format(**ids)) or {}
    return About(found.get("name"), PERSON.format(**ids), "Professional")


add_form(
    pages,
    "/organisations/{organisation_id}/practitioners/new",
    Form(
        "POST /practitioners",
        then=f"{MEMBERS}/new?practitioner={{id}}",
        whose=whose,
        note="organisations/registering_person.html",
    ),
)
add_form(
    pages,
    f"{MEMBERS}/new",
    Form(
        f"POST {MEMBERS}",
        then="/practitioners/{practitionerId}",
        choices={"practitionerId": _chosen, "role": _roles},
        begins=_appointing,
        whose=whose,
        note="organisations/appointing.html",
    ),
)
add_form(
    pages,
    f"{MEMBERS}/{{membership_id}}/ends",
    Form(
        f"POST {MEMBERS}/{{membership_id}}/ends",
        then="/organisation/members",
        whose=member,
        note="organisations/leaving.html",
    ),
)
add_form(
    pages,
    f"{PERSON}/accounts/new",
    Form(
        f"POST {PERSON}/accounts",
        then=PERSON,
        begins=_own_provider,
        whose=_person,
        note="organisations/login.html",
    ),
)
