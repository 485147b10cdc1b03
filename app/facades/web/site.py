"""The pages by their addresses, and the way of one request through them."""

import importlib
import pkgutil
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, compile_path
from starlette.types import Receive, Scope, Send

from app.facades.web.answers import Onward, Shown

Page = Callable[..., Awaitable[Shown | Onward | Response]]
Open = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Place:
    """One method at one address: a page of somebody who is logged in.

    `upload`: what is sent may hold a file. `of` names the operation that a form stands for.
    `passive`: asked by the page itself, so that it makes no session longer.
    """

    method: str
    path: str
    page: Page
    upload: bool = False
    passive: bool = False
    of: str | None = None


@dataclass
class Pages:
    """The pages of one area; a module that has them calls its own `pages`."""

    places: list[Place] = field(default_factory=list)

    def get(self, path: str) -> Callable[[Page], Page]:
        return self._at("GET", path)

    def post(
        self, path: str, *, upload: bool = False, passive: bool = False
    ) -> Callable[[Page], Page]:
        return self._at("POST", path, upload=upload, passive=passive)

    def add(self, place: Place) -> None:
        self.places.append(place)

    def _at(self, method: str, path: str, **terms: Any) -> Callable[[Page], Page]:
        def add(page: Page) -> Page:
            self.add(Place(method, path, page, **terms))
            return page

        return add


Handler = Callable[[Request, Place], Awaitable[Response]]


class Site(BaseRoute):
    """Leads to all pages, before FastAPI tries its own routes one after another.

    What is here is `public` to the check of undeclared routes: that a visit needs a session is
    decided by `handle`, the one way to a page. `doors` are what is open without: login and files.
    """

    public = True

    def __init__(
        self, places: Iterable[Place], doors: Iterable[tuple[str, str, Open]], handle: Handler
    ) -> None:
        self._handle = handle
        found = [(p.method, p.path, p) for p in places]
        ordered = sorted((*found, *doors), key=lambda each: each[1].count("{"))
        self._routes = [(method, compile_path(path)[0], to) for method, path, to in ordered]
        if len({(method, path) for method, path, _ in ordered}) != len(ordered):
            raise ValueError("two pages have one address")

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] != "http":
            return Match.NONE, {}
        for method, pattern, to in self._routes:
            held = pattern.match(scope["path"])
            if held is not None and method == scope["method"]:
                return Match.FULL, {"path_params": held.groupdict(), _CHOSEN: to}
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        request, to = Request(scope, receive, send), scope[_CHOSEN]
        answer = await (self._handle(request, to) if isinstance(to, Place) else to(request))
        await answer(scope, receive, send)


_CHOSEN = "trede.page"


def places_of(package: str = "app.facades.web.pages") -> Iterator[Place]:
    """The pages of every area, in the order of the names of their modules."""
    root = importlib.import_module(package)
    for module in pkgutil.walk_packages(root.__path__, f"{package}."):
        found: Any = getattr(importlib.import_module(module.name), "pages", None)
        if isinstance(found, Pages):
            yield from found.places


@cache
def _to_look_at() -> tuple[re.Pattern[str], ...]:
    return tuple(compile_path(place.path)[0] for place in places_of() if place.method == "GET")


def is_page(path: str) -> bool:
    """Whether there is something to look at; an act alone has an address and no page."""
    return any(pattern.match(path) for pattern in _to_look_at())
