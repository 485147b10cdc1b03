"""Finds the operation of a request in a tree of path segments, however many routes there are."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from fastapi import FastAPI
from fastapi.routing import RouteContext
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from app.platform.http.routing import operations

CHOSEN = "trede.operation"


@dataclass(slots=True)
class _Node:
    """What may follow here: a segment spelled out, or any one segment."""

    spelled: "dict[str, _Node]" = field(default_factory=dict)
    any: "_Node | None" = None
    ends: dict[str, tuple[int, RouteContext]] = field(default_factory=dict)


class Tree(BaseRoute):
    """The first route of an application; it answers for all operations of our routers.

    FastAPI tries one route after another, twice per level of inclusion, which costs more than the
    rest of a request when there are a hundred. What is not in the tree (a mount, another method,
    an unknown path) is left to FastAPI. Of two operations that fit, the one declared first wins,
    as there. It is built at the first request, so all routers must be included by then.
    """

    leads = True  # to routes that declare themselves

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._root: _Node | None = None

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] != "http":
            return Match.NONE, {}
        found = self._found(scope)
        held = found and found.path_regex.match(scope["path"])
        if not found or not held:
            return Match.NONE, {}
        path_params = {**scope.get("path_params", {}), **held.groupdict()}
        return Match.FULL, {
            CHOSEN: found,
            "route": found.original_route,
            "endpoint": found.endpoint,
            "path_params": path_params,
        }

    def reads_token(self, scope: Scope) -> bool:
        """Whether this leads to an operation that asks who the caller is."""
        found = self._found(scope)
        return found is not None and not getattr(found.original_route, "public", False)

    def _found(self, scope: Scope) -> RouteContext | None:
        if self._root is None:
            self._root = _grown(found for _, found, _ in operations(self._app))
        return _look_up(self._root, scope["path"], scope["method"])

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await scope[CHOSEN].app(scope, receive, send)


def _grown(operations: Iterable[RouteContext]) -> _Node:
    root = _Node()
    for order, found in enumerate(operations):
        path = found.path or ""
        if ":" in path:  # a converter may span segments
            continue
        node = root
        for segment in path.split("/"):
            if "{" not in segment:
                node = node.spelled.setdefault(segment, _Node())
            else:
                node.any = node.any or _Node()
                node = node.any
        for method in found.methods or ():
            node.ends.setdefault(method, (order, found))
    return root


def _look_up(root: _Node, path: str, method: str) -> RouteContext | None:
    nodes = [root]
    for segment in path.split("/"):
        nodes = [
            child
            for node in nodes
            for child in (node.spelled.get(segment), node.any)
            if child is not None
        ]
        if not nodes:
            return None
    ends = [node.ends[method] for node in nodes if method in node.ends]
    return min(ends, key=lambda end: end[0])[1] if ends else None
