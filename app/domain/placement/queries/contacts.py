"""The coach's contacts, and the bare days of contact beside them."""

from datetime import date
from uuid import UUID

from sqlalchemy import Uuid, bindparam

from app.access.rows import shown
from app.access.session import Session
from app.access.versions import superseded_by, versions
from app.domain.placement.tables import ContactDay, ContactEntry

CONTACTS = versions(ContactEntry)
_DAY = shown(ContactDay, ContactDay.id).where(
    ContactDay.contact_id == bindparam("contact", type_=Uuid())
)
_LAST = (
    shown(ContactDay, ContactDay.happened_on)
    .where(
        ContactDay.trajectory_id == bindparam("trajectory", type_=Uuid()),
        ContactDay.happened_on.is_not(None),
        superseded_by(ContactDay).is_(None),
    )
    .order_by(ContactDay.happened_on.desc())
    .limit(1)
)


async def day_of_contact(session: Session, contact_id: UUID) -> UUID | None:
    """The bare day that was written beside this entry, if it had one."""
    row = await session.row(_DAY, contact=contact_id)
    return None if row is None else row.id


async def last_contact_on(session: Session, trajectory_id: UUID) -> date | None:
    """The last day of contact between coach and client that this viewer may know of."""
    row = await session.row(_LAST, trajectory=trajectory_id)
    return None if row is None else row.happened_on
