"""What became of a file is told while it is read."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from fastapi import Request
from starlette.responses import Response, StreamingResponse

from app.access.session import opened
from app.domain.bulk.actions import imports as actions
from app.platform.http import ndjson

LINES = 1000


async def reported(request: Request, import_id: UUID) -> Response:
    """The report, page after page, each in a transaction of its own."""
    reader = request.app.state.services.engines.reader

    async def page(after: int) -> list[dict[str, Any]]:
        async with opened(request, reader) as session:
            return await actions.report(session, import_id, after, LINES)

    first = await page(-1)

    async def lines() -> AsyncIterator[bytes]:
        rows = first
        while rows:
            yield b"".join(map(ndjson.line, rows))
            rows = await page(rows[-1]["row"])
        yield ndjson.line({"complete": True})

    return StreamingResponse(lines(), media_type=ndjson.MEDIA)
