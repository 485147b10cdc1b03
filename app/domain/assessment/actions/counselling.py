"""Explaining what working does to the benefit, and the right to fall back on it."""

from uuid import UUID

from app.access.collection import Records
from app.access.days import require_past
from app.access.session import Session
from app.access.versions import add
from app.domain.assessment import queries
from app.domain.assessment.schemas.counselling import (
    BenefitsCounsellingIn,
    BenefitsCounsellingOut,
)
from app.domain.assessment.tables import BenefitsCounselling
from app.domain.trajectory import queries as trajectories
from app.domain.trajectory.actions import reached
from app.domain.trajectory.rules import Milestone

COUNSELLINGS = Records(BenefitsCounselling, BenefitsCounsellingOut, statement=queries.COUNSELLINGS)


async def counsel(
    session: Session, trajectory_id: UUID, body: BenefitsCounsellingIn
) -> BenefitsCounsellingOut:
    """What was said is [benefit]; that it was said is a moment that the coach may know of."""
    parent = await trajectories.parent(session, trajectory_id)
    require_past(session, held_on=body.held_on)
    made = await add(session, COUNSELLINGS, parent, body)
    if body.supersedes is None:
        await reached(session, parent, Milestone.BENEFITS_COUNSELLED, on=body.held_on)
    return made
