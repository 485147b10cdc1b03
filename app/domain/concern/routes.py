"""Concern signals over HTTP; where the practice of the trajectory keeps none, all answer 404."""

from app.access.acts import creates, moves, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.concern import actions
from app.domain.concern.rules import PARTIES, READERS
from app.domain.concern.schemas import ConcernIn, ConcernOut, ConcernReportIn, FollowUpIn
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/trajectories/{trajectory_id}", tags=["concerns"])


@router.post(
    "/concerns",
    status_code=201,
    act=creates(Category.FEEDBACK, by=PARTIES),
    again=actions.CONCERNS.again,
    location="/v1/trajectories/{trajectory_id}/concerns/{id}",
)
async def notice_concern(trajectory_id: Id, body: ConcernIn, session: Writing) -> ConcernOut:
    """Write down a concern; the client reads it too. Never for what is acute: then call."""
    return await actions.notice(session, trajectory_id, body)


@router.get("/concerns", act=reads(Category.FEEDBACK, by=READERS))
async def list_concerns(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[ConcernOut]:
    """The signals that you wrote, that were reported to you, or that are about you."""
    parent = await actions.where(session, trajectory_id)
    return await actions.CONCERNS.page(session, parent, cursor, page_size)


@router.get("/concerns/{concern_id}", act=reads(Category.FEEDBACK, by=READERS))
async def read_concern(trajectory_id: Id, concern_id: Id, session: Reading) -> ConcernOut:
    """One signal with what followed."""
    await actions.where(session, trajectory_id)
    return await actions.CONCERNS.read(session, trajectory_id, concern_id)


@router.post(
    "/concerns/{concern_id}/reports",
    act=moves(Category.FEEDBACK, by=PARTIES),
    again=actions.CONCERNS.again,
    match=True,
)
async def report_concern(
    trajectory_id: Id, concern_id: Id, body: ConcernReportIn, session: Writing
) -> ConcernOut:
    """As the author: report it to one person, who reads it as far as a consent covers it."""
    return await actions.report(session, trajectory_id, concern_id, body)


@router.post(
    "/concerns/{concern_id}/follow-ups",
    act=moves(Category.FEEDBACK, by=PARTIES),
    again=actions.CONCERNS.again,
    match=True,
)
async def follow_concern_up(
    trajectory_id: Id, concern_id: Id, body: FollowUpIn, session: Writing
) -> ConcernOut:
    """As the recipient: tell what you did and what came of it."""
    return await actions.follow_up(session, trajectory_id, concern_id, body)
