"""A search: some pages of the API behind one page here, without ever telling how many there are."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from app.facades.fhir import matching, records
from app.facades.fhir.asking import HIDDEN, Asked
from app.facades.fhir.elements import Json, filled
from app.facades.fhir.queries import Query
from app.facades.fhir.registry import Resource, Source
from app.facades.fhir.versions import versioned
from app.platform.http.paging import fingerprint
from app.platform.http.problems import NotAllowed, NotFound, Problem

LOOKS = 25
"""Of lists for one page: a search of little in much gives short pages, and goes on."""
MOST_INCLUDED = 200


async def searched(
    asked: Asked, resource: Resource, query: Query, types: dict[str, Resource]
) -> Json:
    """The Bundle of a search. Raises Problem."""
    if query.ids is not None:
        found, cursor = await _by_ids(asked, resource, query.ids), None
    else:
        found, cursor = await _page(asked, resource, query)
    kept = [each for each in found if fits(resource, query, each)]
    beside = await _included(asked, resource, query.includes, kept, types)
    return bundle(asked, resource.type, query, kept, beside, cursor)


def bundle(  # noqa: PLR0917 - what a Bundle is made of
    asked: Asked,
    path: str,
    query: Query,
    found: Sequence[Json],
    beside: Sequence[Json],
    cursor: str | None,
) -> Json:
    """A page and where it goes on; never a total."""
    links = [{"relation": "self", "url": _address(asked, path, query.said)}]
    if cursor is not None:
        onward = [*query.said, ("_cursor", cursor)]
        links.append({"relation": "next", "url": _address(asked, path, onward)})
    entries = [_entry(asked, each, "match") for each in found]
    entries += [_entry(asked, each, "include") for each in beside]
    return filled(resourceType="Bundle", type="searchset", link=links, entry=entries)


def _entry(asked: Asked, resource: Json, mode: str) -> Json:
    url = f"{asked.base}/{resource['resourceType']}/{resource['id']}"
    return {"fullUrl": url, "resource": resource, "search": {"mode": mode}}


def _address(asked: Asked, path: str, said: Sequence[tuple[str, str]]) -> str:
    return f"{asked.base}/{path}" + (f"?{urlencode(said)}" if said else "")


async def _by_ids(asked: Asked, resource: Resource, ids: Sequence[str]) -> list[Json]:
    found = []
    for id_ in dict.fromkeys(ids):
        try:
            found.append(versioned(await records.read(asked, resource, id_)))
        except NotFound:
            continue
    return found


async def _page(asked: Asked, resource: Resource, query: Query) -> tuple[list[Json], str | None]:
    try:
        sources = await records.sources(asked, resource, query.terms)
    except NotFound:
        return [], None
    return await walked(asked, sources, query, f"search {resource.type}")


async def walked(
    asked: Asked, sources: Sequence[Source], query: Query, what: str
) -> tuple[list[Json], str | None]:
    """As many resources as fit on a page, from one list after another, and where it goes on.

    What this caller may not list is passed over, as what is not there; only where nothing at all
    may be listed is that said, as the API does.
    """
    seal = asked.request.app.state.services.cursors
    mark = fingerprint(what=what, said=query.said)
    start: tuple[Any, ...] = ("", None)
    if query.cursor is not None:
        start = seal.open(asked.caller, mark, query.cursor)
    left = [source for source in sources if source.key >= str(start[0])]
    inner = start[1] if left and left[0].key == start[0] else None
    found: list[Json] = []
    refused: list[Problem] = []
    looks = 0
    while left and len(found) < query.count and looks < LOOKS:
        looks += 1
        try:
            part = await left[0].fetch(asked, inner, query.count - len(found))
        except (NotAllowed, NotFound) as refusal:
            refused.append(refusal)
            part = None
        found += part.resources if part else []
        inner = part.cursor if part else None
        left = left if inner else left[1:]
    if refused and len(refused) == looks and query.cursor is None and not left:
        _tell(refused)
    onward = seal.seal(asked.caller, mark, (left[0].key, inner)) if left else None
    return found, onward


def _tell(refused: Sequence[Problem]) -> None:
    for refusal in refused:
        if refusal.status in HIDDEN - {404}:
            raise refusal


def fits(resource: Resource, query: Query, found: Json) -> bool:
    """Whether this is what was asked for."""
    patient = query.terms.patient
    if patient and resource.patient:
        told = records.at(found, f"{resource.patient}.reference")
        if f"Patient/{patient}" not in told:
            return False
    if not all(matching.moment(found, "meta.lastUpdated", each) for each in query.updated):
        return False
    return all(
        any(param.matches(found, one) for one in value.split(","))
        for name, param in resource.params.items()
        if param.matches is not None
        for value in query.terms.values.get(name, ())
    )


async def _included(
    asked: Asked,
    resource: Resource,
    wished: Sequence[str],
    found: Sequence[Json],
    types: dict[str, Resource],
) -> list[Json]:
    """What the found ones refer to, as far as this caller may see it."""
    elements = [resource.includes[each.partition(":")[2]] for each in wished]
    told = [ref for one in found for path in elements for ref in records.at(one, path)]
    references = dict.fromkeys(str(ref["reference"]) for ref in told if "reference" in ref)
    beside = []
    for reference in list(references)[:MOST_INCLUDED]:
        kind, _, id_ = reference.partition("/")
        if kind not in types:
            continue
        try:
            beside.append(versioned(await records.read(asked, types[kind], id_)))
        except (NotFound, NotAllowed):
            continue
    return beside
