"""Asking about work, planning treatment, warning early; and who is in the team."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, update

from app.access import grants
from app.access.collection import Records
from app.access.days import require_past
from app.access.disclosure import disclose
from app.access.facts import TreatmentTeamMember
from app.access.session import Session
from app.access.versions import add, after
from app.access.vocabulary import Category, Role, Verb
from app.access.writing import check_may_create, record, record_fact
from app.domain.client import queries as clients
from app.domain.treatment import queries
from app.domain.treatment.rules import PlanKind, audience_of, next_due
from app.domain.treatment.schemas.early_warning import EarlyWarningPlanIn, EarlyWarningPlanOut
from app.domain.treatment.schemas.team import TeamMemberIn, TeamMemberOut
from app.domain.treatment.schemas.treatment_plans import (
    TreatmentPlanIn,
    TreatmentPlanOut,
    WorkGoalOut,
)
from app.domain.treatment.schemas.work_questions import WorkQuestionIn, WorkQuestionOut
from app.domain.treatment.tables import (
    EarlyWarningPlan,
    TreatmentPlan,
    TreatmentWorkGoal,
    WorkQuestion,
)
from app.platform import outbox
from app.platform.http.problems import BadRequest, Conflict, Fault, NotAllowed


def _due(_session: Session, row: Row[Any]) -> dict[str, Any]:
    return {"next_due": next_due(row.asked_on)}


WORK_QUESTIONS = Records(
    WorkQuestion,
    WorkQuestionOut,
    under="client",
    statement=queries.WORK_QUESTIONS,
    present=_due,
)
TREATMENT_PLANS = Records(
    TreatmentPlan, TreatmentPlanOut, under="client", statement=queries.TREATMENT_PLANS
)
WORK_GOALS = Records(TreatmentWorkGoal, WorkGoalOut, under="client")
EARLY_WARNING_PLANS = Records(
    EarlyWarningPlan, EarlyWarningPlanOut, under="client", statement=queries.EARLY_WARNING_PLANS
)
TEAM = Records(TreatmentTeamMember, TeamMemberOut, under="client", statement=queries.TEAM)


async def ask(session: Session, client_id: UUID, body: WorkQuestionIn) -> WorkQuestionOut:
    """Record what was asked about work, at intake and each year."""
    parent = await clients.parent(session, client_id)
    require_past(session, asked_on=body.asked_on, without_work_since=body.without_work_since)
    return await add(session, WORK_QUESTIONS, parent, body)


async def plan(session: Session, client_id: UUID, body: TreatmentPlanIn) -> TreatmentPlanOut:
    """The next version of the plan; its work goals are records apart."""
    parent = await clients.parent(session, client_id)
    require_past(session, made_on=body.made_on)
    await check_may_create(session, client_id, None, Category.MEDICAL)
    if body.work_goals:
        await check_may_create(session, client_id, None, Category.ACTION_PLAN)
    await grants.lock(session.db, client_id)
    next_one = after(await queries.latest_plan(session, client_id))
    made = await add(session, TREATMENT_PLANS, parent, body, **next_one)
    for position, goal in enumerate(body.work_goals):
        values = {**goal.model_dump(), "plan_id": made.id, "position": position}
        await record(session, TreatmentWorkGoal, client_id=client_id, values=values)
    return await TREATMENT_PLANS.read(session, client_id, made.id)


async def warn(session: Session, client_id: UUID, body: EarlyWarningPlanIn) -> EarlyWarningPlanOut:
    """A plan or excerpt of its own; a WRAP is written by the client and by nobody else."""
    parent = await clients.parent(session, client_id)
    kind = body.content.kind
    if kind is PlanKind.WRAP and session.viewer.role is not Role.CLIENT:
        raise NotAllowed("A WRAP is the client's own.")
    require_past(session, made_on=body.made_on)
    values = {"kind": kind.value, "audience": audience_of(kind)}
    return await add(session, EARLY_WARNING_PLANS, parent, body, **values)


async def join(session: Session, client_id: UUID, body: TeamMemberIn) -> TeamMemberOut:
    """A current member brings in a colleague of the same organisation, from now on.

    400 for who is no GGZ colleague; 409 for who treats this client already; 403 for who stands in
    for someone and would stay.
    """
    await clients.parent(session, client_id)
    await grants.lock(session.db, client_id)
    await check_may_create(session, client_id, None, Category.MEDICAL)
    if not await queries.is_colleague(session, body.membership_id):
        detail = "This is no GGZ colleague of your own organisation."
        raise BadRequest(errors=[Fault("body", "#/membershipId", "unknown_reference", detail)])
    if await queries.treats(session, client_id, body.membership_id):
        raise Conflict("This colleague is in the treatment team.")
    if body.membership_id == session.viewer.membership_id:
        raise NotAllowed("Nobody brings in themselves.")
    values = {"membership_id": body.membership_id, "valid_from": session.viewer.moment}
    made = await record_fact(session, TreatmentTeamMember, client_id=client_id, values=values)
    await session.recompile(client_id)
    await outbox.announce(session.db, "treatment_team.joined", made)
    return await TEAM.read(session, client_id, made)


async def leave(session: Session, client_id: UUID, member_id: UUID) -> TeamMemberOut:
    """Someone leaves the team now; 409 when that was so already."""
    await clients.parent(session, client_id)
    await grants.lock(session.db, client_id)
    row = await TEAM.locked(session, client_id, member_id)
    await check_may_create(session, client_id, None, Category.MEDICAL)
    TEAM.require_match(session, row)
    if row.valid_until is not None:
        raise Conflict("This membership of the team has ended.")
    now = session.viewer.moment
    # Told before the recompile: whoever leaves may not read it afterwards.
    out = disclose(session, TeamMemberOut, row, verb=Verb.UPDATE, valid_until=now)
    ending = update(TreatmentTeamMember).where(TreatmentTeamMember.id == member_id)
    await session.execute(ending.values(valid_until=now))
    await session.recompile(client_id)
    await outbox.announce(session.db, "treatment_team.left", member_id)
    return out
