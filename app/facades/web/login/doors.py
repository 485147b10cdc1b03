"""Pages that are open to who is not logged in: always HTML, and never a bare error."""

from collections.abc import Awaitable, Callable
from functools import wraps
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from app.facades.web.answers import html, refusal
from app.facades.web.login import guard
from app.facades.web.operations import Told
from app.platform.http.headers import Shell
from app.platform.http.problems import Problem

Endpoint = Callable[[Request], Awaitable[Response]]
NOBODY = {"me": None}


def door(endpoint: Endpoint) -> Endpoint:
    """An endpoint whose refusals and faults are pages, and that no other site sets in motion."""

    @wraps(endpoint)
    async def opened(request: Request) -> Response:
        try:
            guard.refuse_foreign(request)
            return await endpoint(request)
        except guard.Outdated:
            return html("errors/outdated.html", HTTPStatus.FORBIDDEN, {**NOBODY, "path": "/"})
        except guard.Foreign:
            return html("errors/foreign.html", HTTPStatus.FORBIDDEN, NOBODY)
        except Problem as problem:
            return _refused(problem.status)
        except Exception as error:  # noqa: BLE001 - a person gets a page, whatever broke
            Shell.report(error, request.scope["state"]["request_id"])
            return _refused(HTTPStatus.INTERNAL_SERVER_ERROR)

    return opened


def _refused(status: int) -> Response:
    return html("errors/refusal.html", status, {**NOBODY, **refusal(Told(status, {}, b""))})
