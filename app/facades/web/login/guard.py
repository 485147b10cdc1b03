"""Whose request it is, and that a change was asked by a page of ours and of this session."""

import hmac
from urllib.parse import urlsplit

from starlette.requests import Request

from app.platform.security.browser_sessions import BrowserSession, BrowserSessions

SESSION_COOKIE = "__Host-session"
CSRF_FIELD, CSRF_HEADER = "csrf", "x-csrf"
OWN_SITES = frozenset({None, "same-origin", "none"})
"""What a browser says of a page of ours, or of somebody who typed the address; old ones nothing."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Foreign(Exception):
    """A change that no page of ours asked; nothing is done."""


class Outdated(Foreign):
    """A form of an earlier session, or of another hat: nothing is done, what was typed is kept."""


async def session_of(request: Request, *, active: bool = True) -> BrowserSession | None:
    """Who is logged in with this browser now.

    In a short transaction of its own, so that what follows waits for no connection that we hold.
    `active` is false for what a page does by itself: that makes no session longer.
    """
    token = request.cookies.get(SESSION_COOKIE)
    if token is None:
        return None
    sessions: BrowserSessions = request.app.state.sessions
    async with request.app.state.services.engines.writer.begin() as db:
        return await sessions.found(db, token, active=active)


def refuse_foreign(request: Request) -> None:
    """Raises Foreign for a change that another site had this browser ask.

    Our pages are sent without a referrer, and then a browser says `null` for the origin of a form;
    that counts only where the browser also says that the form was ours.
    """
    if request.method in SAFE:
        return
    site = request.headers.get("sec-fetch-site")
    if site not in OWN_SITES:
        raise Foreign
    origin = request.headers.get("origin")
    if origin is None or (origin == "null" and site == "same-origin"):
        return
    if origin not in _own_origins(request):
        raise Foreign


def check_csrf(session: BrowserSession, given: str) -> None:
    """Raises Outdated unless this form was made for this session with this hat."""
    if not hmac.compare_digest(given.encode(), session.csrf.encode()):
        raise Outdated


def _own_origins(request: Request) -> set[str]:
    """The address by which we are known; without one set, the name that this browser used."""
    settings = request.app.state.settings
    found = {_origin(settings.url)}
    if settings.public_url is None:
        found.add(f"{request.url.scheme}://{request.url.netloc}")
    return found


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
