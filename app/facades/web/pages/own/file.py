"""My file in chapters: only a chapter that is opened is fetched; and the whole to take along."""

import json
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from starlette.responses import Response

from app.facades.operations import Json, RefusedError
from app.facades.web.answers import Shown
from app.facades.web.gathering import all_of
from app.facades.web.pages.own.chapters import OF_CLIENT, OF_TRAJECTORY, Chapter, chapters
from app.facades.web.pages.own.whose import Own, chosen, own, trajectories
from app.facades.web.pages.own.wishes import COLLECTION, is_wished, wishes
from app.facades.web.rendering import rendered
from app.facades.web.site import Pages
from app.facades.web.telling import Record, records
from app.facades.web.visits import NOWHERE, Visit

pages = Pages()
SIZE = 20
NOTHING: Json = {"items": []}
MOST = 20
"""So many trajectories go into one download; nobody has so many."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A chapter with all that is in it."""

    chapter: Chapter
    items: list[Json]
    records: list[Record]


@pages.get("/my-file")
async def mine(visit: Visit) -> Shown:
    found = await trajectories(visit)
    return Shown(
        "own/file.html",
        whose=own(visit),
        groups=_grouped(chapters(visit, OF_CLIENT)),
        of_trajectory=_grouped(chapters(visit, OF_TRAJECTORY)),
        trajectories=found,
        first=await _first(visit),
        wishes_may=visit.may(f"POST {COLLECTION}"),
    )


@pages.get("/my-file/{chapter}")
async def chapter_of_client(visit: Visit, chapter: str) -> Shown:
    whose = own(visit)
    found = _named(visit, OF_CLIENT, chapter)
    return await _shown(visit, whose, found, f"{whose.path}/{chapter}", None)


@pages.get("/my-file/{trajectory_id}/{chapter}")
async def chapter_of_trajectory(visit: Visit, trajectory_id: str, chapter: str) -> Shown:
    whose = own(visit)
    trajectory, _ = await chosen(visit)
    found = _named(visit, OF_TRAJECTORY, chapter)
    return await _shown(visit, whose, found, f"/trajectories/{trajectory_id}/{chapter}", trajectory)


def _named(visit: Visit, owner: str, name: str) -> Chapter:
    found = next((each for each in chapters(visit, owner) if each.name == name), None)
    if found is None:
        raise RefusedError(NOWHERE)
    return found


async def _shown(visit: Visit, whose: Own, found: Chapter, at: str, of: Json | None) -> Shown:
    told = await visit.maybe(at, pageSize=SIZE, cursor=visit.query.get("cursor")) or NOTHING
    return Shown(
        "own/chapter.html",
        whose=whose,
        chapter=found,
        is_first=found.name in await _first(visit),
        trajectory=of,
        records=records(visit.contract, found.schema(visit.contract), told["items"]),
        more=told.get("nextCursor"),
        withheld=told.get("withheld", []),
    )


async def _first(visit: Visit) -> set[str]:
    """The chapters that the client wants to speak of first; marked, never hidden."""
    wished = await wishes(visit)
    every = (each for owner in (OF_CLIENT, OF_TRAJECTORY) for each in chapters(visit, owner))
    return {each.name for each in every if is_wished(each.reading(visit.contract), wished)}


def _grouped(found: list[Chapter]) -> list[tuple[str, list[Chapter]]]:
    return [(name, list(each)) for name, each in groupby(found, key=lambda one: one.group)]


@pages.get("/my-file/download.html")
async def readable(visit: Visit) -> Response:
    parts = await _whole(visit)
    content = rendered("own/download.html", whose=own(visit), on=await visit.today(), parts=parts)
    return _attached(
        content, "text/html; charset=utf-8", f"mijn-dossier-{await visit.today()}.html"
    )


@pages.get("/my-file/download.json")
async def for_machines(visit: Visit) -> Response:
    parts = await _whole(visit)
    told = {
        "madeOn": (await visit.today()).isoformat(),
        "parts": [
            {"about": about, "chapters": {each.chapter.name: each.items for each in filled}}
            for about, filled in parts
        ],
    }
    content = json.dumps(told, ensure_ascii=False, indent=2)
    return _attached(content, "application/json", f"mijn-dossier-{await visit.today()}.json")


async def _whole(visit: Visit) -> list[tuple[Json, list[Filled]]]:
    """The client and each trajectory, with every chapter in which there is something."""
    whose = own(visit)
    client = await visit.see(whose.path)
    parts = [(client, await _filled(visit, OF_CLIENT, whose.path))]
    for each in (await trajectories(visit))[:MOST]:
        at = f"/trajectories/{each['id']}"
        parts.append((each, await _filled(visit, OF_TRAJECTORY, at)))
    return parts


async def _filled(visit: Visit, owner: str, at: str) -> list[Filled]:
    found = chapters(visit, owner)
    lists = await all_of(*(visit.every(f"{at}/{each.name}") for each in found))
    return [
        Filled(each, items, records(visit.contract, each.schema(visit.contract), items))
        for each, items in zip(found, lists, strict=True)
        if items
    ]


def _attached(content: str, media: str, name: str) -> Response:
    headers: dict[str, Any] = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media, headers=headers)
