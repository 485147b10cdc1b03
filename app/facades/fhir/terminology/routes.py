"""Where our vocabularies are published."""

from fastapi import Request
from starlette.responses import Response

from app.facades.fhir.names import PREFIX
from app.facades.fhir.terminology import serving
from app.facades.fhir.terminology.published import published
from app.platform.http.routing import Router


def terminology_routes() -> Router:
    """Public, and before the routes of resources, which ask for a token."""
    router = Router(prefix=PREFIX)
    for kind in published():
        _serve(router, kind)
    return router


def _serve(router: Router, kind: str) -> None:
    @router.get(f"/{kind}", public=True, own_reading=True)
    async def search(request: Request) -> Response:
        return serving.found(request, kind)

    @router.get(f"/{kind}/{{id_}}", public=True, own_reading=True)
    async def read(request: Request, id_: str) -> Response:
        return serving.one(request, kind, id_)
