"""What a workplace may know of its placements, reached without any trajectory."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.disclosure import disclose
from app.access.pages import cut
from app.access.session import Session
from app.domain.placement.actions.placements import trial_of
from app.domain.placement.queries import placements as queries
from app.domain.placement.schemas.placements import ContractOut
from app.platform.http.paging import Page, fingerprint


async def contract(session: Session, placement_id: UUID) -> ContractOut:
    """What the workplace may know of a placement; those on the trajectory see the same here."""
    return _contract(session, await queries.contract(session, placement_id))


async def contracts(session: Session, cursor: str | None, size: int) -> Page[ContractOut]:
    """The placements at one's own workplace, in the order they were recorded."""
    found = await cut(
        session,
        lambda after, most: queries.contracts(session, after, most),
        filters=fingerprint(list="contracts"),
        cursor=cursor,
        size=size,
    )
    return found.page([_contract(session, row, listed=True) for row in found.rows])


def _contract(session: Session, row: Row[Any] | None, *, listed: bool = False) -> ContractOut:
    trial = None if row is None else trial_of(row)
    return disclose(session, ContractOut, row, listed=listed, trial=trial)
