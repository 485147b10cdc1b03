"""The treatment of a client over HTTP."""

from app.access.acts import creates, moves, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.client import queries as clients
from app.domain.treatment import actions
from app.domain.treatment.schemas.early_warning import EarlyWarningPlanIn, EarlyWarningPlanOut
from app.domain.treatment.schemas.team import TeamMemberIn, TeamMemberOut
from app.domain.treatment.schemas.treatment_plans import (
    TreatmentPlanIn,
    TreatmentPlanOut,
    WorkGoalOut,
)
from app.domain.treatment.schemas.work_questions import WorkQuestionIn, WorkQuestionOut
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/clients/{client_id}", tags=["treatment"])
PLAN = (Category.MEDICAL, Category.ACTION_PLAN)


@router.post(
    "/work-questions",
    status_code=201,
    act=creates(Category.WORK_QUESTION),
    again=actions.WORK_QUESTIONS.again,
    location="/v1/clients/{client_id}/work-questions/{id}",
)
async def ask_about_work(client_id: Id, body: WorkQuestionIn, session: Writing) -> WorkQuestionOut:
    """Record that work was asked about, at the intake and yearly."""
    return await actions.ask(session, client_id, body)


@router.get("/work-questions", act=reads(Category.WORK_QUESTION))
async def list_work_questions(
    client_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[WorkQuestionOut]:
    """Every time work was asked about, the first one first."""
    parent = await clients.parent(session, client_id)
    return await actions.WORK_QUESTIONS.page(session, parent, cursor, page_size)


@router.get("/work-questions/{question_id}", act=reads(Category.WORK_QUESTION))
async def read_work_question(client_id: Id, question_id: Id, session: Reading) -> WorkQuestionOut:
    """One work question."""
    return await actions.WORK_QUESTIONS.read(session, client_id, question_id)


@router.post(
    "/treatment-plans",
    status_code=201,
    act=creates(*PLAN),
    again=actions.TREATMENT_PLANS.again,
    location="/v1/clients/{client_id}/treatment-plans/{id}",
)
async def make_treatment_plan(
    client_id: Id, body: TreatmentPlanIn, session: Writing
) -> TreatmentPlanOut:
    """Record the next version of the treatment plan."""
    return await actions.plan(session, client_id, body)


@router.get("/treatment-plans", act=reads(*PLAN))
async def list_treatment_plans(
    client_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[TreatmentPlanOut]:
    """The versions of the treatment plan, the first one first."""
    parent = await clients.parent(session, client_id)
    return await actions.TREATMENT_PLANS.page(session, parent, cursor, page_size)


@router.get("/treatment-plans/{plan_id}", act=reads(*PLAN))
async def read_treatment_plan(client_id: Id, plan_id: Id, session: Reading) -> TreatmentPlanOut:
    """One version of the treatment plan."""
    return await actions.TREATMENT_PLANS.read(session, client_id, plan_id)


@router.get("/treatment-work-goals", act=reads(Category.ACTION_PLAN))
async def list_work_goals(
    client_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[WorkGoalOut]:
    """The work-directed goals of the treatment, apart from the plan that they came with."""
    parent = await clients.parent(session, client_id)
    return await actions.WORK_GOALS.page(session, parent, cursor, page_size)


@router.get("/treatment-work-goals/{goal_id}", act=reads(Category.ACTION_PLAN))
async def read_work_goal(client_id: Id, goal_id: Id, session: Reading) -> WorkGoalOut:
    """One work-directed goal of the treatment."""
    return await actions.WORK_GOALS.read(session, client_id, goal_id)


@router.post(
    "/early-warning-plans",
    status_code=201,
    act=creates(Category.EARLY_WARNING_PLAN),
    again=actions.EARLY_WARNING_PLANS.again,
    location="/v1/clients/{client_id}/early-warning-plans/{id}",
)
async def make_early_warning_plan(
    client_id: Id, body: EarlyWarningPlanIn, session: Writing
) -> EarlyWarningPlanOut:
    """Record a signal plan, WRAP, crisis card or work excerpt."""
    return await actions.warn(session, client_id, body)


@router.get("/early-warning-plans", act=reads(Category.EARLY_WARNING_PLAN))
async def list_early_warning_plans(
    client_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[EarlyWarningPlanOut]:
    """The plans and excerpts that you may see."""
    parent = await clients.parent(session, client_id)
    return await actions.EARLY_WARNING_PLANS.page(session, parent, cursor, page_size)


@router.get("/early-warning-plans/{plan_id}", act=reads(Category.EARLY_WARNING_PLAN))
async def read_early_warning_plan(
    client_id: Id, plan_id: Id, session: Reading
) -> EarlyWarningPlanOut:
    """One plan or excerpt."""
    return await actions.EARLY_WARNING_PLANS.read(session, client_id, plan_id)


@router.post(
    "/treatment-team",
    status_code=201,
    act=creates(Category.MEDICAL),
    again=actions.TEAM.again,
    location="/v1/clients/{client_id}/treatment-team/{id}",
)
async def join_team(client_id: Id, body: TeamMemberIn, session: Writing) -> TeamMemberOut:
    """Bring a colleague of your own organisation into the treatment team."""
    return await actions.join(session, client_id, body)


@router.get("/treatment-team", act=reads(Category.MEDICAL))
async def list_team(
    client_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[TeamMemberOut]:
    """Who treats this client, and who did."""
    parent = await clients.parent(session, client_id)
    return await actions.TEAM.page(session, parent, cursor, page_size)


@router.get("/treatment-team/{member_id}", act=reads(Category.MEDICAL))
async def read_team_member(client_id: Id, member_id: Id, session: Reading) -> TeamMemberOut:
    """One member of the treatment team."""
    return await actions.TEAM.read(session, client_id, member_id)


@router.post(
    "/treatment-team/{member_id}/ends",
    act=moves(Category.MEDICAL),
    again=actions.TEAM.again,
    match=True,
)
async def leave_team(client_id: Id, member_id: Id, session: Writing) -> TeamMemberOut:
    """Someone leaves the treatment team, from now on."""
    return await actions.leave(session, client_id, member_id)
