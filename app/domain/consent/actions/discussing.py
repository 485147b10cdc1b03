"""The client wants to speak of some texts first; a screen marks them, and never hides them."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.collection import Records
from app.access.session import Session
from app.access.vocabulary import categories_in, mask_of
from app.access.writing import record
from app.domain.client import queries as clients
from app.domain.consent.actions import giving
from app.domain.consent.rules import words
from app.domain.consent.schemas.discussing import DiscussionWishIn, DiscussionWishOut
from app.domain.consent.tables import DiscussionWish
from app.platform import outbox
from app.platform.http.paging import Page
from app.platform.http.problems import NotAllowed


def _present(_session: Session, row: Row[Any]) -> dict[str, Any]:
    return {"wished": words.inner(categories_in(row.categories))}


RECORDS = Records(DiscussionWish, DiscussionWishOut, under="client", present=_present)


async def wish(session: Session, client_id: UUID, body: DiscussionWishIn) -> DiscussionWishOut:
    """By the client, or by a mandate for what it covers; nobody else is told of it."""
    parent = await clients.parent(session, client_id)
    categories = mask_of(set(body.categories))
    if session.viewer.role not in giving.ACTING:
        raise NotAllowed("Only the client, or who acts for the client, has this wish.")
    giving.check_mandate(session, parent, categories)
    values = {"categories": categories}
    made = await record(session, DiscussionWish, client_id=client_id, values=values)
    await outbox.announce(session.db, "discussion_wish.recorded", made)
    return await RECORDS.written(session, client_id, made)


async def browse(
    session: Session, client_id: UUID, cursor: str | None, size: int
) -> Page[DiscussionWishOut]:
    parent = await clients.parent(session, client_id)
    return await RECORDS.page(session, parent, cursor, size)


async def read(session: Session, client_id: UUID, wish_id: UUID) -> DiscussionWishOut:
    parent = await clients.parent(session, client_id)
    return await RECORDS.read(session, parent.client_id, wish_id)
