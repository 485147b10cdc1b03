"""The tree of routes leads to the same operation as FastAPI's own list."""

import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.routing import Match

from app.platform.http.dispatch import Tree
from app.platform.http.exchange import route_of
from app.platform.http.routing import Router, undeclared
from tests.platform.http_app import KNOWN, ThingOut, client_of, make_app

TEMPLATES = [
    "/items/_search",
    "/items/{one}",
    "/items/late",
    "/items/{one}/parts",
    "/items/{one}/parts/{two}",
    "/items/{one}/parts/_preview",
    "/items/{one}-{two}/halves",
    "/{any}/items",
    "",
]
PATHS = [
    "/v1", "/v1/", "/v1/items/_search", "/v1/items/late", "/v1/items/x", "/v1/items/x/",
    "/v1/items//parts", "/v1/items/x/parts", "/v1/items/x/parts/y", "/v1/items/x/parts/_preview",
    "/v1/items/a-b/halves", "/v1/items/ab/halves", "/v1/items/items", "/v1/x/items", "/items/x",
    "/v1/items/%2F", "/v1/items/a%2Fparts", "//v1/items/x", "/v1//items", "/v1/ITEMS/x",
]  # fmt: skip


def app_with(templates: list[str], *, tree: bool) -> FastAPI:
    router, app = Router(), make_app()

    async def told(request: Request) -> ThingOut:
        values = sorted(request.path_params.items())
        return ThingOut(id=KNOWN, name=f"{route_of(request.scope)} {values}")

    for template in templates:
        router.get(template, public=True)(told)
        router.post(template + "/made", public=True)(told)
    app.include_router(router, prefix="/v1")
    if not tree:
        app.router.routes.pop(0)
    return app


@pytest.mark.parametrize("path", PATHS)
async def test_the_tree_leads_where_the_list_leads(path: str) -> None:
    answers = []
    for tree in (True, False):
        async with client_of(app_with(TEMPLATES, tree=tree)) as client:
            for method, target in (("GET", path), ("POST", path), ("POST", f"{path}/made")):
                answer = await client.request(method, target)
                name = answer.json().get("name")
                answers.append((answer.status_code, answer.headers.get("allow"), name))
    assert answers[:3] == answers[3:]


def test_the_tree_is_used_and_needs_no_act_of_its_own() -> None:
    app = app_with(TEMPLATES, tree=True)
    tree = app.router.routes[0]
    assert isinstance(tree, Tree)
    scope = {"type": "http", "method": "GET", "path": "/v1/items/x"}
    match, child = tree.matches(scope)
    assert match == Match.FULL
    assert child["path_params"] == {"one": "x"}
    assert undeclared(app) == []
