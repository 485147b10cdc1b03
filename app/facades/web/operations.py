"""The operations of the API for a person who is logged in with a browser."""

from asyncio import Semaphore
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from weakref import WeakValueDictionary

from starlette.requests import Request

from app.facades import operations
from app.facades.operations import Call, Told
from app.platform.security.browser_sessions import BrowserSession
from app.platform.security.tokens import Claims

AT_ONCE = 4
"""Calls side by side for one person, however many pages are open: nobody takes all connections."""
_WHILE = timedelta(minutes=1)


async def carried_out(request: Request, session: BrowserSession, call: Call) -> Told:
    """Calls the operation as this person, within the request of the page."""
    if session.purpose is not None:
        call = replace(call, headers={"purpose-of-use": session.purpose, **call.headers})
    async with turn(request, session, "call", AT_ONCE):
        return await operations.carried_out(request, _claims(session), call)


def turn(request: Request, session: BrowserSession, what: str, at_once: int) -> Semaphore:
    """The same for all pages of one person; gone when none of them uses it."""
    known: WeakValueDictionary[tuple[str, ...], Semaphore] = request.app.state.turns
    whose = session.issuer, session.subject, what
    found = known.get(whose)
    if found is None:
        known[whose] = found = Semaphore(at_once)
    return found


def _claims(session: BrowserSession) -> Claims:
    """As a token of this person would say them; the rest is looked up at every call."""
    return Claims(
        issuer=session.issuer,
        subject=session.subject,
        client_id=None,
        membership=session.hat,
        purpose=None,
        scope=frozenset(),
        jti=str(uuid4()),
        expires_at=datetime.now(UTC) + _WHILE,
    )
