"""Career profiles and job search plans over HTTP."""

from app.access.acts import answers, creates, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category, Role
from app.domain.assessment.actions import search
from app.domain.assessment.rules import SPEAKS_FOR_CLIENT
from app.domain.assessment.schemas.search import (
    CareerProfileIn,
    CareerProfileOut,
    JobSearchPlanIn,
    JobSearchPlanOut,
)
from app.domain.trajectory import queries as trajectories
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

COACH = frozenset({Role.IPS_COACH})
router = Router(prefix="/trajectories/{trajectory_id}", tags=["assessment"])


@router.post(
    "/career-profiles",
    status_code=201,
    act=creates(Category.WORK_HISTORY, by=COACH),
    again=search.PROFILES.again,
    location="/v1/trajectories/{trajectory_id}/career-profiles/{id}",
)
async def make_career_profile(
    trajectory_id: Id, body: CareerProfileIn, session: Writing
) -> CareerProfileOut:
    """Write the next version of the career profile."""
    return await search.profile(session, trajectory_id, body)


@router.get("/career-profiles", act=reads(Category.WORK_HISTORY))
async def list_career_profiles(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[CareerProfileOut]:
    """Every version, the first one first."""
    parent = await trajectories.parent(session, trajectory_id)
    return await search.PROFILES.page(session, parent, cursor, page_size)


@router.get("/career-profiles/{profile_id}", act=reads(Category.WORK_HISTORY))
async def read_career_profile(
    trajectory_id: Id, profile_id: Id, session: Reading
) -> CareerProfileOut:
    """One version of the career profile."""
    return await search.PROFILES.read(session, trajectory_id, profile_id)


@router.post(
    "/job-search-plans",
    status_code=201,
    act=creates(Category.ACTION_PLAN, by=COACH),
    again=search.SEARCHES.again,
    location="/v1/trajectories/{trajectory_id}/job-search-plans/{id}",
)
async def make_job_search_plan(
    trajectory_id: Id, body: JobSearchPlanIn, session: Writing
) -> JobSearchPlanOut:
    """Write the next version of the job search plan."""
    return await search.plan(session, trajectory_id, body)


@router.get("/job-search-plans", act=reads(Category.ACTION_PLAN))
async def list_job_search_plans(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[JobSearchPlanOut]:
    """Every version, the first one first."""
    parent = await trajectories.parent(session, trajectory_id)
    return await search.SEARCHES.page(session, parent, cursor, page_size)


@router.get("/job-search-plans/{plan_id}", act=reads(Category.ACTION_PLAN))
async def read_job_search_plan(
    trajectory_id: Id, plan_id: Id, session: Reading
) -> JobSearchPlanOut:
    """One version of the job search plan."""
    return await search.SEARCHES.read(session, trajectory_id, plan_id)


@router.post(
    "/job-search-plans/{plan_id}/agreements",
    act=answers(Category.ACTION_PLAN, by=SPEAKS_FOR_CLIENT),
    again=search.SEARCHES.again,
    match=True,
)
async def agree_with_job_search_plan(
    trajectory_id: Id, plan_id: Id, session: Writing
) -> JobSearchPlanOut:
    """As the client: say yes to the newest version."""
    return await search.agree(session, trajectory_id, plan_id)
