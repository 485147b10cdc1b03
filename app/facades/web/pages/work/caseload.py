"""My caseload: one call for all lines, what is new for me, and whom to look at first."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from app.facades.operations import Json
from app.facades.web import drafts
from app.facades.web.about import client_name
from app.facades.web.answers import Onward, Shown
from app.facades.web.site import Pages
from app.facades.web.visits import Visit

pages = Pages()
FAR = "9999-12-31"
_SORTS: Mapping[str, tuple[str, Callable[[Json], Any]]] = {
    "due": ("Wat het eerst moet", lambda line: line.get("nextDueOn") or FAR),
    "name": ("Naam", lambda line: (line.get("familyName") or "~", line.get("givenName") or "")),
    "contact": ("Langst geen contact", lambda line: line.get("lastContactOn") or ""),
    "phase": ("Langst in deze fase", lambda line: line.get("phaseSince") or FAR),
}
_HEADS: Mapping[str, tuple[str, ...]] = {
    "Wat wacht": ("nextStep", "nextDueOn"),
    "Laatste contact": ("lastContactOn",),
    "Trede": ("rung",),
}
"""Columns of what not every role sees; where none of it is told, they are left out."""


def is_new(line: Json) -> bool:
    """Whether something happened since I last said that I had looked."""
    return bool(line.get("newMoments")) or bool(line.get("rungIsNew"))


_SHOWS: Mapping[str, tuple[str, Callable[[Json], bool]]] = {
    "all": ("Alle trajecten", lambda _: True),
    "new": ("Iets nieuws voor mij", is_new),
    "mine": ("Ik ben aan zet", lambda line: bool(line.get("mySteps"))),
    "paused": ("In pauze", lambda line: bool(line.get("paused"))),
}


@pages.get("/caseload")
async def caseload(visit: Visit) -> Shown:
    return await _page(visit)


@pages.post("/caseload")
async def narrowed(visit: Visit) -> Shown:
    """By a part of the name, which stands in no address and in no draft."""
    await drafts.forgotten(visit)
    return await _page(visit)


async def _page(visit: Visit) -> Shown:
    """Sorted and narrowed here, over what one call gave; nothing is hidden by a filter's count."""
    told = await visit.see("/caseload", pageSize=100, cursor=visit.query.get("cursor"))
    sort = _known(visit.field("sort"), _SORTS, "due")
    show = _known(visit.field("show"), _SHOWS, "all")
    words = visit.field("name").casefold()
    lines = sorted(filter(_SHOWS[show][1], told["items"]), key=_SORTS[sort][1])
    return Shown(
        "work/caseload.html",
        lines=[line for line in lines if words in client_name(line).casefold()],
        anything=bool(told["items"]),
        heads=[head for head, names in _HEADS.items() if _any(told["items"], names)],
        new=sum(map(is_new, told["items"])),
        more=told.get("nextCursor"),
        sorts={key: words for key, (words, _) in _SORTS.items()},
        shows={key: words for key, (words, _) in _SHOWS.items()},
        sort=sort,
        narrowed=bool(words) or show != "all" or sort != "due",
        show=show,
        name=visit.field("name"),
        today=await visit.today(),
    )


@pages.post("/caseload/looks")
async def looked(visit: Visit) -> Onward:
    """From now on only what comes later is new."""
    await visit.act("/caseload/looks", {})
    return Onward("/caseload", "Alles is gezien. Wat nieuw is, komt hier weer te staan.")


def _any(lines: Iterable[Json], names: Iterable[str]) -> bool:
    return any(name in line for line in lines for name in names)


def _known(asked: str, among: Mapping[str, Any], otherwise: str) -> str:
    return asked if asked in among else otherwise
