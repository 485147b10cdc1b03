"""A trajectory over HTTP: its course, steps, transitions and pauses."""

from typing import Annotated

from fastapi import Query

from app.access.acts import creates, moves, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.trajectory import queries
from app.domain.trajectory.actions import pauses, starting, trajectories, transitions
from app.domain.trajectory.actions.pauses import PAUSES
from app.domain.trajectory.actions.transitions import TRANSITIONS
from app.domain.trajectory.schemas.pauses import PauseIn, PauseOut, ResumptionIn
from app.domain.trajectory.schemas.trajectories import (
    StepsOut,
    TrajectoryIn,
    TrajectoryOut,
    TransitionIn,
    TransitionOut,
)
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

BOTH = (Category.EXISTENCE, Category.STATUS)
PAUSE = (Category.STATUS, Category.CONTACT_LOG, Category.LIFE_EVENT)
OfClient = Annotated[Id | None, Query(alias="clientId", description="Only of this client.")]
router = Router(prefix="/trajectories", tags=["trajectories"])


@router.post(
    "",
    status_code=201,
    act=creates(*BOTH, Category.IDENTITY, Category.BSN),
    again=trajectories.read,
    location="/v1/trajectories/{id}",
)
async def start_trajectory(body: TrajectoryIn, session: Writing) -> TrajectoryOut:
    """Start a trajectory of a client whom you treat, or as a municipality of a new one."""
    return await starting.start(session, body)


@router.get("", act=reads(*BOTH, Category.IDENTITY))
async def list_trajectories(
    session: Reading, client_id: OfClient = None, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[TrajectoryOut]:
    """Your caseload: the trajectories you may know of, in the order of their opaque ids."""
    return await trajectories.browse(session, client_id, cursor, page_size)


@router.get("/{trajectory_id}", act=reads(*BOTH, Category.IDENTITY))
async def read_trajectory(trajectory_id: Id, session: Reading) -> TrajectoryOut:
    """One trajectory, as far as you may see; its ETag is what transitions ask for."""
    return await trajectories.read(session, trajectory_id)


@router.get("/{trajectory_id}/steps", act=reads(*BOTH))
async def read_steps(trajectory_id: Id, session: Reading) -> StepsOut:
    """Where the process stands, what is possible now, and what each next step still lacks."""
    return await trajectories.steps(session, trajectory_id)


@router.post(
    "/{trajectory_id}/transitions",
    status_code=201,
    act=moves(Category.STATUS),
    again=TRANSITIONS.again,
    location="/v1/trajectories/{trajectory_id}/transitions/{id}",
    match=True,
)
async def move_trajectory(trajectory_id: Id, body: TransitionIn, session: Writing) -> TransitionOut:
    """Take a step that has no record of its own; If-Match carries the trajectory's ETag."""
    return await transitions.move(session, trajectory_id, body)


@router.get("/{trajectory_id}/transitions", act=reads(Category.STATUS))
async def list_transitions(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[TransitionOut]:
    """Every moment that was reached and that you may know of, in the order of recording."""
    parent = await queries.parent(session, trajectory_id)
    return await TRANSITIONS.page(session, parent, cursor, page_size)


@router.get("/{trajectory_id}/transitions/{transition_id}", act=reads(Category.STATUS))
async def read_transition(trajectory_id: Id, transition_id: Id, session: Reading) -> TransitionOut:
    """One moment that was reached."""
    return await TRANSITIONS.read(session, trajectory_id, transition_id)


@router.post(
    "/{trajectory_id}/pauses",
    status_code=201,
    act=creates(*PAUSE),
    again=PAUSES.again,
    location="/v1/trajectories/{trajectory_id}/pauses/{id}",
)
async def pause_trajectory(trajectory_id: Id, body: PauseIn, session: Writing) -> PauseOut:
    """Let the trajectory rest; nothing ends by it."""
    return await pauses.pause(session, trajectory_id, body)


@router.get("/{trajectory_id}/pauses", act=reads(*PAUSE))
async def list_pauses(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[PauseOut]:
    """Every pause, with the reason as far as it is for you."""
    parent = await queries.parent(session, trajectory_id)
    return await PAUSES.page(session, parent, cursor, page_size)


@router.get("/{trajectory_id}/pauses/{pause_id}", act=reads(*PAUSE))
async def read_pause(trajectory_id: Id, pause_id: Id, session: Reading) -> PauseOut:
    """One pause."""
    return await PAUSES.read(session, trajectory_id, pause_id)


@router.post(
    "/{trajectory_id}/pauses/{pause_id}/resumptions",
    act=moves(*PAUSE),
    again=PAUSES.again,
    match=True,
)
async def resume_trajectory(
    trajectory_id: Id, pause_id: Id, body: ResumptionIn, session: Writing
) -> PauseOut:
    """Go on after a pause."""
    return await pauses.resume(session, trajectory_id, pause_id, body)
