"""Bulk Data Access over HTTP: begin, see that it is ready, fetch file by file."""

from typing import Any

from fastapi import Request
from starlette.responses import JSONResponse, Response

from app.facades.bulk.streaming import streamed, turn_of
from app.facades.fhir.asking import asked
from app.facades.fhir.export import jobs
from app.facades.fhir.export.files import lines
from app.facades.fhir.names import PREFIX
from app.platform.http.declarations import Act
from app.platform.http.problems import NotFound
from app.platform.http.routing import Router

NDJSON = "application/fhir+ndjson"
STATUS, FILE = "$export-status", "$export-file"


def export_routes(act: Act) -> Router:
    """To be included before what answers for every type."""
    router = Router(prefix=PREFIX)

    @router.get("/$export", act=act, own_reading=True)
    async def begin(request: Request) -> Response:
        """Of everything that hangs on a client."""
        return await begun(request)

    @router.get("/Patient/$export", act=act, own_reading=True)
    async def begin_patients(request: Request) -> Response:
        """The same, as record systems ask for it."""
        return await begun(request)

    @router.get(f"/{STATUS}/{{job}}", act=act, own_reading=True)
    async def status(request: Request, job: str) -> Response:
        """Which files there are."""
        return await manifest(request, job)

    @router.delete(f"/{STATUS}/{{job}}", act=act, own_reading=True, match=False, status_code=202)
    async def forget(request: Request, job: str) -> Response:
        """Nothing was kept of it."""
        jobs.opened(await asked(request), job)
        return Response(status_code=202)

    @router.get(f"/{FILE}/{{job}}/{{kind}}", act=act, own_reading=True)
    async def read_file(request: Request, job: str, kind: str) -> Response:
        """One file, made while it is read."""
        return await file(request, job, kind)

    return router


async def begun(request: Request) -> Response:
    """202 with where it can be seen. Raises Problem."""
    asks, desk = await asked(request), await jobs.desk(request)
    job = jobs.sealed(asks, jobs.understood(request, desk.moment))
    return Response(status_code=202, headers={"Content-Location": f"{asks.base}/{STATUS}/{job}"})


async def manifest(request: Request, text: str) -> Response:
    """Ready at once, for a file is made when it is read. Raises Problem."""
    asks, _ = await asked(request), await jobs.desk(request)
    job = jobs.opened(asks, text)
    told: dict[str, Any] = {
        "transactionTime": job.at,
        "request": f"{asks.base}{job.asked}",
        "requiresAccessToken": True,
        "output": [
            {"type": kind, "url": f"{asks.base}/{FILE}/{text}/{kind}"} for kind in job.types
        ],
        "error": [],
    }
    return JSONResponse(told)


async def file(request: Request, text: str, kind: str) -> Response:
    """The stream of one type. Raises Problem."""
    asks, desk = await asked(request), await jobs.desk(request)
    job = jobs.opened(asks, text)
    if kind not in job.types:
        raise NotFound
    turn = await turn_of(request, asks.claims)
    return streamed(request, lines(asks, job, kind, desk, turn), NDJSON)
