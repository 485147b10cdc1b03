"""Writing down how often someone comes and what is learnt, and the contract that follows."""

from uuid import UUID

from app.access import grants
from app.access.collection import Records
from app.access.session import Session
from app.access.versions import add
from app.access.vocabulary import Category
from app.access.writing import check_may_create
from app.domain.dayactivity import queries
from app.domain.dayactivity.schemas import (
    DayActivityIn,
    DayActivityOut,
    GreenContractIn,
    GreenContractOut,
)
from app.domain.dayactivity.tables import DayActivity, GreenContract
from app.domain.trajectory import queries as trajectories
from app.domain.trajectory.actions import reached
from app.domain.trajectory.actions.events import require_reachable
from app.domain.trajectory.rules import Milestone

DAY_ACTIVITIES = Records(DayActivity, DayActivityOut, statement=queries.DAY_ACTIVITIES)
GREEN_CONTRACTS = Records(GreenContract, GreenContractOut, statement=queries.GREEN_CONTRACTS)


async def come(session: Session, trajectory_id: UUID, body: DayActivityIn) -> DayActivityOut:
    """So many half-days a week from a day on, in any kind of trajectory."""
    parent = await trajectories.parent(session, trajectory_id)
    await check_may_create(session, parent.client_id, trajectory_id, Category.PLACEMENT)
    return await add(session, DAY_ACTIVITIES, parent, body)


async def sign(session: Session, trajectory_id: UUID, body: GreenContractIn) -> GreenContractOut:
    """A contract after the trial; a later version of it is no second beginning."""
    parent = await trajectories.parent(session, trajectory_id)
    await check_may_create(session, parent.client_id, trajectory_id, Category.PLACEMENT)
    await grants.lock(session.db, parent.client_id)
    await require_reachable(session, parent, Milestone.CONTRACT_MADE)
    made = await add(session, GREEN_CONTRACTS, parent, body)
    if body.supersedes is None:
        await reached(session, parent, Milestone.CONTRACT_MADE, on=body.starts_on)
    return made
