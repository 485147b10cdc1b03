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


Numbered = type[ActionPlan | CareerProfile | JobSearchPlan]


def _latest(table: Numbered) -> Select[Any]:
    return (
        shown(table, table.id, table.version)
        .where(table.trajectory_id == bindparam("trajectory", type_=Uuid()))
        .order_by(table.version.desc(), table.recorded_at.desc(), table.id)
        .limit(1)
    )


_LATEST = {table: _latest(table) for table in (ActionPlan, CareerProfile, JobSearchPlan)}


async def latest(session: Session, table: Numbered, trajectory_id: UUID) -> Row[Any] | None:
    """The newest version that this viewer may see; call it under the client's lock."""
    return await session.row(_LATEST[table], trajectory=trajectory_id)


async def mark_released(
    session: Session, table: type[WorkAdvice] | type[WorkCapacity], record_id: UUID
) -> None:
    """The row is locked; from now on the release gate is open."""
    values: dict[str, Any] = {"released_at": session.viewer.moment}
    if table is WorkAdvice:
        values["released_by"] = session.viewer.role.value
    await session.execute(update(table).where(table.id == record_id).values(**values))


async def mark_agreed(
    session: Session, table: type[ActionPlan | JobSearchPlan], plan_id: UUID
) -> None:
    """The row is locked; the client's yes to this version, with its day."""
    values = {
        "agreed_on": day_of(session.viewer.moment),
        "agreed_by": session.viewer.role.value,
    }
    await session.execute(update(table).where(table.id == plan_id).values(**values))
