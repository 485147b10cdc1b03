"""Routes that follow the conventions by themselves, and that must say what they do."""

import re
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from dataclasses import fields
from typing import Any, ParamSpec, TypeVar, Unpack, cast

from fastapi import APIRouter, FastAPI
from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from pydantic.alias_generators import to_pascal
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from typing_extensions import override

from app.platform.http.bodies import check_parameters, takes_many, with_strict_body
from app.platform.http.declarations import Act, Declaration, Terms
from app.platform.http.problems import Problem
from app.platform.http.reading import Admission, StrictRequest
from app.platform.http.rendering import rendering, tagged

P = ParamSpec("P")
R = TypeVar("R")
Coded = Callable[P, Coroutine[Any, Any, R]]
Handler = Callable[[Request], Coroutine[Any, Any, Response]]

DECLARED = frozenset(field.name for field in fields(Declaration))
PARTS = re.compile(r"[A-Za-z0-9]+")


class Operation(APIRoute):
    """One method on one path, with its declaration."""

    declared = Declaration()
    _admits: Admission | None = None

    @property
    def act(self) -> Act | None:
        return self.declared.act

    @property
    def public(self) -> bool:
        return self.declared.public

    @override
    def get_route_handler(self) -> Handler:
        """Built again for each inclusion; the declaration is looked up when a request comes."""
        solve = super().get_route_handler()

        async def handle(request: Request) -> Response:
            strict = StrictRequest(request.scope, request.receive)
            try:
                await strict.admit(self._admission())
                return tagged(strict, await solve(strict))
            except Problem as problem:
                if self.declared.refusing is None:
                    raise
                return self.declared.refusing(problem)

        return handle

    def _admission(self) -> Admission:
        if self._admits is None:
            query = [field for field in get_flat_params(self.dependant) if _place(field) == "query"]
            self._admits = Admission(
                query=frozenset(field.alias for field in query),
                lists=frozenset(field.alias for field in query if takes_many(field.field_info)),
                takes_body=self.body_field is not None,
                consumes=self.declared.consumes,
                produces=self._produces(),
                body_bytes=self.declared.body_limit,
                own_reading=self.declared.own_reading,
                streams=self.declared.streams,
            )
        return self._admits

    def _produces(self) -> str | None:
        free = self.declared.any_accept or self.declared.own_reading
        return None if free else self.declared.produces


class Router(APIRouter):
    """An APIRouter whose every operation takes `act=...` or `public=True`."""

    def __init__(self, *, prefix: str = "", tags: list[str] | None = None) -> None:
        super().__init__(
            prefix=prefix,
            tags=list(tags or []),
            redirect_slashes=False,
            route_class=Operation,
            generate_unique_id_function=operation_id,
        )

    # FastAPI's long lists of keywords are narrowed to those that this house uses.
    def get(self, path: str, **terms: Unpack[Terms]) -> Callable[[Coded[P, R]], Coded[P, R]]:  # type: ignore[override]
        return self._operation("GET", path, terms)

    def post(self, path: str, **terms: Unpack[Terms]) -> Callable[[Coded[P, R]], Coded[P, R]]:  # type: ignore[override]
        return self._operation("POST", path, terms)

    def put(self, path: str, **terms: Unpack[Terms]) -> Callable[[Coded[P, R]], Coded[P, R]]:  # type: ignore[override]
        terms.setdefault("match", True)
        return self._operation("PUT", path, terms)

    def patch(self, path: str, **terms: Unpack[Terms]) -> Callable[[Coded[P, R]], Coded[P, R]]:  # type: ignore[override]
        terms.setdefault("match", True)
        return self._operation("PATCH", path, terms)

    def delete(self, path: str, **terms: Unpack[Terms]) -> Callable[[Coded[P, R]], Coded[P, R]]:  # type: ignore[override]
        terms.setdefault("match", True)
        terms.setdefault("status_code", 204)
        return self._operation("DELETE", path, terms)

    def _operation(
        self, method: str, path: str, terms: Terms
    ) -> Callable[[Coded[P, R]], Coded[P, R]]:
        own: dict[str, Any] = {key: value for key, value in terms.items() if key in DECLARED}
        options: dict[str, Any] = {key: value for key, value in terms.items() if key not in own}
        declared = Declaration(**own)
        status = options.setdefault("status_code", 200)
        if declared.act is not None:
            extra = {"x-trede-act": declared.act.openapi()}
            options["openapi_extra"] = {**options.get("openapi_extra", {}), **extra}

        def add(endpoint: Coded[P, R]) -> Coded[P, R]:
            run = rendering(cast("Callable[..., Awaitable[Any]]", endpoint), declared, status)
            self.add_api_route(path, with_strict_body(run), methods=[method], **options)
            route = cast("Operation", self.routes[-1])
            route.declared = declared
            check_parameters(route, forms=declared.is_form)
            return endpoint

        return add


def operation_id(route: APIRoute) -> str:
    """From method and path, so it is unique and outlives a renamed function."""
    method = min(route.methods or {"get"}).lower()
    words = PARTS.findall(re.sub(r"\{(\w+)\}", r"by_\1", route.path_format).removeprefix("/v1"))
    return method + "".join(to_pascal(word) for word in words)


def operations(app: FastAPI) -> Iterator[tuple[str, RouteContext, Operation]]:
    """Every declared operation with its name (`GET /v1/...`)."""
    for found in iter_route_contexts(app.routes):
        if isinstance(found.original_route, Operation):
            yield _name(found), found, found.original_route


def undeclared(app: FastAPI) -> list[str]:
    """Routes that say neither what act they are nor that they are public; none may be served.

    A route that is no Operation (a mount of files, say) is public when it has `public = True`.
    """
    return sorted(
        _name(found)
        for found in iter_route_contexts(_served(app))
        if not getattr(found.original_route, "public", False)
        and getattr(found.original_route, "act", None) is None
    )


def without_replay(app: FastAPI) -> list[str]:
    """POST routes that create or transition without `again`, so that a repeat would do it twice.

    Not meant: searches and previews (`_search`, `reads=True`), forms, and public routes.
    """
    return sorted(
        name
        for name, found, route in operations(app)
        if "POST" in (found.methods or ())
        and route.declared.again is None
        and not (route.declared.reads or route.declared.is_form or route.declared.public)
        and not (found.path_format or "").rsplit("/", 1)[-1].startswith("_")
    )


def _served(app: FastAPI) -> list[BaseRoute]:
    """Without the tree of `dispatch`, which only leads to other routes."""
    return [route for route in app.routes if not getattr(route, "leads", False)]


def _name(found: RouteContext) -> str:
    methods = ",".join(sorted(found.methods or {"ANY"}))
    return f"{methods} {found.path or found.original_route}"


def _place(field: Any) -> str:
    return str(getattr(getattr(field.field_info, "in_", None), "value", ""))
