"""The way in for everybody, logged in or not: always HTML, and never a bare error."""

from collections.abc import Awaitable, Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.facades.operations import Told
from app.facades.web.answers import html, refusal
from app.facades.web.login import guard
from app.platform.http.headers import Shell
from app.platform.http.problems import Problem

Endpoint = Callable[[Request], Awaitable[Response]]


def door(endpoint: Endpoint) -> Endpoint:
    """An endpoint whose refusals and faults are pages, and that no other site sets in motion."""

    @wraps(endpoint)
    async def opened(request: Request) -> Response:
        try:
            guard.refuse_foreign(request)
            return await endpoint(request)
        except guard.Outdated:
            return html(
                "errors/outdated.html", HTTPStatus.FORBIDDEN, {**nobody(request), "path": "/"}
            )
        except guard.Foreign:
            return html("errors/foreign.html", HTTPStatus.FORBIDDEN, nobody(request))
        except Problem as problem:
            return _refused(request, problem.status)
        except Exception as error:  # noqa: BLE001 - a person gets a page, whatever broke
            Shell.report(error, request.scope["state"]["request_id"])
            return _refused(request, HTTPStatus.INTERNAL_SERVER_ERROR)

    return opened


def _refused(request: Request, status: int) -> Response:
    told = refusal(Told(status, {}, b""))
    return html("errors/refusal.html", status, {**nobody(request), **told})


def nobody(request: Request) -> dict[str, Any]:
    """What stands around a page of nobody in particular."""
    return {"me": None, "demo": request.app.state.demo}
