"""Benefits counselling over HTTP."""

from app.access.acts import creates, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.assessment.actions import counselling
from app.domain.assessment.schemas.counselling import (
    BenefitsCounsellingIn,
    BenefitsCounsellingOut,
)
from app.domain.trajectory import queries as trajectories
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/trajectories/{trajectory_id}/benefits-counselling", tags=["assessment"])


@router.post(
    "",
    status_code=201,
    act=creates(Category.BENEFIT),
    again=counselling.COUNSELLINGS.again,
    location="/v1/trajectories/{trajectory_id}/benefits-counselling/{id}",
)
async def counsel_on_benefits(
    trajectory_id: Id, body: BenefitsCounsellingIn, session: Writing
) -> BenefitsCounsellingOut:
    """Record that the client heard what working does to the benefit."""
    return await counselling.counsel(session, trajectory_id, body)


@router.get("", act=reads(Category.BENEFIT))
async def list_benefits_counselling(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[BenefitsCounsellingOut]:
    """Every such talk, the first one first."""
    parent = await trajectories.parent(session, trajectory_id)
    return await counselling.COUNSELLINGS.page(session, parent, cursor, page_size)


@router.get("/{counselling_id}", act=reads(Category.BENEFIT))
async def read_benefits_counselling(
    trajectory_id: Id, counselling_id: Id, session: Reading
) -> BenefitsCounsellingOut:
    """One such talk."""
    return await counselling.COUNSELLINGS.read(session, trajectory_id, counselling_id)
