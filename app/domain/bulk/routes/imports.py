"""Imports: sending a file, following it, and reading back what became of it."""

from typing import Annotated, Any

from fastapi import Query, Request
from starlette.responses import Response

from app.access.session import Reading, Writing
from app.domain.bulk.actions import imports as actions
from app.domain.bulk.routes.receiving import MEDIA, received
from app.domain.bulk.routes.reporting import reported
from app.domain.bulk.rules import imports as rules
from app.domain.bulk.schemas import ImportOut
from app.platform.http import ndjson
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Flag, Id

SourceSystem = Annotated[
    str,
    Query(
        alias="sourceSystem",
        examples=["epd"],
        pattern=r"^[a-z]([a-z-]|[0-9]{1,3}[a-z-]){0,30}[0-9]{0,3}$",
        description="A name of your own for the system that the records come from; what was"
        " brought from it before under the same `sourceId` is not made again.",
    ),
]
DryRun = Annotated[
    Flag, Query(alias="dryRun", description="Try everything and keep nothing but the report.")
]
_EXAMPLES = {
    ndjson.MEDIA: '{"kind":"client","sourceId":"p-1","client":{"bsn":"999990019"'
    ',"givenName":"Testclient","familyName":"Alfa","birthDate":"1990-05-14"}}\n',
    "text/csv": "kind;sourceId;client.bsn;client.givenName;client.familyName;client.birthDate\r\n"
    "client;p-1;999990019;Testclient;Alfa;1990-05-14\r\n",
}
_BODY: dict[str, Any] = {
    "required": True,
    "content": {
        media: {"schema": {"type": "string"}, "example": example}
        for media, example in _EXAMPLES.items()
    },
}
_REPORT: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "One line per row, then `complete`.",
        "content": {
            ndjson.MEDIA: {
                "schema": {"type": "string"},
                "example": '{"row":1,"state":"imported","ids":{}}\n{"complete":true}\n',
            }
        },
    }
}
router = Router(prefix="/imports", tags=["imports"])


@router.post(
    "",
    status_code=201,
    act=rules.IMPORT,
    again=actions.read,
    location="/v1/imports/{id}",
    streams=frozenset(MEDIA),
    body_limit=rules.MOST_BYTES,
    openapi_extra={"requestBody": _BODY},
)
async def send_import(
    request: Request, source_system: SourceSystem, *, dry_run: DryRun = False
) -> ImportOut:
    """Bring clients, people and running trajectories from another system, as one file.

    As an administrator or a client system. Each row has a `kind` (`practitioner`, `client`,
    `trajectory`), a `sourceId`, and what the operations of this contract take, under the names of
    their collections; in CSV flattened, as `client.givenName`. Rows of one client are one record.
    """
    return await received(request, source_system, dry_run=dry_run)


@router.get("", act=rules.LOOK)
async def list_imports(
    session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[ImportOut]:
    """Your imports; for an administrator all of the organisation."""
    return await actions.browse(session, cursor, page_size)


@router.get("/{import_id}", act=rules.LOOK)
async def read_import(import_id: Id, session: Reading) -> ImportOut:
    """How far an import is."""
    return await actions.read(session, import_id)


@router.post("/{import_id}/cancellations", act=rules.CANCEL, again=actions.read)
async def cancel_import(import_id: Id, session: Writing) -> ImportOut:
    """Do nothing more of it; what was made stays."""
    return await actions.cancel(session, import_id)


@router.get(
    "/{import_id}/report",
    act=rules.LOOK,
    produces=ndjson.MEDIA,
    response_class=Response,
    responses=_REPORT,
)
async def read_report(import_id: Id, request: Request) -> Response:
    """What became of each row: its state, ids, what is wrong by field.

    `ids` of a row that was `imported` name what it made; of one that is `unchanged` what was made
    of it before, as far as you may see that.
    """
    return await reported(request, import_id)
