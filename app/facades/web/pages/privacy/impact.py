"""What somebody saw, of how many clients and since when: the first question after a breach."""

from datetime import date, datetime, time, timedelta

from app.facades.operations import Json
from app.facades.web.answers import Onward, Shown
from app.facades.web.forms.reading import day
from app.facades.web.people import names
from app.facades.web.site import Pages
from app.facades.web.visits import Visit
from app.platform.clock import AMSTERDAM

pages = Pages()
KINDS = {"memberships": "een medewerker", "accounts": "een login", "machines": "een systeem"}
IMPACT = "GET /privacy-desk/memberships/{membership_id}/breach-impact"
AT = "/privacy-desk/impact"


@pages.get(AT)
async def whose(visit: Visit) -> Shown:
    """Of whom: a member by name, a login or a client system by the id that its keeper has."""
    visit.require(IMPACT)
    people = await names(visit)
    return Shown(
        "privacy/impact_of.html",
        people=sorted(people.items(), key=lambda each: each[1]),
        today=await visit.today(),
    )


@pages.post(AT)
async def chosen(visit: Visit) -> Onward:
    """To the page of that one and that period."""
    kind = visit.field("kind") if visit.field("kind") in KINDS else "memberships"
    key = visit.field("membershipId") or visit.field("id")
    period = {name: day(visit.field(name)) for name in ("since", "until") if visit.field(name)}
    query = "&".join(f"{name}={value}" for name, value in period.items() if _is_day(value))
    return Onward(f"{AT}/{kind}/{key or 'none'}" + (f"?{query}" if query else ""))


@pages.get(f"{AT}/{{kind}}/{{key}}")
async def impact(visit: Visit, kind: str, key: str) -> Shown:
    asked = {name: visit.query.get(name) for name in ("since", "until")}
    path = f"/privacy-desk/{kind if kind in KINDS else 'memberships'}/{key}/breach-impact"
    told = await visit.see(
        path,
        pageSize=100,
        since=_begin(asked["since"]),
        until=_begin(asked["until"], days=1),
        cursor=visit.query.get("cursor"),
    )
    people = await names(visit) if kind == "memberships" else {}
    return Shown(
        "privacy/impact.html",
        lines=sorted(told["items"], key=_latest, reverse=True),
        more=told.get("nextCursor"),
        who=people.get(key),
        kind=KINDS.get(kind, ""),
        base=f"{AT}/{kind}/{key}",
        asked={name: value for name, value in asked.items() if value},
    )


def _latest(told: Json) -> str:
    return str(told["lastAt"])


def _begin(text: str | None, days: int = 0) -> str | None:
    """When a Dutch day begins, or the one after it; None for what is no day."""
    if text is None or not _is_day(text):
        return None
    at = date.fromisoformat(text) + timedelta(days=days)
    return datetime.combine(at, time(), AMSTERDAM).isoformat()


def _is_day(text: str) -> bool:
    """Whether it is a day that another one follows."""
    try:
        return date.fromisoformat(text) < date.max
    except ValueError:
        return False
