"""The data keys of all clients, wrapped anew under the newest key of the ring; as the owner."""

from collections.abc import Callable

from sqlalchemy import bindparam, select, update

from app.access.envelope.columns import Owner
from app.access.envelope.keys import DataKey
from app.access.vocabulary import Category
from app.platform.db import Engine
from app.platform.security.keyring import KeyRing

_ALL = select(DataKey).order_by(DataKey.id)
_WRAP = update(DataKey).where(DataKey.id == bindparam("key")).values(wrapped=bindparam("anew"))
_BY_BIT = {category.bit: category for category in Category}


async def rewrap(owner: Engine, ring: KeyRing) -> int:
    """How many there were under an older key. Nothing that is sealed changes; safe to repeat."""
    async with owner.begin() as db:
        old = [row for row in await db.execute(_ALL) if not ring.wraps_with_newest(row.wrapped)]
        for row in old:
            bound = Owner(row.client_id, row.organisation_id, _BY_BIT[row.category]).bound()
            anew = await ring.wrap(await ring.unwrap(row.wrapped, bound), bound)
            await db.execute(_WRAP, {"key": row.id, "anew": anew})
    return len(old)


async def behind(owner: Engine, ring: KeyRing) -> int:
    """How many would be lost with the older keys."""
    return await _count(owner, lambda wrapped: not ring.wraps_with_newest(wrapped))


async def lost(owner: Engine, ring: KeyRing) -> int:
    """How many were wrapped by a key that is not on the ring (any more)."""
    return await _count(owner, lambda wrapped: not ring.knows(wrapped))


async def _count(owner: Engine, of: Callable[[bytes], bool]) -> int:
    async with owner.begin() as db:
        return sum(of(row.wrapped) for row in await db.execute(_ALL))
