"""Every read of the treatment; each statement decides for itself what its viewer may see."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Uuid, bindparam, func, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.access.facts import TreatmentTeamMember
from app.access.parties import Membership, Practitioner
from app.access.rows import shown, visible
from app.access.session import Session
from app.access.versions import versions
from app.access.vocabulary import GGZ_TEAM
from app.domain.treatment.tables import (
    EarlyWarningPlan,
    TreatmentPlan,
    TreatmentWorkGoal,
    WorkQuestion,
)
from app.platform.clock import moment

_GOALS = (
    select(
        func.coalesce(
            func.jsonb_agg(
                aggregate_order_by(
                    func.jsonb_build_object(
                        "id",
                        TreatmentWorkGoal.id,
                        "goal",
                        TreatmentWorkGoal.goal,
                        "steps",
                        TreatmentWorkGoal.steps,
                        "owner",
                        TreatmentWorkGoal.owner,
                        "due_on",
                        TreatmentWorkGoal.due_on,
                    ),
                    TreatmentWorkGoal.position,
                )
            ),
            func.jsonb_build_array(),
        )
    )
    .where(TreatmentWorkGoal.plan_id == TreatmentPlan.id, visible(TreatmentWorkGoal).is_(True))
    .scalar_subquery()
)
WORK_QUESTIONS = versions(WorkQuestion)
TREATMENT_PLANS = versions(TreatmentPlan, _GOALS.label("work_goals"))
EARLY_WARNING_PLANS = versions(EarlyWarningPlan)

_NOW = or_(TreatmentTeamMember.valid_until.is_(None), moment() < TreatmentTeamMember.valid_until)
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
    Membership.valid_from <= moment(),
    or_(Membership.valid_until.is_(None), moment() < Membership.valid_until),
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
