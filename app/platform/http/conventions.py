"""All conventions put onto one application, in the order in which they must lie."""

import json
from collections.abc import Iterable, Mapping

from fastapi import FastAPI
from starlette.responses import Response
from starlette.types import ASGIApp

from app.platform.http import handlers
from app.platform.http.certificates import Proxy
from app.platform.http.dispatch import Tree
from app.platform.http.etag import Etags
from app.platform.http.handlers import Refused
from app.platform.http.headers import OPEN_PATH, Shell
from app.platform.http.limits import AddressLimit, Limiter
from app.platform.http.openapi import document
from app.platform.http.routing import Router


def bare_app(*, title: str, version: str, description: str = "") -> FastAPI:
    """An application without FastAPI's own document and pages, which leave the conventions."""
    return FastAPI(
        title=title,
        version=version,
        description=description,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )


def install(
    app: FastAPI,
    *,
    etag_key: bytes,
    body_key: bytes,
    own_policy: Iterable[str] = (),
    keepable: Iterable[str] = (),
    dialects: Mapping[str, Refused] | None = None,
    unauthenticated: Limiter | None = None,
    proxy: Proxy | None = None,
) -> None:
    """Errors, headers, ETags, the public document and, if given, the limit per address.

    `own_policy` names the prefixes of pages that bring their own content security policy,
    `keepable` those of what a browser may keep, as it says itself, `dialects` those where refusals
    are written as another standard says, `proxy` who may tell of a client's certificate.
    """
    handlers.install(app)
    app.state.etags = Etags(etag_key)
    app.state.body_key = body_key
    tree = Tree(app)
    app.router.routes.insert(0, tree)
    app.include_router(_contract(app))
    build = app.build_middleware_stack
    prefixes, kept = tuple(own_policy), tuple(keepable)

    def shelled() -> ASGIApp:
        app.state.inner = inner = build()  # where calls within this process go in
        if unauthenticated is not None:
            inner = AddressLimit(inner, unauthenticated, tree.reads_token)
        return Shell(
            inner,
            version=app.version,
            own_policy=prefixes,
            keepable=kept,
            dialects=dialects,
            proxy=proxy,
        )

    # Middleware added the usual way lies inside Starlette's answer to a 500; this lies outside.
    app.build_middleware_stack = shelled  # type: ignore[method-assign]


def _contract(app: FastAPI) -> Router:
    router = Router()
    kept: list[bytes] = []

    @router.get(OPEN_PATH, public=True, include_in_schema=False)
    async def contract() -> Response:
        if not kept:
            kept.append(json.dumps(document(app), ensure_ascii=False).encode())
        return Response(kept[0], media_type="application/json")

    return router
