"""Of which texts the client wants to speak first."""

from app.access.acts import creates, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.consent.actions import discussing
from app.domain.consent.actions.giving import ACTING
from app.domain.consent.schemas.discussing import DiscussionWishIn, DiscussionWishOut
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/clients/{client_id}/discussion-wishes", tags=["consent"])
CONSENT = Category.CONSENT


@router.post(
    "",
    status_code=201,
    act=creates(CONSENT, by=ACTING),
    again=discussing.RECORDS.again,
    location="/v1/clients/{client_id}/discussion-wishes/{id}",
)
async def wish_discussion(
    client_id: Id, body: DiscussionWishIn, session: Writing
) -> DiscussionWishOut:
    """Say which kinds of texts you want to speak of first; they are marked, never hidden."""
    return await discussing.wish(session, client_id, body)


@router.get("", act=reads(CONSENT))
async def list_discussion_wishes(
    client_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[DiscussionWishOut]:
    """The client's wishes in their order, of which the last one counts; for nobody else."""
    return await discussing.browse(session, client_id, cursor, page_size)


@router.get("/{wish_id}", act=reads(CONSENT))
async def read_discussion_wish(client_id: Id, wish_id: Id, session: Reading) -> DiscussionWishOut:
    """One of them."""
    return await discussing.read(session, client_id, wish_id)
