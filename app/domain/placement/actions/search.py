"""Contacts with employers for one client; the directory of employers learns nothing of it."""

from uuid import UUID

from app.access.collection import Records
from app.access.days import require_past
from app.access.session import Session
from app.access.versions import add
from app.access.vocabulary import Category
from app.access.writing import check_may_create
from app.domain.employer import queries as employers
from app.domain.placement.actions.checking import named
from app.domain.placement.actions.refusals import refuse_faults
from app.domain.placement.queries import search as queries
from app.domain.placement.schemas.search import (
    JobSearchContactIn,
    JobSearchContactOut,
)
from app.domain.placement.tables import JobSearchContact
from app.domain.trajectory import queries as trajectories
from app.domain.trajectory.actions import reached
from app.domain.trajectory.rules import Milestone

APPROACHES = Records(JobSearchContact, JobSearchContactOut, statement=queries.APPROACHES)


async def approach(
    session: Session, trajectory_id: UUID, body: JobSearchContactIn
) -> JobSearchContactOut:
    """Record a contact for this client, or a correction of one's own entry.

    The first one face to face is a moment of the process, for coach and client alone.
    """
    parent = await trajectories.parent(session, trajectory_id)
    await check_may_create(session, parent.client_id, trajectory_id, Category.CONTACT_LOG)
    require_past(session, happened_on=body.happened_on)
    name = body.employer_name
    if body.employer_id is not None:
        name = await _known(session, body.employer_id, body.visit_id)
    before = await queries.first_employer_contact_on(session, trajectory_id)
    made = await add(session, APPROACHES, parent, body, employer_name=name)
    first = await queries.first_employer_contact_on(session, trajectory_id)
    if first is not None and (before is None or first < before):
        await reached(session, parent, Milestone.EMPLOYER_CONTACT, on=first)
    return made


async def _known(session: Session, employer_id: UUID, visit_id: UUID | None) -> str | None:
    name, faults = await named(session, employer_id), []
    if name is None:
        text = "There is no such employer in your directory."
        faults.append(("#/employerId", "unknown_reference", text))
    if visit_id is not None and await employers.contact(session, employer_id, visit_id) is None:
        text = "There is no such contact with this employer."
        faults.append(("#/visitId", "unknown_reference", text))
    refuse_faults(faults)
    return name
