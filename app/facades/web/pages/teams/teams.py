"""The teams of an organisation: who is in them, when they met, and how much each member carries."""

from typing import Any

from app.facades.operations import Json
from app.facades.web.about import About
from app.facades.web.answers import Shown
from app.facades.web.forms.pages import Form, Ids, add_form
from app.facades.web.forms.showing import Options
from app.facades.web.pages.teams.figures import figures
from app.facades.web.people import members
from app.facades.web.site import Pages
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

pages = Pages()
TEAM = "/teams/{team_id}"
LATEST = 10
"""So many meetings stand on the page; what was earlier is folded away."""


@pages.get("/teams")
async def teams(visit: Visit) -> Shown:
    told = await visit.see("/teams", pageSize=50, cursor=visit.query.get("cursor"))
    return Shown("teams/list.html", teams=told["items"], more=told.get("nextCursor"))


@pages.get(TEAM)
async def team(visit: Visit, team_id: str) -> Shown:
    found = await visit.see(f"/teams/{team_id}")
    meetings = await visit.every(f"/teams/{team_id}/meetings")
    own = visit.organisation_id
    return Shown(
        "teams/one.html",
        team=found,
        members=sorted(found["members"], key=lambda each: str(each["name"])),
        meetings=_told(meetings, found["members"]),
        latest=LATEST,
        figures=await figures(visit, [each["membershipId"] for each in found["members"]]),
        ours=found["organisationId"] == own,
        there=visit.me.get("membershipId") in {each["membershipId"] for each in found["members"]},
    )


def _told(meetings: list[Json], among: list[Json]) -> list[Json]:
    """The newest first, with the names of who was there; who left since has none here."""
    names = {each["membershipId"]: each["name"] for each in among}
    newest = sorted(meetings, key=lambda each: str(each["heldOn"]), reverse=True)
    return [
        {
            **each,
            "present": [names[one] for one in each["attendees"] if one in names],
            "former": sum(one not in names for one in each["attendees"]),
        }
        for each in newest
    ]


async def whose(visit: Visit, ids: Ids) -> About:
    """The team that a form is about."""
    found = await visit.maybe(f"/teams/{ids['team_id']}") or {}
    return About(found.get("name"), f"/teams/{ids['team_id']}", "Team")


async def _of_team(visit: Visit, ids: Ids) -> Options:
    found = await visit.see(f"/teams/{ids['team_id']}")
    told = ((each["membershipId"], _member(each)) for each in found["members"])
    return sorted(told, key=lambda option: option[1])


def _member(told: Json) -> str:
    return f"{told['name']}, {words.role(told['role'])}"


async def _joining(visit: Visit, _: Ids) -> Options:
    """Somebody of the organisation that was chosen; of one's own as long as none was."""
    found = await members(visit, visit.query.get("organisation") or visit.organisation_id)
    return [(each.membership_id, each.words) for each in found]


async def _today(visit: Visit, _: Ids) -> dict[str, Any]:
    return {"heldOn": (await visit.today()).isoformat()}


@pages.get(f"{TEAM}/organisations")
async def elsewhere(visit: Visit, team_id: str) -> Shown:
    """Of which other organisation somebody joins."""
    visit.require("POST /teams/{team_id}/members")
    found = await visit.see(f"/teams/{team_id}")
    name = visit.query.get("name") or None
    told = await visit.see("/organisations", name=name, pageSize=30)
    return Shown("teams/elsewhere.html", team=found, organisations=told["items"], name=name or "")


add_form(pages, "/teams/new", Form("POST /teams", then="/teams/{id}"))
add_form(
    pages,
    f"{TEAM}/members/new",
    Form(
        "POST /teams/{team_id}/members",
        then=TEAM,
        choices={"membershipId": _joining},
        note="teams/joining.html",
        whose=whose,
    ),
)
add_form(
    pages,
    f"{TEAM}/meetings/new",
    Form(
        "POST /teams/{team_id}/meetings",
        then=TEAM,
        choices={"attendees": _of_team},
        begins=_today,
        whose=whose,
    ),
)
