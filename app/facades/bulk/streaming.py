"""A stream to one caller: one at a time over all processes, compressed for who takes that."""

import time
import zlib
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

import anyio
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from app.access.services import Services
from app.domain.machine.actions import exchanging
from app.platform import turns
from app.platform.http.problems import TooManyRequests
from app.platform.security.tokens import Claims

LONGEST = 3600.0
"""Seconds that a stream goes on at most: nobody keeps a token that is over in use by reading
slowly. Who has more to fetch begins again where it stopped."""
EVERY = 10.0
"""Seconds after which it is asked again within a part, as a part may be read slowly too."""


class Stop(StrEnum):
    """Why a stream is not gone on with, though its caller may see what comes."""

    ANOTHER_BEGAN = "another-export-began"
    CHANGED = "registration-changed"
    TOO_LONG = "too-long"


class StoppedError(RuntimeError):
    """It goes no further; what has no line of its own for that breaks off with it."""

    def __init__(self, why: Stop) -> None:
        super().__init__(why)
        self.why = why


@dataclass
class Turn:
    """The one export that this caller has at a time, and what the token of it rested on."""

    services: Services
    name: str
    holder: UUID
    claims: Claims
    registration: str | None
    began: float = field(default_factory=time.monotonic)
    asked: float = field(default_factory=time.monotonic, init=False)

    async def go_on(self) -> None:
        """Before each further part. Raises StoppedError."""
        self.asked = time.monotonic()
        if why := await self.stopped():
            raise StoppedError(why)

    async def go_on_within(self) -> None:
        """Before each further look of a part. Raises StoppedError."""
        if time.monotonic() - self.asked >= EVERY:
            await self.go_on()

    async def stopped(self) -> Stop | None:
        """None while it may go on.

        A stream outlives its token, not what that was given for: the client system as registered.
        """
        if not await turns.renewed(self.services.engines.writer, self.name, self.holder):
            return Stop.ANOTHER_BEGAN
        if time.monotonic() - self.began >= LONGEST:
            return Stop.TOO_LONG
        if await _registration(self.services, self.claims) != self.registration:
            return Stop.CHANGED
        return None

    async def end(self) -> None:
        with anyio.CancelScope(shield=True):
            await turns.given_back(self.services.engines.writer, self.name, self.holder)


async def turn_of(request: Request, claims: Claims) -> Turn:
    """To be ended by who took it. Raises TooManyRequests while this caller has another."""
    services: Services = request.app.state.services
    registration = await _registration(services, claims)
    name = f"export {claims.issuer} {claims.subject}"
    holder = await turns.taken(services.engines.writer, name)
    if holder is None:
        raise TooManyRequests(turns.HELD.total_seconds())
    return Turn(services, name, holder, claims, registration)


async def _registration(services: Services, claims: Claims) -> str | None:
    async with services.engines.reader.begin() as db:
        return await exchanging.registration(db, claims)


def streamed(request: Request, lines: AsyncIterator[bytes], media: str) -> Response:
    """Compressed where the caller takes that: nothing that a caller sends stands in the stream."""
    headers = {"Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        lines = compressed(lines)
    return StreamingResponse(lines, media_type=media, headers=headers)


async def compressed(lines: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    packing = zlib.compressobj(wbits=31)
    async with aclosing(lines) as source:  # type: ignore[type-var]
        async for line in source:
            if packed := packing.compress(line) + packing.flush(zlib.Z_SYNC_FLUSH):
                yield packed  # as soon as it is there: who reads along sees each page
    yield packing.flush()
