"""Where somebody's trajectory stands, asked by BSN: what task or consent lets this body know.

The number goes from the form into the operation and nowhere else: it stands in no address, title,
message or draft, and the page with the answer does not repeat it.
"""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from app.facades.operations import Call, Json, RefusedError
from app.facades.web import drafts
from app.facades.web.about import client_name
from app.facades.web.answers import Shown
from app.facades.web.forms.reading import day
from app.facades.web.forms.showing import faults_by_name
from app.facades.web.gathering import all_of
from app.facades.web.rendering import day as told_day
from app.facades.web.site import Pages
from app.facades.web.telling import holds, withheld
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

pages = Pages()
SEARCH = "POST /trajectory-statuses/_search"
NAMES = ("bsn", "birthDate")


@dataclass(frozen=True, slots=True)
class Standing:
    """One trajectory: its status, whom it is about, and on which ground that may be known.

    `name` is None where the identity is not told, `href` where the trajectory has no page.
    """

    told: Json
    name: str | None
    born_on: str | None
    href: str | None
    grounds: list[str]
    withheld: list[str]


@pages.get("/trajectory-statuses")
async def asked(visit: Visit) -> Shown:
    visit.require(SEARCH)
    return await _page(visit)


@pages.post("/trajectory-statuses")
async def answered(visit: Visit) -> Shown:
    body = {"bsn": visit.field("bsn"), "birthDate": day(visit.field("birthDate")) or None}
    told = await visit.call(Call("POST", "/trajectory-statuses/_search", body=body))
    await drafts.forgotten(visit)
    if told.ok:
        found = told.json
        standings = await all_of(*(_standing(visit, each) for each in found["items"]))
        return await _page(visit, standings=standings, causes=found.get("possibleCauses") or [])
    if told.status != HTTPStatus.BAD_REQUEST:
        raise RefusedError(told)
    faults = faults_by_name(told)
    return await _page(visit, faults=faults)


async def _page(
    visit: Visit,
    *,
    standings: list[Standing] | None = None,
    causes: list[str] | None = None,
    faults: dict[str, str] | None = None,
) -> Shown:
    return Shown(
        "funding/statuses.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK,
        standings=standings,
        causes=[words.value("StatusesOut.possibleCauses", each) for each in causes or ()],
        faults=faults or {},
        labels={name: words.label("StatusSearchIn", name) for name in NAMES},
        birth_date=visit.field("birthDate"),
        bsn=visit.field("bsn") if faults else "",
        today=await visit.today(),
    )


async def _standing(visit: Visit, told: Json) -> Standing:
    """The trajectory itself says whom it is about, as far as that may be known."""
    trajectory = await visit.maybe(f"/trajectories/{told['id']}")
    return Standing(
        told=told,
        name=_name(trajectory),
        born_on=(trajectory or {}).get("birthDate"),
        href=f"/trajectories/{told['id']}" if trajectory else None,
        grounds=[] if trajectory is None else await _grounds(visit, trajectory),
        withheld=withheld(told),
    )


def _name(trajectory: Json | None) -> str | None:
    known = trajectory is not None and trajectory.get("familyName")
    return client_name(trajectory) if trajectory and known else None


async def _grounds(visit: Visit, trajectory: Json) -> list[str]:
    """On which task or consent this is told, by what this body may see of both."""
    own = visit.organisation_id
    bodies, consents = await visit.lists(
        f"/trajectories/{trajectory['id']}/responsibilities",
        f"/clients/{trajectory['clientId']}/consents",
    )
    now = await visit.now()
    tasks = [_task(each, now) for each in bodies if each["organisationId"] == own]
    agreed = [_agreed(each) for each in consents if _is_for(visit, each)]
    return [*tasks, *dict.fromkeys(agreed)]


def _is_for(visit: Visit, consent: Json) -> bool:
    own, to = visit.hat.get("organisation") or {}, consent["recipient"]
    held = (to["organisationId"], to["role"]) == (own.get("id"), visit.role)
    return held and bool(consent["state"] == "in_force")


def _task(body: Json, now: datetime) -> str:
    since = told_day(body["validFrom"])
    if holds(body, now):
        return f"Uw organisatie is verantwoordelijk sinds {since}. Dat is een taak volgens de wet."
    return f"Uw organisatie was verantwoordelijk van {since} tot {told_day(body['validUntil'])}."


def _agreed(consent: Json) -> str:
    """What was allowed, for what, and until when."""
    what = ", ".join(words.value("Category", each) for each in consent["categories"])
    purposes = ", ".join(words.value("Purpose", each).lower() for each in consent["purposes"])
    given = f"De cliënt gaf op {told_day(consent['validFrom'])} toestemming voor: {what.lower()}"
    until = consent["validUntil"]
    ends = f" Geldig tot {told_day(until)}." if until else ""
    return f"{given}. Het doel is: {purposes}.{ends}"
