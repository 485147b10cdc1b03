"""The insurance physician's talk: own notes, and conditions for suitable work."""

from datetime import date
from uuid import UUID

from app.access.collection import Parent, Records
from app.access.days import require_past
from app.access.session import Session
from app.access.versions import add
from app.access.vocabulary import Role
from app.domain.assessment import queries
from app.domain.assessment.actions.releasing import let_go
from app.domain.assessment.schemas.capacity import (
    PhysicianNoteIn,
    PhysicianNoteOut,
    WorkCapacityIn,
    WorkCapacityOut,
)
from app.domain.assessment.tables import InsurancePhysicianNote, WorkCapacity
from app.domain.trajectory import queries as trajectories
from app.domain.trajectory.actions import reached
from app.domain.trajectory.rules import Milestone
from app.platform.clock import day_of

CAPACITIES = Records(WorkCapacity, WorkCapacityOut, statement=queries.WORK_CAPACITIES)
NOTES = Records(InsurancePhysicianNote, PhysicianNoteOut, statement=queries.PHYSICIAN_NOTES)
AUTHOR = frozenset({Role.INSURANCE_PHYSICIAN})


async def note(session: Session, trajectory_id: UUID, body: PhysicianNoteIn) -> PhysicianNoteOut:
    """Medical notes for the physician's own file; the talk took place."""
    parent = await trajectories.parent(session, trajectory_id)
    require_past(session, talk_on=body.talk_on)
    made = await add(session, NOTES, parent, body)
    await _talked(session, parent, body.talk_on)
    return made


async def assess(session: Session, trajectory_id: UUID, body: WorkCapacityIn) -> WorkCapacityOut:
    """Conditions for suitable work: a draft, or released in the same act."""
    parent = await trajectories.parent(session, trajectory_id)
    require_past(session, talk_on=body.talk_on)
    released_at = session.viewer.moment if body.release else None
    made = await add(session, CAPACITIES, parent, body, released_at=released_at)
    await _talked(session, parent, body.talk_on)
    if body.release:
        await _released(session, parent)
    return made


async def release(session: Session, trajectory_id: UUID, capacity_id: UUID) -> WorkCapacityOut:
    """From now on those who may see work capacity find these conditions (gate 12)."""
    parent = await trajectories.parent(session, trajectory_id)
    out = await let_go(session, CAPACITIES, WorkCapacity, parent, capacity_id, by=AUTHOR)
    await _released(session, parent)
    return out


async def _talked(session: Session, parent: Parent, day: date) -> None:
    """The talk is one moment, however many records come out of it."""
    known = await trajectories.milestones(session, parent.id)
    if all(event.milestone is not Milestone.UWV_MEDICAL_TALK for event in known):
        await reached(session, parent, Milestone.UWV_MEDICAL_TALK, on=day)


async def _released(session: Session, parent: Parent) -> None:
    day = day_of(session.viewer.moment)
    await reached(session, parent, Milestone.CONDITIONS_RELEASED, on=day)
