"""Telling what someone has done so far, and which benefit there is."""

from uuid import UUID

from app.access.collection import Records
from app.access.days import require_past
from app.access.session import Session
from app.access.versions import add
from app.domain.assessment import queries
from app.domain.assessment.schemas.history import (
    BenefitIn,
    BenefitOut,
    WorkHistoryIn,
    WorkHistoryOut,
)
from app.domain.assessment.tables import Benefit, WorkHistory
from app.domain.trajectory import queries as trajectories

WORK_HISTORIES = Records(WorkHistory, WorkHistoryOut, statement=queries.WORK_HISTORIES)
BENEFITS = Records(Benefit, BenefitOut, statement=queries.BENEFITS)


async def tell(session: Session, trajectory_id: UUID, body: WorkHistoryIn) -> WorkHistoryOut:
    """Jobs and education, as the client told them."""
    parent = await trajectories.parent(session, trajectory_id)
    require_past(session, taken_on=body.taken_on)
    return await add(session, WORK_HISTORIES, parent, body)


async def confirm(session: Session, trajectory_id: UUID, body: BenefitIn) -> BenefitOut:
    """The responsible body confirms a benefit."""
    parent = await trajectories.parent(session, trajectory_id)
    require_past(session, confirmed_on=body.confirmed_on)
    return await add(session, BENEFITS, parent, body)
