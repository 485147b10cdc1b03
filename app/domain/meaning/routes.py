"""Meaning over HTTP: both views, and days with peers."""

from app.access.acts import creates, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.meaning import actions
from app.domain.meaning.rules import PROFESSIONALS
from app.domain.meaning.schemas import (
    AttendanceIn,
    AttendanceOut,
    MeaningOut,
    MeaningViewIn,
    MeaningViewOut,
)
from app.domain.trajectory import queries as trajectories
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/trajectories/{trajectory_id}", tags=["wellbeing"])


@router.post(
    "/meaning-views",
    status_code=201,
    act=creates(Category.LADDER_NOTES, by=PROFESSIONALS),
    again=actions.MEANING_VIEWS.again,
    location="/v1/trajectories/{trajectory_id}/meaning-views/{id}",
)
async def tell_meaning_view(
    trajectory_id: Id, body: MeaningViewIn, session: Writing
) -> MeaningViewOut:
    """As a professional: how meaningful you find the client's days."""
    return await actions.see(session, trajectory_id, body)


@router.get("/meaning-views", act=reads(Category.LADDER_NOTES))
async def list_meaning_views(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[MeaningViewOut]:
    """What professionals found, the first one first."""
    parent = await trajectories.parent(session, trajectory_id)
    return await actions.MEANING_VIEWS.page(session, parent, cursor, page_size)


@router.get("/meaning-views/{view_id}", act=reads(Category.LADDER_NOTES))
async def read_meaning_view(trajectory_id: Id, view_id: Id, session: Reading) -> MeaningViewOut:
    """One view."""
    return await actions.MEANING_VIEWS.read(session, trajectory_id, view_id)


@router.get("/meaning", act=reads(Category.WELLBEING, Category.LADDER_NOTES))
async def read_meaning(trajectory_id: Id, session: Reading) -> MeaningOut:
    """The client's own last mark and that of each professional, side by side."""
    return await actions.meaning(session, trajectory_id)


@router.post(
    "/peer-support-attendances",
    status_code=201,
    act=creates(Category.WELLBEING),
    again=actions.ATTENDANCES.again,
    location="/v1/trajectories/{trajectory_id}/peer-support-attendances/{id}",
)
async def tell_peer_support(
    trajectory_id: Id, body: AttendanceIn, session: Writing
) -> AttendanceOut:
    """As the client, if you want it known: you were with peers that day."""
    return await actions.attend(session, trajectory_id, body)


@router.get("/peer-support-attendances", act=reads(Category.WELLBEING))
async def list_peer_support(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[AttendanceOut]:
    """Days with peers, as far as the client shares them."""
    parent = await trajectories.parent(session, trajectory_id)
    return await actions.ATTENDANCES.page(session, parent, cursor, page_size)


@router.get("/peer-support-attendances/{attendance_id}", act=reads(Category.WELLBEING))
async def read_peer_support(
    trajectory_id: Id, attendance_id: Id, session: Reading
) -> AttendanceOut:
    """One day with peers."""
    return await actions.ATTENDANCES.read(session, trajectory_id, attendance_id)
