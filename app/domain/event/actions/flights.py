"""The calls that this process has on their way, counted until they are over."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from sqlalchemy import Row

from app.domain.event.rules.room import Load, Room


class Flights:
    """Set off without waiting for each other; what is on its way counts as `load`."""

    def __init__(self, room: Room) -> None:
        self.load = Load(room)
        self._tasks: set[asyncio.Task[None]] = set()

    def __bool__(self) -> bool:
        return bool(self._tasks)

    def set_off(self, subscription: Row[Any], call: Coroutine[Any, Any, None]) -> None:
        self.load.add(subscription)
        task = asyncio.create_task(call)
        self._tasks.add(task)

        def landed(done: asyncio.Task[None]) -> None:
            self._tasks.discard(done)
            self.load.add(subscription, -1)

        task.add_done_callback(landed)

    async def rest(self, seconds: float) -> None:
        """Until one of them is over, or for so long."""
        first = asyncio.FIRST_COMPLETED
        await asyncio.wait(self._tasks, timeout=seconds, return_when=first)

    async def settle(self) -> None:
        """Until all of them are over."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def close(self) -> None:
        """All are broken off."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
