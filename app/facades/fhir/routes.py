"""The interactions of FHIR over HTTP; outside the versioned API and its design rules."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from app.facades.fhir import capability, serving, wire, writing
from app.facades.fhir.batch import batch
from app.facades.fhir.everything import everything as all_of_patient
from app.facades.fhir.export.routes import export_routes
from app.facades.fhir.names import PREFIX
from app.facades.fhir.terminology.routes import terminology_routes
from app.facades.oauth.metadata import smart_configuration
from app.platform.http.routing import Router


class Carried:
    """The act is that of the operation of the API that is called; it decides, and nothing here."""

    def openapi(self) -> dict[str, Any]:
        return {}


ACT = Carried()


def fhir_routes() -> APIRouter:
    """Everything under the prefix, to be included once."""
    router = APIRouter(include_in_schema=False)
    router.include_router(_documents())
    router.include_router(terminology_routes())
    router.include_router(export_routes(ACT))
    router.include_router(_interactions())
    return router


def _documents() -> Router:
    router = Router(prefix=PREFIX)

    @router.get("/metadata", public=True, own_reading=True)
    async def read_capabilities(request: Request) -> Response:
        """What this façade can do, made from what it does."""
        media = wire.produced(request)
        return wire.sent(capability.statement(request, media), media)

    @router.get("/.well-known/smart-configuration", public=True, own_reading=True)
    async def read_smart(request: Request) -> Response:
        """Where a token is got; JSON whatever Accept says."""
        return JSONResponse(smart_configuration(request.app.state.services))

    return router


def _interactions() -> Router:
    router = Router(prefix=PREFIX)

    @router.post("", act=ACT, own_reading=True)
    async def several(request: Request) -> Response:
        """A batch."""
        return await batch(request)

    @router.get("/{kind}", act=ACT, own_reading=True)
    async def search(request: Request, kind: str) -> Response:
        """Search by the address."""
        return await serving.search(request, kind)

    @router.post("/{kind}/_search", act=ACT, own_reading=True, reads=True)
    async def search_by_form(request: Request, kind: str) -> Response:
        """Search by a form, which no log of addresses holds."""
        return await serving.search(request, kind)

    @router.post("/{kind}", act=ACT, own_reading=True)
    async def create(request: Request, kind: str) -> Response:
        """A new resource."""
        return await writing.create(request, kind)

    @router.put("/{kind}/{id_}", act=ACT, own_reading=True, match=False)
    async def update(request: Request, kind: str, id_: str) -> Response:
        """An act on what is there."""
        return await writing.update(request, kind, id_)

    @router.get("/{kind}/{id_}", act=ACT, own_reading=True)
    async def read(request: Request, kind: str, id_: str) -> Response:
        """One resource."""
        return await serving.read(request, kind, id_)

    @router.get("/Patient/{id_}/$everything", act=ACT, own_reading=True)
    async def everything(request: Request, id_: str) -> Response:
        """All that may be known of one patient."""
        return await all_of_patient(request, id_)

    return router
