"""The one way to a page: who is logged in, as what, and whether the request is their own."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from app.access.vocabulary import Purpose
from app.facades.operations import Call, RefusedError, Told
from app.facades.web import drafts, flashes
from app.facades.web.answers import Onward, Shown, html, onward, refusal
from app.facades.web.incoming import UPLOADS_AT_ONCE, received
from app.facades.web.login import guard
from app.facades.web.login.doors import door
from app.facades.web.navigation import navigation
from app.facades.web.operations import carried_out, turn
from app.facades.web.site import Place, is_page
from app.facades.web.visits import Visit
from app.platform.security.browser_sessions import BrowserSession


async def visited(request: Request, place: Place) -> Response:
    """The answer of a page, or why there is none: always HTML, never a bare error."""
    admitted = door(lambda request: _admitted(request, place))
    return await admitted(request)


async def _admitted(request: Request, place: Place) -> Response:
    session = await guard.session_of(request, active=not place.passive)
    if session is None or not place.upload:
        return await _read(request, place, session)
    async with turn(request, session, "upload", UPLOADS_AT_ONCE):
        return await _read(request, place, session)


async def _read(request: Request, place: Place, session: BrowserSession | None) -> Response:
    form, uploads = await received(request, place, known=session is not None)
    if place.upload:  # a file takes its time: the session may be over, or another hat worn, by now
        session = await guard.session_of(request, active=False)
    if session is None:
        return await _to_login(request, form)
    if place.method == "POST":
        try:
            guard.check_csrf(session, dict(form).get(guard.CSRF_FIELD, ""))
        except guard.Outdated:
            kept = await drafts.keep_of_late(request, session, form)
            values = {"me": None, "kept": kept, "path": _back(request)}
            return html("errors/outdated.html", HTTPStatus.FORBIDDEN, values)
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
    lost = {} if await drafts.keep_of_expired(request, form) else {"lost": "yes"}
    return _moved(request, f"/login?{urlencode({'next': _back(request), **lost})}")


def _back(request: Request) -> str:
    """Where what was asked can be looked at again; an act alone has no page."""
    return _address(request) if is_page(request.url.path) else "/"


def _address(request: Request) -> str:
    query = request.url.query
    return request.url.path + (f"?{query}" if query else "")
