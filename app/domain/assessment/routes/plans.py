"""Action plans over HTTP."""

from app.access.acts import answers, creates, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.assessment.actions import plans
from app.domain.assessment.rules import SPEAKS_FOR_CLIENT
from app.domain.assessment.schemas.plans import (
    ActionPlanIn,
    ActionPlanOut,
    StatementIn,
    StatementOut,
)
from app.domain.trajectory import queries as trajectories
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/trajectories/{trajectory_id}", tags=["assessment"])


@router.post(
    "/action-plans",
    status_code=201,
    act=creates(Category.ACTION_PLAN),
    again=plans.PLANS.again,
    location="/v1/trajectories/{trajectory_id}/action-plans/{id}",
)
async def make_action_plan(
    trajectory_id: Id, body: ActionPlanIn, session: Writing
) -> ActionPlanOut:
    """Record the next version of the action plan."""
    return await plans.make(session, trajectory_id, body)


@router.get("/action-plans", act=reads(Category.ACTION_PLAN))
async def list_action_plans(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[ActionPlanOut]:
    """The versions of the action plan, the first one first."""
    parent = await trajectories.parent(session, trajectory_id)
    return await plans.PLANS.page(session, parent, cursor, page_size)


@router.get("/action-plans/{plan_id}", act=reads(Category.ACTION_PLAN))
async def read_action_plan(trajectory_id: Id, plan_id: Id, session: Reading) -> ActionPlanOut:
    """One version of the action plan."""
    return await plans.PLANS.read(session, trajectory_id, plan_id)


@router.post(
    "/action-plans/{plan_id}/agreements",
    act=answers(Category.ACTION_PLAN, by=SPEAKS_FOR_CLIENT),
    again=plans.PLANS.again,
    match=True,
)
async def agree_to_plan(trajectory_id: Id, plan_id: Id, session: Writing) -> ActionPlanOut:
    """Agree to this version, as the client."""
    return await plans.agree(session, trajectory_id, plan_id)


@router.post(
    "/action-plans/{plan_id}/statements",
    status_code=201,
    act=creates(Category.ACTION_PLAN),
    again=plans.STATEMENTS.again,
)
async def state_about_plan(
    trajectory_id: Id, plan_id: Id, body: StatementIn, session: Writing
) -> StatementOut:
    """Add the client's own words to this version."""
    return await plans.state(session, trajectory_id, plan_id, body)
