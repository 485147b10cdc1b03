"""A tiny application on the HTTP conventions, so that they are tested through real requests."""

# ruff: noqa: ARG001 - an endpoint of a test declares what it does not need

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID, uuid4

import httpx
from fastapi import Depends, FastAPI, Request
from pydantic import Field, field_validator
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from starlette.responses import Response, StreamingResponse

from app.platform.http.conventions import bare_app, install
from app.platform.http.exchange import Exchange, exchange_of
from app.platform.http.limits import Limiter, believe
from app.platform.http.paging import Cursor, Cursors, Page, PageSize, fingerprint
from app.platform.http.problems import Conflict, NotAllowed, NotFound, Unauthorized
from app.platform.http.routing import Router
from app.platform.http.schemas import (
    ClockTime,
    Day,
    Flag,
    Id,
    In,
    Moment,
    Out,
    ShortText,
    Text,
    Whole,
)

BSN = "999990019"  # from the range for tests; stands for anything that may not come back
KNOWN = UUID("6b1f4a39-7c0e-4f9e-9c55-0d3e9d1f2a10")


class Reading:
    """What an act says about itself."""

    def openapi(self) -> dict[str, Any]:
        return {"reads": ["things"]}


class Part(In):
    first_day: Day
    amount: int = 1


class ThingIn(In):
    name: ShortText

    @field_validator("name")
    @classmethod
    def not_quoted(cls, name: str) -> str:
        if name.startswith("quoted"):
            raise ValueError(name)
        return name

    size: int = 0
    weight: float = 0.0
    heavy: bool = False
    kind: Literal["red", "green"] = "red"
    start_date: Day | None = None
    begins_at: Moment | None = None
    clock: ClockTime | None = None
    other_id: UUID | None = None
    note: Text | None = None
    parts: tuple[Part, ...] = ()


class Circle(In):
    shape: Literal["circle"]
    radius: int


class Square(In):
    shape: Literal["square"]
    side_length: int


class ThingOut(Out):
    id: UUID
    name: str
    note: str | None = None
    start_date: Day | None = None
    made_at: Moment | None = None


@dataclass
class Session:
    """Fits the protocol Transaction."""

    db: AsyncConnection
    caller: str
    exchange: Exchange


async def _session(request: Request) -> AsyncIterator[Session]:
    caller = request.headers.get("authorization", "")
    if not caller:
        raise Unauthorized(error="invalid_token")
    believe(request.scope)
    engine: AsyncEngine | None = request.app.state.engine
    exchange = exchange_of(request)
    request.state.viewer = caller
    if engine is None:
        yield Session(None, caller, exchange)  # type: ignore[arg-type]
        return
    async with engine.begin() as db:
        yield Session(db, caller, exchange)


Writing = Annotated[Session, Depends(_session, scope="function")]
ACT = Reading()
router = Router(prefix="/v1/things", tags=["things"])
other = Router(prefix="/oauth2", tags=["tokens"])
things: dict[UUID, ThingOut] = {}


async def again(session: Session, thing_id: UUID) -> ThingOut:
    thing = things.get(thing_id)
    if thing is None or thing.note == f"hidden from {session.caller}":
        raise NotFound
    return thing


@router.post("", status_code=201, act=ACT, again=again, location="/v1/things/{id}")
async def create_thing(body: ThingIn, session: Writing) -> ThingOut:
    """Make a thing."""
    if body.name == "refused":
        raise Conflict
    thing = ThingOut(id=uuid4(), name=body.name, note=body.note, start_date=body.start_date)
    things[thing.id] = thing
    return thing


