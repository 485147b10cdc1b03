"""Giving, reading and withdrawing consents."""

from app.access.acts import creates, moves, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.consent.actions import conversations, giving, withdrawing
from app.domain.consent.schemas.consents import (
    ConsentIn,
    ConsentOut,
    ConversationConsentIn,
    ConversationConsentOut,
    WithdrawalIn,
)
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

of_client = Router(prefix="/clients/{client_id}", tags=["consent"])
anywhere = Router(prefix="/consents", tags=["consent"])
CONSENT = Category.CONSENT
ACTS = "/conversation-consents"


@of_client.post(
    "/consents",
    status_code=201,
    act=creates(CONSENT),
    again=giving.read,
    location="/v1/consents/{id}",
)
async def give_consent(client_id: Id, body: ConsentIn, session: Writing) -> ConsentOut:
    """Give a consent; it holds from the next request on."""
    return await giving.give(session, client_id, body)


@of_client.get("/consents", act=reads(CONSENT))
async def list_consents(
    client_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[ConsentOut]:
    """All consents of the client; for a party those of which it is sender or recipient."""
    return await giving.browse(session, client_id, cursor, page_size)


@anywhere.get("/{consent_id}", act=reads(CONSENT))
async def read_consent(consent_id: Id, session: Reading) -> ConsentOut:
    """One consent, also after it was withdrawn."""
    return await giving.read(session, consent_id)


@anywhere.post(
    "/{consent_id}/withdrawals",
    act=moves(CONSENT),
    again=giving.read,
    location="/v1/consents/{id}",
)
async def withdraw_consent(consent_id: Id, body: WithdrawalIn, session: Writing) -> ConsentOut:
    """Withdraw a consent at once, without giving a reason; repeating it changes nothing."""
    return await withdrawing.withdraw(session, consent_id, body)


@of_client.post(ACTS, status_code=201, act=creates(CONSENT), again=conversations.again)
async def give_conversation_consent(
    client_id: Id, body: ConversationConsentIn, session: Writing
) -> ConversationConsentOut:
    """Let all parties of one conversation see its agreements, in one act."""
    return await conversations.give(session, client_id, body)


@of_client.post(
    ACTS + "/{act_id}/withdrawals",
    act=moves(CONSENT),
    again=conversations.again,
)
async def withdraw_conversation_consent(
    client_id: Id, act_id: Id, body: WithdrawalIn, session: Writing
) -> ConversationConsentOut:
    """Withdraw the whole act; one party alone is withdrawn as a consent."""
    return await conversations.withdraw(session, client_id, act_id, body)
