"""Restricting what is contested, and lifting that."""

from app.access.acts import creates, moves, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.consent.actions import restricting
from app.domain.consent.schemas.restricting import (
    RestrictionIn,
    RestrictionLiftIn,
    RestrictionOut,
)
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/clients/{client_id}/restrictions", tags=["consent"])
CONSENT = Category.CONSENT
ONE = "/v1/clients/{client_id}/restrictions/{id}"


@router.post(
    "", status_code=201, act=creates(CONSENT), again=restricting.RECORDS.again, location=ONE
)
async def restrict(client_id: Id, body: RestrictionIn, session: Writing) -> RestrictionOut:
    """Restrict a record, or all of a category: it stays, for the client and who answers for it."""
    return await restricting.restrict(session, client_id, body)


@router.get("", act=reads(CONSENT))
async def list_restrictions(
    client_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[RestrictionOut]:
    """What is and was contested; for an organisation its own."""
    return await restricting.browse(session, client_id, cursor, page_size)


@router.get("/{restriction_id}", act=reads(CONSENT))
async def read_restriction(client_id: Id, restriction_id: Id, session: Reading) -> RestrictionOut:
    """One restriction."""
    return await restricting.read(session, client_id, restriction_id)


@router.post("/{restriction_id}/lifts", act=moves(CONSENT), again=restricting.RECORDS.again)
async def lift_restriction(
    client_id: Id, restriction_id: Id, body: RestrictionLiftIn, session: Writing
) -> RestrictionOut:
    """Lift it, and say why; what another restriction holds stays restricted."""
    return await restricting.lift(session, client_id, restriction_id, body)
