"""Adjustments at work: recorded by the coach, read at the workplace by consent."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access import grants
from app.access.collection import Parent, Records
from app.access.session import Session
from app.access.vocabulary import Category
from app.access.writing import check_may_create, record
from app.domain.placement.actions.placements import PLACEMENTS
from app.domain.placement.actions.refusals import may_supersede, refuse_faults
from app.domain.placement.queries import placements as queries
from app.domain.placement.schemas.accommodations import (
    AccommodationIn,
    AccommodationOut,
    WorkplaceAccommodationOut,
)
from app.domain.placement.tables import Accommodation
from app.domain.startconversation.rules.medical import looks_medical
from app.domain.trajectory import queries as trajectories
from app.platform import outbox
from app.platform.clock import day_of
from app.platform.http.paging import Page
from app.platform.http.problems import NotFound


def _presented(_session: Session, row: Row[Any]) -> dict[str, Any]:
    return {"supersedes": row.supersedes_id}


ACCOMMODATIONS = Records(
    Accommodation, AccommodationOut, statement=queries.ACCOMMODATIONS, present=_presented
)
AT_WORKPLACE = Records(
    Accommodation,
    WorkplaceAccommodationOut,
    under="placement",
    statement=queries.AT_WORKPLACE,
)


async def adjust(session: Session, trajectory_id: UUID, body: AccommodationIn) -> AccommodationOut:
    """Record what is adjusted; the same again with more dates is a new version."""
    parent = await trajectories.parent(session, trajectory_id)
    await grants.lock(session.db, parent.client_id)
    await check_may_create(session, parent.client_id, trajectory_id, Category.ACCOMMODATION)
    await _check(session, trajectory_id, body)
    await may_supersede(session, ACCOMMODATIONS, trajectory_id, body.supersedes)
    values = {**body.model_dump(exclude={"supersedes"}), "supersedes_id": body.supersedes}
    made = await record(
        session,
        Accommodation,
        client_id=parent.client_id,
        trajectory_id=trajectory_id,
        values=values,
    )
    await outbox.announce(session.db, "accommodation.recorded", made)
    return await ACCOMMODATIONS.read(session, trajectory_id, made)


async def _check(session: Session, trajectory_id: UUID, body: AccommodationIn) -> None:
    faults = []
    placement = body.placement_id
    if placement is not None and await PLACEMENTS.one(session, trajectory_id, placement) is None:
        text = "There is no such placement here."
        faults.append(("#/placementId", "unknown_reference", text))
    if looks_medical(body.what):
        text = "Say what is adjusted, not why: no disorder, medicine or treatment."
        faults.append(("#/what", "medical_content", text))
    days = [body.requested_on, body.agreed_on, body.in_place_on]
    if any(day is not None and day > day_of(session.viewer.moment) for day in days):
        faults.append(("#", "in_the_future", "Only what has happened is written down."))
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
