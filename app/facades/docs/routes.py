"""`GET /docs`: the API reference, public and served offline."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from app.facades.docs.page import page

_STYLES = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
# Nothing may run and nothing may come from elsewhere: the page is text and one stylesheet.
_POLICY = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


def docs_router(
    document: Callable[[], dict[str, Any]], *, source: str = "/v1/openapi.json"
) -> APIRouter:
    """The page for what `document` returns (made once), which is itself served at `source`."""
    router = APIRouter(include_in_schema=False)

    @cache
    def rendered() -> str:
        return page(document(), stylesheet="/docs/page.css", source=source)

    @router.get("/docs")
    async def read_docs() -> HTMLResponse:
        return HTMLResponse(rendered(), headers={"Content-Security-Policy": _POLICY})

    @router.get("/docs/page.css")
    async def read_styles() -> Response:
        return Response(_STYLES, media_type="text/css")

    return router
