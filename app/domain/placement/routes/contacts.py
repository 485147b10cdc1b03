"""The contact log of one trajectory."""

from app.access.acts import creates, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.placement.actions.contacts import CONTACTS, log_contact
from app.domain.placement.schemas.contacts import ContactIn, ContactOut
from app.domain.trajectory import queries as trajectories
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

contacts = Router(prefix="/trajectories/{trajectory_id}/contacts", tags=["contacts"])


@contacts.post(
    "",
    status_code=201,
    act=creates(Category.CONTACT_LOG),
    again=CONTACTS.again,
    location="/v1/trajectories/{trajectory_id}/contacts/{id}",
)
async def record_contact(trajectory_id: Id, body: ContactIn, session: Writing) -> ContactOut:
    """Record a contact; a correction names the own entry that it replaces."""
    return await log_contact(session, trajectory_id, body)


@contacts.get("", act=reads(Category.CONTACT_LOG))
async def list_contacts(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[ContactOut]:
    """The contacts of a trajectory with their versions, in the order they were recorded."""
    parent = await trajectories.parent(session, trajectory_id)
    return await CONTACTS.page(session, parent, cursor, page_size)


@contacts.get("/{contact_id}", act=reads(Category.CONTACT_LOG))
async def read_contact(trajectory_id: Id, contact_id: Id, session: Reading) -> ContactOut:
    """One contact."""
    return await CONTACTS.read(session, trajectory_id, contact_id)
