"""Puts the pages onto the application."""

from collections.abc import Iterable
from weakref import WeakValueDictionary

from fastapi import FastAPI

from app.facades.contract import contract_of
from app.facades.web import files
from app.facades.web.door import visited
from app.facades.web.nowhere import Nowhere
from app.facades.web.rendering import environment
from app.facades.web.site import Open, Site, places_of
from app.facades.web.statements import STATEMENTS

KEEPABLE = (files.PREFIX,)


def serve_pages(app: FastAPI, key: bytes, doors: Iterable[tuple[str, str, Open]]) -> None:
    """All pages, with `doors` open to who is not logged in; `key` signs what was done."""
    app.state.web_key, app.state.turns = key, WeakValueDictionary()
    static = ("GET", f"{files.PREFIX}/{{name:path}}", files.served)
    app.router.routes.insert(1, Site(places_of(), (*doors, *STATEMENTS, static), visited))
    app.router.routes.append(Nowhere())


def make_pages_ready(app: FastAPI) -> None:
    """What is made once, before anybody asks: else the first page waits, and all others with it."""
    contract_of(app)
    for name in environment().list_templates(extensions=["html"]):
        environment().get_template(name)
