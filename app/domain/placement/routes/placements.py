"""Placements and adjustments of one trajectory."""

from app.access.acts import answers, creates, moves, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.placement.actions import accommodations as adjusting
from app.domain.placement.actions import placements as actions
from app.domain.placement.actions.retention import retention
from app.domain.placement.schemas.accommodations import AccommodationIn, AccommodationOut
from app.domain.placement.schemas.placements import (
    AgreementIn,
    EndIn,
    PlacementIn,
    PlacementOut,
)
from app.domain.placement.schemas.retention import JobRetentionOut
from app.domain.trajectory import queries as trajectories
from app.domain.trajectory.rules.roles import AUTHORITY
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

placements = Router(prefix="/trajectories/{trajectory_id}", tags=["placements"])


@placements.post(
    "/placements",
    status_code=201,
    act=creates(Category.PLACEMENT),
    again=actions.PLACEMENTS.again,
    location="/v1/trajectories/{trajectory_id}/placements/{id}",
)
async def record_placement(trajectory_id: Id, body: PlacementIn, session: Writing) -> PlacementOut:
    """Record a placement; an employer of the directory reads his own part by contract."""
    return await actions.place(session, trajectory_id, body)


@placements.get("/placements", act=reads(Category.PLACEMENT))
async def list_placements(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[PlacementOut]:
    """The placements of a trajectory with their versions, in the order they were recorded."""
    parent = await trajectories.parent(session, trajectory_id)
    return await actions.PLACEMENTS.page(session, parent, cursor, page_size)


@placements.get("/placements/{placement_id}", act=reads(Category.PLACEMENT))
async def read_placement(trajectory_id: Id, placement_id: Id, session: Reading) -> PlacementOut:
    """One placement."""
    await trajectories.parent(session, trajectory_id)
    return await actions.PLACEMENTS.read(session, trajectory_id, placement_id)


@placements.post(
    "/placements/{placement_id}/agreements",
    act=answers(Category.PLACEMENT, by=AUTHORITY),
    again=actions.PLACEMENTS.again,
    match=True,
)
async def agree_to_placement(
    trajectory_id: Id, placement_id: Id, body: AgreementIn, session: Writing
) -> PlacementOut:
    """The responsible body agrees with the placement."""
    return await actions.agree(session, trajectory_id, placement_id, body)


@placements.post(
    "/placements/{placement_id}/ends",
    act=moves(Category.PLACEMENT),
    again=actions.PLACEMENTS.again,
    match=True,
)
async def end_placement(
    trajectory_id: Id, placement_id: Id, body: EndIn, session: Writing
) -> PlacementOut:
    """Record that a placement ended; this ends nothing else."""
    return await actions.end(session, trajectory_id, placement_id, body)


@placements.get("/job-retention", act=reads(Category.PLACEMENT))
async def read_job_retention(trajectory_id: Id, session: Reading) -> Page[JobRetentionOut]:
    """The paid jobs with their days, the weeks reached, and the gaps between; computed."""
    return await retention(session, trajectory_id)


@placements.post(
    "/accommodations",
    status_code=201,
    act=creates(Category.ACCOMMODATION),
    again=adjusting.ACCOMMODATIONS.again,
    location="/v1/trajectories/{trajectory_id}/accommodations/{id}",
)
async def record_accommodation(
    trajectory_id: Id, body: AccommodationIn, session: Writing
) -> AccommodationOut:
    """Record an adjustment at work, or a new version of one's own."""
    return await adjusting.adjust(session, trajectory_id, body)


@placements.get("/accommodations", act=reads(Category.ACCOMMODATION))
async def list_accommodations(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[AccommodationOut]:
    """The adjustments of a trajectory with their versions."""
    parent = await trajectories.parent(session, trajectory_id)
    return await adjusting.ACCOMMODATIONS.page(session, parent, cursor, page_size)


@placements.get("/accommodations/{accommodation_id}", act=reads(Category.ACCOMMODATION))
async def read_accommodation(
    trajectory_id: Id, accommodation_id: Id, session: Reading
) -> AccommodationOut:
    """One adjustment."""
    await trajectories.parent(session, trajectory_id)
    return await adjusting.ACCOMMODATIONS.read(session, trajectory_id, accommodation_id)
