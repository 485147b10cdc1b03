"""JSON and XML on the wire: what was asked for, what was sent, within bounds and without tricks."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from fhir.resources.R4B import get_fhir_model_class
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from app.facades.fhir import xml
from app.facades.fhir.elements import Json
from app.platform.http import strict_json
from app.platform.http.negotiation import is_json_in_utf8, media_type, ranked
from app.platform.http.problems import BadRequest, Fault, NotAcceptable, UnsupportedMedia

JSON, XML = "application/fhir+json", "application/fhir+xml"
FORMATS: Mapping[str, str] = {
    "*/*": JSON,
    "application/*": JSON,
    "json": JSON,
    JSON: JSON,
    "application/json": JSON,
    "text/json": JSON,
    "xml": XML,
    XML: XML,
    "application/xml": XML,
    "text/xml": XML,
}
MOST_FAULTS = 20
DIGITS = 4
"""So many in a row may be a number of a person, and are no place in a list either."""


def asked_format(request: Request, form: Sequence[str] = ()) -> str | None:
    """The media type of the answer; None where it can be none of ours. `_format` goes first."""
    wished = [*request.query_params.getlist("_format"), *form]
    if wished:  # a plus in a query may have become a blank
        return FORMATS.get(wished[-1].replace(" ", "+").lower())
    ranges = ranked(request.headers.get("accept"))
    return next((FORMATS[named] for named in ranges if named in FORMATS), None)


def wished(request: Request) -> str:
    """The same for a refusal, which must be said in something."""
    return asked_format(request) or JSON


def produced(request: Request, form: Sequence[str] = ()) -> str:
    """The same for an answer; `form` is what a form says of it. Raises NotAcceptable."""
    found = asked_format(request, form)
    if found is None:
        raise NotAcceptable
    return found


def rendered(
    resource: Json, media: str, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    return sent(written(resource, media), media, status, headers)


def sent(
    content: bytes, media: str, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """What was written before, in the same media type."""
    return Response(content, status, dict(headers or {}), f"{media}; charset=utf-8")


def written(resource: Json, media: str) -> bytes:
    return to_xml(resource) if media == XML else _to_json(resource)


def _to_json(resource: Json) -> bytes:
    return json.dumps(resource, ensure_ascii=False, separators=(",", ":")).encode()


def to_xml(resource: Json) -> bytes:
    """Through the model of the resource, which knows the order of its elements."""
    model = get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    written: str | bytes = model.model_dump_xml()  # bytes, whatever its annotation says
    return written if isinstance(written, bytes) else written.encode()


async def read(request: Request, kind: str) -> Json:
    """The resource in the body, valid as R4B has it. Raises Problem."""
    name, parameters = media_type(request.headers.get("content-type"))
    media = FORMATS.get(name)
    encoded = request.headers.get("content-encoding", "identity").lower() != "identity"
    if media is None or encoded or not is_json_in_utf8(parameters):
        raise UnsupportedMedia(headers={"Accept": f"{JSON}, {XML}"})
    raw = await request.body()
    if media == XML:
        return _from_xml(raw, kind)
    return _valid(dict(strict_json.parse(raw)), kind)


def _from_xml(raw: bytes, kind: str) -> Json:
    root = xml.tree(raw)
    if xml.type_of(root) != kind:
        raise _wrong_type(kind)
    try:
        model = get_fhir_model_class(kind).model_validate_xml(xml.written(root))
    except ValidationError as error:
        raise BadRequest(errors=_faults(error, kind)) from None
    except (ValueError, TypeError, LookupError, AttributeError, NotImplementedError):
        detail = f"This XML is no {kind} of FHIR R4."
        raise BadRequest(errors=[Fault("body", kind, "invalid_xml", detail)]) from None
    xml.require_all_of(root, model.model_dump_xml())
    found: Json = json.loads(model.model_dump_json())
    return found


def _valid(found: Json, kind: str) -> Json:
    if found.get("resourceType") != kind:
        raise _wrong_type(kind)
    try:
        get_fhir_model_class(kind).model_validate(found)
    except ValidationError as error:
        raise BadRequest(errors=_faults(error, kind)) from None
    except (ValueError, TypeError, LookupError):  # of a type that there is not
        raise _wrong_type(kind) from None
    if _says_null(found):
        detail = "In FHIR nothing is null: what is not there is left out."
        raise BadRequest(errors=[Fault("body", kind, "not_allowed_value", detail)])
    return found


def _says_null(value: Any) -> bool:
    """As the value of an element; in a list of values it holds a place."""
    if isinstance(value, dict):
        return any(inner is None or _says_null(inner) for inner in value.values())
    return isinstance(value, list) and any(map(_says_null, value))


def _wrong_type(kind: str) -> BadRequest:
    detail = f"The body must be one {kind}."
    return BadRequest(errors=[Fault("body", "resourceType", "wrong_type", detail)])


def _faults(error: ValidationError, kind: str) -> list[Fault]:
    """Where it does not fit, never what stands there; an odd name is not repeated either."""
    found = {}
    for each in error.errors(include_input=False, include_url=False):
        loc = [part for part in map(str, each["loc"]) if _tellable(part)]
        where = ".".join([kind, *loc])
        code = "unknown_field" if each["type"] == "extra_forbidden" else "invalid"
        detail = "This is not as FHIR R4 has it."
        found[where, code] = Fault("body", _pointed(where), code, detail)
    return list(found.values())[:MOST_FAULTS]


def _tellable(part: str) -> bool:
    return (part.isdecimal() and len(part) < DIGITS) or strict_json.NAME.fullmatch(part) is not None


def _pointed(where: str) -> str:
    """`Patient.name.0.given` as FHIRPath writes it."""
    parts = where.split(".")
    return "".join(f"[{p}]" if p.isdecimal() else f".{p}" for p in parts).removeprefix(".")
