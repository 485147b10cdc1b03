"""Contacts with employers for one client."""

from datetime import date
from uuid import UUID

from sqlalchemy import Uuid, bindparam

from app.access.rows import shown, word
from app.access.session import Session
from app.access.versions import superseded_by, versions
from app.domain.employer.rules.contacts import EmployerContactMode
from app.domain.placement.tables import JobSearchContact

APPROACHES = versions(JobSearchContact)
_FIRST = (
    shown(JobSearchContact, JobSearchContact.happened_on)
    .where(
        JobSearchContact.trajectory_id == bindparam("trajectory", type_=Uuid()),
        JobSearchContact.mode == word(EmployerContactMode.FACE_TO_FACE),
        superseded_by(JobSearchContact).is_(None),
    )
    .order_by(JobSearchContact.happened_on)
    .limit(1)
)


async def first_employer_contact_on(session: Session, trajectory_id: UUID) -> date | None:
    """The first day someone spoke face to face with an employer, as far as this viewer may know.

    None is "not yet", never nought days.
    """
    row = await session.row(_FIRST, trajectory=trajectory_id)
    return None if row is None else row.happened_on
