"""Our vocabularies over HTTP, for everyone: to read a code needs no token."""

from collections.abc import Mapping

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
KNOWN = frozenset({*SOUGHT, "_format"})


def found(request: Request, kind: str) -> Response:
    """All of one kind that are asked for; they are few, so they are one page. Raises BadRequest."""
    media = wire.produced(request)
    asked = request.query_params
    if not set(asked) <= KNOWN:
        raise _unknown()
    wished = {name: asked[name] for name in SOUGHT if name in asked}
    held = [each for each in published()[kind].values() if _is(each, wished)]
    base = f"{request.app.state.services.issuer.url}{PREFIX}/{kind}"
    entries = [
        {"fullUrl": f"{base}/{each['id']}", "resource": each, "search": {"mode": "match"}}
        for each in held
    ]
    link = [{"relation": "self", "url": base}]
    return wire.rendered(
        filled(resourceType="Bundle", type="searchset", link=link, entry=entries), media
    )


def one(request: Request, kind: str, id_: str) -> Response:
    """One of them. Raises NotFound."""
    media = wire.produced(request)
    if not set(request.query_params) <= {"_format"}:
        raise _unknown()
    held = published()[kind].get(id_)
    if held is None:
        raise NotFound
    return wire.rendered(held, media)


def _is(resource: Json, wished: Mapping[str, str]) -> bool:
    return all(resource["id" if name == "_id" else name] == to for name, to in wished.items())


def _unknown() -> BadRequest:
    detail = "This search does not know it."
    return BadRequest(errors=[Fault("query", "#", "unknown_parameter", detail)])
