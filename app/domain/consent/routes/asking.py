"""Asking for a consent, and answering."""

from app.access.acts import creates, moves, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.consent.actions import asking
from app.domain.consent.schemas.asking import AnswerIn, ConsentRequestIn, ConsentRequestOut
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/clients/{client_id}/consent-requests", tags=["consent"])
CONSENT = Category.CONSENT
ONE = "/v1/clients/{client_id}/consent-requests/{id}"


@router.post("", status_code=201, act=creates(CONSENT), again=asking.RECORDS.again, location=ONE)
async def ask_consent(client_id: Id, body: ConsentRequestIn, session: Writing) -> ConsentRequestOut:
    """Ask the client for a consent: for whom, what, why and for which step."""
    return await asking.ask(session, client_id, body)


@router.get("", act=reads(CONSENT))
async def list_consent_requests(
    client_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[ConsentRequestOut]:
    """What was asked of the client; for a party what its organisation asked."""
    return await asking.browse(session, client_id, cursor, page_size)


@router.get("/{request_id}", act=reads(CONSENT))
async def read_consent_request(
    client_id: Id, request_id: Id, session: Reading
) -> ConsentRequestOut:
    """One request and where it stands."""
    return await asking.read(session, client_id, request_id)


@router.post(
    "/{request_id}/answers",
    act=moves(CONSENT),
    again=asking.RECORDS.again,
    location=ONE,
    match=True,
)
async def answer_consent_request(
    client_id: Id, request_id: Id, body: AnswerIn, session: Writing
) -> ConsentRequestOut:
    """Answer yes, no or later; a yes gives the consent in the same transaction."""
    return await asking.answer(session, client_id, request_id, body)
