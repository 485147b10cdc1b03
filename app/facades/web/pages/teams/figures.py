"""How many trajectories somebody carries: told to that person and to who leads the work."""

from collections.abc import Sequence

from app.facades.operations import Json
from app.facades.web.answers import Shown
from app.facades.web.forms.pages import Form, add_form
from app.facades.web.people import member, members
from app.facades.web.site import Pages
from app.facades.web.visits import Visit

pages = Pages()
FIGURE = "GET /memberships/{membership_id}/caseload-figure"
CARRYING = ("ips_coach", "reintegration_coach")
MOST = 30
"""So many colleagues are counted for one page; each is a question of its own."""


async def figures(visit: Visit, memberships: Sequence[str]) -> dict[str, Json]:
    """By membership; whose figure is not theirs to see is left out."""
    if not visit.may(FIGURE):
        return {}
    paths = (f"/memberships/{each}/caseload-figure" for each in memberships[:MOST])
    told = await visit.together(*paths)
    return {each["membershipId"]: each for each in told if each is not None}


@pages.get("/teams/colleagues")
async def carried(visit: Visit) -> Shown:
    """What each coach carries: for the coach only the own figure, for who leads those led."""
    visit.require(FIGURE)
    people = [
        each for role in CARRYING for each in await members(visit, visit.organisation_id, role)
    ]
    found = await figures(visit, _own_first(visit, [each.membership_id for each in people]))
    return Shown(
        "teams/colleagues.html",
        lines=[(each, found[each.membership_id]) for each in people if each.membership_id in found],
        more=len(people) > MOST,
    )


def _own_first(visit: Visit, memberships: list[str]) -> list[str]:
    own = visit.me.get("membershipId")
    return sorted(memberships, key=lambda each: each != own)


add_form(
    pages,
    "/memberships/{membership_id}/working-times/new",
    Form(
        "POST /memberships/{membership_id}/working-times",
        then="/organisation/members",
        whose=member,
    ),
)
