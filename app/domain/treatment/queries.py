"""Every read of the treatment; each statement decides for itself what its viewer may see."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Uuid, bindparam, select

from app.access.facts import TreatmentTeamMember
from app.access.lists import list_of
from app.access.parties import Membership, Practitioner
from app.access.rows import shown
from app.access.session import Session
from app.access.versions import versions
from app.access.vocabulary import GGZ_TEAM
from app.domain.treatment.tables import (
    EarlyWarningPlan,
    TreatmentPlan,
    TreatmentWorkGoal,
    WorkQuestion,
)
from app.platform.clock import is_current, not_over

_GOALS = list_of(
    TreatmentWorkGoal,
    ("id", "goal", "steps", "owner", "due_on"),
    TreatmentWorkGoal.plan_id == TreatmentPlan.id,
    order=(TreatmentWorkGoal.position,),
)
WORK_QUESTIONS = versions(WorkQuestion)
TREATMENT_PLANS = versions(TreatmentPlan, _GOALS.label("work_goals"))
EARLY_WARNING_PLANS = versions(EarlyWarningPlan)

_NOW = not_over(TreatmentTeamMember)
TEAM = (
    shown(
        TreatmentTeamMember,
        *TreatmentTeamMember.__table__.c,
        Membership.role,
        Membership.organisation_id,
        Practitioner.name,
    )
    .join(Membership, Membership.id == TreatmentTeamMember.membership_id)
    .join(Practitioner, Practitioner.id == Membership.practitioner_id)
)
_CURRENT = TEAM.where(
    TreatmentTeamMember.client_id == bindparam("client", type_=Uuid()),
    TreatmentTeamMember.membership_id == bindparam("member", type_=Uuid()),
    _NOW,
)
_COLLEAGUE = select(Membership.id).where(
    Membership.id == bindparam("member", type_=Uuid()),
    Membership.organisation_id == bindparam("organisation", type_=Uuid()),
    Membership.role.in_(sorted(GGZ_TEAM)),
    is_current(Membership),
)
_LATEST = (
    shown(TreatmentPlan, TreatmentPlan.id, TreatmentPlan.version)
    .where(TreatmentPlan.client_id == bindparam("client", type_=Uuid()))
    .order_by(TreatmentPlan.version.desc(), TreatmentPlan.recorded_at.desc())
    .limit(1)
)


async def treats(session: Session, client_id: UUID, membership_id: UUID) -> bool:
    """Whether this colleague is in the team now, as far as this viewer may know."""
    return await session.row(_CURRENT, client=client_id, member=membership_id) is not None


async def is_colleague(session: Session, membership_id: UUID) -> bool:
    """A GGZ membership in force at the viewer's own organisation (directory data)."""
    found = await session.row(
        _COLLEAGUE, member=membership_id, organisation=session.viewer.organisation_id
    )
    return found is not None


async def latest_plan(session: Session, client_id: UUID) -> Row[Any] | None:
    """The newest treatment plan that this viewer may see; for an action's own use."""
    return await session.row(_LATEST, client=client_id)
