"""The progress reports of one trajectory."""

from typing import Annotated

from fastapi import Query

from app.access.acts import creates, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.reporting.actions import reports as actions
from app.domain.reporting.schemas.reports import ProposalOut, ReadingIn, ReportIn, ReportOut
from app.domain.trajectory import queries as trajectories
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Day, Id

PeriodFrom = Annotated[
    Day,
    Query(
        alias="periodFrom",
        description="First day of the period.",
        openapi_examples={"quarter": {"value": "2025-07-01"}},
    ),
]
PeriodUntil = Annotated[
    Day,
    Query(
        alias="periodUntil",
        description="Last day of the period.",
        openapi_examples={"quarter": {"value": "2025-09-30"}},
    ),
]
reports = Router(prefix="/trajectories/{trajectory_id}/progress-reports", tags=["reports"])


@reports.post(
    "",
    status_code=201,
    act=creates(Category.PROGRESS_REPORT),
    again=actions.REPORTS.again,
    location="/v1/trajectories/{trajectory_id}/progress-reports/{id}",
)
async def draft_report(trajectory_id: Id, body: ReportIn, session: Writing) -> ReportOut:
    """Draft a report for the responsible body; the client reads it first."""
    return await actions.draft(session, trajectory_id, body)


@reports.get("", act=reads(Category.PROGRESS_REPORT))
async def list_reports(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[ReportOut]:
    """The reports that you may see, in the order they were drafted."""
    parent = await trajectories.parent(session, trajectory_id)
    return await actions.REPORTS.page(session, parent, cursor, page_size)


@reports.get("/_draft", act=reads(Category.PROGRESS_REPORT, Category.PLACEMENT, Category.LADDER))
async def propose_report(
    trajectory_id: Id, session: Reading, period_from: PeriodFrom, period_until: PeriodUntil
) -> ProposalOut:
    """First lines of a report, out of what the responsible body sees anyway; nothing is stored."""
    return await actions.propose(session, trajectory_id, period_from, period_until)


@reports.get("/{report_id}", act=reads(Category.PROGRESS_REPORT))
async def read_report(trajectory_id: Id, report_id: Id, session: Reading) -> ReportOut:
    """One report."""
    return await actions.REPORTS.read(session, trajectory_id, report_id)


@reports.post(
    "/{report_id}/readings",
    status_code=201,
    act=reads(Category.PROGRESS_REPORT),
    again=actions.REPORTS.again,
    match=True,
)
async def read_report_first(
    trajectory_id: Id, report_id: Id, body: ReadingIn, session: Writing
) -> ReportOut:
    """The client has read this report; the responsible body may see it from now on."""
    return await actions.read_first(session, trajectory_id, report_id, body)
