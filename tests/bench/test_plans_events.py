"""What it costs to find what is due does not grow with what was delivered; no timing."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import TextClause, text

from app.domain.event.queries import fanning, sending
from app.platform.db import Engine, engine
from tests.databases import TestDatabase

DELIVERED = (0, 30_000)
OPEN = 50
MOST_BUFFERS = {"due": 150, "claim": 2_000, "take": 60}
"""Some five for each subscription; a claim looks at four once more for their order, and writes."""
PUT = """
INSERT INTO event_delivery (id, subscription_id, event_id, verb, subject_id, client_id, category,
    occurred_at, state, due_at)
SELECT gen_random_uuid(), %s, gen_random_uuid(), 'work_question.recorded', gen_random_uuid(),
    gen_random_uuid(), 128, moment(), %s, moment() FROM generate_series(1, %s)
"""
SUBSCRIBE = """
INSERT INTO event_subscription (id, organisation_id, machine_id, hat_id, purpose_bit, url, types,
    state) VALUES (%s, %s, %s, %s, 1, 'https://hooks.example.org/', '{*}', 'active')
"""


def _fill(db: psycopg.Connection, delivered: int) -> UUID:
    mine = uuid4()
    db.execute("SET session_replication_role = replica")  # the directory plays no part here
    for one in (mine, *(uuid4() for _ in range(20))):
        db.execute(SUBSCRIBE, [one, uuid4(), uuid4(), uuid4()])
        db.execute(PUT, [one, "delivered", delivered // 20])
        db.execute(PUT, [one, "open", OPEN])
    db.execute(
        "INSERT INTO outbox_event (id, verb, subject_id, occurred_at) SELECT gen_random_uuid(),"
        " 'work_question.recorded', gen_random_uuid(), moment() FROM generate_series(1, %s)",
        [delivered],
    )
    db.execute("VACUUM ANALYZE event_delivery, event_subscription, outbox_event")
    return mine


async def explained(worker: Engine, statement: TextClause, **values: Any) -> tuple[int, set[str]]:
    """Shared buffers and kinds of nodes; what it writes is undone."""
    told = text(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement.text}")
    told = told.bindparams(*statement._bindparams.values())
    async with worker.begin(keep=False) as db:
        found: Any = (await db.execute(told, values)).scalar()
    plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"], set(_nodes(plan))


def _nodes(plan: dict[str, Any]) -> list[str]:
    below = [node for part in plan.get("Plans", ()) for node in _nodes(part)]
    return [f"{plan['Node Type']} {plan.get('Relation Name', '')}".strip(), *below]


@pytest.mark.parametrize("delivered", DELIVERED)
async def test_what_is_due_is_found_by_index_whatever_was_delivered(
    database: TestDatabase, delivered: int
) -> None:
    with database.connect_as_superuser() as db:
        mine = _fill(db, delivered)
    worker = engine(database.worker, pool_size=1)
    asked: dict[str, tuple[TextClause, dict[str, Any]]] = {
        "due": (sending._DUE, {"receivers": [], "organisations": [], "both": [], "most": 32}),
        "claim": (
            sending._CLAIM,
            {"subscription": mine, "room": 4, "lease": timedelta(seconds=90)},
        ),
        "take": (fanning._TAKE, {"batch": 1}),
    }
    try:
        for name, (statement, values) in asked.items():
            buffers, nodes = await explained(worker, statement, **values)
            assert "Seq Scan event_delivery" not in nodes, name
            assert delivered == 0 or "Seq Scan outbox_event" not in nodes, name
            assert buffers <= MOST_BUFFERS[name], f"{name} touches {buffers} buffers"
    finally:
        await worker.dispose()
