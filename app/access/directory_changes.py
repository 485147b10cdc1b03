"""A change in the directory: facts of clients stand still, and whom it touches is compiled anew."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from uuid import UUID

from sqlalchemy import BindParameter, Uuid, bindparam, select, text, union
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access.facts import PlacementContract, Referral
from app.access.grants import BACK, BECOME_COMPILER, AccessGrant, recompile
from app.platform.clock import not_over

_STILL = text("SELECT pg_advisory_xact_lock(hashtextextended('directory', 0))")
_CLIENTS_OF = text("SELECT set_config('trede.compiling_grantee', :grantee_id, true)")
_GRANTEE: BindParameter[UUID] = bindparam("grantee", type_=Uuid())
_OF_GRANTEE = union(
    select(AccessGrant.client_id).where(AccessGrant.grantee_id == _GRANTEE),
    select(Referral.client_id).where(
        Referral.inbox_id == _GRANTEE,
        Referral.accepted_at.is_(None),
        Referral.refused_at.is_(None),
        Referral.withdrawn_at.is_(None),
    ),
    select(PlacementContract.client_id).where(
        PlacementContract.inbox_id == _GRANTEE, not_over(PlacementContract)
    ),
)
"""Whose grants change with this grantee: a member, or an inbox, also where a block of one person
made its grants those of each member there."""


async def recompile_of(db: AsyncConnection, grantees: Iterable[UUID]) -> list[UUID]:
    """Recompile every client of these members or inboxes, which changed in the directory."""
    clients: set[UUID] = set()
    async with standing_still(db):
        for grantee in grantees:
            await look_as(db, grantee)
            clients |= set(await db.scalars(_OF_GRANTEE, {"grantee": grantee}))
    for client_id in sorted(clients):
        await recompile(db, client_id)
    return sorted(clients)


@asynccontextmanager
async def standing_still(db: AsyncConnection) -> AsyncIterator[None]:
    """Within: no facts change, and one grantee at a time is looked at; till commit nobody moves."""
    await db.execute(_STILL)
    await db.execute(BECOME_COMPILER)
    yield
    await db.execute(_CLIENTS_OF, {"grantee_id": ""})
    await db.execute(BACK)


async def look_as(db: AsyncConnection, grantee: UUID) -> None:
    """Whose grants, within `standing_still`."""
    await db.execute(_CLIENTS_OF, {"grantee_id": str(grantee)})
