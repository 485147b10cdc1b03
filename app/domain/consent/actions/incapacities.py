"""A treating clinician finds that the client cannot weigh one decision; the client is told."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, update

from app.access import grants
from app.access.collection import Records
from app.access.safeguards import Incapacity
from app.access.session import Session
from app.access.versions import moved
from app.access.vocabulary import Role, categories_in, mask_of
from app.access.writing import record_fact
from app.domain.client import queries as clients
from app.domain.consent.actions.checking import Faults, period_of
from app.domain.consent.rules import words
from app.domain.consent.schemas.incapacities import IncapacityIn, IncapacityOut
from app.platform import outbox
from app.platform.http.paging import Page
from app.platform.http.problems import Conflict, NotAllowed

LONGEST = timedelta(days=366)
_END = update(Incapacity).where(Incapacity.id == bindparam("found"))
_WHO = "A treating clinician finds it, in person."


def _present(_session: Session, row: Row[Any]) -> dict[str, Any]:
    return {"concerns": words.inner(categories_in(row.covers))}


RECORDS = Records(Incapacity, IncapacityOut, under="client", present=_present)


async def find(session: Session, client_id: UUID, body: IncapacityIn) -> IncapacityOut:
    """One decision, from now until a day that is named; it is never about the person."""
    await clients.parent(session, client_id)
    _check_finder(session)
    faults = Faults()
    period = period_of(session, None, body.valid_until, faults)
    if period.valid_until is not None and period.valid_until > period.valid_from + LONGEST:
        faults.add("validUntil", "out_of_range", "At most a year.")
    faults.done()
    await grants.lock(session.db, client_id)
    values = {
        "decision": body.decision,
        "finding": body.finding,
        "covers": mask_of(set(body.categories)),
        "valid_from": period.valid_from,
        "valid_until": period.valid_until,
    }
    made = await record_fact(session, Incapacity, client_id=client_id, values=values)
    await session.recompile(client_id)
    await outbox.announce(session.db, "incapacity.found", made)
    return await RECORDS.written(session, client_id, made)


def _check_finder(session: Session) -> None:
    if session.viewer.role is not Role.CLINICIAN or session.viewer.membership_id is None:
        raise NotAllowed(_WHO)


async def end(session: Session, client_id: UUID, incapacity_id: UUID) -> IncapacityOut:
    """The client can weigh it again, from this second; 409 when it was over already."""
    await clients.parent(session, client_id)
    _check_finder(session)
    await grants.lock(session.db, client_id)
    row = await RECORDS.locked(session, client_id, incapacity_id)
    at = session.viewer.moment
    if row.valid_until <= at:
        raise Conflict("This finding has ended.")
    await session.execute(_END.values(valid_until=bindparam("at")), {"found": row.id, "at": at})
    session.seen(moved(RECORDS, row))
    await session.recompile(client_id)
    await outbox.announce(session.db, "incapacity.ended", row.id)
    return await RECORDS.written(session, client_id, row.id)


async def read(session: Session, client_id: UUID, incapacity_id: UUID) -> IncapacityOut:
    parent = await clients.parent(session, client_id)
    return await RECORDS.read(session, parent.client_id, incapacity_id)


async def browse(
    session: Session, client_id: UUID, cursor: str | None, size: int
) -> Page[IncapacityOut]:
    parent = await clients.parent(session, client_id)
    return await RECORDS.page(session, parent, cursor, size)
