"""Requests of the client about the own data, and what the privacy desk decides on them."""

from app.access.acts import creates, reads, reviews, searches
from app.access.session import Reading, Writing
from app.access.vocabulary import PERSONS, Category, Role
from app.domain.client import queries as clients
from app.domain.rights.actions import answering, asking, deciding, misplacing
from app.domain.rights.schemas import (
    DataSubjectAnswerIn,
    DataSubjectDecisionIn,
    DataSubjectRequestIn,
    DataSubjectRequestOut,
    InventoryOut,
    MisplacedIn,
    MisplacedOut,
)
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(tags=["consent"])
CONSENT = Category.CONSENT
WHO_ASKS = PERSONS - {Role.SUPPORTER}
DESK = frozenset({Role.PRIVACY_DESK})
REQUESTS = "/data-subject-requests"
MISPLACED = "/clients/{client_id}/misplaced-records"


@router.post(
    "/clients/{client_id}/data-subject-requests",
    status_code=201,
    act=creates(CONSENT, by=WHO_ASKS),
    again=asking.read,
    location="/v1/data-subject-requests/{id}",
)
async def ask(client_id: Id, body: DataSubjectRequestIn, session: Writing) -> DataSubjectRequestOut:
    """Ask one organisation for access, rectification, erasure, restriction, or object."""
    return await asking.ask(session, client_id, body)


@router.get(REQUESTS, act=reads(CONSENT))
async def list_data_subject_requests(
    session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[DataSubjectRequestOut]:
    """Your own as a client; at a privacy desk those of your organisation that are open."""
    return await asking.browse(session, cursor, page_size)


@router.get(REQUESTS + "/{request_id}", act=reads(CONSENT))
async def read_data_subject_request(request_id: Id, session: Reading) -> DataSubjectRequestOut:
    """One request, with what was decided."""
    return await asking.read(session, request_id)


@router.post(REQUESTS + "/{request_id}/records/_search", act=searches(CONSENT, by=DESK), reads=True)
async def list_held_records(request_id: Id, session: Writing) -> InventoryOut:
    """What your organisation answers for of this client: ids, days and terms, no content."""
    return await deciding.inventory(session, request_id)


@router.post(REQUESTS + "/{request_id}/decisions", act=reviews(CONSENT), again=asking.read)
async def decide(
    request_id: Id, body: DataSubjectDecisionIn, session: Writing
) -> DataSubjectRequestOut:
    """Decide on a record or a category: destroy, restrict until a day, or refuse with a ground."""
    return await deciding.decide(session, request_id, body)


@router.post(REQUESTS + "/{request_id}/answers", act=reviews(CONSENT), again=asking.read)
async def answer(
    request_id: Id, body: DataSubjectAnswerIn, session: Writing
) -> DataSubjectRequestOut:
    """Answer the client; what was decided is carried out, and what is destroyed stays so.

    On each record or category of `records/_search` there must be a decision, else 409. When nothing
    is left of the client, the client's login ends with it and nobody reads this request again: tell
    the client by other means, with what this call returns.
    """
    return await answering.answer(session, request_id, body)


@router.post(
    MISPLACED,
    status_code=201,
    act=creates(CONSENT, by=frozenset(Role) - PERSONS),
    again=misplacing.MISPLACED.again,
    location="/v1/clients/{client_id}/misplaced-records/{id}",
)
async def withdraw_misplaced(client_id: Id, body: MisplacedIn, session: Writing) -> MisplacedOut:
    """Take back a record that your party made on the wrong client; nobody reads it again."""
    return await misplacing.withdraw(session, client_id, body)


@router.get(MISPLACED, act=reads(CONSENT))
async def list_misplaced(
    client_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[MisplacedOut]:
    """What left this client so: for the client, and for the party whose it was."""
    parent = await clients.parent(session, client_id)
    return await misplacing.MISPLACED.page(session, parent, cursor, page_size)


@router.get(MISPLACED + "/{misplaced_id}", act=reads(CONSENT))
async def read_misplaced(client_id: Id, misplaced_id: Id, session: Reading) -> MisplacedOut:
    """One of them."""
    return await misplacing.MISPLACED.read(session, client_id, misplaced_id)
