"""Beside the requests: what was announced is given out, receivers are asked, deliveries sent."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial

from app.access.services import Services
from app.domain.event.actions.delivering import Courier
from app.domain.event.actions.fanning import fan_out, sweep
from app.platform.db import Engine

SWEEP_SECONDS = 600.0
log = logging.getLogger("trede")


@asynccontextmanager
async def told(services: Services, worker: Engine, seconds: float) -> AsyncIterator[None]:
    """While within: events are told as soon as they are there; a failure waits for the next turn.

    `worker` is an engine for this alone, and ends with it.
    """
    courier = Courier(services, worker)
    running = asyncio.create_task(_run(courier, services, worker, seconds))
    try:
        yield
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await courier.close()
        await worker.dispose()


async def _run(courier: Courier, services: Services, worker: Engine, seconds: float) -> None:
    """Apart from each other, so that a receiver that is slow to agree holds up no event."""

    async def send() -> None:
        if not await courier.send():
            await courier.rest(seconds)

    turns = (
        (partial(fan_out, services, worker), seconds),
        (partial(sweep, worker), SWEEP_SECONDS),
        (courier.ask, seconds),
        (send, 0.0),
    )
    async with asyncio.TaskGroup() as group:
        for act, pause in turns:
            group.create_task(_again_and_again(act, pause, seconds))


async def _again_and_again(
    act: Callable[[], Awaitable[object]], pause: float, after_a_fault: float
) -> None:
    while True:
        try:
            await act()
            await asyncio.sleep(pause)
        except Exception as error:  # noqa: BLE001 - tried again, nothing is lost meanwhile
            log.warning("events wait: %s", type(error).__name__)
            await asyncio.sleep(after_a_fault)
