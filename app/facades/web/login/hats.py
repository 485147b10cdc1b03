"""Choosing one hat: a membership, or a link to a client. One at a time, never their union."""

from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urlencode
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from app.access.vocabulary import Role
from app.facades.operations import Call, Json
from app.facades.web.about import client_name
from app.facades.web.answers import html, onward
from app.facades.web.login import guard
from app.facades.web.login.browser import carry_session, destination, drop_session, fields_of
from app.facades.web.login.doors import door, nobody
from app.facades.web.operations import carried_out
from app.platform.security.browser_sessions import BrowserSession, BrowserSessions

FOR_ANOTHER = frozenset({Role.REPRESENTATIVE, Role.SUPPORTER})


async def of(request: Request, issuer: str, subject: str) -> list[Json]:
    """All hats of a login, as `GET /v1/me` tells them; none for who has no account."""
    session = BrowserSession("", issuer, subject, None, None, "", 0, datetime.now(UTC))
    told = await carried_out(request, session, Call("GET", "/me"))
    found: list[Json] = told.json.get("hats", []) if told.ok else []
    return found


def only(found: list[Json]) -> UUID | None:
    """The hat of who has one; None where there is something to choose."""
    return UUID(found[0]["id"]) if len(found) == 1 else None


@door
async def offered(request: Request) -> Response:
    """The hats of who is logged in. The one that is worn is marked, if it is still in force."""
    session = await guard.session_of(request)
    wanted = destination(request.query_params.get("next"))
    if session is None:
        return onward(f"/login?{urlencode({'next': wanted})}")
    found = await of(request, session.issuer, session.subject)
    values = {
        "hats": [await _introduced(request, session, hat) for hat in found],
        "worn": str(session.hat),
        "csrf": session.csrf,
        "next": wanted,
    }
    return html("login/hats.html", HTTPStatus.OK, {**nobody(request), **values})


@door
async def chosen(request: Request) -> Response:
    """Another hat, under a new token: pages of the earlier one can change nothing any more."""
    session, form = await guard.session_of(request), await fields_of(request)
    wanted = destination(form.get("next"))
    if session is None:
        return onward(f"/login?{urlencode({'next': wanted})}")
    guard.check_csrf(session, form.get(guard.CSRF_FIELD, ""))
    found = await of(request, session.issuer, session.subject)
    hat = next((UUID(hat["id"]) for hat in found if hat["id"] == form.get("hat")), None)
    if hat is None:
        return onward(f"/hat?{urlencode({'next': wanted})}")
    sessions: BrowserSessions = request.app.state.sessions
    async with request.app.state.services.engines.writer.begin() as db:
        token = await sessions.wear(db, session.token, hat)
    answer = onward("/login" if token is None else wanted)
    carry_session(answer, token) if token is not None else drop_session(answer)
    return answer


async def _introduced(request: Request, session: BrowserSession, hat: Json) -> Json:
    """Who acts for several people sees for whom each is, as the API tells it to that hat."""
    if hat["role"] not in FOR_ANOTHER:
        return hat
    as_that = replace(session, hat=UUID(hat["id"]), purpose=None)
    told = await carried_out(request, as_that, Call("GET", f"/clients/{hat['clientId']}"))
    return {**hat, "client": client_name(told.json) if told.ok else None}
