"""From what an endpoint returns to bytes, status, Location and ETag."""

import functools
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from app.platform.http.declarations import Declaration
from app.platform.http.etag import matches, render
from app.platform.http.idempotency import Done, Transaction, once
from app.platform.http.paging import Page
from app.platform.http.problems import PreconditionRequired

Endpoint = Callable[..., Awaitable[Any]]
ITEM_TAGS = "X-Item-Tags"
"""In the scope of a call from within: its list also tells the tag that each item has by itself."""


class Rendered(Response):
    """An answer that remembers for whom it was made, until the ETag is on it."""

    def __init__(self, content: bytes, status: int, media: str, *, caller: str, one: bool) -> None:
        super().__init__(content, status, media_type=media)
        self.caller = caller
        self.one = one
        self.items: Sequence[BaseModel] = ()


def rendering(endpoint: Endpoint, declared: Declaration, status: int) -> Endpoint:
    """The endpoint, with its result rendered once and its replays answered."""
    takes: list[str] = []  # the argument with the transaction, once it is known

    @functools.wraps(endpoint)
    async def rendered(**arguments: Any) -> Response:
        if not takes:
            takes.append(_with_transaction(arguments))
        session: Transaction | None = arguments.get(takes[0])
        if declared.match and session is not None and session.exchange.if_match is None:
            raise PreconditionRequired
        act = functools.partial(endpoint, **arguments)
        if declared.again is None or session is None:
            done = Done(await act(), status)
        else:
            done = await once(session, status, act, declared.again)
        return _response(done, declared, arguments, session.caller if session else "")

    return rendered


def _with_transaction(arguments: dict[str, Any]) -> str:
    return next((name for name, v in arguments.items() if isinstance(v, Transaction)), "")


def _response(
    done: Done, declared: Declaration, arguments: dict[str, Any], caller: str
) -> Response:
    out = done.out
    if isinstance(out, Response):
        return out
    if out is None:
        return Response(status_code=done.status)
    if not isinstance(out, BaseModel):
        raise TypeError("an endpoint returns a schema, a Response or None")
    one = not isinstance(out, Page) and not declared.reads
    answer = Rendered(render(out), done.status, declared.produces, caller=caller, one=one)
    answer.items = out.items if isinstance(out, Page) else ()
    made = getattr(out, "id", None)
    if declared.location is not None and made is not None:
        answer.headers["Location"] = declared.location.format(**{**arguments, "id": made})
    return answer


def tagged(request: Request, answer: Response) -> Response:
    """Puts the ETag on a single resource; 304 when the caller holds this version already.

    Items of a list are tagged for calls from within alone, as a read of each would be.
    """
    if isinstance(answer, Rendered) and answer.items and request.scope.get(ITEM_TAGS):
        tags = (request.app.state.etags.of(answer.caller, render(each)) for each in answer.items)
        answer.headers[ITEM_TAGS] = ",".join(tags)
    if not isinstance(answer, Rendered) or not answer.one or answer.status_code not in {200, 201}:
        return answer
    tag = request.app.state.etags.of(answer.caller, bytes(answer.body))
    answer.headers["ETag"] = tag
    held = request.headers.get("if-none-match")
    if request.method == "GET" and held is not None and matches(held.replace("W/", ""), tag):
        return Response(status_code=304, headers={"ETag": tag})
    return answer
