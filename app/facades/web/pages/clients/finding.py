"""My clients: those that this person may know of, found by name or by BSN, asked by POST alone."""

from http import HTTPStatus

from app.facades.operations import Call, Json, RefusedError
from app.facades.web import drafts
from app.facades.web.about import client_name
from app.facades.web.answers import Shown
from app.facades.web.forms.showing import faults_by_name
from app.facades.web.site import Pages
from app.facades.web.visits import Visit

pages = Pages()
AT_ONCE = 50
BY_BSN = "/clients/_search"


@pages.get("/clients")
async def clients(visit: Visit) -> Shown:
    told = await visit.see("/clients", pageSize=AT_ONCE, cursor=visit.query.get("cursor"))
    return await _page(visit, told["items"], more=told.get("nextCursor"))


@pages.post("/clients")
async def found(visit: Visit) -> Shown:
    """By a part of the name, or by BSN; neither stands in an address or in a draft."""
    await drafts.forgotten(visit)
    bsn, name = visit.field("bsn"), visit.field("name").casefold()
    if not bsn:
        known = await visit.whole("/clients")
        return await _page(visit, [each for each in known if name in _name(each)], searched=True)
    told = await visit.call(Call("POST", BY_BSN, body={"bsn": bsn}))
    if told.ok:
        return await _page(visit, told.json["items"], searched=True)
    if told.status != HTTPStatus.BAD_REQUEST:
        raise RefusedError(told)
    faults = faults_by_name(told)
    return await _page(visit, [], searched=True, faults=faults)


async def _page(
    visit: Visit,
    items: list[Json],
    *,
    more: str | None = None,
    searched: bool = False,
    faults: dict[str, str] | None = None,
) -> Shown:
    lines = [{**each, "name": client_name(each)} for each in items]
    return Shown(
        "clients/list.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK,
        lines=sorted(lines, key=lambda each: (each.get("familyName") or "~", each["name"])),
        more=more,
        searched=searched,
        faults=faults or {},
        name=visit.field("name"),
    )


def _name(told: Json) -> str:
    return client_name(told).casefold()
