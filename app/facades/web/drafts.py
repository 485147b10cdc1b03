"""What somebody was typing when the time was over, or chose to finish later."""

from collections.abc import Iterable
from contextlib import suppress

from starlette.requests import Request

from app.facades.web.login.browser import destination
from app.facades.web.login.guard import SESSION_COOKIE
from app.facades.web.visits import Visit
from app.platform.security.browser_sessions import BrowserSession, BrowserSessions
from app.platform.security.drafts import Drafts, Fields, TooLargeError, Unfinished

OWN = frozenset({"csrf", "key", "match", "more"})
"""Fields of the form itself; they are made anew."""


async def keep(
    request: Request, session: BrowserSession, path: str, form: Iterable[tuple[str, str]]
) -> None:
    """Keeps what was typed at this address of ours; what is too long for that is not kept."""
    typed = [(name, value) for name, value in form if name not in OWN and value]
    if not typed or destination(path) != path:
        return
    with suppress(TooLargeError):
        async with request.app.state.services.engines.writer.begin() as db:
            await _drafts(request).keep(db, session, path, typed)


async def keep_of_expired(request: Request, form: Iterable[tuple[str, str]]) -> None:
    """The same for the person whose session was over when the form came."""
    sessions: BrowserSessions = request.app.state.sessions
    async with request.app.state.services.engines.reader.begin() as db:
        former = await sessions.former(db, request.cookies.get(SESSION_COOKIE, ""))
    if former is not None:
        await keep(request, former, request.url.path, form)


async def recalled(visit: Visit, path: str | None = None) -> Fields | None:
    """What this person typed at this address before, or at another one of the same form."""
    at = path or visit.request.url.path
    if destination(at) != at:
        return None
    async with visit.request.app.state.services.engines.reader.begin() as db:
        return await _drafts(visit.request).recalled(db, visit.session, at)


async def forgotten(visit: Visit, path: str | None = None) -> None:
    """It was sent, or is no longer wanted."""
    at = path or visit.request.url.path
    if destination(at) != at:
        return
    async with visit.request.app.state.services.engines.writer.begin() as db:
        await _drafts(visit.request).forgotten(db, visit.session, at)


async def unfinished(visit: Visit) -> list[Unfinished]:
    """What this person did not finish with this hat."""
    async with visit.request.app.state.services.engines.reader.begin() as db:
        return await _drafts(visit.request).unfinished(db, visit.session)


def _drafts(request: Request) -> Drafts:
    found: Drafts = request.app.state.drafts
    return found
