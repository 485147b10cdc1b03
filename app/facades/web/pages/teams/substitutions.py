"""Who stands in for whom, and until when."""

from app.facades.operations import Json
from app.facades.web.about import About
from app.facades.web.answers import Shown
from app.facades.web.forms.pages import Form, Ids, add_form
from app.facades.web.forms.showing import Options
from app.facades.web.people import GONE, members, names
from app.facades.web.site import Pages
from app.facades.web.telling import holds
from app.facades.web.visits import Visit

pages = Pages()
ADMINISTRATOR = "organisation_admin"
COVER = "/substitutions/{substitution_id}"


@pages.get("/substitutions")
async def substitutions(visit: Visit) -> Shown:
    found = await visit.see("/substitutions", pageSize=100, cursor=visit.query.get("cursor"))
    known = await names(visit)
    now = await visit.now()
    lines = [_line(each, known) for each in reversed(found["items"])]
    return Shown(
        "teams/substitutions.html",
        current=[each for each in lines if holds(each, now)],
        past=[each for each in lines if not holds(each, now)],
        more=found.get("nextCursor"),
        anybody=visit.role == ADMINISTRATOR,
        mine=visit.me.get("membershipId"),
    )


def _line(told: Json, known: dict[str, str]) -> Json:
    return {
        **told,
        "absent": known.get(told["absentMembershipId"], GONE),
        "substitute": known.get(told["substituteMembershipId"], GONE),
    }


async def _absent(visit: Visit, _: Ids) -> Options:
    """One arranges the own cover; the administrator that of anybody."""
    found = await members(visit, visit.organisation_id)
    own = visit.me.get("membershipId")
    return [
        (each.membership_id, each.words)
        for each in found
        if visit.role == ADMINISTRATOR or each.membership_id == own
    ]


async def _stand_ins(visit: Visit, _: Ids) -> Options:
    """Who has the same role; for the administrator everybody, for the role follows the absent."""
    own = visit.me.get("membershipId")
    role = None if visit.role == ADMINISTRATOR else visit.role
    found = await members(visit, visit.organisation_id, role)
    return [(each.membership_id, each.words) for each in found if each.membership_id != own]


async def _own(visit: Visit, _: Ids) -> Json:
    own = None if visit.role == ADMINISTRATOR else visit.me.get("membershipId")
    return {"absentMembershipId": own} if own else {}


async def _whose(visit: Visit, ids: Ids) -> About:
    """Who stands in for whom, where that is known."""
    if "substitution_id" not in ids:
        return About(None, "/substitutions", "Vervangingen")
    told = await visit.maybe(f"/substitutions/{ids['substitution_id']}")
    if told is None:
        return About(None, "/substitutions", "Vervangingen")
    line = _line(told, await names(visit))
    named = f"{line['substitute']} vervangt {line['absent']}"
    return About(named, "/substitutions", "Vervangingen")


add_form(
    pages,
    "/substitutions/new",
    Form(
        "POST /substitutions",
        then="/substitutions",
        choices={"absentMembershipId": _absent, "substituteMembershipId": _stand_ins},
        begins=_own,
        note="teams/standing_in.html",
        whose=_whose,
    ),
)
add_form(
    pages,
    f"{COVER}/ends",
    Form(f"POST {COVER}/ends", then="/substitutions", whose=_whose),
)
