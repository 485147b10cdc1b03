"""From what was announced to what waits for each subscription; the worker sees ids only here."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Row, Select, Uuid, any_, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from app.domain.event.queries.deciding import table_of

# One at a time gives places, so a place never goes to an event that others were passed for.
_ALONE = text("SELECT pg_try_advisory_xact_lock(hashtextextended('event places', 0))")
_TAKE = text("""
WITH taken AS (DELETE FROM outbox_event WHERE id IN
    (SELECT id FROM outbox_event ORDER BY occurred_at, id LIMIT :batch)
    RETURNING id, verb, subject_id, occurred_at)
SELECT * FROM taken ORDER BY occurred_at, id
""")
_WANTS = "(s.state = 'active' OR s.state = 'pending' AND s.confirmed_at IS NOT NULL)"
"""A receiver that agreed once and is asked anew has to miss nothing; it is sent when it agrees."""
_EVENTS = """jsonb_to_recordset(CAST(:events AS jsonb)) AS e (nr integer, id uuid, verb text,
       type text, subject_id uuid, client_id uuid, category integer, occurred_at timestamptz)"""
_WANTED = text(f"""
SELECT s.id, array_agg(e.nr) AS numbers FROM {_EVENTS}
  JOIN event_subscription s ON {_WANTS} AND s.types && ARRAY['*', e.type]
 WHERE EXISTS (SELECT FROM access_grant g
         WHERE g.client_id = e.client_id AND g.grantee_id IN (s.hat_id, s.inbox_id)
           AND g.categories & e.category <> 0 AND g.purposes & s.purpose_bit <> 0
           AND g.valid_from <= moment() AND (g.valid_until IS NULL OR moment() < g.valid_until))
 GROUP BY s.id ORDER BY s.id
""")  # noqa: S608 - a constant of this module
_PUT = text(f"""
INSERT INTO event_delivery
    (id, subscription_id, event_id, verb, subject_id, client_id, category, occurred_at, state)
SELECT gen_random_uuid(), s.id, e.id, e.verb, e.subject_id, e.client_id, e.category,
       e.occurred_at, CASE WHEN s.url IS NULL THEN 'kept' ELSE 'open' END
  FROM {_EVENTS}
  JOIN jsonb_to_recordset(CAST(:given AS jsonb)) AS g (id uuid, nr integer) ON g.nr = e.nr
  JOIN event_subscription s ON s.id = g.id AND {_WANTS}
 ORDER BY e.nr, s.id
ON CONFLICT DO NOTHING
""")  # noqa: S608 - a constant of this module
_ANYBODY = text(f"SELECT EXISTS (SELECT FROM event_subscription s WHERE {_WANTS})")  # noqa: S608
_OLD = text("""
DELETE FROM event_delivery d USING event_subscription s
 WHERE s.id = d.subscription_id
   AND (s.state = 'ended' OR d.announced_at < moment() - CAST(:kept AS interval))
""")


async def taken(db: AsyncConnection, batch: int) -> Sequence[Row[Any]] | None:
    """The oldest that were announced, no longer waiting; None while another worker does this."""
    if not await db.scalar(_ALONE):
        return None
    return (await db.execute(_TAKE, {"batch": batch})).all()


async def anybody(db: AsyncConnection) -> bool:
    """Whether anyone wants events at all."""
    return bool(await db.scalar(_ANYBODY))


async def clients_of(db: AsyncConnection, table: str, ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Whom these records are about; nothing for a record that is gone."""
    rows = await db.execute(_clients(table), {"ids": list(ids)})
    return {row.id: row.client_id for row in rows}


@cache
def _clients(name: str) -> Select[Any]:
    table = table_of(name)
    wanted = table.id == any_(bindparam("ids", type_=ARRAY(Uuid())))
    columns: tuple[Any, ...] = (table.id, table.client_id)
    return select(*columns).where(wanted)


async def wanted(db: AsyncConnection, events: Iterable[Mapping[str, Any]]) -> Sequence[Row[Any]]:
    """Who wants which: subscriptions whose hat holds a grant of this client and category now."""
    return (await db.execute(_WANTED, {"events": _listed(events)})).all()


async def put(
    db: AsyncConnection, events: Iterable[Mapping[str, Any]], given: Iterable[tuple[UUID, int]]
) -> int:
    """A row for each of these subscriptions and numbers of events; how many those were."""
    pairs = [{"id": subscription, "nr": number} for subscription, number in given]
    found = await db.execute(_PUT, {"events": _listed(events), "given": _listed(pairs)})
    return int(found.rowcount)


def _listed(rows: Iterable[Mapping[str, Any]]) -> str:
    return json.dumps([*rows], default=str)


async def sweep(db: AsyncConnection, kept: object) -> None:
    """What is older than it is kept, and what waited for a subscription that ended."""
    await db.execute(_OLD, {"kept": kept})
