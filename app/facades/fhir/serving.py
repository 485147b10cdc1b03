"""What each interaction answers, whatever the resource."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from app.facades.fhir import addresses, queries, records, searching, wire
from app.facades.fhir.asking import asked, sending
from app.facades.fhir.registry import Found, Resource
from app.facades.fhir.resources import TYPES
from app.facades.fhir.versions import etag_of, held_already, versioned
from app.platform.http.negotiation import media_type
from app.platform.http.problems import (
    BadRequest,
    Fault,
    MethodNotAllowed,
    NotFound,
    UnsupportedMedia,
)
from app.platform.http.reading import FORM

ONLY_FORMAT = frozenset({"_format"})


async def read(request: Request, kind: str, id_: str) -> Response:
    """One resource as it is now, for who may see it."""
    asks = await asked(request)
    resource = type_of(kind)
    media = wire.produced(request)
    plain(request)
    found = await records.read(asks, resource, id_)
    if held_already(request, found):
        return Response(status_code=304, headers=headers_of(found))
    return wire.rendered(versioned(found), media, headers=headers_of(found))


async def search(request: Request, kind: str) -> Response:
    """A page of what was found; words that may stand in no address come in the body."""
    asks = await (sending if request.method == "POST" else asked)(request)
    resource = type_of(kind)
    form = await _form(request) if request.method == "POST" else []
    media = wire.produced(request, [value for name, value in form if name == "_format"])
    in_address = addresses.words_held(request.query_params.multi_items(), asks.base)
    in_body = addresses.words_held(form, asks.base)
    query = queries.understood(resource, in_address, in_body, lenient=_lenient(request))
    found = await searching.searched(asks, resource, query, TYPES)
    return wire.rendered(found, media)


def type_of(kind: str) -> Resource:
    """The resource type. Raises NotFound."""
    found = TYPES.get(kind)
    if found is None:
        raise NotFound
    return found


def headers_of(found: Found) -> Mapping[str, str]:
    return {"ETag": etag_of(found.etag)} if found.etag else {}


def plain(request: Request) -> None:
    """A read has no parameters. Raises BadRequest."""
    faults = [
        Fault("query", "#", "unknown_parameter", "A read takes no parameter but `_format`.")
        for name in request.query_params
        if name not in ONLY_FORMAT
    ]
    if faults:
        raise BadRequest(errors=faults[:1])


def missing(kind: str, *allowed: str) -> MethodNotAllowed:
    """A type that is there, and cannot be done this with."""
    type_of(kind)
    problem = MethodNotAllowed()
    problem.headers["Allow"] = ", ".join(allowed)
    return problem


async def _form(request: Request) -> list[tuple[str, str]]:
    name, _ = media_type(request.headers.get("content-type"))
    raw = await request.body()
    if raw and name != FORM:
        raise UnsupportedMedia(headers={"Accept": FORM})
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise BadRequest(
            errors=[Fault("body", "#", "not_utf8", "The form must be in UTF-8.")]
        ) from None
    try:
        return parse_qsl(text, keep_blank_values=True, max_num_fields=queries.MOST_VALUES)
    except ValueError:
        raise BadRequest(errors=[queries.TOO_MANY]) from None


def _lenient(request: Request) -> bool:
    return "handling=lenient" in request.headers.get("prefer", "").replace(" ", "")
