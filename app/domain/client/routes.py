"""Clients over HTTP."""

from app.access.acts import creates, moves, reads, searches
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.client import queries
from app.domain.client.actions import clients, mending, reaching
from app.domain.client.schemas import (
    ClientChange,
    ClientIn,
    ClientOut,
    ClientSearchIn,
    ContactPreferenceIn,
    ContactPreferenceOut,
    ParticularsOut,
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
    again=clients.read,
    location="/v1/clients/{id}",
)
async def register_client(body: ClientIn, session: Writing) -> ClientOut:
    """Register a client with your own organisation."""
    return await clients.register(session, body)


@router.get("", act=reads(*PERSON))
async def list_clients(
    session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[ClientOut]:
    """The clients you may know of, in the order of their opaque ids."""
    return await clients.browse(session, cursor, page_size)


@router.post("/_search", act=searches(*PERSON), reads=True)
async def search_clients(body: ClientSearchIn, session: Reading) -> Page[ClientOut]:
    """Find a client by BSN, or by family name and birth date."""
    return await clients.search(session, body)


@router.get("/{client_id}", act=reads(*PERSON))
async def read_client(client_id: Id, session: Reading) -> ClientOut:
    """One client, as far as you may see."""
    return await clients.read(session, client_id)


@router.patch("/{client_id}", act=moves(Category.IDENTITY))
async def mend_client(client_id: Id, body: ClientChange, session: Writing) -> ClientOut:
    """Mend name, birth date, e-mail address or telephone number; clients the last two."""
    return await mending.mend(session, client_id, body)


@router.get("/{client_id}/particulars", act=reads(Category.IDENTITY))
async def list_particulars(
    client_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[ParticularsOut]:
    """What was known of the client from when on, the first one first; the last one counts."""
    return await mending.look_back(session, client_id, cursor, page_size)


@router.get("/{client_id}/particulars/{particulars_id}", act=reads(Category.IDENTITY))
async def read_particulars(client_id: Id, particulars_id: Id, session: Reading) -> ParticularsOut:
    """One of them."""
    return await mending.PARTICULARS.read(session, client_id, particulars_id)


@router.post(
    "/{client_id}/contact-preferences",
    status_code=201,
    act=creates(Category.IDENTITY),
    again=reaching.CONTACT_PREFERENCES.again,
    location="/v1/clients/{client_id}/contact-preferences/{id}",
)
async def prefer_contact(
    client_id: Id, body: ContactPreferenceIn, session: Writing
) -> ContactPreferenceOut:
    """Tell how and when to be reached; once the client did, nobody else does."""
    return await reaching.prefer(session, client_id, body)


@router.get("/{client_id}/contact-preferences", act=reads(Category.IDENTITY))
async def list_contact_preferences(
    client_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[ContactPreferenceOut]:
    """What was told about it, the first one first; the last one counts."""
    parent = await queries.parent(session, client_id)
    return await reaching.CONTACT_PREFERENCES.page(session, parent, cursor, page_size)


@router.get("/{client_id}/contact-preferences/{preference_id}", act=reads(Category.IDENTITY))
async def read_contact_preference(
    client_id: Id, preference_id: Id, session: Reading
) -> ContactPreferenceOut:
    """One of them."""
    return await reaching.CONTACT_PREFERENCES.read(session, client_id, preference_id)
