"""What each grant opens of a trajectory in lists: wall 1, evaluated when something is written.

A list or a status asks many tables about many trajectories. Instead of asking the grants again for
every row, each grant carries a line per trajectory with the excerpts that it opens; a line goes
with its grant, so what is withdrawn is gone at once, and a line that was forgotten is not seen.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, delete, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access.caseload.lines import CaseloadLine
from app.access.caseload.reading import STILL_OPEN, Excerpts, mine, page_of_mine
from app.access.caseload.writing import lines_of
from app.access.grants import as_compiler
from app.platform.clock import not_over

__all__ = [
    "STILL_OPEN",
    "CaseloadLine",
    "Excerpts",
    "differences",
    "lines_of",
    "mine",
    "page_of_mine",
    "renew",
]

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended('caseload:' || :client_id, 0))")
_CLIENT = bindparam("client", type_=Uuid())
_REMOVE = delete(CaseloadLine).where(CaseloadLine.client_id == _CLIENT)
_STORED = select(CaseloadLine).where(CaseloadLine.client_id == _CLIENT, not_over(CaseloadLine))


async def renew(db: AsyncConnection, client_id: UUID) -> None:
    """Write the lines of one client anew; the last thing a transaction does before its log.

    Its lock comes after every other one, so those who wait for it hold up nobody else.
    """
    await db.execute(_LOCK, {"client_id": str(client_id)})
    async with as_compiler(db, client_id):
        await db.execute(_REMOVE, {"client": client_id})
        await db.execute(lines_of(_CLIENT), {"client": client_id})


async def differences(db: AsyncConnection, client_id: UUID) -> int:
    """How many lines are not what a fresh run gives; 0 = in line."""
    async with as_compiler(db, client_id):
        before = {_value(row) for row in await db.execute(_STORED, {"client": client_id})}
    await renew(db, client_id)
    async with as_compiler(db, client_id):
        after = {_value(row) for row in await db.execute(_STORED, {"client": client_id})}
    return len(before ^ after)


def _value(row: Any) -> str:
    return repr(sorted((key, repr(value)) for key, value in row._mapping.items()))
