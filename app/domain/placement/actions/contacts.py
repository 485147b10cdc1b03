"""The coach's contact log; the bare day of a contact is also [status]."""

from uuid import UUID

from app.access.collection import Parent, Records
from app.access.days import require_past
from app.access.session import Session
from app.access.versions import add
from app.access.vocabulary import Category
from app.access.writing import check_may_create, record
from app.domain.placement.actions.course import talked
from app.domain.placement.actions.refusals import refuse_faults
from app.domain.placement.queries import contacts as queries
from app.domain.placement.rules.contacts import KNOWS_THE_DAY, MILESTONES, WITH_CLIENT
from app.domain.placement.schemas.contacts import ContactIn, ContactOut
from app.domain.placement.tables import ContactDay, ContactEntry
from app.domain.trajectory import queries as trajectories
from app.domain.trajectory.actions import reached
from app.domain.trajectory.rules.funding import pays

CONTACTS = Records(ContactEntry, ContactOut, statement=queries.CONTACTS)


async def log_contact(session: Session, trajectory_id: UUID, body: ContactIn) -> ContactOut:
    """Record one contact, or a correction of one's own entry."""
    parent = await trajectories.parent(session, trajectory_id)
    await check_may_create(session, parent.client_id, trajectory_id, Category.CONTACT_LOG)
    require_past(session, happened_on=body.happened_on)
    if not pays(body.kind, body.funding):
        text = "This law does not pay for a contact of this kind."
        refuse_faults([("#/funding", "not_allowed_value", text)])
    made = await add(session, CONTACTS, parent, body)
    await _mark_day(session, parent, body, made.id)
    if body.kind in MILESTONES and body.supersedes is None:
        await reached(session, parent, MILESTONES[body.kind], on=body.happened_on)
    if body.supersedes is None:
        await talked(session, parent, body.kind, body.happened_on)
    return made


async def _mark_day(session: Session, parent: Parent, body: ContactIn, contact: UUID) -> None:
    """The day for those who may know no more; a correction replaces the day it was about."""
    earlier = None
    if body.supersedes is not None:
        earlier = await queries.day_of_contact(session, body.supersedes)
    counts = body.kind in WITH_CLIENT
    if not counts and earlier is None:
        return
    values = {
        "contact_id": contact,
        "happened_on": body.happened_on if counts else None,
        "supersedes_id": earlier,
        "audience": KNOWS_THE_DAY,
    }
    await record(
        session,
        ContactDay,
        client_id=parent.client_id,
        trajectory_id=parent.trajectory_id,
        values=values,
    )
