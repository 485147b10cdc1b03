"""What somebody was typing when the time was over, or chose to finish later."""

from collections.abc import Iterable

from starlette.requests import Request

from app.facades.web.login.browser import destination
from app.facades.web.login.guard import SESSION_COOKIE
from app.facades.web.site import is_page
from app.facades.web.visits import Visit
from app.platform.security.browser_sessions import BrowserSession, BrowserSessions
from app.platform.security.drafts import Drafts, Fields, TooLargeError, Unfinished

OF = "draft-of"
"""The field with the address of the form, where a page sends what is typed there by itself."""
OWN = frozenset({"csrf", "key", "match", "more", OF})
"""Fields of the form itself; they are made anew."""
Form = Iterable[tuple[str, str]]


async def keep(request: Request, session: BrowserSession, path: str, form: Form) -> bool:
    """Keeps what was typed at this address; False where something was, and is kept nowhere.

    It is kept for a page that can be opened again, and not where it is too long.
    """
    typed = _typed(form)
    if not typed:
        return True
    if destination(path) != path or not is_page(path):
        return False
    try:
        async with request.app.state.services.engines.writer.begin() as db:
            return await _drafts(request).keep(db, session, path, typed)
    except TooLargeError:
        return False


async def keep_of_late(request: Request, session: BrowserSession, form: Form) -> bool:
    """The same of a form that came too late, for the page that it belongs to."""
    return await keep(request, session, dict(form).get(OF, request.url.path), form)


async def keep_of_expired(request: Request, form: Form) -> bool:
    """The same for the person whose session was over when the form came."""
    sessions: BrowserSessions = request.app.state.sessions
    async with request.app.state.services.engines.reader.begin() as db:
        former = await sessions.former(db, request.cookies.get(SESSION_COOKIE, ""))
    return not _typed(form) if former is None else await keep_of_late(request, former, form)


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


def _typed(form: Form) -> Fields:
    return [(name, value) for name, value in form if name not in OWN and value]


def _drafts(request: Request) -> Drafts:
    found: Drafts = request.app.state.drafts
    return found
