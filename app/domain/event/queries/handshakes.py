"""Receivers that did not say yet whether they want to be called; as the worker."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Interval, Row, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from app.domain.event.queries.sending import FULL

_DUE = text("""
SELECT id, organisation_id, coalesce(receiver, id::text) AS receiver FROM event_subscription
 WHERE state = 'pending' AND url IS NOT NULL AND ask_at <= moment()
   AND NOT coalesce(receiver, id::text) = ANY (:receivers)
   AND NOT organisation_id = ANY (:organisations)
   AND NOT organisation_id || ' ' || coalesce(receiver, id::text) = ANY (:both)
 ORDER BY ask_at LIMIT :most FOR UPDATE SKIP LOCKED
""").bindparams(*FULL)
_CLAIM = text("""
UPDATE event_subscription SET asked = asked + 1, ask_at = moment() + :lease WHERE id = ANY (:chosen)
RETURNING id, url, wanted_rate, asked, organisation_id, coalesce(receiver, id::text) AS receiver
""").bindparams(bindparam("lease", type_=Interval()), bindparam("chosen", type_=ARRAY(Uuid())))
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


async def due(db: AsyncConnection, full: Mapping[str, list[Any]], most: int) -> Sequence[Row[Any]]:
    """Those that wait longest, under a lock that other workers pass by."""
    return (await db.execute(_DUE, {**full, "most": most})).all()


async def claim(
    db: AsyncConnection, chosen: Sequence[UUID], lease: timedelta
) -> Sequence[Row[Any]]:
    """Those are asked by us; who is not asked to the end is due again after the lease."""
    return (await db.execute(_CLAIM, {"chosen": list(chosen), "lease": lease})).all()


async def yes(
    db: AsyncConnection, subscription: UUID, url: str, rate: int | None, status: int
) -> None:
    told = {"subscription": subscription, "url": url, "rate": rate, "status": status}
    await db.execute(_YES, told)


async def not_yet(db: AsyncConnection, subscription: UUID, url: str, **what: Any) -> None:
    await db.execute(_NOT_YET, {"subscription": subscription, "url": url, **what})
