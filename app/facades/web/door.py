"""The one way to a page: who is logged in, as what, and whether the request is their own."""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlencode

from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.access.vocabulary import Purpose
from app.facades.web import drafts, flashes
from app.facades.web.answers import Onward, Shown, html, onward, refusal
from app.facades.web.login import guard
from app.facades.web.navigation import navigation
from app.facades.web.operations import Call, RefusedError, Told, carried_out
from app.facades.web.site import UPLOAD_BYTES, Place, is_page
from app.facades.web.visits import Visit
from app.platform.http.headers import Shell
from app.platform.http.problems import BadRequest, Problem, TooLarge
from app.platform.http.reading import BODY_BYTES, FORM, StrictRequest

MOST_FIELDS = 3000
UPLOAD_SECONDS = 120.0
PLAIN = {"content-type": "text/plain"}


async def visited(request: Request, place: Place) -> Response:
    """The answer of a page, or why there is none: always HTML, never a bare error."""
    try:
        return await _admitted(request, place)
    except Problem as problem:
        return refused(Told(problem.status, {}, b""))
    except guard.Foreign:
        return html("errors/foreign.html", HTTPStatus.FORBIDDEN, {"me": None})
    except Exception as error:  # noqa: BLE001 - a person gets a page, whatever broke
        Shell.report(error, request.scope["state"]["request_id"])
        return refused(Told(HTTPStatus.INTERNAL_SERVER_ERROR, {}, b""))


async def _admitted(request: Request, place: Place) -> Response:
    if place.method == "POST":
        guard.refuse_foreign(request)
    session = await guard.session_of(request, active=not place.passive)
    known = session is not None
    form, uploads = await _form(request, place, known=known) if place.method == "POST" else ([], {})
    if session is None:
        return await _to_login(request, form)
    if place.method == "POST":
        try:
            guard.check_csrf(session, dict(form).get(guard.CSRF_FIELD, ""))
        except guard.Outdated:
            await drafts.keep(request, session, request.url.path, form)
            return html("errors/outdated.html", HTTPStatus.FORBIDDEN, {"me": None})
    if session.hat is None:
        return onward(f"/hat?{urlencode({'next': _address(request)})}")
    me = await carried_out(request, session, Call("GET", "/me"))
    if not me.ok:
        return _unknown(me)
    if me.json.get("role") is None:  # the hat that was worn is no longer in force
        return onward("/hat")
    visit = Visit(request, session, me.json, form, uploads)
    return await _shown(visit, place)


def _unknown(me: Told) -> Response:
    """Who is asked for another hat, or for another login; what passes by itself is told so."""
    if me.status == HTTPStatus.FORBIDDEN:
        return onward("/hat")
    return onward("/login") if me.status == HTTPStatus.UNAUTHORIZED else refused(me)


async def _shown(visit: Visit, place: Place) -> Response:
    try:
        answer = await place.page(visit, **visit.request.path_params)
    except RefusedError as error:
        return refused(error.told, visit)
    match answer:
        case Shown(template=template, values=values, status=status):
            return flashes.told(visit, html(template, status, {**frame(visit), **values}))
        case Onward(path=path, done=done):
            return flashes.kept(visit, _moved(visit.request, path), done)
        case _:
            return answer


def _moved(request: Request, path: str) -> Response:
    """The next page, whole: also where a part of a page asked, so that all of it is told anew."""
    answer = onward(path)
    if "hx-request" in request.headers:
        answer.status_code = HTTPStatus.NO_CONTENT
        answer.headers["HX-Redirect"] = answer.headers["location"]
        del answer.headers["location"]
    return answer


def refused(told: Told, visit: Visit | None = None) -> Response:
    """The page for a refusal, with the status that the API gave."""
    values = {**(frame(visit) if visit else {"me": None}), **refusal(told)}
    answer = html("errors/refusal.html", told.status, values)
    if "retry-after" in told.headers:
        answer.headers["Retry-After"] = told.headers["retry-after"]
    return answer


def frame(visit: Visit) -> dict[str, Any]:
    """What stands around every page of a person."""
    return {
        "me": visit.me,
        "hat": visit.hat,
        "role": visit.role,
        "may": visit.may,
        "visit": visit,
        "nav": navigation(visit),
        "csrf": visit.session.csrf,
        "session_ends_in": visit.session.seconds_left,
        "flash": flashes.of(visit),
        "path": visit.request.url.path,
        "address": _address(visit.request),
        "demo": visit.request.app.state.settings.embedded and "demo" in visit.session.issuer,
        "query": visit.query,
        "emergency": visit.session.purpose == Purpose.EMERGENCY,
    }


async def _to_login(request: Request, form: list[tuple[str, str]]) -> Response:
    """Who was away too long comes back to the same page, and finds what was typed."""
    await drafts.keep_of_expired(request, form)
    back = _address(request) if is_page(request.url.path) else "/"
    return _moved(request, f"/login?{urlencode({'next': back})}")


def _address(request: Request) -> str:
    query = request.url.query
    return request.url.path + (f"?{query}" if query else "")


async def _form(
    request: Request, place: Place, *, known: bool
) -> tuple[list[tuple[str, str]], Mapping[str, Any]]:
    """What was sent, bounded in size, time and number of fields. Raises Problem.

    A file is read from who is logged in only: it may be large.
    """
    strict = StrictRequest(request.scope, request.receive)
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media == "multipart/form-data" and place.upload:
        return await _multipart(strict) if known else ([], {})
    raw = await strict.bounded(BODY_BYTES)
    if raw and media != FORM:
        raise TooLarge
    try:
        pairs = parse_qsl(
            raw.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict"
        )
    except ValueError:
        raise TooLarge from None
    return pairs, {}


async def _multipart(
    request: StrictRequest,
) -> tuple[list[tuple[str, str]], Mapping[str, Any]]:
    request._body = await request.bounded(UPLOAD_BYTES)  # noqa: SLF001 - Starlette keeps it there
    try:
        async with asyncio.timeout(UPLOAD_SECONDS):
            sent = await request.form(max_files=1, max_fields=50)
    except (HTTPException, FormParserError, TimeoutError):
        raise BadRequest from None
    texts = [(name, value) for name, value in sent.multi_items() if isinstance(value, str)]
    files = {name: value for name, value in sent.items() if isinstance(value, UploadFile)}
    return texts, files
