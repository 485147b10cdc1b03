"""Barring an organisation or a person, after a look at what it changes; and lifting it again."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from app.access.vocabulary import Category
from app.facades.operations import Json, RefusedError
from app.facades.web.answers import Onward, Shown
from app.facades.web.forms.showing import Options
from app.facades.web.pages.consents.parties import MOST_TRAJECTORIES, around
from app.facades.web.pages.consents.sharing import GROUPS
from app.facades.web.pages.consents.whom import Whom, whom
from app.facades.web.people import organisations
from app.facades.web.rendering import day
from app.facades.web.site import Pages
from app.facades.web.telling import holds
from app.facades.web.visits import NOT_ALLOWED, Visit
from app.facades.web.words import reading as words

pages = Pages()
LIST = "/clients/{client_id}/blocks"
ONE = f"{LIST}/{{block_id}}"
EVERYTHING = "everything"
GONE = "Iemand die hier nu niet meer bij is"
TARGETS = {
    "organisation": "organisationId",
    "membership": "membershipId",
    "person": "personId",
}
KINDS = [each for kinds in GROUPS.values() for each in kinds] + [Category.BSN]


@dataclass(frozen=True, slots=True)
class Barred:
    """A block in words."""

    id: str
    name: str
    whats: list[str]
    kept: list[str]
    period: str
    stands: bool


@pages.get(LIST)
async def blocks(visit: Visit, client_id: str) -> Shown:
    of = await whom(visit, client_id)
    found = await visit.whole(LIST.format(client_id=client_id))
    told = await _told(visit, of, found)
    return Shown(
        "consents/blocks.html",
        of=of,
        standing=[each for each in told if each.stands],
        over=[each for each in told if not each.stands],
    )


@pages.get(f"{LIST}/new")
async def new(visit: Visit, client_id: str) -> Shown:
    return await _form(visit, client_id, {})


@pages.post(f"{LIST}/new")
async def bar(visit: Visit, client_id: str) -> Shown | Onward:
    """First what it changes; a person close by is barred without that look."""
    kind, _, target = visit.field("target").partition("|")
    ticked = _ticked(visit)
    faults = {} if kind in TARGETS else {"target": "Kies wie u buiten wilt houden."}
    faults |= {} if ticked else {"category": "Vink aan wat deze partij niet mag zien."}
    if faults:
        return await _form(visit, client_id, faults)
    body: Json = {TARGETS[kind]: target, "categories": ticked}
    if visit.field("sure") or kind == "person":
        made = await visit.act(LIST.format(client_id=client_id), body, key=visit.field("key"))
        return Onward(ONE.format(client_id=client_id, block_id=made["id"]), "De toegang is dicht.")
    path = f"/clients/{client_id}/access-overview/_preview"
    preview = await visit.search(path, {"block": body})
    shown = await _form(visit, client_id, {})
    return Shown("consents/before_block.html", **{**shown.values, "preview": preview})


@pages.get(ONE)
async def block(visit: Visit, client_id: str, block_id: str) -> Shown:
    told = await visit.told(ONE.format(client_id=client_id, block_id=block_id))
    of = await whom(visit, client_id)
    (one,) = await _told(visit, of, [told.json])
    return Shown("consents/block.html", of=of, one=one, match=told.etag)


@pages.post(f"{ONE}/lifts")
async def lift(visit: Visit, client_id: str, block_id: str) -> Onward:
    path = ONE.format(client_id=client_id, block_id=block_id)
    await visit.act(f"{path}/lifts", {}, match=visit.field("match"))
    return Onward(LIST.format(client_id=client_id), "De blokkade is opgeheven.")


def _ticked(visit: Visit) -> list[str]:
    found = visit.several("category")
    return [each.value for each in KINDS] if EVERYTHING in found else found


async def _form(visit: Visit, client_id: str, faults: dict[str, str]) -> Shown:
    visit.require("POST /clients/{client_id}/blocks")
    of = await whom(visit, client_id)
    if not of.acts:
        raise RefusedError(NOT_ALLOWED)
    groups = {
        name: [(each.value, _capital(of.what(each))) for each in kinds]
        for name, kinds in GROUPS.items()
    }
    organisations, people = await _targets(visit, of)
    return Shown(
        "consents/block_new.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK,
        of=of,
        organisations=organisations,
        people=people,
        groups=groups,
        target=visit.field("target"),
        target_words=dict([*organisations, *people]).get(visit.field("target"), ""),
        ticked=visit.several("category"),
        barred=[of.what(each) for each in _ticked(visit)],
        faults=faults,
    )


async def _targets(visit: Visit, of: Whom) -> tuple[Options, Options]:
    """Organisations around the client, and the people of these and close by, by name."""
    place = await around(visit, of)
    paths = [f"/trajectories/{each['id']}/participants" for each in place.trajectories]
    close = ("representatives", "supporters", "treatment-team")
    *lists, representatives, supporters, team = await visit.lists(
        *paths[:MOST_TRAJECTORIES], *(f"{of.href}/{each}" for each in close)
    )
    named, now = place.organisations, await visit.now()
    working = {
        (f"membership|{each['membershipId']}", _person(each, named))
        for each in [e for one in lists for e in one] + team
        if each.get("membershipId") and each.get("name") and holds(each, now)
    }
    near = {
        (f"person|{each['id']}", f"{each['name']}, dichtbij {'u' if of.own else 'de cliënt'}")
        for each in [*representatives, *supporters]
        if holds(each, now)
    }
    found = [(f"organisation|{at}", name) for at, name in named.items()]
    return sorted(found, key=_words), sorted(working | near, key=_words)


def _words(option: tuple[str, str]) -> str:
    return option[1].casefold()


def _person(told: Json, named: dict[str, str]) -> str:
    at = named.get(told["organisationId"], "een organisatie")
    return f"{told['name']}, {words.role(told['role'])} bij {at}"


async def _told(visit: Visit, of: Whom, found: list[Json]) -> list[Barred]:
    ids = {each["organisationId"] for each in found if each["organisationId"]}
    known = {f"organisation|{at}": name for at, name in (await organisations(visit, ids)).items()}
    if any(each["organisationId"] is None for each in found):
        known |= dict((await _targets(visit, of))[1])
    now = await visit.now()
    return [_barred(of, each, known, now) for each in found]


def _barred(of: Whom, told: Json, known: dict[str, str], now: datetime) -> Barred:
    kind = next(kind for kind, name in TARGETS.items() if told[name] is not None)
    until = told["validUntil"]
    return Barred(
        id=told["id"],
        name=known.get(f"{kind}|{told[TARGETS[kind]]}", GONE),
        whats=[of.what(each) for each in told["categories"]],
        kept=[of.what(each) for each in told["keptByLaw"]],
        period=f"vanaf {day(told['validFrom'])}" + (f" tot {day(until)}" if until else ""),
        stands=holds(told, now),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
