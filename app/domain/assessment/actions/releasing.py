"""Letting a draft go to those who may see it once it is released."""

from typing import TypeVar
from uuid import UUID

from app.access.collection import Parent, Records
from app.access.disclosure import Disclosed
from app.access.session import Session
from app.access.versions import moved
from app.access.vocabulary import Role
from app.domain.assessment import queries
from app.domain.assessment.tables import WorkAdvice, WorkCapacity
from app.platform import outbox
from app.platform.http.problems import Conflict, NotAllowed

Made = TypeVar("Made", bound=Disclosed)


async def let_go(
    session: Session,
    records: Records[Made],
    table: type[WorkAdvice] | type[WorkCapacity],
    parent: Parent,
    record_id: UUID,
    *,
    by: frozenset[Role],
) -> Made:
    """Release once, by these roles only, with If-Match; 409 when that was done before."""
    row = await records.locked(session, parent.id, record_id)
    if session.viewer.role not in by:
        raise NotAllowed
    records.require_match(session, row)
    if row.released_at is not None:
        raise Conflict("This was released before.")
    await queries.mark_released(session, table, record_id)
    session.seen(moved(records, row))
    await outbox.announce(session.db, f"{table.__tablename__}.released", record_id)
    return await records.read(session, parent.id, record_id)
