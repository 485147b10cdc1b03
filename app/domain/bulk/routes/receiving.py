"""A file comes in: read piece by piece, each piece of rows in a transaction of its own."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from hashlib import sha256

from fastapi import Request
from starlette.requests import ClientDisconnect

from app.access.login import claims_of
from app.access.session import MAY_WRITE, Session, opened
from app.domain.bulk.actions import imports as actions
from app.domain.bulk.actions.imports import Begun
from app.domain.bulk.actions.sender import Sender
from app.domain.bulk.rules.forms import READERS
from app.domain.bulk.rules.imports import LONGEST_ON_ITS_WAY, MOST_BYTES, FileForm, Row
from app.domain.bulk.rules.lines import FileError, Lines
from app.domain.bulk.schemas import ImportOut
from app.domain.machine.actions.exchanging import registration
from app.platform.http import ndjson
from app.platform.http.idempotency import once
from app.platform.http.negotiation import media_type
from app.platform.http.problems import BadRequest, Fault, RequestTimeout, TooLarge

MEDIA = {ndjson.MEDIA: FileForm.NDJSON, "text/csv": FileForm.CSV}
SECONDS = LONGEST_ON_ITS_WAY.total_seconds()
AT_ONCE = 500
CREATED = 201


async def received(request: Request, source_system: str, *, dry_run: bool) -> ImportOut:
    """The whole file, or nothing of it. No connection is held while we wait for its sender."""
    writer = request.app.state.services.engines.writer
    form = MEDIA[media_type(request.headers.get("content-type"))[0]]
    async with opened(request, writer, MAY_WRITE) as session:
        sender = await _sender(request, session)
        begun = await actions.begin(session, source_system, form, sender, dry_run=dry_run)
    try:
        digest = await _taken_in(request, begun, form)
        request.scope["state"]["body"] = digest  # what the key of a repetition is about
        return await _completed(request, begun)
    except Exception:  # whatever it is: of a file that did not come whole nothing is kept
        async with opened(request, writer, MAY_WRITE) as session:
            await actions.drop(session, begun)
        raise


async def _sender(request: Request, session: Session) -> Sender:
    claims, told = await claims_of(request), request.headers
    registered = await registration(session.db, claims)
    return Sender(claims, told.get("on-behalf-of"), told.get("purpose-of-use"), registered)


async def _completed(request: Request, begun: Begun) -> ImportOut:
    """From now on it is worked off; where it came before, it is the one of then."""
    writer = request.app.state.services.engines.writer
    async with opened(request, writer, MAY_WRITE) as session:
        act = partial(actions.complete, session, begun)
        done: ImportOut = (await once(session, CREATED, act, actions.read)).out
        if done.id != begun.id:
            await actions.drop(session, begun)
    return done


async def _taken_in(request: Request, begun: Begun, form: FileForm) -> bytes:
    """The digest of what came. Raises Problem."""
    writer = request.app.state.services.engines.writer
    digest = sha256()
    try:
        async for rows in _rows(request, form, digest.update):
            async with opened(request, writer, MAY_WRITE) as session:
                await actions.add_rows(session, begun, rows)
    except FileError as wrong:
        raise BadRequest(errors=[Fault("body", "#", wrong.code, wrong.detail)]) from None
    except ClientDisconnect:
        raise BadRequest("The body of the request ended early.") from None
    except TimeoutError:
        raise RequestTimeout from None
    return digest.digest()


async def _rows(
    request: Request, form: FileForm, seen: Callable[[bytes], None]
) -> AsyncIterator[list[Row]]:
    """So many rows at a time. Raises FileError, TooLarge, TimeoutError."""
    lines, reader, size, begun = Lines(), READERS[form](), 0, False
    ready: list[Row] = []

    def take(piece: bytes, *, last: bool = False) -> Iterator[Row]:
        for line in lines.feed(piece, last=last):
            yield from reader.rows(line)

    stream = aiter(request.stream())
    deadline = asyncio.get_running_loop().time() + SECONDS
    while True:
        async with asyncio.timeout_at(deadline):
            piece = await anext(stream, b"")
        size += len(piece)
        if size > MOST_BYTES:
            raise TooLarge
        seen(piece)
        for row in take(piece, last=not piece):
            ready.append(row)
            begun = True
            if len(ready) == AT_ONCE:
                yield ready
                ready = []
        if not piece:
            break
    reader.end()
    if not begun:
        raise FileError("no_rows", "The file has no row.")
    yield ready
