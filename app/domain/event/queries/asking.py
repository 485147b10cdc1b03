"""Receivers that did not say yet whether they want to be called; as the worker."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Interval, Row, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

_CLAIM = text("""
UPDATE event_subscription SET asked = asked + 1, ask_at = moment() + :lease
 WHERE id IN (SELECT id FROM event_subscription
     WHERE state = 'pending' AND url IS NOT NULL AND ask_at <= moment()
     ORDER BY ask_at LIMIT :most FOR UPDATE SKIP LOCKED)
RETURNING id, url, wanted_rate, asked
""").bindparams(bindparam("lease", type_=Interval()))
_YES = text("""
UPDATE event_subscription SET state = 'active', confirmed_at = moment(), allowed_rate = :rate,
       failures = 0, failing_since = NULL, wait_until = NULL, last_status = :status,
       last_fault = NULL
 WHERE id = :subscription AND state = 'pending' AND url = :url
""")
"""Only the address that was asked: it may have been changed meanwhile."""
_NOT_YET = text("""
UPDATE event_subscription SET ask_at = moment() + :again, last_status = :status,
       last_fault = :fault
 WHERE id = :subscription AND state = 'pending' AND url = :url
""").bindparams(bindparam("again", type_=Interval()))


async def claim(db: AsyncConnection, most: int, lease: timedelta) -> Sequence[Row[Any]]:
    return (await db.execute(_CLAIM, {"most": most, "lease": lease})).all()


async def yes(
    db: AsyncConnection, subscription: UUID, url: str, rate: int | None, status: int
) -> None:
    told = {"subscription": subscription, "url": url, "rate": rate, "status": status}
    await db.execute(_YES, told)


async def not_yet(db: AsyncConnection, subscription: UUID, url: str, **what: Any) -> None:
    await db.execute(_NOT_YET, {"subscription": subscription, "url": url, **what})
