"""A route that does not say what it does, or that would read loosely, is found before it serves."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import pytest
from fastapi import FastAPI, Query
from pydantic import BaseModel

from app.platform.http.routing import Router, undeclared, without_replay
from tests.platform.http_app import ACT, Part, ThingIn, ThingOut, make_app


def test_the_application_for_these_tests_declares_everything() -> None:
    assert undeclared(make_app()) == []
    assert without_replay(make_app()) == []


def test_a_route_without_act_is_listed_whatever_made_it() -> None:
    app, router = make_app(), Router(prefix="/silent")

    @router.get("/{thing}")
    async def silent(thing: str) -> ThingOut:
        raise AssertionError(thing)

    app.include_router(router, prefix="/v1")
    app.get("/plain")(silent)
    app.mount("/files", FastAPI(openapi_url=None, docs_url=None, redoc_url=None))
    assert undeclared(app) == ["ANY /files", "GET /plain", "GET /v1/silent/{thing}"]


def test_a_post_that_cannot_be_replayed_is_listed() -> None:
    app, router = make_app(), Router(prefix="/v1")

    async def act(body: Part) -> ThingOut:
        raise AssertionError(body)

    router.post("/made", act=ACT)(act)
    router.post("/_search", act=ACT)(act)
    router.post("/evaluation", act=ACT, reads=True)(act)
    router.post("/token", public=True)(act)
    app.include_router(router)
    assert without_replay(app) == ["POST /v1/made"]


class Loose(BaseModel):
    name: str


async def with_int(number: int) -> None: ...
async def with_day(day: date | None = None) -> None: ...
async def with_uuid(thing_id: UUID) -> None: ...
async def with_bounds(number: Annotated[int, Query(ge=1)]) -> None: ...
async def with_list(number: Annotated[list[int], Query()]) -> None: ...
async def with_loose_body(body: Loose) -> None: ...
async def with_dict(body: dict[str, Any]) -> None: ...
async def with_list_body(body: list[ThingIn]) -> None: ...
async def with_two_bodies(one: ThingIn, two: Part) -> None: ...


@pytest.mark.parametrize(
    "endpoint",
    [with_int, with_day, with_uuid, with_bounds, with_list, with_loose_body, with_dict,
     with_list_body, with_two_bodies],
)  # fmt: skip
def test_an_endpoint_that_would_read_loosely_is_refused_when_it_is_added(endpoint: Any) -> None:
    with pytest.raises(TypeError):
        Router().post("/loose", act=ACT, status_code=204)(endpoint)


def test_an_endpoint_stays_callable_as_it_was_written() -> None:
    async def written(part: Part) -> ThingOut:
        raise AssertionError(part)

    assert Router().post("/written", act=ACT)(written) is written
