"""Who may see what, what a choice would change, and who looked."""

from typing import Annotated

from fastapi import Query

from app.access.acts import reads, searches
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.consent.actions import access_log, overview, previewing
from app.domain.consent.schemas.access_log import LogEntryOut
from app.domain.consent.schemas.overview import AccessOverviewOut, AccessPreviewOut, PreviewIn
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Day, Flag, Id

router = Router(prefix="/clients/{client_id}", tags=["consent"])
Names = Annotated[Flag, Query(description="Also the names of the persons.")]
Newest = Annotated[Flag, Query(alias="newestFirst", description="Begin with what was last.")]

PeriodFrom = Annotated[
    Day | None, Query(alias="periodFrom", description="First day; without it, from the beginning.")
]
PeriodUntil = Annotated[
    Day | None, Query(alias="periodUntil", description="Last day; without it, until now.")
]


@router.get("/access-overview", act=reads(Category.CONSENT))
async def read_access_overview(
    client_id: Id,
    session: Reading,
    names: Names = False,  # noqa: FBT002 - a query parameter
) -> AccessOverviewOut:
    """Who may see what of you today, and why, in plain Dutch."""
    return await overview.look(session, client_id, names=names)


@router.post("/access-overview/_preview", act=searches(Category.CONSENT), reads=True)
async def preview_access(client_id: Id, body: PreviewIn, session: Writing) -> AccessPreviewOut:
    """What a party would see before and after a choice; nothing is stored."""
    return await previewing.look(session, client_id, body)


@router.get("/access-log", act=reads(Category.ACCESS_LOG))
async def read_access_log(  # noqa: PLR0917 - FastAPI passes them by name
    client_id: Id,
    session: Reading,
    cursor: Cursor = None,
    page_size: PageSize = 20,
    period_from: PeriodFrom = None,
    period_until: PeriodUntil = None,
    names: Names = False,  # noqa: FBT002 - a query parameter
    newest: Newest = False,  # noqa: FBT002 - a query parameter
) -> Page[LogEntryOut]:
    """Who looked, when, at what and why, in the order of time; of a period of Dutch days.

    For the client and who acts for the client. The officer looks at `/v1/privacy-desk`: a client of
    whom only the log is open is not found here.
    """
    return await access_log.read(
        session,
        client_id,
        cursor,
        page_size,
        first=period_from,
        last=period_until,
        names=names,
        newest_first=newest,
    )
