"""Career profile and job search plan: versions by the coach, with the client."""

from uuid import UUID

from app.access import grants
from app.access.collection import Parent, Records
from app.access.days import require_past
from app.access.session import Session
from app.access.versions import add, after, moved
from app.access.vocabulary import Category, Role
from app.access.writing import check_may_create
from app.domain.assessment import queries
from app.domain.assessment.rules import SPEAKS_FOR_CLIENT
from app.domain.assessment.schemas.search import (
    CareerProfileIn,
    CareerProfileOut,
    JobSearchPlanIn,
    JobSearchPlanOut,
)
from app.domain.assessment.tables import CareerProfile, JobSearchPlan
from app.domain.trajectory import queries as trajectories
from app.domain.trajectory.actions import reached
from app.domain.trajectory.actions.events import require_reachable
from app.domain.trajectory.rules import Milestone
from app.platform import outbox
from app.platform.http.problems import BadRequest, Conflict, Fault, NotAllowed

PROFILES = Records(CareerProfile, CareerProfileOut, statement=queries.CAREER_PROFILES)
SEARCHES = Records(JobSearchPlan, JobSearchPlanOut, statement=queries.JOB_SEARCH_PLANS)
MAKER = Role.IPS_COACH


async def profile(session: Session, trajectory_id: UUID, body: CareerProfileIn) -> CareerProfileOut:
    """The next version, after some talks or after a job; the program was entered."""
    parent = await _parent(session, trajectory_id, Category.WORK_HISTORY)
    last = max(body.sessions)
    require_past(session, sessions=last)
    await require_reachable(session, parent, Milestone.CAREER_PROFILE_MADE)
    next_one = after(await queries.latest(session, CareerProfile, trajectory_id))
    made = await add(session, PROFILES, parent, body, **next_one)
    await reached(session, parent, Milestone.CAREER_PROFILE_MADE, on=last)
    return made


async def plan(session: Session, trajectory_id: UUID, body: JobSearchPlanIn) -> JobSearchPlanOut:
    """The next version, by a profile of this trajectory; it waits for the client's yes."""
    parent = await _parent(session, trajectory_id, Category.ACTION_PLAN)
    require_past(session, made_on=body.made_on)
    await require_reachable(session, parent, Milestone.JOB_SEARCH_PLAN_MADE)
    if await PROFILES.one(session, trajectory_id, body.profile_id) is None:
        detail = "There is no such profile in this trajectory that you may see."
        raise BadRequest(errors=[Fault("body", "#/profileId", "unknown_reference", detail)])
    next_one = after(await queries.latest(session, JobSearchPlan, trajectory_id))
    made = await add(session, SEARCHES, parent, body, **next_one)
    await reached(session, parent, Milestone.JOB_SEARCH_PLAN_MADE, on=body.made_on)
    return made


async def _parent(session: Session, trajectory_id: UUID, category: Category) -> Parent:
    parent = await trajectories.parent(session, trajectory_id)
    if session.viewer.role is not MAKER:
        raise NotAllowed("The coach writes this down, with the client.")
    await check_may_create(session, parent.client_id, trajectory_id, category)
    await grants.lock(session.db, parent.client_id)
    return parent


async def agree(session: Session, trajectory_id: UUID, plan_id: UUID) -> JobSearchPlanOut:
    """The client's yes, once, to the newest version."""
    parent = await trajectories.parent(session, trajectory_id)
    await grants.lock(session.db, parent.client_id)
    row = await SEARCHES.locked(session, trajectory_id, plan_id)
    if session.viewer.role not in SPEAKS_FOR_CLIENT:
        raise NotAllowed("Only the client agrees for the client.")
    SEARCHES.require_match(session, row)
    if row.agreed_on is not None or row.superseded_by is not None:
        raise Conflict("The client agreed to this version, or a later one took its place.")
    await queries.mark_agreed(session, JobSearchPlan, plan_id)
    session.seen(moved(SEARCHES, row))
    await outbox.announce(session.db, "job_search_plan.agreed", plan_id)
    return await SEARCHES.read(session, trajectory_id, plan_id)
