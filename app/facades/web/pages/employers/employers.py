"""The employers that one's organisation knows, and one of them on a page."""

from datetime import datetime
from typing import Any

from app.facades.operations import Json
from app.facades.web.answers import Shown
from app.facades.web.forms.pages import Form, Ids, add_form
from app.facades.web.kinds import Kind, followups
from app.facades.web.pages.employers.kinds import EMPLOYER, KINDS
from app.facades.web.site import Pages
from app.facades.web.telling import Record, facts, records
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

pages = Pages()
LATEST = 5
"""So many of each kind stand on the page; the rest is a click away."""


@pages.get("/employers")
async def employers(visit: Visit) -> Shown:
    name = visit.query.get("name") or None
    cursor = visit.query.get("cursor")
    told = await visit.see("/employers", name=name, pageSize=50, cursor=cursor)
    return Shown(
        "employers/list.html",
        employers=told["items"],
        more=told.get("nextCursor"),
        name=name or "",
    )


@pages.get(EMPLOYER)
async def employer(visit: Visit, employer_id: str) -> Shown:
    found = await visit.see(f"/employers/{employer_id}")
    paths = [kind.collection.format(employer_id=employer_id) for kind in KINDS]
    lists = await visit.lists(*paths)
    held = dict(zip((kind.name for kind in KINDS), lists, strict=True))
    now = await visit.now()
    return Shown(
        "employers/one.html",
        employer=found,
        facts=facts(visit.contract, "EmployerOut", found),
        parts=[_part(visit, kind, held[kind.name], now) for kind in KINDS],
        sites={each["id"]: each["name"] for each in held["sites"]},
    )


def _part(visit: Visit, kind: Kind, found: list[Json], now: datetime) -> dict[str, Any]:
    """One kind in words: the newest first, and after it what is over; with what may follow."""
    schema = visit.contract.operation(f"GET {kind.record}").answer or ""
    told = sorted(records(visit.contract, schema, found), key=_is_over)
    return {
        "name": kind.name,
        "title": words.act(f"GET {kind.collection}").title,
        "adding": words.act(f"POST {kind.collection}").title,
        "adds": visit.may(f"POST {kind.collection}"),
        "latest": [(each, followups(visit, kind, each, now)) for each in told[:LATEST]],
        "more": len(told) > LATEST,
    }


def _is_over(told: Record) -> bool:
    return any(told.told.get(name) for name in ("leftOn", "closedOn", "withdrawnOn"))


async def _present(visit: Visit, ids: Ids) -> Json:
    """What stands there now, to be changed."""
    return await visit.see(EMPLOYER.format(**ids))


add_form(pages, "/employers/new", Form("POST /employers", then="/employers/{id}"))
add_form(pages, f"{EMPLOYER}/change", Form(f"PATCH {EMPLOYER}", then=EMPLOYER, begins=_present))
