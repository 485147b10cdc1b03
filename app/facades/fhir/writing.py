"""Creating and updating: the resource becomes a call of the API, or is refused by name."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from app.facades.fhir import addresses, outcomes, records, serving, versions, wire
from app.facades.fhir.asking import Asked, must, problem_of, sending
from app.facades.fhir.differing import differing
from app.facades.fhir.elements import Json
from app.facades.fhir.names import PREFIX
from app.facades.fhir.registry import Draft, Found, Resource
from app.platform.http.problems import BadRequest, Fault, PreconditionFailed

CREATED, KEPT = 201, 200


async def create(request: Request, kind: str) -> Response:
    """A new resource, or the one that answers to `If-None-Exist`."""
    asks = await sending(request)
    resource = serving.type_of(kind)
    media = wire.produced(request)
    serving.plain(request)
    if resource.create is None:
        raise serving.missing(kind, "GET")
    sent = addresses.with_held(await wire.read(request, kind), asks.base)
    condition = request.headers.get("if-none-exist")
    if condition is None:
        return _answer(request, media, await _created(asks, resource, sent), CREATED)
    if resource.conditional is None:
        detail = "This type is not created on a condition."
        raise BadRequest(errors=[Fault("header", "#/If-None-Exist", "not_supported", detail)])
    there, key = await resource.conditional(asks, condition)
    if there is not None:
        return _answer(request, media, there, KEPT)
    made = await _created(asks, resource, sent, {"idempotency-key": key})
    return _answer(request, media, made, CREATED)


async def update(request: Request, kind: str, id_: str) -> Response:
    """An act on a record, told as the resource that it will be; `If-Match` must name what is.

    Where a version of its own takes the place of what was sent, that one is the answer, as created.
    """
    asks = await sending(request)
    resource = serving.type_of(kind)
    media = wire.produced(request)
    serving.plain(request)
    if resource.update is None:
        raise serving.missing(kind, "GET")
    match = versions.match_of(request)
    sent = addresses.with_held(await wire.read(request, kind), asks.base)
    if sent.get("id") != id_:
        detail = "The id must be that of the address."
        raise BadRequest(errors=[Fault("body", f"{kind}.id", "wrong_combination", detail)])
    now = await records.read(asks, resource, id_)
    if now.etag != match:
        raise PreconditionFailed
    changed = differing(now.resource, sent)
    draft = await resource.update(asks, now.resource, sent, changed) if changed else None
    if draft is None:
        return _answer(request, media, now, KEPT)
    made = await _sent(asks, draft, {"if-match": match})
    stands = draft.id_of(made) if draft.anew else id_
    now = await records.read(asks, resource, stands)
    return _answer(request, media, now, CREATED if draft.anew else KEPT)


async def _created(
    asked: Asked, resource: Resource, sent: Json, headers: Mapping[str, str] | None = None
) -> Found:
    assert resource.create is not None  # noqa: S101 - looked at by who calls this
    draft = await resource.create(asked, sent)
    made = await _sent(asked, draft, headers or {})
    return await records.read(asked, resource, draft.id_of(made))


async def _sent(asked: Asked, draft: Draft, headers: Mapping[str, str]) -> Json:
    """What the API made of it. Raises its refusal, told at the elements that were sent."""
    key = asked.request.headers.get("idempotency-key")
    own = {"idempotency-key": key} if key else {}
    told = await asked.call(draft.method, draft.path, draft.body, headers={**own, **headers})
    if not told.ok:
        raise outcomes.located(problem_of(told), draft.places)
    asked.forget()
    return must(told).json


def _answer(request: Request, media: str, found: Found, status: int) -> Response:
    """What the caller prefers to be told of it."""
    headers = dict(serving.headers_of(found))
    base = request.app.state.services.issuer.url + PREFIX
    kind, id_ = found.resource["resourceType"], found.resource["id"]
    if status == HTTPStatus.CREATED:
        headers["Location"] = f"{base}/{kind}/{id_}"
    prefers = request.headers.get("prefer", "").replace(" ", "")
    if "return=minimal" in prefers:
        return Response(status_code=status, headers=headers)
    if "return=OperationOutcome" in prefers:
        return wire.rendered(outcomes.succeeded("It is kept."), media, status, headers)
    return wire.rendered(versions.versioned(found), media, status, headers)
