"""The ways out to receivers, kept for a while: one per subscription and address, never shared."""

from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from uuid import UUID

import httpx

from app.platform.security.webhooks import Line

MOST = 200


class Lines:
    """Opens a way when it is needed, and closes the one that was idle longest."""

    def __init__(self, transport: Callable[[], httpx.AsyncBaseTransport]) -> None:
        self._transport = transport
        self._kept: OrderedDict[tuple[UUID, str], Line] = OrderedDict()
        self._used: Counter[tuple[UUID, str]] = Counter()

    @asynccontextmanager
    async def to(self, subscription: UUID, url: str) -> AsyncIterator[Line]:
        """The way there, for one call; beyond so many, those that are idle longest are closed."""
        of = subscription, url
        self._kept[of] = line = self._kept.pop(of, None) or Line(self._transport())
        self._used[of] += 1
        try:
            yield line
        finally:
            self._used[of] -= 1
            await self._trim()

    async def _trim(self) -> None:
        idle = [of for of in self._kept if not self._used[of]]
        closing = idle[: max(0, len(self._kept) - MOST)]
        for line in [self._kept.pop(of) for of in closing]:  # first out of reach, then closed
            await line.close()
        self._used = +self._used

    async def close(self) -> None:
        while self._kept:
            _, line = self._kept.popitem()
            await line.close()