@router.get("", act=ACT)
async def list_things(
    request: Request, session: Writing, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[ThingOut]:
    """All things."""
    cursors: Cursors = request.app.state.cursors
    found = fingerprint(list="things")
    start = cursors.open(session.caller, found, cursor)[0] if cursor is not None else 0
    assert isinstance(start, int)
    page = Page[ThingOut](items=[ThingOut(id=KNOWN, name=f"thing {start}")], withheld=["note"])
    page.next_cursor = cursors.seal(session.caller, found, (start + page_size,))
    return page


@router.post("/_search", act=ACT, reads=True)
async def search_things(body: Part, session: Writing) -> Page[ThingOut]:
    """Find things."""
    return Page[ThingOut](items=[])


@router.post("/_shape", act=ACT, reads=True)
async def draw_shape(
    body: Annotated[Circle | Square, Field(discriminator="shape")], session: Writing
) -> ThingOut:
    """One of two shapes."""
    return ThingOut(id=KNOWN, name=type(body).__name__)


@router.get("/_filtered", act=ACT)
async def filter_things(  # noqa: PLR0917 - one parameter of each kind
    session: Writing,
    day: Day | None = None,
    owner: Id | None = None,
    least: Whole = 0,
    heavy: Flag = False,
    text: ShortText | None = None,
) -> ThingOut:
    """Every kind of parameter."""
    return ThingOut(id=owner or KNOWN, name=f"{day} {least} {heavy} {text}")


@router.get("/{thing_id}", act=ACT)
async def read_thing(thing_id: Id, session: Writing) -> ThingOut:
    """One thing."""
    if thing_id != KNOWN:
        raise NotFound
    at = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    return ThingOut(id=KNOWN, name="known", made_at=at)


@router.patch("/{thing_id}", act=ACT)
async def change_thing(thing_id: Id, body: ThingIn, session: Writing, request: Request) -> ThingOut:
    """Change a thing."""
    thing = await read_thing(thing_id, session)
    request.app.state.etags.require_match(session.exchange, session.caller, thing)
    return thing


@router.delete("/{thing_id}", act=ACT)
async def remove_thing(thing_id: Id, session: Writing) -> None:
    """Remove a thing."""


@router.post("/{thing_id}/transitions", act=ACT, again=again, match=True)
async def move_thing(thing_id: Id, session: Writing) -> ThingOut:
    """Takes no body."""
    return ThingOut(id=KNOWN, name="moved")


@router.get("/{thing_id}/numbered/{number}", act=ACT)
async def read_numbered(thing_id: Id, number: Whole, session: Writing) -> ThingOut:
    """A number in a path."""
    return ThingOut(id=KNOWN, name=str(number))


@router.get("/{thing_id}/named/{code}", act=ACT)
async def read_named(thing_id: Id, code: str, session: Writing) -> ThingOut:
    """A code in a path."""
    return ThingOut(id=KNOWN, name=code)


@router.get("/{thing_id}/forbidden", act=ACT)
async def read_forbidden(thing_id: Id, session: Writing) -> ThingOut:
    """Refused."""
    raise NotAllowed


@router.get("/{thing_id}/broken", act=ACT)
async def read_broken(thing_id: Id) -> ThingOut:
    """Breaks with a value in its message."""
    raise RuntimeError(BSN)


@router.get("/{thing_id}/broken-off", public=True)
async def read_broken_off(thing_id: Id) -> Response:
    """Breaks after the status line."""

    async def parts() -> AsyncIterator[bytes]:
        yield b"begun"
        raise RuntimeError(BSN)

    return StreamingResponse(parts())


@other.post("/token", public=True, consumes="application/x-www-form-urlencoded")
async def give_token(request: Request) -> ThingOut:
    """Takes a form."""
    form = await request.form()
    return ThingOut(id=KNOWN, name=str(form["grant_type"]))


pages = Router()


@pages.get("/docs/page", public=True, include_in_schema=False)
async def page() -> Response:
    return Response("<p>", media_type="text/html", headers=OWN_POLICY)


@pages.get("/elsewhere", public=True, include_in_schema=False)
async def elsewhere() -> Response:
    return Response("<p>", media_type="text/html", headers=OWN_POLICY)


OWN_POLICY = {"Content-Security-Policy": "default-src 'self'", "Cache-Control": "public"}


def make_app(engine: AsyncEngine | None = None, limiter: Limiter | None = None) -> FastAPI:
    app = bare_app(title="Things", version="1.2.3", description="Things.")
    app.contact = {"name": "Team", "url": "https://example.org", "email": "team@example.org"}
    app.license_info = {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}
    install(
        app,
        etag_key=b"e" * 32,
        body_key=b"b" * 32,
        own_policy=["/docs"],
        unauthenticated=limiter,
    )
    app.state.cursors = Cursors(b"c" * 32)
    app.state.engine = engine
    for part in (router, other, pages):
        app.include_router(part)
    return app


def client_of(app: FastAPI, caller: str | None = "anna") -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url="https://trede.example",
        headers={"Authorization": caller} if caller else {},
    )


def pointers(answer: httpx.Response) -> dict[str, str]:
    """Pointer -> code of each fault."""
    return {fault["pointer"]: fault["code"] for fault in answer.json()["errors"]}
