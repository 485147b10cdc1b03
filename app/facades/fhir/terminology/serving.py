"""Our vocabularies over HTTP, for everyone: to read a code needs no token."""

from collections.abc import Mapping
from functools import cache

from starlette.requests import Request
from starlette.responses import Response

from app.facades.fhir import wire
from app.facades.fhir.elements import Json, filled
from app.facades.fhir.names import PREFIX
from app.facades.fhir.terminology.published import published
from app.platform.http.problems import BadRequest, Fault, NotFound

SOUGHT: Mapping[str, str] = {
    "_id": "token",
    "url": "uri",
    "name": "string",
    "version": "token",
    "status": "token",
}
"""Each is compared with what stands in the resource under that name."""
MATCH = {"mode": "match"}
KNOWN = frozenset({*SOUGHT, "_format"})


def found(request: Request, kind: str) -> Response:
    """All of one kind that are asked for; they are few, so they are one page. Raises BadRequest."""
    media = wire.produced(request)
    asked = request.query_params
    if not set(asked) <= KNOWN:
        raise _unknown()
    wished = {name: asked[name] for name in SOUGHT if name in asked}
    held = tuple(id_ for id_, each in published()[kind].items() if _is(each, wished))
    base = f"{request.app.state.services.issuer.url}{PREFIX}/{kind}"
    return wire.sent(_searchset(base, kind, held, media), media)


def one(request: Request, kind: str, id_: str) -> Response:
    """One of them. Raises NotFound."""
    media = wire.produced(request)
    if not set(request.query_params) <= {"_format"}:
        raise _unknown()
    if id_ not in published()[kind]:
        raise NotFound
    return wire.sent(_resource(kind, id_, media), media)


@cache
def _searchset(base: str, kind: str, ids: tuple[str, ...], media: str) -> bytes:
    """Written once: as XML it takes most of a second, and anybody may ask.

    Kept by what was found and never by what was asked: our vocabularies bound how much that is.
    """
    entries = [
        {"fullUrl": f"{base}/{id_}", "resource": published()[kind][id_], "search": MATCH}
        for id_ in ids
    ]
    link = [{"relation": "self", "url": base}]
    found = filled(resourceType="Bundle", type="searchset", link=link, entry=entries)
    return wire.written(found, media)


@cache
def _resource(kind: str, id_: str, media: str) -> bytes:
    return wire.written(published()[kind][id_], media)


def _is(resource: Json, wished: Mapping[str, str]) -> bool:
    return all(resource["id" if name == "_id" else name] == to for name, to in wished.items())


def _unknown() -> BadRequest:
    detail = "This search does not know it."
    return BadRequest(errors=[Fault("query", "#", "unknown_parameter", detail)])
