"""JSON and XML on the wire: what was asked for, what was sent, within bounds and without tricks."""

import json
from collections.abc import Mapping
from typing import Any

from fhir.resources.R4B import get_fhir_model_class
from lxml import etree
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from app.facades.fhir import names
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
DEEPEST = 32
MOST_FAULTS = 20
Json = dict[str, Any]


def asked_format(request: Request) -> str | None:
    """The media type of the answer; None where it can be none of ours. `_format` goes first."""
    wished = request.query_params.getlist("_format")
    if wished:  # a plus in a query may have become a blank
        return FORMATS.get(wished[-1].replace(" ", "+").lower())
    ranges = ranked(request.headers.get("accept"))
    return next((FORMATS[named] for named in ranges if named in FORMATS), None)


def wished(request: Request) -> str:
    """The same for a refusal, which must be said in something."""
    return asked_format(request) or JSON


def produced(request: Request) -> str:
    """The same for an answer. Raises NotAcceptable."""
    found = asked_format(request)
    if found is None:
        raise NotAcceptable
    return found


def rendered(
    resource: Json, media: str, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    content = to_xml(resource) if media == XML else _to_json(resource)
    return Response(content, status, dict(headers or {}), f"{media}; charset=utf-8")


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
    root = _tree(raw)
    name = etree.QName(root)
    if name.namespace != names.FHIR or name.localname != kind:
        raise _wrong_type(kind)
    try:
        model = get_fhir_model_class(kind).model_validate_xml(etree.tostring(root))
    except ValidationError as error:
        raise BadRequest(errors=_faults(error, kind)) from None
    except (ValueError, TypeError, LookupError, AttributeError, NotImplementedError):
        detail = f"This XML is no {kind} of FHIR R4."
        raise BadRequest(errors=[Fault("body", kind, "invalid_xml", detail)]) from None
    found: Json = json.loads(model.model_dump_json())
    return found


def _tree(raw: bytes) -> Any:
    """Without entities, document types, comments or the network, and not too deep."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=True,
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError):
        detail = "The body is not well-formed XML."
        raise BadRequest(errors=[Fault("body", "#", "invalid_xml", detail)]) from None
    if root.getroottree().docinfo.doctype:
        detail = "A document type is not taken."
        raise BadRequest(errors=[Fault("body", "#", "invalid_xml", detail)])
    if _depth(root) > DEEPEST:
        detail = f"The XML is nested deeper than {DEEPEST} levels."
        raise BadRequest(errors=[Fault("body", "#", "too_deep", detail)])
    return root


def _depth(root: Any) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _valid(found: Json, kind: str) -> Json:
    if found.get("resourceType") != kind:
        raise _wrong_type(kind)
    try:
        get_fhir_model_class(kind).model_validate(found)
    except ValidationError as error:
        raise BadRequest(errors=_faults(error, kind)) from None
    return found


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
    return part.isdecimal() or strict_json.NAME.fullmatch(part) is not None


def _pointed(where: str) -> str:
    """`Patient.name.0.given` as FHIRPath writes it."""
    parts = where.split(".")
    return "".join(f"[{p}]" if p.isdecimal() else f".{p}" for p in parts).removeprefix(".")
