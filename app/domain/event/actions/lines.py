"""The ways out to receivers, kept for a while: one per subscription and address, never shared."""

from collections import OrderedDict
from collections.abc import Callable
from uuid import UUID

import httpx

from app.platform.security.webhooks import Line

MOST = 200


class Lines:
    """Opens a way when it is needed, and closes the one that was idle longest."""

    def __init__(self, transport: Callable[[], httpx.AsyncBaseTransport]) -> None:
        self._transport = transport
        self._kept: OrderedDict[tuple[UUID, str], Line] = OrderedDict()

    def of(self, subscription: UUID, url: str) -> Line:
        line = self._kept.pop((subscription, url), None) or Line(self._transport())
        self._kept[subscription, url] = line
        return line

    async def trim(self) -> None:
        """Call it when nothing is on its way over the ones that were idle longest."""
        while len(self._kept) > MOST:
            _, line = self._kept.popitem(last=False)
            await line.close()

    async def close(self) -> None:
        while self._kept:
            _, line = self._kept.popitem()
            await line.close()
