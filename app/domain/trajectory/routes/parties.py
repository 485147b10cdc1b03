"""The parties of a trajectory over HTTP: who takes part, and which body is responsible."""

from typing import Annotated

from fastapi import Query

from app.access.acts import creates, moves, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.trajectory import queries
from app.domain.trajectory.actions import participants, responsibilities
from app.domain.trajectory.actions.participants import PARTICIPANTS
from app.domain.trajectory.actions.responsibilities import RESPONSIBILITIES
from app.domain.trajectory.schemas.participants import (
    EndIn,
    ParticipantIn,
    ParticipantOut,
    ResponsibilityOut,
    StopIn,
)
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

OfTrajectory = Annotated[Id, Query(alias="trajectoryId", description="Of which trajectory.")]
router = Router(prefix="/trajectories", tags=["trajectories"])
bodies = Router(prefix="/responsibilities", tags=["trajectories"])


@router.post(
    "/{trajectory_id}/participants",
    status_code=201,
    act=creates(Category.STATUS),
    again=PARTICIPANTS.again,
    location="/v1/trajectories/{trajectory_id}/participants/{id}",
)
async def add_participant(
    trajectory_id: Id, body: ParticipantIn, session: Writing
) -> ParticipantOut:
    """Let someone take part whom your organisation commissions, after the client's yes."""
    return await participants.add(session, trajectory_id, body)


@router.get("/{trajectory_id}/participants", act=reads(Category.STATUS))
async def list_participants(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[ParticipantOut]:
    """Who takes or took part in which role, from when to when."""
    parent = await queries.parent(session, trajectory_id)
    return await PARTICIPANTS.page(session, parent, cursor, page_size)


@router.get("/{trajectory_id}/participants/{participant_id}", act=reads(Category.STATUS))
async def read_participant(
    trajectory_id: Id, participant_id: Id, session: Reading
) -> ParticipantOut:
    """One participation."""
    return await PARTICIPANTS.read(session, trajectory_id, participant_id)


@router.post(
    "/{trajectory_id}/participants/{participant_id}/ends",
    act=moves(Category.STATUS),
    again=PARTICIPANTS.again,
    match=True,
)
async def end_participation(
    trajectory_id: Id, participant_id: Id, body: EndIn, session: Writing
) -> ParticipantOut:
    """End a participation of your own, or of someone whom your organisation added."""
    return await participants.end(session, trajectory_id, participant_id, body)


@router.get("/{trajectory_id}/responsibilities", act=reads(Category.STATUS))
async def list_responsibilities_of_trajectory(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[ResponsibilityOut]:
    """Which body is or was responsible, from when to when."""
    parent = await queries.parent(session, trajectory_id)
    return await RESPONSIBILITIES.page(session, parent, cursor, page_size)


@router.get("/{trajectory_id}/responsibilities/{responsibility_id}", act=reads(Category.STATUS))
async def read_responsibility(
    trajectory_id: Id, responsibility_id: Id, session: Reading
) -> ResponsibilityOut:
    """One body's responsibility."""
    return await RESPONSIBILITIES.read(session, trajectory_id, responsibility_id)


@router.post(
    "/{trajectory_id}/responsibilities/{responsibility_id}/stops",
    act=moves(Category.STATUS),
    again=RESPONSIBILITIES.again,
    match=True,
)
async def stop_at_authority(
    trajectory_id: Id, responsibility_id: Id, body: StopIn, session: Writing
) -> ResponsibilityOut:
    """As the client: stop this trajectory at UWV or the municipality, and nowhere else."""
    return await responsibilities.stop(session, trajectory_id, responsibility_id, body)


@bodies.get("", act=reads(Category.STATUS))
async def list_responsibilities(
    trajectory_id: OfTrajectory, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[ResponsibilityOut]:
    """The same list, reached by the fact instead of by the trajectory."""
    parent = await queries.parent(session, trajectory_id)
    return await RESPONSIBILITIES.page(session, parent, cursor, page_size)
