"""A POST with an Idempotency-Key is carried out once, however often and however fast it comes."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from app.platform.http.idempotency import IdempotencyKey, forget
from tests.databases import TestDatabase
from tests.platform import http_app
from tests.platform.http_app import BSN, client_of, make_app

KEY = str(uuid4())


@pytest.fixture
async def engine(database: TestDatabase) -> AsyncIterator[AsyncEngine]:
    engine = create_async_engine(database.api, pool_size=4)
    http_app.things.clear()
    yield engine
    await engine.dispose()


@pytest.fixture
async def anna(engine: AsyncEngine) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(make_app(engine)) as client:
        yield client


async def create(
    client: httpx.AsyncClient, key: str | None = KEY, **body: object
) -> httpx.Response:
    headers = {"Idempotency-Key": key} if key else {}
    return await client.post("/v1/things", json={"name": "x", **body}, headers=headers)


async def test_the_same_request_again_gives_the_same_status_id_and_place(
    anna: httpx.AsyncClient,
) -> None:
    first, second = await create(anna), await create(anna)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert first.headers["location"] == second.headers["location"]
    assert first.headers["etag"] == second.headers["etag"]
    assert len(http_app.things) == 1


async def test_the_answer_is_rendered_anew_and_not_kept(anna: httpx.AsyncClient) -> None:
    made = UUID((await create(anna)).json()["id"])
    http_app.things[made].name = "changed since"
    assert (await create(anna)).json()["name"] == "changed since"


async def test_what_is_no_longer_visible_is_not_found(anna: httpx.AsyncClient) -> None:
    made = UUID((await create(anna)).json()["id"])
    http_app.things[made].note = "hidden from anna"
    assert (await create(anna)).status_code == 404
    assert len(http_app.things) == 1


async def test_the_same_key_with_another_body_is_refused(anna: httpx.AsyncClient) -> None:
    await create(anna)
    answer = await create(anna, note=BSN)
    assert answer.status_code == 409
    assert len(http_app.things) == 1


async def test_the_same_key_on_another_resource_of_the_route_is_refused(
    anna: httpx.AsyncClient,
) -> None:
    headers = {"Idempotency-Key": KEY, "If-Match": '"x"'}
    one = await anna.post("/v1/things/a/transitions", headers=headers)
    other = await anna.post("/v1/things/b/transitions", headers=headers)
    assert (one.status_code, other.status_code) == (200, 409)


async def test_without_a_key_and_with_another_key_it_is_done_again(
    anna: httpx.AsyncClient,
) -> None:
    for key in (None, None, KEY, str(uuid4())):
        assert (await create(anna, key)).status_code == 201
    assert len(http_app.things) == 4


async def test_a_key_lives_per_caller(engine: AsyncEngine, anna: httpx.AsyncClient) -> None:
    async with client_of(make_app(engine), caller="bert") as bert:
        mine, theirs = await create(anna), await create(bert, note="other")
    assert theirs.status_code == 201
    assert mine.json()["id"] != theirs.json()["id"]


async def test_of_many_at_once_one_is_carried_out(anna: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(create(anna) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len(http_app.things) == 1


async def test_a_refused_act_leaves_the_key_free(anna: httpx.AsyncClient) -> None:
    assert (await create(anna, name="refused")).status_code == 409
    assert (await create(anna)).status_code == 201


async def test_nothing_of_the_body_is_kept(engine: AsyncEngine, anna: httpx.AsyncClient) -> None:
    made = (await create(anna, note=BSN)).json()
    async with engine.connect() as db:
        row = (await db.execute(select(IdempotencyKey))).one()._asdict()
        whole = (await db.execute(text("SELECT k::text FROM idempotency_key k"))).scalar_one()
    assert (str(row["created_id"]), row["status"], row["caller"]) == (made["id"], 201, "anna")
    assert row["route"] == "/v1/things"
    assert len(row["body_hmac"]) == 32
    assert BSN not in whole
    assert BSN.encode().hex() not in whole


async def test_old_keys_are_swept(anna: httpx.AsyncClient, database: TestDatabase) -> None:
    await create(anna)
    owner = create_async_engine(database.owner)
    async with owner.begin() as db:
        assert await forget(db, timedelta(days=1)) == 0
        assert await forget(db, timedelta(days=-1)) == 1
    await owner.dispose()
    assert (await create(anna)).status_code == 201
    assert len(http_app.things) == 2
