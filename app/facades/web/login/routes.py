"""Logging in at the provider of one's organisation, and out again."""

import logging
from http import HTTPStatus
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.facades.web.answers import html, onward
from app.facades.web.login import addresses, guard, hats
from app.facades.web.login.browser import (
    carried_login,
    carry_login,
    carry_session,
    destination,
    drop_login,
    drop_session,
    fields_of,
)
from app.facades.web.login.doors import Endpoint, door, nobody
from app.platform.security.browser_sessions import BrowserSessions
from app.platform.security.openid import Identity, LoginRefusedError, OpenIdProvider

UNAVAILABLE = frozenset({"discovery", "exchange", "keys_unavailable"})
"""Reasons that lie with the provider or the network; trying again may help."""
WIPED = '"cache", "cookies", "storage"'
"""What a browser forgets of us after logging out (Clear-Site-Data)."""
log = logging.getLogger("trede.web")


@door
async def explained(request: Request) -> Response:
    """How logging in goes; also where an expired session leads, with the way back."""
    wanted = destination(request.query_params.get("next"))
    if addresses.by_another_name(request):
        return RedirectResponse(
            f"{addresses.own(request)}/login?{urlencode({'next': wanted})}", 303
        )
    session = await guard.session_of(request, active=False)
    values = {
        "set_up": request.app.state.login is not None,
        "was_in": session is None and guard.SESSION_COOKIE in request.cookies,
        "is_in": session is not None,
        "lost": "lost" in request.query_params,
        "next": wanted,
    }
    return html("login/start.html", HTTPStatus.OK, {**nobody(request), **values})


@door
async def started(request: Request) -> Response:
    """Off to the provider. Who was logged in with this browser is so no more, whatever follows."""
    wanted = destination(request.query_params.get("next"))
    provider: OpenIdProvider | None = request.app.state.login
    if provider is None or not addresses.by_ourselves(request):
        return onward(f"/login?{urlencode({'next': wanted})}")
    await _end_present(request)
    try:
        address, begun = await provider.begin()
    except LoginRefusedError as refused:
        return _failed(request, refused, wanted)
    answer = RedirectResponse(address, HTTPStatus.SEE_OTHER)
    drop_session(answer)
    carry_login(request, answer, begun, wanted)
    return answer


@door
async def returned(request: Request) -> Response:
    """Back from the provider: somebody is logged in under a new token, or nobody is."""
    remembered, provider = carried_login(request), request.app.state.login
    if remembered is None or provider is None:  # no login of this browser, so none that failed
        return _told(request, LoginRefusedError("not_begun"), destination(None))
    await _end_present(request)
    try:
        identity = await provider.complete(remembered.begun, _answer_of(request))
        answer = await _let_in(request, identity, remembered.destination)
    except LoginRefusedError as refused:
        return _failed(request, refused, remembered.destination)
    drop_login(answer)
    return answer


@door
async def left(request: Request) -> Response:
    """Logged out, in every process. Only a page of ours asks it: by its word, or the browser's."""
    session, form = await guard.session_of(request, active=False), await fields_of(request)
    if session is not None and "sec-fetch-site" not in request.headers:
        guard.check_csrf(session, form.get(guard.CSRF_FIELD, ""))
    await _end_present(request)
    answer = await _goodbye(request)
    drop_session(answer)
    answer.headers["Clear-Site-Data"] = WIPED
    return answer


@door
async def hurried(request: Request) -> Response:
    """Away at once and logged out; a link of another site only leads away."""
    answer = onward("/goodbye")
    if request.headers.get("sec-fetch-site") in guard.OWN_SITES:
        await _end_present(request)
        drop_session(answer)
    return answer


@door
async def stayed(request: Request) -> Response:
    """A sign of life: `204` with the time that is left for the page itself, or back for a form."""
    session, form = await guard.session_of(request), await fields_of(request)
    back = destination(form.get("next"))
    by_page = request.headers.get("sec-fetch-mode", "navigate") != "navigate"
    if session is None:
        way = f"/login?{urlencode({'next': back})}"
        gone = Response(status_code=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": way})
        return gone if by_page else onward(way)
    word = form.get(guard.CSRF_FIELD) or request.headers.get(guard.CSRF_HEADER, "")
    guard.check_csrf(session, word)
    left = {"Session-Ends-In": str(session.seconds_left)}
    return Response(status_code=HTTPStatus.NO_CONTENT, headers=left) if by_page else onward(back)


@door
async def neutral(request: Request) -> Response:
    """After leaving in a hurry: a page that says nothing of what stood there."""
    return html("login/goodbye.html", HTTPStatus.OK, nobody(request))


DOORS: list[tuple[str, str, Endpoint]] = [
    ("GET", "/login", explained),
    ("GET", "/login/start", started),
    ("GET", "/login/return", returned),
    ("POST", "/logout", left),
    ("GET", "/goodbye", neutral),
    ("GET", "/hat", hats.offered),
    ("POST", "/hat", hats.chosen),
    ("GET", "/quick-exit", hurried),
    ("POST", "/session/stays", stayed),
]


async def _let_in(request: Request, identity: Identity, wanted: str) -> Response:
    """With the only hat at once; of several one is chosen first. Without one nobody comes in."""
    found = await hats.of(request, identity.issuer, identity.subject)
    if not found:
        log.info("login refused", extra={"reason": "no_account"})
        answer = html("login/unknown.html", HTTPStatus.FORBIDDEN, nobody(request))
        drop_session(answer)
        return answer
    sessions: BrowserSessions = request.app.state.sessions
    async with request.app.state.services.engines.writer.begin() as db:
        token = await sessions.begin(
            db,
            identity.issuer,
            identity.subject,
            hat=hats.only(found),
            provider_session=identity.provider_session,
        )
    answer = onward(wanted)  # without a hat every page leads to the choice first
    carry_session(answer, token)
    return answer


def _answer_of(request: Request) -> dict[str, str]:
    """The parameters of the provider; one that stands there twice is none (RFC 6749, 3.1)."""
    given = request.query_params
    return {name: given[name] for name in given if len(given.getlist(name)) == 1}


def _failed(request: Request, refused: LoginRefusedError, wanted: str) -> Response:
    """Nobody is logged in with this browser now, also who was so before."""
    answer = _told(request, refused, wanted)
    drop_login(answer)
    drop_session(answer)
    return answer


def _told(request: Request, refused: LoginRefusedError, wanted: str) -> Response:
    """The same page whatever was wrong; the reason stands in our log."""
    log.info("login refused", extra={"reason": refused.reason})
    away = refused.reason in UNAVAILABLE or refused.reason.endswith("_endpoint")
    status = HTTPStatus.SERVICE_UNAVAILABLE if away else HTTPStatus.BAD_REQUEST
    values = {**nobody(request), "away": away, "next": wanted}
    return html("login/failed.html", status, values)


async def _end_present(request: Request) -> None:
    token = request.cookies.get(guard.SESSION_COOKIE)
    if token is not None:
        async with request.app.state.services.engines.writer.begin() as db:
            await request.app.state.sessions.end(db, token)


async def _goodbye(request: Request) -> Response:
    """Our own page: a form may not lead to another site, so that the provider's is a link."""
    provider: OpenIdProvider | None = request.app.state.login
    own = f"{addresses.own(request)}/login"
    elsewhere = None if provider is None else await provider.end_address(own)
    return html("login/out.html", HTTPStatus.OK, {**nobody(request), "elsewhere": elsewhere})
