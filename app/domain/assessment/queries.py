"""Every read of the assessment; each statement decides for itself what its viewer may see."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, Uuid, bindparam, update

from app.access.lists import list_of
from app.access.rows import shown
from app.access.session import Session
from app.access.versions import versions
from app.domain.assessment.tables import (
    ActionPlan,
    ActionPlanStatement,
    Benefit,
    BenefitsCounselling,
    CareerProfile,
    InsurancePhysicianNote,
    JobSearchPlan,
    PsychologicalAnamnesis,
    WorkAdvice,
    WorkCapacity,
    WorkHistory,
)
from app.platform.clock import day_of

_STATEMENTS = list_of(
    ActionPlanStatement,
    ("id", "recorded_at", "words"),
    ActionPlanStatement.plan_id == ActionPlan.id,
)
WORK_HISTORIES = versions(WorkHistory)
WORK_CAPACITIES = versions(WorkCapacity)
PHYSICIAN_NOTES = versions(InsurancePhysicianNote)
ANAMNESES = versions(PsychologicalAnamnesis)
WORK_ADVICE = versions(WorkAdvice)
ACTION_PLANS = versions(ActionPlan, _STATEMENTS.label("statements"))
BENEFITS = versions(Benefit)
COUNSELLINGS = versions(BenefitsCounselling)
CAREER_PROFILES = versions(CareerProfile)
JOB_SEARCH_PLANS = versions(JobSearchPlan)


def _latest(table: type[ActionPlan | CareerProfile | JobSearchPlan]) -> Select[Any]:
    return (
        shown(table, table.id, table.version)
        .where(table.trajectory_id == bindparam("trajectory", type_=Uuid()))
        .order_by(table.version.desc(), table.recorded_at.desc(), table.id)
        .limit(1)
    )


_LATEST_PLAN = _latest(ActionPlan)
_LATEST_PROFILE = _latest(CareerProfile)
_LATEST_SEARCH = _latest(JobSearchPlan)


async def latest_plan(session: Session, trajectory_id: UUID) -> Row[Any] | None:
    """The newest action plan that this viewer may see; for an action's own use."""
    return await session.row(_LATEST_PLAN, trajectory=trajectory_id)


async def latest_profile(session: Session, trajectory_id: UUID) -> Row[Any] | None:
    """The newest career profile that this viewer may see; the same."""
    return await session.row(_LATEST_PROFILE, trajectory=trajectory_id)


async def latest_search(session: Session, trajectory_id: UUID) -> Row[Any] | None:
    """The newest job search plan that this viewer may see; the same."""
    return await session.row(_LATEST_SEARCH, trajectory=trajectory_id)


async def mark_released(
    session: Session, table: type[WorkAdvice] | type[WorkCapacity], record_id: UUID
) -> None:
    """The row is locked; from now on the release gate is open."""
    values: dict[str, Any] = {"released_at": session.viewer.moment}
    if table is WorkAdvice:
        values["released_by"] = session.viewer.role.value
    await session.execute(update(table).where(table.id == record_id).values(**values))


async def mark_agreed(
    session: Session, plan_id: UUID, table: type[ActionPlan | JobSearchPlan] = ActionPlan
) -> None:
    """The row is locked; the client's yes to this version, with its day."""
    values = {
        "agreed_on": day_of(session.viewer.moment),
        "agreed_by": session.viewer.role.value,
    }
    await session.execute(update(table).where(table.id == plan_id).values(**values))
