"""Compares the stored grants with a fresh run of the policy; says or mends what differs."""

from collections.abc import AsyncIterator
from uuid import UUID

from sqlalchemy import text

from app.access import caseload, grants
from app.platform.db import Engine

_CLIENTS = text("SELECT id FROM client WHERE id > :after ORDER BY id LIMIT 1000")


async def clients(worker: Engine) -> AsyncIterator[UUID]:
    """Every client, in the order of the opaque ids; the worker sees ids and nothing else."""
    after = UUID(int=0)
    while True:
        async with worker.begin() as db:
            found = list(await db.scalars(_CLIENTS, {"after": after}))
        for client_id in found:
            yield client_id
        if not found:
            return
        after = found[-1]


async def differences(writer: Engine, client_id: UUID, *, repair: bool = False) -> int:
    """How many grants of this client are missing or too many, or else lines; `repair` mends."""
    async with writer.begin(keep=repair) as db:
        missing, surplus = await grants.differences(db, client_id)
        if repair and (missing or surplus):
            await grants.recompile(db, client_id)
        lines = await caseload.differences(db, client_id)
    return len(missing) + len(surplus) or lines


async def compare_all(worker: Engine, writer: Engine, *, repair: bool = False) -> dict[UUID, int]:
    """The clients whose stored grants differ from the policy, with the number of differences."""
    found: dict[UUID, int] = {}
    async for client_id in clients(worker):
        count = await differences(writer, client_id, repair=repair)
        if count:
            found[client_id] = count
    return found
