"""Work capacity and the physician's notes over HTTP."""

from app.access.acts import creates, moves, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.assessment.actions import capacity
from app.domain.assessment.schemas.capacity import (
    PhysicianNoteIn,
    PhysicianNoteOut,
    WorkCapacityIn,
    WorkCapacityOut,
)
from app.domain.trajectory import queries as trajectories
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/trajectories/{trajectory_id}", tags=["assessment"])


@router.post(
    "/work-capacity",
    status_code=201,
    act=creates(Category.WORK_CAPACITY),
    again=capacity.CAPACITIES.again,
    location="/v1/trajectories/{trajectory_id}/work-capacity/{id}",
)
async def assess_work_capacity(
    trajectory_id: Id, body: WorkCapacityIn, session: Writing
) -> WorkCapacityOut:
    """Record conditions for suitable work, as a draft or released."""
    return await capacity.assess(session, trajectory_id, body)


@router.get("/work-capacity", act=reads(Category.WORK_CAPACITY))
async def list_work_capacity(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[WorkCapacityOut]:
    """The conditions for suitable work that you may see."""
    parent = await trajectories.parent(session, trajectory_id)
    return await capacity.CAPACITIES.page(session, parent, cursor, page_size)


@router.get("/work-capacity/{capacity_id}", act=reads(Category.WORK_CAPACITY))
async def read_work_capacity(
    trajectory_id: Id, capacity_id: Id, session: Reading
) -> WorkCapacityOut:
    """One set of conditions for suitable work."""
    return await capacity.CAPACITIES.read(session, trajectory_id, capacity_id)


@router.post(
    "/work-capacity/{capacity_id}/releases",
    act=moves(Category.WORK_CAPACITY),
    again=capacity.CAPACITIES.again,
    match=True,
)
async def release_work_capacity(
    trajectory_id: Id, capacity_id: Id, session: Writing
) -> WorkCapacityOut:
    """Release the conditions, as the physician."""
    return await capacity.release(session, trajectory_id, capacity_id)


@router.post(
    "/insurance-physician-notes",
    status_code=201,
    act=creates(Category.INSURANCE_PHYSICIAN_NOTES),
    again=capacity.NOTES.again,
    location="/v1/trajectories/{trajectory_id}/insurance-physician-notes/{id}",
)
async def write_physician_note(
    trajectory_id: Id, body: PhysicianNoteIn, session: Writing
) -> PhysicianNoteOut:
    """Record medical notes for the physician's own file."""
    return await capacity.note(session, trajectory_id, body)


@router.get("/insurance-physician-notes", act=reads(Category.INSURANCE_PHYSICIAN_NOTES))
async def list_physician_notes(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[PhysicianNoteOut]:
    """The physician's notes."""
    parent = await trajectories.parent(session, trajectory_id)
    return await capacity.NOTES.page(session, parent, cursor, page_size)


@router.get("/insurance-physician-notes/{note_id}", act=reads(Category.INSURANCE_PHYSICIAN_NOTES))
async def read_physician_note(trajectory_id: Id, note_id: Id, session: Reading) -> PhysicianNoteOut:
    """One note of the physician."""
    return await capacity.NOTES.read(session, trajectory_id, note_id)
