"""Every error leaves as problem+json, and every refusal is offered to the access log first."""

import json
import logging
from collections.abc import Awaitable, Callable, Iterable
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from asyncpg.exceptions import InterfaceError, PostgresError
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from sqlalchemy import exc as sql
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.platform.http import problems
from app.platform.http.faults import faults
from app.platform.http.problems import BadRequest, NotAllowed, NotFound, Problem, Unavailable
from app.platform.http.schemas import UUID_TEXT

MEDIA = "application/problem+json"
DIALECT = "refused"
"""In the state of a request: how its refusals are written, where that is not as problem+json."""
Refused = Callable[[Request, Problem], Response]
OnRefusal = Callable[[Request, Problem], Awaitable[None]]
# Connection lost, shutting down, out of resources, cancelled or locked out: try again later.
PASSING = ("08", "40", "53", "55", "57")
log = logging.getLogger("trede.http")


def install(app: FastAPI) -> None:
    """Gives `app` these answers; hooks in `app.state.on_refusal` hear of each 403 and 404."""
    app.state.on_refusal = list[OnRefusal]()
    app.router.redirect_slashes = False  # a trailing slash names nothing: 404
    for kind, handler in _HANDLERS.items():
        app.add_exception_handler(kind, handler)


def answer(request: Request, problem: Problem) -> Response:
    """The problem as RFC 9457 says, or as the standard says under whose address it was asked."""
    own: Refused | None = request.scope.get("state", {}).get(DIALECT)
    if own is not None:
        return own(request, problem)
    content = {
        "type": problem.type,
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": _instance(request),
        "errors": [fault.as_json() for fault in problem.errors],
    }
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(body, problem.status, problem.headers, MEDIA)


def _instance(request: Request) -> str:
    request_id = request.scope.get("state", {}).get("request_id", "")
    return f"urn:uuid:{UUID(request_id) if UUID_TEXT.fullmatch(request_id) else uuid4()}"


async def _refused(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)  # noqa: S101 - Starlette's type is wider than its use
    if isinstance(problem, NotAllowed | NotFound):
        try:
            for told in request.app.state.on_refusal:
                await told(request, problem)
        except Exception as error:  # noqa: BLE001 - whatever failed, an unlogged refusal may not leave
            log.error("a refusal could not be logged: %s", type(error).__name__)  # noqa: TRY400
            return answer(request, Unavailable())
    return answer(request, problem)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
    return answer(request, BadRequest(errors=faults(error.errors(), error.body)))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - as above
    problem = of_status(error.status_code)
    problem.headers |= dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        problem.headers["Allow"] = ", ".join(_methods(request))
    return answer(request, problem)


def of_status(status: int) -> Problem:
    """The problem of a status, in our words where we have them."""
    found = _BY_STATUS.get(status)
    if found is not None:
        return found()
    phrase = HTTPStatus(status).phrase
    attributes = {"status": status, "type": "about:blank", "title": phrase, "text": phrase}
    other: type[Problem] = type("Other", (Problem,), attributes)
    return other()


def _methods(request: Request) -> list[str]:
    """All methods of a path: its operations stand in routes of their own."""
    path = request.scope["path"]
    found: set[str] = set()
    for route in iter_route_contexts(request.app.routes):
        pattern = getattr(route, "path_regex", None)
        if pattern is not None and pattern.match(path):
            found |= route.methods or set()
    return sorted(found | ({"HEAD"} if "GET" in found else set()))


async def _database(request: Request, error: Exception) -> Response:
    """An outage is 503. Everything else is a fault of ours, and goes on to become 500."""
    state = str(getattr(getattr(error, "orig", error), "sqlstate", None) or "")
    lost = isinstance(error, sql.DBAPIError) and error.connection_invalidated
    passing = isinstance(error, sql.TimeoutError | sql.InterfaceError | OSError | InterfaceError)
    if not (lost or passing or state.startswith(PASSING)):
        raise error
    log.error("the database cannot be reached: %s %s", type(error).__name__, state)
    return answer(request, Unavailable())


async def _unhandled(request: Request, _error: Exception) -> Response:
    return answer(request, Problem())


def _concrete(kinds: Iterable[Any]) -> dict[int, type[Problem]]:
    return {
        kind.status: kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Problem)
    }


_BY_STATUS = _concrete(vars(problems).values())
_HANDLERS: dict[type[Exception], Callable[[Request, Exception], Awaitable[Response]]] = {
    Problem: _refused,
    RequestValidationError: _invalid,
    HTTPException: _http,
    sql.DBAPIError: _database,
    sql.TimeoutError: _database,
    PostgresError: _database,  # asyncpg's own: a connection that could not be made
    InterfaceError: _database,
    OSError: _database,
    Exception: _unhandled,
}
