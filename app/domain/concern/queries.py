"""Every read of concern signals; each statement decides for itself."""

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, update

from app.access.parties import Membership, Organisation, Practitioner
from app.access.rows import shown
from app.access.session import Session
from app.domain.concern.tables import Concern

CONCERNS = (
    shown(
        Concern,
        *Concern.__table__.c,
        Membership.role.label("recipient_role"),
        Practitioner.name.label("recipient_name"),
        Organisation.name.label("recipient_organisation"),
    )
    .outerjoin(Membership, Membership.id == Concern.recipient_id)
    .outerjoin(Practitioner, Practitioner.id == Membership.practitioner_id)
    .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
)


async def move(session: Session, concern_id: UUID, values: dict[str, Any]) -> Any:
    """Set what an act sets, on this one signal."""
    one = update(Concern).where(Concern.id == bindparam("concern"))
    return await session.execute(one.values(**values), {"concern": concern_id})
