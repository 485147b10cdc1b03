"""Who leads whose work: arranged by the administrator of the organisation."""

from app.facades.operations import Json
from app.facades.web.about import About
from app.facades.web.answers import Shown
from app.facades.web.forms.pages import Form, Ids, add_form
from app.facades.web.people import GONE, colleagues
from app.facades.web.site import Pages
from app.facades.web.telling import holds
from app.facades.web.visits import Visit

pages = Pages()
LEADING = "/supervisions/{supervision_id}"


@pages.get("/supervisions")
async def supervisions(visit: Visit) -> Shown:
    found = await visit.see("/supervisions", pageSize=100, cursor=visit.query.get("cursor"))
    known = await _staff(visit)
    now = await visit.now()
    lines = [_line(each, known) for each in reversed(found["items"])]
    return Shown(
        "teams/supervisions.html",
        current=[each for each in lines if holds(each, now)],
        past=[each for each in lines if not holds(each, now)],
        more=found.get("nextCursor"),
    )


async def _staff(visit: Visit) -> dict[str, str]:
    """All who work or worked here, by membership; the administrator keeps them."""
    found = await visit.every(f"/organisations/{visit.organisation_id}/memberships")
    return {each["id"]: each["practitionerName"] for each in found}


def _line(told: Json, known: dict[str, str]) -> Json:
    return {
        **told,
        "supervisor": known.get(told["supervisorMembershipId"], GONE),
        "supervised": known.get(told["supervisedMembershipId"], GONE),
    }


async def _whose(visit: Visit, ids: Ids) -> About:
    """Who leads whom, where that is known."""
    told = None
    if "supervision_id" in ids:
        told = await visit.maybe(LEADING.format(**ids))
    if told is None:
        return About(None, "/supervisions", "Leidinggevenden")
    line = _line(told, await _staff(visit))
    named = f"{line['supervisor']}, over {line['supervised']}"
    return About(named, "/supervisions", "Leidinggevenden")


add_form(
    pages,
    "/supervisions/new",
    Form(
        "POST /supervisions",
        then="/supervisions",
        choices={
            "supervisorMembershipId": colleagues("supervisor"),
            "supervisedMembershipId": colleagues(),
        },
        note="teams/leading.html",
        whose=_whose,
    ),
)
add_form(pages, f"{LEADING}/ends", Form(f"POST {LEADING}/ends", then="/supervisions", whose=_whose))
