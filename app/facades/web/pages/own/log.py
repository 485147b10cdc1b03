"""Who looked: the access log by day, newest first, with the terms of NEN 7513 in words."""

from collections.abc import Iterable, Iterator
from http import HTTPStatus
from itertools import groupby
from typing import Any

from app.facades.web.answers import Shown, problem_of
from app.facades.web.forms.reading import day
from app.facades.web.operations import Call, Json, RefusedError, Told
from app.facades.web.pages.own.whose import Own, own
from app.facades.web.rendering import local_day, typed_day
from app.facades.web.site import Pages
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

pages = Pages()
SIZE = 100
PERIOD = ("periodFrom", "periodUntil")
WRONG_ORDER = "Deze dag ligt voor de eerste dag. Kies een latere dag."
"""The API's word for it is said of many things; here it is always this."""


@pages.get("/my-log")
async def mine(visit: Visit) -> Shown:
    whose = own(visit)
    asked = {name: visit.query.get(name, "").strip() for name in PERIOD}
    sent = {name: day(text) for name, text in asked.items() if text}
    told = await visit.call(
        Call(
            "GET",
            f"{whose.path}/access-log",
            {
                "pageSize": SIZE,
                "names": "true",
                "newestFirst": "true",
                "cursor": visit.query.get("cursor"),
                **sent,
            },
        )
    )
    faults = _faults(told)
    if not told.ok and not faults:
        raise RefusedError(told)
    return await _shown(visit, whose, told, asked, sent, faults)


async def _shown(  # noqa: PLR0917 - one page, told in parts
    visit: Visit, whose: Own, told: Told, asked: Json, sent: Json, faults: dict[str, str]
) -> Shown:
    found = told.json if told.ok else {"items": []}
    return Shown(
        "own/log.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK,
        whose=whose,
        days=list(_days(found["items"])),
        more=found.get("nextCursor"),
        asked=asked,
        period=sent,
        faults=faults,
        example=f"Bijvoorbeeld {typed_day(await visit.today())}",
    )


def _faults(told: Told) -> dict[str, str]:
    """What is wrong with the period, by the field that it is about."""
    if told.status != HTTPStatus.BAD_REQUEST:
        return {}
    found: dict[str, str] = {}
    for fault in problem_of(told).get("errors", ()):
        name = str(fault["pointer"]).removeprefix("#").strip("/")
        if name in PERIOD:
            in_order = fault["code"] != "out_of_range"
            found[name] = words.fault(str(fault["code"])) if in_order else WRONG_ORDER
    return found


def _days(items: Iterable[Json]) -> Iterator[dict[str, Any]]:
    """Each Dutch day with its lines; the same look again on that day is one line (NEN 7513)."""
    for on, of_day in groupby(items, key=lambda each: local_day(each["at"])):
        lines: dict[tuple[Any, ...], list[Json]] = {}
        for entry in of_day:
            lines.setdefault(_sameness(entry), []).append(entry)
        yield {"on": on.isoformat(), "lines": [_line(found) for found in lines.values()]}


def _sameness(entry: Json) -> tuple[Any, ...]:
    """Of oneself all looks of a day are alike; of others who, what, why and how it ended."""
    if entry["role"] == "client":
        return (entry["role"],)
    shown = tuple(each["category"] for each in entry["shown"])
    why = tuple(each["words"] for each in entry["grounds"])
    who = (entry["role"], entry["organisationId"], entry["name"], entry["system"])
    return (*who, entry["words"], entry["resource"], entry["purpose"], shown, why)


def _line(entries: list[Json]) -> Json:
    return {
        **entries[0],
        "entries": entries,
        "emergency": any(each["nen7513"]["emergencyButton"] for each in entries),
    }


@pages.get("/my-log/{entry_id}")
async def proof(visit: Visit, entry_id: str) -> Shown:
    """What the seal of one line is made of, for who wants it checked by somebody else."""
    whose = own(visit)
    found = await visit.see(f"{whose.path}/access-log/{entry_id}/proof")
    return Shown("own/proof.html", whose=whose, entry=found)
