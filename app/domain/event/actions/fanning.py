"""Gives each event that was announced to the subscriptions that may be told of such a thing."""

import logging
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from app.domain.event.queries import fanning as queries
from app.domain.event.rules.catalogue import Kind, is_silent, kinds
from app.domain.event.rules.trying import KEPT
from app.platform.db import Engine

BATCH = 200
log = logging.getLogger("trede")


async def fan_out(worker: Engine) -> int:
    """Work through all that was announced; how many rows wait for subscriptions because of it.

    An event and its place in the queue are one transaction: what breaks off is still announced.
    What a transaction announced that commits late is taken later, and passed by nobody.
    """
    put = 0
    while True:
        async with worker.begin() as db:
            taken = await queries.taken(db, BATCH)
            if taken and await queries.anybody(db):
                put += await _give(db, taken)
        if taken is None or len(taken) < BATCH:
            return put


async def sweep(worker: Engine) -> None:
    """Nothing is kept longer than is said; see `trying.KEPT`."""
    async with worker.begin() as db:
        await queries.sweep(db, KEPT)


async def _give(db: AsyncConnection, taken: Sequence[Row[Any]]) -> int:
    known = [(row, kind) for row in taken if (kind := _kind(row.verb)) is not None]
    clients: dict[UUID, UUID] = {}
    for table in sorted({kind.table for _, kind in known}):
        ids = [row.subject_id for row, kind in known if kind.table == table]
        clients |= await queries.clients_of(db, table, ids)
    told = [
        {
            **row._asdict(),
            "nr": nr,
            "type": kind.type,
            "client_id": clients[row.subject_id],
            "category": kind.category.bit,
        }
        for nr, (row, kind) in enumerate(known)
        if row.subject_id in clients
    ]
    return await queries.put(db, told) if told else 0


def _kind(verb: str) -> Kind | None:
    found = kinds().get(verb)
    if found is None and not is_silent(verb):
        log.warning("an event of no known kind is told to nobody: %s", verb)
    return found
