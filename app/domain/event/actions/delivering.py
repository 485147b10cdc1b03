"""Sends what waits to those who want it: each receiver at its own pace, each subject in order."""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import Row

from app.access.services import Services
from app.domain.event.actions.calling import Caller
from app.domain.event.actions.handshake import Asking
from app.domain.event.actions.lines import Lines
from app.domain.event.queries import sending as queries
from app.platform.db import Engine
from app.platform.security.outward import PublicTransport

MOST_AT_ONCE = 32
MOST_PER_RECEIVER = 4
"""So one that is slow holds up itself, and no other."""
LEASE = timedelta(seconds=90)
"""Longer than any call may take: a delivery whose sender died is due again after this."""


class Courier:
    """The deliveries that this process has on their way. Several processes may have one.

    `worker` is an engine of its own, for a call holds a connection while it is being sent.
    `transport` makes the way out to one receiver; only a test puts another one here.
    """

    def __init__(
        self,
        services: Services,
        worker: Engine,
        transport: Callable[[], httpx.AsyncBaseTransport] = PublicTransport,
    ) -> None:
        self._worker = worker
        self._lines = Lines(transport)
        self._asking = Asking(services.own_issuer, worker, self._lines)
        self._caller = Caller(services, worker, self._lines)
        self._flying: Counter[UUID] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()

    async def ask(self) -> int:
        """Ask receivers that did not agree yet; how many were asked."""
        return await self._asking.ask()

    async def send(self) -> int:
        """Set off with as many deliveries as there is room for; how many those were."""
        room = MOST_AT_ONCE - len(self._tasks)
        if room <= 0:
            return 0
        busy = [one for one, count in self._flying.items() if count >= MOST_PER_RECEIVER]
        claimed: list[tuple[UUID, Row[Any]]] = []
        async with self._worker.begin() as db:
            for found in await queries.due(db, busy, room):
                most = 1 if found.failures else MOST_PER_RECEIVER - self._flying[found.id]
                most = min(most, room - len(claimed))
                if most > 0:
                    rows = await queries.claim(db, found, most, LEASE)
                    claimed += [(found.id, row) for row in rows]
        for subscription, row in claimed:
            self._set_off(subscription, row)
        return len(claimed)

    async def rest(self, seconds: float) -> None:
        """Until one of those on their way is done, or for so long."""
        if not self._tasks:
            await self._lines.trim()
            await asyncio.sleep(seconds)
            return
        first = asyncio.FIRST_COMPLETED
        await asyncio.wait(self._tasks, timeout=seconds, return_when=first)

    async def settle(self) -> None:
        """Wait until all that is on its way has arrived or failed."""
        while self._tasks:
            await asyncio.wait(self._tasks)
        await self._lines.trim()

    async def close(self) -> None:
        """What is on its way is broken off, and is due again when its lease is over."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._lines.close()

    def _set_off(self, subscription: UUID, row: Row[Any]) -> None:
        self._flying[subscription] += 1
        task = asyncio.create_task(self._caller.deliver(subscription, row.id, row.attempts))
        self._tasks.add(task)

        def landed(done: asyncio.Task[None]) -> None:
            self._tasks.discard(done)
            self._flying[subscription] -= 1
            if self._flying[subscription] <= 0:
                del self._flying[subscription]

        task.add_done_callback(landed)
