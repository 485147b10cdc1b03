"""The side of the workplace: who works there by which agreement, and nothing of care."""

from app.facades.operations import Json
from app.facades.web.answers import Shown
from app.facades.web.site import Pages
from app.facades.web.visits import Visit

pages = Pages()
AGREEMENT = "/placements/{placement_id}/agreement"


@pages.get("/workplaces")
async def workplaces(visit: Visit) -> Shown:
    """What goes on first; within that what began last."""
    found = await visit.whole("/placements")
    lines = sorted(found, key=lambda each: str(each["startsOn"]), reverse=True)
    lines.sort(key=lambda each: each["endedOn"] is not None)
    return Shown("funding/workplaces.html", lines=[{**each, "name": _name(each)} for each in lines])


@pages.get("/workplaces/{placement_id}")
async def workplace(visit: Visit, placement_id: str) -> Shown:
    """What was agreed, to read and to print, and what was adjusted."""
    path = f"/placements/{placement_id}"
    told = await visit.see(path)
    adjusted = await visit.every(f"{path}/accommodations")
    agreement = await visit.maybe(f"{path}/agreement") if visit.may(f"GET {AGREEMENT}") else None
    return Shown(
        "funding/workplace.html",
        placement=told,
        name=_name(told),
        adjusted=adjusted,
        agreement=agreement,
    )


@pages.get(AGREEMENT)
async def agreement(visit: Visit, placement_id: str) -> Shown:
    """The words to hand over to an employer, with room to sign."""
    told = await visit.see(f"/placements/{placement_id}/agreement")
    return Shown("funding/agreement.html", agreement=told, name=_name(told))


def _name(told: Json) -> str | None:
    """None where the client did not agree that the workplace is told a name."""
    parts = [told.get("givenName"), told.get("familyName")]
    return " ".join(part for part in parts if part) or None
