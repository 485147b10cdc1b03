"""The action plan: versions by the parties, the client's yes and the client's own words."""

from uuid import UUID

from app.access import grants
from app.access.collection import Records
from app.access.days import require_past
from app.access.session import Session
from app.access.versions import add, after, moved
from app.access.vocabulary import Category, Role
from app.access.writing import check_may_create, record
from app.domain.assessment import queries
from app.domain.assessment.rules import COACHES, MAKES_PLANS, SPEAKS_FOR_CLIENT
from app.domain.assessment.schemas.plans import (
    ActionPlanIn,
    ActionPlanOut,
    StatementIn,
    StatementOut,
)
from app.domain.assessment.tables import ActionPlan, ActionPlanStatement
from app.domain.trajectory import queries as trajectories
from app.domain.trajectory.actions import reached
from app.domain.trajectory.rules import Milestone
from app.platform import outbox
from app.platform.clock import day_of
from app.platform.http.problems import Conflict, NotAllowed

PLANS = Records(ActionPlan, ActionPlanOut, statement=queries.ACTION_PLANS)
STATEMENTS = Records(ActionPlanStatement, StatementOut)


async def make(session: Session, trajectory_id: UUID, body: ActionPlanIn) -> ActionPlanOut:
    """The next version, whoever made the one before; it waits for the client's yes."""
    parent = await trajectories.parent(session, trajectory_id)
    if session.viewer.role not in MAKES_PLANS:
        raise NotAllowed
    require_past(session, made_on=body.made_on)
    await check_may_create(session, parent.client_id, trajectory_id, Category.ACTION_PLAN)
    await grants.lock(session.db, parent.client_id)
    next_one = after(await queries.latest(session, ActionPlan, trajectory_id))
    made = await add(session, PLANS, parent, body, **next_one)
    refined = session.viewer.role in COACHES
    milestone = Milestone.PLAN_REFINED if refined else Milestone.PLAN_MADE
    await reached(session, parent, milestone, on=body.made_on)
    return made


async def agree(session: Session, trajectory_id: UUID, plan_id: UUID) -> ActionPlanOut:
    """The client's yes, once, to the newest version."""
    parent = await trajectories.parent(session, trajectory_id)
    await grants.lock(session.db, parent.client_id)
    row = await PLANS.locked(session, trajectory_id, plan_id)
    if session.viewer.role not in SPEAKS_FOR_CLIENT:
        raise NotAllowed("Only the client agrees for the client.")
    PLANS.require_match(session, row)
    if row.agreed_on is not None:
        raise Conflict("The client agreed to this version before.")
    if row.superseded_by is not None:
        raise Conflict("There is a later version of this plan.")
    await queries.mark_agreed(session, ActionPlan, plan_id)
    session.seen(moved(PLANS, row))
    day, detail = day_of(session.viewer.moment), f"v{row.version}"
    await reached(session, parent, Milestone.PLAN_AGREED, on=day, detail=detail)
    await outbox.announce(session.db, "action_plan.agreed", plan_id)
    return await PLANS.read(session, trajectory_id, plan_id)


async def state(
    session: Session, trajectory_id: UUID, plan_id: UUID, body: StatementIn
) -> StatementOut:
    """The client's own words about a version; everyone who may see the plan reads them."""
    parent = await trajectories.parent(session, trajectory_id)
    await PLANS.found(session, trajectory_id, plan_id)
    if session.viewer.role is not Role.CLIENT:
        raise NotAllowed("A statement is the client's own.")
    values = {"plan_id": plan_id, "words": body.words}
    made = await record(
        session,
        ActionPlanStatement,
        client_id=parent.client_id,
        trajectory_id=trajectory_id,
        values=values,
    )
    await outbox.announce(session.db, "action_plan.stated", plan_id)
    return await STATEMENTS.read(session, trajectory_id, made)
