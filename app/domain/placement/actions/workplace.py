"""What a workplace may know of its placements, reached without any trajectory."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.disclosure import disclose
from app.access.session import Session
from app.domain.placement.actions.placements import trial_of
from app.domain.placement.queries import placements as queries
from app.domain.placement.schemas.placements import ContractOut
from app.platform.http.paging import Page, fingerprint

_START = (datetime(1, 1, 1, tzinfo=UTC), UUID(int=0))


async def contract(session: Session, placement_id: UUID) -> ContractOut:
    """What the workplace may know of a placement; those on the trajectory see the same here."""
    return _contract(session, await queries.contract(session, placement_id))


async def contracts(session: Session, cursor: str | None, size: int) -> Page[ContractOut]:
    """The placements at one's own workplace, in the order they were recorded."""
    cursors, filters = session.services.cursors, fingerprint(list="contracts")
    after: Any = _START if cursor is None else cursors.open(session.caller, filters, cursor)
    rows = await queries.contracts(session, after[0], after[1], size + 1)
    page = Page[ContractOut](items=[_contract(session, row, listed=True) for row in rows[:size]])
    if len(rows) > size:
        last = rows[size - 1]
        page.next_cursor = cursors.seal(session.caller, filters, (last.recorded_at, last.id))
    return page


def _contract(session: Session, row: Row[Any] | None, *, listed: bool = False) -> ContractOut:
    trial = None if row is None else trial_of(row)
    return disclose(session, ContractOut, row, listed=listed, trial=trial)
