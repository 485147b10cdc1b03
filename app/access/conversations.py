"""To whom the client's consent opens one conversation: what acts on it must know, not viewers."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from app.access import grants, policy
from app.access.vocabulary import Basis, Category, Grant, Role


class Covered(NamedTuple):
    """A member who may see the conversation now, because the client consented."""

    organisation_id: UUID
    role: Role
    membership_id: UUID


async def covered(
    db: AsyncConnection, client_id: UUID, trajectory_id: UUID, conversation_id: UUID, at: datetime
) -> frozenset[Covered]:
    """Everyone whom a consent in force lets into it, read as the compiler.

    An act may refuse on it ("consents are not in place"); whose consent is missing is told to the
    client only.
    """
    world = await grants.world(db, client_id)
    opened = {
        grant.grantee_id
        for grant in policy.grants(world)
        if _in_force(grant, at)
        and grant.basis is Basis.CONSENT
        and grant.categories & Category.START_CONVERSATION.bit
        and grant.record_id in {None, conversation_id}
        and grant.trajectory_id in {None, trajectory_id}
    }
    return frozenset(
        Covered(member.organisation_id, member.role, member.id)
        for member in world.members
        if member.id in opened
    )


def _in_force(grant: Grant, at: datetime) -> bool:
    until = grant.period.valid_until
    return grant.period.valid_from <= at and (until is None or at < until)
