"""Adjustments at work: recorded by the coach, read at the workplace by consent."""

from uuid import UUID

from app.access.collection import Parent, Records
from app.access.days import require_past
from app.access.session import Session
from app.access.versions import add
from app.access.vocabulary import Category
from app.access.writing import check_may_create
from app.domain.employer.rules.words import tells_of_care
from app.domain.placement.actions.placements import PLACEMENTS
from app.domain.placement.actions.refusals import refuse_faults
from app.domain.placement.queries import placements as queries
from app.domain.placement.schemas.accommodations import (
    AccommodationIn,
    AccommodationOut,
    WorkplaceAccommodationOut,
)
from app.domain.placement.tables import Accommodation
from app.domain.trajectory import queries as trajectories
from app.platform.http.paging import Page
from app.platform.http.problems import NotFound

ACCOMMODATIONS = Records(Accommodation, AccommodationOut, statement=queries.ACCOMMODATIONS)
AT_WORKPLACE = Records(
    Accommodation,
    WorkplaceAccommodationOut,
    under="placement",
    statement=queries.AT_WORKPLACE,
)


async def adjust(session: Session, trajectory_id: UUID, body: AccommodationIn) -> AccommodationOut:
    """Record what is adjusted; the same again with more dates is a new version."""
    parent = await trajectories.parent(session, trajectory_id)
    await check_may_create(session, parent.client_id, trajectory_id, Category.ACCOMMODATION)
    require_past(
        session,
        requested_on=body.requested_on,
        agreed_on=body.agreed_on,
        in_place_on=body.in_place_on,
        client_shares_on=body.client_shares_on,
    )
    await _check(session, trajectory_id, body)
    return await add(session, ACCOMMODATIONS, parent, body)


async def _check(session: Session, trajectory_id: UUID, body: AccommodationIn) -> None:
    faults = []
    placement = body.placement_id
    if placement is not None and await PLACEMENTS.one(session, trajectory_id, placement) is None:
        text = "There is no such placement here."
        faults.append(("#/placementId", "unknown_reference", text))
    if tells_of_care(body.what):
        text = "Say what is adjusted, not why: nothing about care or health."
        faults.append(("#/what", "tells_of_care", text))
    if body.effect is not None and tells_of_care(body.effect):
        faults.append(("#/effect", "tells_of_care", "Say how it works out, nothing about health."))
    refuse_faults(faults)


async def at_workplace(
    session: Session, placement_id: UUID, cursor: str | None, size: int
) -> Page[WorkplaceAccommodationOut]:
    """The newest version of each adjustment at this placement that the viewer may know."""
    row = await queries.contract(session, placement_id)
    if row is None:
        raise NotFound
    parent = Parent(row.client_id, placement_id, row.mask)
    page = await AT_WORKPLACE.page(session, parent, cursor, size)
    return Page[WorkplaceAccommodationOut](
        **page.model_dump(include={"items", "next_cursor"}, exclude_unset=True)
    )
