"""Who is due, which deliveries of theirs, and what became of them; as the worker, by ids only."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Interval, Row, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from app.domain.event.rules.trying import GIVE_UP, Answer, Waiting, pause

FULL = (
    bindparam("receivers", type_=ARRAY(Text())),
    bindparam("organisations", type_=ARRAY(Uuid())),
    bindparam("both", type_=ARRAY(Text())),
)
_DUE = text("""
SELECT s.id, s.failures, s.allowed_rate, s.organisation_id,
       coalesce(s.receiver, s.id::text) AS receiver
  FROM event_subscription s
 WHERE s.state = 'active' AND s.url IS NOT NULL
   AND NOT coalesce(s.receiver, s.id::text) = ANY (:receivers)
   AND NOT s.organisation_id = ANY (:organisations)
   AND NOT s.organisation_id || ' ' || coalesce(s.receiver, s.id::text) = ANY (:both)
   AND (s.wait_until IS NULL OR s.wait_until <= moment())
   AND EXISTS (SELECT FROM event_delivery d
         WHERE d.subscription_id = s.id AND d.state = 'open' AND d.due_at <= moment())
 ORDER BY s.turn_at NULLS FIRST LIMIT :most FOR UPDATE SKIP LOCKED
""").bindparams(*FULL)
"""Whose turn was longest ago comes first, so that nobody waits behind who has much."""
_CLAIM = text("""
UPDATE event_delivery SET attempts = attempts + 1, due_at = moment() + :lease
 WHERE id IN (SELECT d.id FROM event_delivery d
     WHERE d.subscription_id = :subscription AND d.state = 'open' AND d.due_at <= moment()
       AND NOT EXISTS (SELECT FROM event_delivery o
             WHERE o.subscription_id = d.subscription_id AND o.subject_id = d.subject_id
               AND o.state = 'open' AND o.place < d.place)
     ORDER BY d.due_at, d.place LIMIT :room FOR UPDATE SKIP LOCKED)
RETURNING id, attempts
""").bindparams(bindparam("lease", type_=Interval()))
"""Of each subject the oldest that is open, and no other: so a subject is told of in order. What is
not marked before the lease is over is due again."""
_TURN = text("""
UPDATE event_subscription SET turn_at = moment(),
       wait_until = CASE WHEN CAST(:pace AS interval) IS NULL THEN wait_until
                         ELSE moment() + CAST(:pace AS interval) END
 WHERE id = :subscription
""").bindparams(bindparam("pace", type_=Interval()))
_WITHHELD = text("DELETE FROM event_delivery WHERE id = :delivery")
_ARRIVED = text("""
UPDATE event_delivery SET state = 'delivered', last_tried_at = moment(), last_status = :status,
       last_fault = NULL
 WHERE id = :delivery AND state = 'open'
""")
_WELL = text("""
UPDATE event_subscription SET failures = 0, failing_since = NULL, wait_until = NULL,
       last_status = :status, last_fault = NULL
 WHERE id = :subscription AND failures <> 0
""")
_FAILED = text("""
UPDATE event_delivery SET last_tried_at = moment(), last_status = :status, last_fault = :fault,
       first_tried_at = coalesce(first_tried_at, moment()), due_at = moment() + :again,
       state = CASE WHEN coalesce(first_tried_at, moment()) < moment() - :give_up
                    THEN 'dead' ELSE 'open' END
 WHERE id = :delivery AND state = 'open'
RETURNING subject_id, state
""").bindparams(bindparam("again", type_=Interval()), bindparam("give_up", type_=Interval()))
_BEHIND = text("""
UPDATE event_delivery SET due_at = moment() + :again
 WHERE subscription_id = :subscription AND subject_id = :subject AND state = 'open'
   AND due_at < moment() + :again
""").bindparams(bindparam("again", type_=Interval()))
"""What waits behind it on the same subject need not be looked at sooner."""
_ILL = text("""
UPDATE event_subscription SET failures = failures + 1, last_status = :status,
       last_fault = :fault, failing_since = coalesce(failing_since, moment())
 WHERE id = :subscription AND state = 'active'
RETURNING failures
""")
_LEAVE_ALONE = text("""
UPDATE event_subscription SET wait_until = moment() + :pause
 WHERE id = :subscription AND (wait_until IS NULL OR wait_until < moment() + :pause)
""").bindparams(bindparam("pause", type_=Interval()))
_END = text("""
UPDATE event_subscription SET state = 'ended', ended_at = moment(), ended_why = :why
 WHERE id = :subscription AND state <> 'ended'
   AND (CAST(:url AS text) IS NULL OR url = :url)
""")


async def due(db: AsyncConnection, full: Mapping[str, list[Any]], most: int) -> Sequence[Row[Any]]:
    """Subscriptions that something waits for, under a lock that other workers pass by."""
    return (await db.execute(_DUE, {**full, "most": most})).all()


async def claim(
    db: AsyncConnection, subscription: Row[Any], room: int, lease: timedelta
) -> Sequence[Row[Any]]:
    """At most so many of its deliveries, for us until the lease is over.

    A receiver that named a rate (per minute) is left alone for as long as these take of it.
    """
    rate = subscription.allowed_rate
    room = room if rate is None else min(room, max(1, rate // 60))
    asked = {"subscription": subscription.id, "room": room, "lease": lease}
    found = (await db.execute(_CLAIM, asked)).all()
    pace = None if rate is None else timedelta(minutes=len(found) / rate)
    await db.execute(_TURN, {"subscription": subscription.id, "pace": pace})
    return found


async def withheld(db: AsyncConnection, delivery: UUID) -> None:
    """It may not be told: nothing is left of it."""
    await db.execute(_WITHHELD, {"delivery": delivery})


async def arrived(db: AsyncConnection, subscription: UUID, delivery: UUID, status: int) -> None:
    await db.execute(_ARRIVED, {"delivery": delivery, "status": status})
    await db.execute(_WELL, {"subscription": subscription, "status": status})


async def failed(
    db: AsyncConnection, subscription: UUID, delivery: UUID, answer: Answer, again: timedelta
) -> None:
    """It waits for its next turn, or is a dead letter; its receiver is left alone if need be."""
    told = {"status": answer.status, "fault": answer.fault}
    asked = {"delivery": delivery, "again": again, "give_up": GIVE_UP, **told}
    row = (await db.execute(_FAILED, asked)).first()
    if row is not None and row.state == Waiting.OPEN:
        behind = {"subscription": subscription, "subject": row.subject_id, "again": again}
        await db.execute(_BEHIND, behind)
    failures = await db.scalar(_ILL, {"subscription": subscription, **told})
    rest = answer.retry_after or pause(failures or 0)
    if rest is not None:
        await db.execute(_LEAVE_ALONE, {"subscription": subscription, "pause": rest})


async def end(db: AsyncConnection, subscription: UUID, why: str, *, at: str | None = None) -> None:
    """It is over, if `at` is still its address; what waits for it is swept."""
    await db.execute(_END, {"subscription": subscription, "why": why, "url": at})
