"""Of whom a member, login or client system saw what, and since when; a page of clients at a time.

A page starts from the index on (who, client, moment): the next so many clients per hat, then the
looks at those. It costs what these hats did with these clients, and nothing of anybody else.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Integer,
    Row,
    Select,
    Uuid,
    and_,
    any_,
    bindparam,
    func,
    literal_column,
    select,
    true,
)

from app.access.log import AccessLogEntry
from app.access.session import Session
from app.access.vocabulary import Category
from app.domain.privacy.queries.log import overseen, within

_HATS = bindparam("hats", type_=ARRAY(Uuid()))
_AFTER = bindparam("after", type_=Uuid())
_SIZE = bindparam("size", type_=Integer())
MASK = literal_column(str(Category.ACCESS_LOG.bit), Integer()).label("mask")
"""What the officer may see of it: the metadata, and that is all there is in these statements."""


def _page(worn: Any) -> Select[Any]:
    entry = AccessLogEntry
    hat = func.unnest(_HATS).table_valued("id", name="hat").render_derived()
    following = (
        select(entry.client_id)
        .where(worn == hat.c.id, entry.client_id > _AFTER, within(), overseen())
        .group_by(entry.client_id)
        .order_by(entry.client_id)
        .limit(_SIZE)
        .lateral("following")
    )
    found = (
        select(following.c.client_id)
        .select_from(hat)
        .join(following, true())
        .group_by(following.c.client_id)
        .order_by(following.c.client_id)
        .limit(_SIZE)
        .subquery("found")
    )
    looks = (
        select(
            func.count().label("looks"),
            func.count().filter(entry.listed).label("in_lists"),
            func.min(entry.at).label("first_at"),
            func.max(entry.at).label("last_at"),
            func.bit_or(entry.shown).label("shown"),
            func.array_agg(entry.verb.distinct()).label("verbs"),
        )
        .where(
            worn == any_(_HATS), entry.client_id == found.c.client_id, and_(within(), overseen())
        )
        .lateral("looks")
    )
    return (
        select(found.c.client_id, *looks.c, MASK)
        .select_from(found)
        .join(looks, true())
        .order_by(found.c.client_id)
    )


_OF_MEMBERS, _OF_MACHINES = _page(AccessLogEntry.membership_id), _page(AccessLogEntry.machine_id)


async def page(  # noqa: PLR0917 - the place, the period and the size of one page
    session: Session,
    kind: str,
    hats: Sequence[UUID],
    since: datetime,
    until: datetime,
    after: UUID,
    size: int,
) -> Sequence[Row[Any]]:
    """Clients in the order of their opaque ids. The nil id is nobody's, and before all."""
    statement = _OF_MACHINES if kind == "machine" else _OF_MEMBERS
    return await session.rows(
        statement, hats=list(hats), since=since, until=until, after=after, size=size
    )
