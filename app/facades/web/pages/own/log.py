"""Who looked: the access log by day, newest first, with the terms of NEN 7513 in words."""

from collections.abc import Iterable, Iterator
from http import HTTPStatus
from itertools import groupby
from typing import Any

from app.facades.operations import Call, Json, RefusedError, Told
from app.facades.web.answers import Shown, problem_of
from app.facades.web.forms.reading import day
from app.facades.web.pages.own.whose import Own, not_theirs, own
from app.facades.web.rendering import local_day, typed_day
from app.facades.web.site import Pages
from app.facades.web.visits import HIDDEN, NOWHERE, Visit
from app.facades.web.words import reading as words

pages = Pages()
SIZE = 50
ENOUGH = 25
MOST_PARTS = 10
CLIENT = "client"
PERIOD = ("periodFrom", "periodUntil")
WRONG_ORDER = "Deze dag ligt voor de eerste dag. Kies een latere dag."
"""The API's word for it is said of many things; here it is always this."""


@pages.get("/my-log")
async def mine(visit: Visit) -> Shown:
    whose = own(visit)
    asked = {name: visit.query.get(name, "").strip() for name in PERIOD}
    sent = {name: day(text) for name, text in asked.items() if text}
    told, items, more = await _read(visit, whose, sent)
    if told.status in HIDDEN:
        return not_theirs(whose, "Wie keek er")
    faults = _faults(told)
    if not told.ok and not faults:
        raise RefusedError(told)
    return Shown(
        "own/log.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK,
        whose=whose,
        days=list(_days(items)),
        more=more,
        asked=asked,
        period=sent,
        faults=faults,
        example=f"Bijvoorbeeld {typed_day(await visit.today())}",
    )


async def _read(visit: Visit, whose: Own, sent: Json) -> tuple[Told, list[Json], str | None]:
    """The latest lines, until there are enough that are not of the client alone.

    Whoever opens these pages stands on the log with each part of them, and would else see nothing
    but that. The last answer tells whether it went well.
    """
    items: list[Json] = []
    asked: Json = {"pageSize": SIZE, "names": "true", "newestFirst": "true", **sent}
    told, cursor = NOWHERE, visit.query.get("cursor")
    for _ in range(MOST_PARTS):
        at = f"{whose.path}/access-log"
        told = await visit.call(Call("GET", at, {**asked, "cursor": cursor}))
        if not told.ok:
            break
        items += told.json["items"]
        cursor = told.json.get("nextCursor")
        if cursor is None or sum(each["role"] != CLIENT for each in items) >= ENOUGH:
            break
    return told, items, cursor


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
    """Each Dutch day with who looked; all looks of one person on that day stand together."""
    for on, of_day in groupby(items, key=lambda each: local_day(each["at"])):
        people: dict[tuple[Any, ...], list[Json]] = {}
        for entry in of_day:
            people.setdefault(_who(entry), []).append(entry)
        yield {"on": on.isoformat(), "people": [_person(found) for found in people.values()]}


def _who(entry: Json) -> tuple[Any, ...]:
    if entry["role"] == CLIENT:
        return (CLIENT,)
    refused = entry["kind"] == "refused"
    return (entry["role"], entry["organisationId"], entry["name"], entry["system"], refused)


def _person(entries: list[Json]) -> Json:
    """What was done, what was seen and why, each told once; and every look by itself."""
    return {
        **entries[0],
        "entries": entries,
        "did": _once(each["words"] for each in entries),
        "saw": _once(seen["category"] for each in entries for seen in each["shown"]),
        "why": _once((why["words"], why["basis"]) for each in entries for why in each["grounds"]),
        "aims": _once(each["purpose"] for each in entries if each["purpose"]),
        "emergency": any(each["nen7513"]["emergencyButton"] for each in entries),
    }


def _once(found: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(found))


@pages.get("/my-log/{entry_id}")
async def proof(visit: Visit, entry_id: str) -> Shown:
    """What the seal of one line is made of, for who wants it checked by somebody else."""
    whose = own(visit)
    found = await visit.see(f"{whose.path}/access-log/{entry_id}/proof")
    return Shown("own/proof.html", whose=whose, entry=found)
