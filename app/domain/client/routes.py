"""Clients over HTTP."""

from app.access.acts import creates, reads, searches
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.client import actions, queries
from app.domain.client.schemas import (
    ClientIn,
    ClientOut,
    ClientSearchIn,
    ContactPreferenceIn,
    ContactPreferenceOut,
)
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/clients", tags=["clients"])
PERSON = (Category.EXISTENCE, Category.IDENTITY, Category.BSN)


@router.post(
    "",
    status_code=201,
    act=creates(*PERSON),
    again=actions.read,
    location="/v1/clients/{id}",
)
async def register_client(body: ClientIn, session: Writing) -> ClientOut:
    """Register a client with your own organisation."""
    return await actions.register(session, body)


@router.get("", act=reads(*PERSON))
async def list_clients(
    session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[ClientOut]:
    """The clients you may know of, in the order of their opaque ids."""
    return await actions.browse(session, cursor, page_size)


@router.post("/_search", act=searches(*PERSON), reads=True)
async def search_clients(body: ClientSearchIn, session: Reading) -> Page[ClientOut]:
    """Find a client by BSN, or by family name and birth date."""
    return await actions.search(session, body)


@router.get("/{client_id}", act=reads(*PERSON))
async def read_client(client_id: Id, session: Reading) -> ClientOut:
    """One client, as far as you may see."""
    return await actions.read(session, client_id)


@router.post(
    "/{client_id}/contact-preferences",
    status_code=201,
    act=creates(Category.IDENTITY),
    again=actions.CONTACT_PREFERENCES.again,
    location="/v1/clients/{client_id}/contact-preferences/{id}",
)
async def prefer_contact(
    client_id: Id, body: ContactPreferenceIn, session: Writing
) -> ContactPreferenceOut:
    """Tell how and when to be reached; once the client did, nobody else does."""
    return await actions.prefer(session, client_id, body)


@router.get("/{client_id}/contact-preferences", act=reads(Category.IDENTITY))
async def list_contact_preferences(
    client_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[ContactPreferenceOut]:
    """What was told about it, the first one first; the last one counts."""
    parent = await queries.parent(session, client_id)
    return await actions.CONTACT_PREFERENCES.page(session, parent, cursor, page_size)


@router.get("/{client_id}/contact-preferences/{preference_id}", act=reads(Category.IDENTITY))
async def read_contact_preference(
    client_id: Id, preference_id: Id, session: Reading
) -> ContactPreferenceOut:
    """One of them."""
    return await actions.CONTACT_PREFERENCES.read(session, client_id, preference_id)
