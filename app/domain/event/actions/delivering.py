"""Sends what waits to those who want it: each receiver at its own pace, each subject in order."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
from sqlalchemy import Row

from app.access.services import Services
from app.domain.event.actions.calling import Caller
from app.domain.event.actions.flights import Flights
from app.domain.event.actions.handshake import Handshakes
from app.domain.event.actions.lines import Lines
from app.domain.event.queries import sending as queries
from app.domain.event.rules.room import SENDING
from app.domain.event.rules.trying import LEASE
from app.platform.db import Engine
from app.platform.security.outward import PublicTransport


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
        self._handshakes = Handshakes(services.own_issuer, worker, self._lines)
        self._caller = Caller(services, worker, self._lines)
        self._flights = Flights(SENDING)

    async def ask(self) -> int:
        """Begin to ask receivers that did not agree yet; how many those were."""
        return await self._handshakes.ask()

    async def send(self) -> int:
        """Set off with as many deliveries as there is room for; how many those were."""
        plan = self._flights.load.copy()
        if plan.left <= 0:
            return 0
        claimed: list[tuple[Row[Any], Row[Any]]] = []
        async with self._worker.begin() as db:
            for found in await queries.due(db, plan.full, plan.left):
                most = min(plan.left_for(found), 1 if found.failures else plan.left)
                if most > 0:
                    rows = await queries.claim(db, found, most, LEASE)
                    plan.add(found, len(rows))
                    claimed += [(found, row) for row in rows]
        for found, row in claimed:
            call = self._caller.deliver(found.id, row.id, row.attempts)
            self._flights.set_off(found, call)
        return len(claimed)

    async def rest(self, seconds: float) -> None:
        """Until one of those on their way is done, or for so long."""
        if self._flights:
            await self._flights.rest(seconds)
            return
        await asyncio.sleep(seconds)

    async def settle(self) -> None:
        """Wait until all that is on its way has arrived or failed, and all that were asked said."""
        await self._handshakes.flights.settle()
        await self._flights.settle()

    async def close(self) -> None:
        """What is on its way is broken off, and is due again when its lease is over."""
        await self._handshakes.flights.close()
        await self._flights.close()
        await self._lines.close()
