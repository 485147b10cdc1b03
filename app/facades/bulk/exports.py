"""Exports over HTTP: what a caller may see, as a stream that says whether it is whole."""

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.access.acts import reads
from app.access.vocabulary import Category
from app.facades.bulk.exporting import Wanted, exported
from app.facades.bulk.forms import Ndjson, Table
from app.platform.http.paging import Cursor
from app.platform.http.routing import Router


class Along(StrEnum):
    """Records of a trajectory that can go along in an export."""

    ACTION_PLANS = "action-plans"
    LADDER_MEASUREMENTS = "ladder-measurements"
    PARTICIPANTS = "participants"
    PAUSES = "pauses"
    PLACEMENTS = "placements"
    PROGRESS_REPORTS = "progress-reports"
    RESPONSIBILITIES = "responsibilities"
    TRANSITIONS = "transitions"


Records = Annotated[
    list[Along],
    Query(alias="records", description="Also these records of each trajectory, each on a line."),
]
PERSON = (Category.EXISTENCE, Category.IDENTITY, Category.BSN)
CASE = (Category.EXISTENCE, Category.STATUS, Category.IDENTITY)
NDJSON, CSV = Ndjson.media, Table.media


def _streams(media: str, example: str) -> dict[int | str, dict[str, Any]]:
    """How the contract tells of a stream."""
    schema = {"type": "string"}
    content = {media: {"schema": schema, "example": example}}
    return {200: {"description": "A stream; whole if it ends with `complete`.", "content": content}}


def export_routes() -> APIRouter:
    """To be included once, under the prefix of the API."""
    router = Router(prefix="/exports", tags=["exports"])

    @router.get(
        "/clients",
        act=reads(*PERSON),
        produces=NDJSON,
        response_class=Response,
        responses=_streams(NDJSON, '{"kind":"complete"}\n'),
    )
    async def export_clients(request: Request, cursor: Cursor = None) -> Response:
        """The clients you may know of, one per line.

        A line `cursor` says from where a later export goes on; one at a time per caller. What
        ends with `broken`, or with neither, was cut off.
        """
        return await exported(request, Wanted("/clients", "client", cursor), Ndjson())

    @router.get(
        "/trajectories",
        act=reads(*CASE),
        produces=NDJSON,
        response_class=Response,
        responses=_streams(NDJSON, '{"kind":"complete"}\n'),
    )
    async def export_trajectories(
        request: Request,
        cursor: Cursor = None,
        records: Records = [],  # noqa: B006 - never changed
    ) -> Response:
        """The trajectories you may know of, one per line, if wished with their records.

        Decided anew for each hundred: what you may no longer see is not in what comes after.
        """
        along = [each.value for each in records]
        wanted = Wanted("/trajectories", "trajectory", cursor, along)
        return await exported(request, wanted, Ndjson())

    @router.get(
        "/caseload",
        act=reads(*CASE),
        produces=CSV,
        response_class=Response,
        responses=_streams(CSV, "line;id\r\ncomplete\r\n"),
    )
    async def export_caseload(request: Request, cursor: Cursor = None) -> Response:
        """The same as a table for a spreadsheet: UTF-8, semicolons, no formulas."""
        return await exported(request, Wanted("/trajectories", "trajectory", cursor), Table())

    return router
