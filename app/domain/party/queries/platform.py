"""What the bootstrap finds: the platform itself and its administrators."""

from uuid import UUID

from sqlalchemy import Row, and_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access.parties import Account, Inbox, Membership, Organisation
from app.access.vocabulary import OrganisationKind, Role
from app.platform.clock import is_current

_ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended('bootstrap', 0))")
_PLATFORM = select(Organisation.id).where(Organisation.kind == OrganisationKind.PLATFORM.value)


async def alone(db: AsyncConnection) -> None:
    """Of two that start at the same time the second finds what the first made."""
    await db.execute(_ALONE)


async def organisation(db: AsyncConnection) -> UUID | None:
    return await db.scalar(_PLATFORM)


async def login(db: AsyncConnection, issuer: str, subject: str) -> Row[UUID, UUID | None] | None:
    statement = select(Account.id, Account.practitioner_id).where(
        Account.issuer == issuer, Account.subject == subject
    )
    return (await db.execute(statement)).first()


async def administrator(
    db: AsyncConnection, organisation_id: UUID, practitioner_id: UUID | None
) -> UUID | None:
    """The membership by which this person administers the platform now."""
    in_force = and_(
        is_current(Membership),
    )
    statement = select(Membership.id).where(
        Membership.organisation_id == organisation_id,
        Membership.practitioner_id == practitioner_id,
        Membership.role == Role.SYSTEM_ADMIN.value,
        in_force,
    )
    return await db.scalar(statement)


async def inbox(db: AsyncConnection, organisation_id: UUID) -> UUID | None:
    statement = select(Inbox.id).where(
        Inbox.organisation_id == organisation_id, Inbox.role == Role.SYSTEM_ADMIN.value
    )
    return await db.scalar(statement)
