"""A batch: several interactions in one request, each by itself and each answered by itself."""

from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import Response

from app.facades.fhir import addresses, outcomes, wire
from app.facades.fhir.asking import Asked, sending
from app.facades.fhir.elements import Json, filled
from app.facades.fhir.names import PREFIX
from app.facades.operations import Call, Told, carried_out, worn
from app.platform.http.problems import BadRequest, Fault

MOST = 50
BODIED = frozenset({"POST", "PUT"})
METHODS = BODIED | {"GET"}
CONDITIONS = {
    "ifMatch": "if-match",
    "ifNoneMatch": "if-none-match",
    "ifNoneExist": "if-none-exist",
}


async def batch(request: Request) -> Response:
    """Carries out one entry after another; what one is refused does not touch the others.

    A transaction is refused: acts of several parties are not one act. Raises Problem.
    """
    asks = await sending(request)
    media = wire.produced(request)
    sent = await wire.read(request, "Bundle")
    if sent.get("type") != "batch":
        raise outcomes.unsupported("Bundle.type")
    entries: list[Json] = sent.get("entry", [])
    if len(entries) > MOST:
        detail = f"At most {MOST} entries."
        raise BadRequest(errors=[Fault("body", "Bundle.entry", "too_long", detail)])
    calls = [_call(asks, entry, f"Bundle.entry[{at}]") for at, entry in enumerate(entries)]
    answered = [_answered(await carried_out(request, asks.claims, call)) for call in calls]
    return wire.rendered(
        filled(resourceType="Bundle", type="batch-response", entry=answered), media
    )


def _call(asked: Asked, entry: Json, at: str) -> Call:
    told = entry.get("request")
    if told is None:
        detail = "An entry says what is asked."
        raise BadRequest(errors=[Fault("body", f"{at}.request", "required", detail)])
    method = str(told.get("method"))
    body = entry.get("resource")
    if method not in METHODS or (method in BODIED and body is None) or "ifModifiedSince" in told:
        raise outcomes.unsupported(f"{at}.request")
    path, _, words = addresses.held(str(told.get("url", "")), asked.base).partition("?")
    asks = parse_qs(words, keep_blank_values=True)
    if "$export" in path or "_format" in asks:  # a stream, and another form than that of the whole
        raise outcomes.unsupported(f"{at}.request.url")
    conditions = {header: told[name] for name, header in CONDITIONS.items() if name in told}
    return Call(
        method,
        f"/{path.lstrip('/')}",
        asks,
        body if method in BODIED else None,
        {"accept": wire.JSON, **worn(asked.request), **conditions},
        base=PREFIX,
    )


def _answered(told: Told) -> Json:
    """The answer to one entry: what it gave, or why it was refused."""
    status = HTTPStatus(told.status)
    found: dict[str, Any] = told.json
    response = filled(
        status=f"{status.value} {status.phrase}",
        location=told.headers.get("location"),
        etag=told.headers.get("etag"),
        outcome=None if told.ok else found,
    )
    return filled(resource=found if told.ok else None, response=response)
