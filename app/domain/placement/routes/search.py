"""Contacts with employers for one client."""

from app.access.acts import creates, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.placement.actions.search import APPROACHES, approach
from app.domain.placement.schemas.search import (
    JobSearchContactIn,
    JobSearchContactOut,
)
from app.domain.trajectory import queries as trajectories
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

search = Router(prefix="/trajectories/{trajectory_id}/employer-contacts", tags=["contacts"])


@search.post(
    "",
    status_code=201,
    act=creates(Category.CONTACT_LOG),
    again=APPROACHES.again,
    location="/v1/trajectories/{trajectory_id}/employer-contacts/{id}",
)
async def record_employer_contact(
    trajectory_id: Id, body: JobSearchContactIn, session: Writing
) -> JobSearchContactOut:
    """Record a contact with an employer for this client; no directory tells of it."""
    return await approach(session, trajectory_id, body)


@search.get("", act=reads(Category.CONTACT_LOG))
async def list_employer_contacts(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[JobSearchContactOut]:
    """The contacts with employers for one client, with their versions."""
    parent = await trajectories.parent(session, trajectory_id)
    return await APPROACHES.page(session, parent, cursor, page_size)


@search.get("/{contact_id}", act=reads(Category.CONTACT_LOG))
async def read_employer_contact(
    trajectory_id: Id, contact_id: Id, session: Reading
) -> JobSearchContactOut:
    """One contact with an employer for this client."""
    return await APPROACHES.read(session, trajectory_id, contact_id)
