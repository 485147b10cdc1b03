"""A stream to one caller: one at a time over all processes, compressed for who takes that."""

import zlib
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from uuid import UUID

import anyio
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from app.access.services import Services
from app.platform import turns
from app.platform.http.problems import TooManyRequests
from app.platform.security.tokens import Claims


@dataclass(frozen=True)
class Turn:
    """The one export that this caller has at a time."""

    services: Services
    name: str
    holder: UUID

    async def goes_on(self) -> bool:
        return await turns.renewed(self.services.engines.writer, self.name, self.holder)

    async def end(self) -> None:
        with anyio.CancelScope(shield=True):
            await turns.given_back(self.services.engines.writer, self.name, self.holder)


async def turn_of(request: Request, claims: Claims) -> Turn:
    """To be ended by who took it. Raises TooManyRequests while this caller has another."""
    services: Services = request.app.state.services
    name = f"export {claims.issuer} {claims.subject}"
    holder = await turns.taken(services.engines.writer, name)
    if holder is None:
        raise TooManyRequests(turns.HELD.total_seconds())
    return Turn(services, name, holder)


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
