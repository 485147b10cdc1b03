"""Gives each event that was announced to the subscriptions that may be told of it.

It is decided here as for a read of the record: an event that waits where it may not be told would
show by what it costs to leave it out. Whether it may still be told is decided when it is told.
"""

import logging
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access.services import Services
from app.domain.event.actions.viewing import tellable_to
from app.domain.event.queries import fanning as queries
from app.domain.event.rules.catalogue import Kind, is_silent, kinds
from app.domain.event.rules.trying import KEPT
from app.platform.db import Engine

BATCH = 200
log = logging.getLogger("trede")


async def fan_out(services: Services, worker: Engine) -> int:
    """Work through all that was announced; how many rows wait for subscriptions because of it.

    An event and its place in the queue are one transaction: what breaks off is still announced.
    What a transaction announced that commits late is taken later, and passed by nobody.
    """
    put = 0
    while True:
        async with worker.begin() as db:
            taken = await queries.taken(db, BATCH)
            if taken and await queries.anybody(db):
                put += await _give(services, db, taken)
        if taken is None or len(taken) < BATCH:
            return put


async def sweep(worker: Engine) -> None:
    """Nothing is kept longer than is said; see `trying.KEPT`."""
    async with worker.begin() as db:
        await queries.sweep(db, KEPT)


async def _give(services: Services, db: AsyncConnection, taken: Sequence[Row[Any]]) -> int:
    known = [(row, kind) for row in taken if (kind := _kind(row.verb)) is not None]
    clients: dict[UUID, UUID] = {}
    for table in sorted({kind.table for _, kind in known}):
        ids = [row.subject_id for row, kind in known if kind.table == table]
        clients |= await queries.clients_of(db, table, ids)
    events = {
        nr: {
            **row._asdict(),
            "nr": nr,
            "type": kind.type,
            "client_id": clients[row.subject_id],
            "category": kind.category.bit,
        }
        for nr, (row, kind) in enumerate(known)
        if row.subject_id in clients
    }
    if not events:
        return 0
    given: list[tuple[UUID, int]] = []
    for wanted in await queries.wanted(db, events.values()):
        about = {nr: (known[nr][1].table, known[nr][0].subject_id) for nr in wanted.numbers}
        may_be_told = await tellable_to(services, wanted.id, about.values())
        given += [(wanted.id, nr) for nr, record in about.items() if record in may_be_told]
    return await queries.put(db, events.values(), given) if given else 0


def _kind(verb: str) -> Kind | None:
    found = kinds().get(verb)
    if found is None and not is_silent(verb):
        log.warning("an event of no known kind is told to nobody: %s", verb)
    return found
