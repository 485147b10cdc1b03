"""Work history and benefit over HTTP."""

from app.access.acts import creates, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.assessment.actions import history
from app.domain.assessment.schemas.history import (
    BenefitIn,
    BenefitOut,
    WorkHistoryIn,
    WorkHistoryOut,
)
from app.domain.trajectory import queries as trajectories
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/trajectories/{trajectory_id}", tags=["assessment"])


@router.post(
    "/work-history",
    status_code=201,
    act=creates(Category.WORK_HISTORY),
    again=history.WORK_HISTORIES.again,
    location="/v1/trajectories/{trajectory_id}/work-history/{id}",
)
async def tell_work_history(
    trajectory_id: Id, body: WorkHistoryIn, session: Writing
) -> WorkHistoryOut:
    """Record jobs and education."""
    return await history.tell(session, trajectory_id, body)


@router.get("/work-history", act=reads(Category.WORK_HISTORY))
async def list_work_history(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[WorkHistoryOut]:
    """The versions of the work history, the first one first."""
    parent = await trajectories.parent(session, trajectory_id)
    return await history.WORK_HISTORIES.page(session, parent, cursor, page_size)


@router.get("/work-history/{history_id}", act=reads(Category.WORK_HISTORY))
async def read_work_history(trajectory_id: Id, history_id: Id, session: Reading) -> WorkHistoryOut:
    """One version of the work history."""
    return await history.WORK_HISTORIES.read(session, trajectory_id, history_id)


@router.post(
    "/benefit",
    status_code=201,
    act=creates(Category.BENEFIT),
    again=history.BENEFITS.again,
    location="/v1/trajectories/{trajectory_id}/benefit/{id}",
)
async def confirm_benefit(trajectory_id: Id, body: BenefitIn, session: Writing) -> BenefitOut:
    """Confirm a benefit, as the responsible body."""
    return await history.confirm(session, trajectory_id, body)


@router.get("/benefit", act=reads(Category.BENEFIT))
async def list_benefits(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[BenefitOut]:
    """The benefits as they were confirmed, the first one first."""
    parent = await trajectories.parent(session, trajectory_id)
    return await history.BENEFITS.page(session, parent, cursor, page_size)


@router.get("/benefit/{benefit_id}", act=reads(Category.BENEFIT))
async def read_benefit(trajectory_id: Id, benefit_id: Id, session: Reading) -> BenefitOut:
    """One benefit as it was confirmed."""
    return await history.BENEFITS.read(session, trajectory_id, benefit_id)
