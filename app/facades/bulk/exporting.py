"""An export: page after page of what the lists show, each page decided anew."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import Request
from starlette.responses import Response

from app.access.login import claims_of
from app.facades.bulk.forms import Form
from app.facades.bulk.streaming import StoppedError, Turn, streamed, turn_of
from app.facades.operations import Call, RefusedError, Told, waited_for, worn
from app.platform.security.tokens import Claims

CHUNK = 100
"""So many of a list are decided, logged and sent at a time."""
PROBLEM = "application/problem+json"


@dataclass(frozen=True)
class Wanted:
    """Which list, what its lines are called, from where, and what goes along of each item."""

    path: str
    kind: str
    cursor: str | None = None
    along: Sequence[str] = ()


@dataclass(frozen=True)
class _Asker:
    """Who asks, for as long as the stream lasts; each call looks up anew what that gives."""

    request: Request
    claims: Claims

    async def page(self, path: str, cursor: str | None) -> Told:
        """One page of a list; waits where its caller has to. Raises RefusedError."""
        query = {"pageSize": CHUNK, "cursor": cursor}
        call = Call("GET", path, query=query, headers=worn(self.request))
        told = await waited_for(self.request, self.claims, call)
        if not told.ok:
            raise RefusedError(told)
        return told


async def exported(request: Request, wanted: Wanted, form: Form) -> Response:
    """The stream; a refusal of its first page is the answer. Raises Problem."""
    asker = _Asker(request, await claims_of(request))
    turn = await turn_of(request, asker.claims)
    try:
        first = await asker.page(wanted.path, wanted.cursor)
    except RefusedError as refusal:
        await turn.end()
        told = refusal.told
        return Response(told.body, told.status, told.hints, media_type=PROBLEM)
    except BaseException:
        await turn.end()
        raise
    lines = _lines(asker, wanted, form, first, turn)
    return streamed(request, lines, form.media)


async def _lines(
    asker: _Asker, wanted: Wanted, form: Form, told: Told, turn: Turn
) -> AsyncIterator[bytes]:
    """Ends with `complete`, or with `broken` and why; what has neither was cut off."""
    yield form.head()
    try:
        while True:
            page = told.json
            async for lines in _page(asker, wanted, form, turn, page["items"]):
                yield lines
            cursor = page.get("nextCursor")
            if cursor is None:
                yield form.line("complete")
                return
            yield form.line("cursor", cursor)
            await turn.go_on()
            told = await asker.page(wanted.path, cursor)
    except RefusedError as refusal:
        yield form.line("broken", _reason(refusal.told))
    except StoppedError as stop:
        yield form.line("broken", stop.why)
    finally:
        await turn.end()


async def _page(
    asker: _Asker, wanted: Wanted, form: Form, turn: Turn, items: list[dict[str, Any]]
) -> AsyncIterator[bytes]:
    """The lines of one page, in one piece where nothing goes along."""
    if not wanted.along:
        yield b"".join(form.line(wanted.kind, item) for item in items)
        return
    for item in items:
        yield form.line(wanted.kind, item)
        async for line in _along(asker, wanted, form, turn, item["id"]):
            yield line


async def _along(
    asker: _Asker, wanted: Wanted, form: Form, turn: Turn, item: str
) -> AsyncIterator[bytes]:
    """The records under one item, of the kinds that were asked for and that the caller has.

    One that is gone since its page was made is passed by, as it would be in a list of now.
    """
    for name in wanted.along:
        path, cursor = f"{wanted.path}/{item}/{name}", None
        while True:
            await turn.go_on_within()
            try:
                page = (await asker.page(path, cursor)).json
            except RefusedError as refusal:
                if refusal.told.status != HTTPStatus.NOT_FOUND:
                    raise
                break
            for record in page["items"]:
                yield form.line(name, {f"{wanted.kind}Id": item, **record})
            cursor = page.get("nextCursor")
            if cursor is None:
                break


def _reason(told: Told) -> str:
    return str(told.json.get("type", "")).rpartition(":")[2] or "unavailable"
