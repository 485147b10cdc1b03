"""Barring an organisation or a person, and lifting it."""

from app.access.acts import creates, moves, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.consent.actions import blocking
from app.domain.consent.schemas.blocking import BlockIn, BlockOut, LiftIn
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/clients/{client_id}/blocks", tags=["consent"])
CONSENT = Category.CONSENT
ONE = "/v1/clients/{client_id}/blocks/{id}"


@router.post("", status_code=201, act=creates(CONSENT), again=blocking.RECORDS.again, location=ONE)
async def make_block(client_id: Id, body: BlockIn, session: Writing) -> BlockOut:
    """Bar an organisation or a person from kinds of data; legal tasks go on, and are named."""
    return await blocking.block(session, client_id, body)


@router.get("", act=reads(CONSENT))
async def list_blocks(
    client_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[BlockOut]:
    """The client's blocks; nobody else is told of them."""
    return await blocking.browse(session, client_id, cursor, page_size)


@router.get("/{block_id}", act=reads(CONSENT))
async def read_block(client_id: Id, block_id: Id, session: Reading) -> BlockOut:
    """One block."""
    return await blocking.read(session, client_id, block_id)


@router.post(
    "/{block_id}/lifts",
    act=moves(CONSENT),
    again=blocking.RECORDS.again,
    location=ONE,
    match=True,
)
async def lift_block(
    client_id: Id,
    block_id: Id,
    body: LiftIn,  # noqa: ARG001 - an empty object
    session: Writing,
) -> BlockOut:
    """Lift a block: what else opened the data opens it again."""
    return await blocking.lift(session, client_id, block_id)
