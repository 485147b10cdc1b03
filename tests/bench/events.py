"""`python -m tests.bench.events`: deliveries per second against native reads of the record."""

import asyncio
import tempfile
import time
from pathlib import Path

from app.platform import migrate
from app.platform.postgres import OWNER, prepare, start
from tests.build.stage import on_stage
from tests.databases import TestDatabase
from tests.domain.event.subscribing import Told, telling

EVENTS, READS, NAME = 400, 400, "events_bench"
COPY = """
INSERT INTO work_question SELECT (jsonb_populate_record(q, jsonb_build_object('id',
    gen_random_uuid()))).* FROM work_question q, generate_series(1, %s) WHERE q.id = %s
"""
ANNOUNCE = """
INSERT INTO outbox_event (id, verb, subject_id)
SELECT gen_random_uuid(), 'work_question.recorded', id FROM work_question WHERE id <> %s
"""


async def measured(told: Told) -> dict[str, float]:
    """Per second: native reads, events given out, deliveries that arrived."""
    one = await told.happen()
    await told.post.round()
    with told.stage.database.connect_as_superuser() as db:
        db.execute(COPY, [EVENTS, one])
        db.execute(ANNOUNCE, [one])
        db.execute("VACUUM ANALYZE work_question, outbox_event")
    path = f"{told.alfa.of_client}/work-questions/{one}"
    token = await told.who.system.token()
    began = time.perf_counter()
    for _ in range(READS):
        hat = told.who.on_behalf_of
        answer = await told.who.system.call("GET", path, token=token, on_behalf_of=hat)
        assert answer.status_code == 200
    reads = READS / (time.perf_counter() - began)
    began = time.perf_counter()
    assert await told.post.give_out() == EVENTS
    given = EVENTS / (time.perf_counter() - began)
    told.receiver.got.clear()
    began = time.perf_counter()
    while len(told.receiver.got) < EVENTS:
        if not await told.post.courier.send():
            await told.post.courier.rest(0.5)
    sent = EVENTS / (time.perf_counter() - began)
    await told.post.courier.settle()
    return {"reads": reads, "given out": given, "delivered": sent}


async def _main(folder: Path) -> None:
    server = start(folder / "postgres", durable=False)
    try:
        prepare(server, NAME)
        migrate.upgrade(server.dsn(OWNER, NAME))
        async with on_stage(TestDatabase(NAME, server), folder) as stage, telling(stage) as told:
            found = await measured(told)
    finally:
        server.stop()
    for name, rate in found.items():
        print(f"{name:12} {rate:7.0f} per second, {rate / found['reads']:.2f} of native reads")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as where:
        asyncio.run(_main(Path(where)))
