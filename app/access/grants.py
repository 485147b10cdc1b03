"""The compiled grants: the policy's answer as rows, renewed whenever a fact of a client changes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Index, SmallInteger, bindparam, delete, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from app.access import policy
from app.access.facts import AccountLink, ClientBsn, Representative, Supporter
from app.access.vocabulary import Basis, Grant, Period, Reach
from app.access.world import World
from app.access.world_loading import world_of
from app.platform.db import Base


class AccessGrant(Base):
    """One row = one reason why one grantee may look. Compiled here, narrowed by `switching`.

    `bsn_index` repeats the client's blind index: a search by BSN starts from one's own grants, so
    it examines no row of a client that one may not know.
    """

    __tablename__ = "access_grant"
    __table_args__ = (
        Index(None, "client_id", "grantee_id"),
        Index(None, "grantee_id", "trajectory_id"),
        Index(None, "grantee_id", "bsn_index"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    client_id: Mapped[UUID]
    grantee_id: Mapped[UUID]
    trajectory_id: Mapped[UUID | None]
    record_id: Mapped[UUID | None]
    sender_organisation_id: Mapped[UUID | None]
    categories: Mapped[int]
    creates: Mapped[int]
    purposes: Mapped[int] = mapped_column(SmallInteger)
    reach: Mapped[str]
    ungated: Mapped[bool]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]
    basis: Mapped[str]
    basis_id: Mapped[UUID]
    bsn_index: Mapped[bytes | None]
    policy_version: Mapped[int] = mapped_column(SmallInteger)


# Facts of a client change while the directory stands still: a change of memberships or policy waits
# for them and keeps new ones out, so that no grant is compiled from what it is replacing.
_LOCK = text(
    "SELECT pg_advisory_xact_lock_shared(hashtextextended('directory', 0)),"
    " pg_advisory_xact_lock(hashtextextended('client:' || :client_id, 0))"
)
_SHARE = text(
    "SELECT pg_advisory_xact_lock_shared(hashtextextended('directory', 0)),"
    " pg_advisory_xact_lock_shared(hashtextextended('client:' || :client_id, 0))"
)
BECOME_COMPILER = text("SET LOCAL ROLE trede_compiler")
_CLIENT = text("SELECT set_config('trede.compiling', :client_id, true)")
BACK = text("RESET ROLE")
_STORED = select(AccessGrant).where(AccessGrant.client_id == bindparam("client"))
_REMOVE = delete(AccessGrant).where(AccessGrant.id == bindparam("grant_id"))
_ADD = insert(AccessGrant)
_BSN_INDEX = select(ClientBsn.bsn_index).where(
    ClientBsn.client_id == bindparam("client"), ClientBsn.confirmed
)
_END_LINKS = [
    update(AccountLink)
    .where(
        AccountLink.client_id == bindparam("client"),
        AccountLink.id == person.id,
        AccountLink.valid_until.is_distinct_from(person.valid_until),
    )
    .values(valid_until=person.valid_until)
    for person in (Representative, Supporter)
]


async def lock(db: AsyncConnection, client_id: UUID) -> None:
    """Facts of one client change one after the other; writes that lean on them wait."""
    await db.execute(_LOCK, {"client_id": str(client_id)})


async def share(db: AsyncConnection, client_id: UUID) -> None:
    """A write that depends on the facts holds them still until it commits."""
    await db.execute(_SHARE, {"client_id": str(client_id)})


async def recompile(db: AsyncConnection, client_id: UUID) -> int:
    """Bring the stored grants of one client in line with the facts; the number of changes."""
    await lock(db, client_id)
    async with as_compiler(db, client_id):
        return await _store(db, client_id, policy.grants(await world_of(db, client_id)))


async def world(db: AsyncConnection, client_id: UUID) -> World:
    """All facts of one client, read as the compiler; what is shown of it the caller answers for.

    Only for whom [consent] of the client is open without limit: the client, a mandate.
    """
    async with as_compiler(db, client_id):
        return await world_of(db, client_id)


async def end_links(db: AsyncConnection, client_id: UUID) -> None:
    """A login that stands for a representative or supporter ends with them."""
    async with as_compiler(db, client_id):
        for statement in _END_LINKS:
            await db.execute(statement, {"client": client_id})


async def differences(db: AsyncConnection, client_id: UUID) -> tuple[set[Grant], set[Grant]]:
    """(missing, too many): stored grants against a fresh run of the policy. Empty = in line."""
    await lock(db, client_id)
    async with as_compiler(db, client_id):
        wanted = policy.grants(await world_of(db, client_id))
        stored = {grant_of(row) for row in await db.execute(_STORED, {"client": client_id})}
    return set(wanted - stored), stored - wanted


@asynccontextmanager
async def as_compiler(db: AsyncConnection, client_id: UUID) -> AsyncIterator[None]:
    """Within: all facts of this one client, and nothing else. On an error the rollback resets."""
    await db.execute(BECOME_COMPILER)
    await db.execute(_CLIENT, {"client_id": str(client_id)})
    yield
    await db.execute(_CLIENT, {"client_id": ""})
    await db.execute(BACK)


async def _store(db: AsyncConnection, client_id: UUID, wanted: frozenset[Grant]) -> int:
    stored = {grant_of(row): row.id for row in await db.execute(_STORED, {"client": client_id})}
    gone = [{"grant_id": row_id} for grant, row_id in stored.items() if grant not in wanted]
    new = [_columns(client_id, grant) for grant in wanted if grant not in stored]
    if gone:
        await db.execute(_REMOVE, gone)
    if new:
        index = await db.scalar(_BSN_INDEX, {"client": client_id})
        await db.execute(_ADD, [{**row, "bsn_index": index} for row in new])
    return len(gone) + len(new)


def _columns(client_id: UUID, grant: Grant) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "client_id": client_id,
        "grantee_id": grant.grantee_id,
        "trajectory_id": grant.trajectory_id,
        "record_id": grant.record_id,
        "sender_organisation_id": grant.sender_organisation_id,
        "categories": grant.categories,
        "creates": grant.creates,
        "purposes": grant.purposes,
        "reach": grant.reach,
        "ungated": grant.ungated,
        "valid_from": grant.period.valid_from,
        "valid_until": grant.period.valid_until,
        "basis": grant.basis,
        "basis_id": grant.basis_id,
        "policy_version": grant.policy_version,
    }


def grant_of(row: Any) -> Grant:
    """A stored row as the value the policy speaks of."""
    return Grant(
        grantee_id=row.grantee_id,
        period=Period(row.valid_from, row.valid_until),
        basis=Basis(row.basis),
        basis_id=row.basis_id,
        purposes=row.purposes,
        categories=row.categories,
        creates=row.creates,
        trajectory_id=row.trajectory_id,
        record_id=row.record_id,
        sender_organisation_id=row.sender_organisation_id,
        reach=Reach(row.reach),
        ungated=row.ungated,
        policy_version=row.policy_version,
    )
