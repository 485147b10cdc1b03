"""Limits: so much at once, so much per second, per caller and per address; slow heads are cut."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest
import uvicorn
from starlette.types import Scope

from app.platform.http.limits import Limiter, address_of
from app.platform.http.patience import patient
from app.platform.settings import Settings
from app.startup import serving_of
from tests.platform.http_app import KNOWN, client_of, make_app


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_allowed_and_then_one_at_a_time() -> None:
    clock = Clock()
    limiter = Limiter(per_second=2, burst=3, clock=clock)
    assert [limiter.allow("anna") for _ in range(4)] == [None, None, None, 0.5]
    clock.now = 0.5
    assert [limiter.allow("anna"), limiter.allow("anna")] == [None, 0.5]


def test_one_caller_does_not_use_up_what_another_has() -> None:
    limiter = Limiter(per_second=1, burst=1, clock=Clock())
    assert [limiter.allow(name) for name in ("anna", "bert", "anna")] == [None, None, 1.0]


def test_waiting_does_not_make_the_wait_longer() -> None:
    clock = Clock()
    limiter = Limiter(per_second=1, burst=1, clock=clock)
    for _ in range(10):
        limiter.allow("anna")
    clock.now = 1
    assert limiter.allow("anna") is None


def test_only_the_callers_seen_last_are_remembered() -> None:
    limiter = Limiter(per_second=1, burst=1, kept=10, clock=Clock())
    for number in range(1000):
        limiter.allow(number)
    assert len(limiter._buckets) == 10
    assert limiter.allow(999) is not None


async def test_who_sends_no_token_is_limited_per_address_with_retry_after() -> None:
    app = make_app(limiter=Limiter(per_second=0.1, burst=2, clock=Clock()))
    async with client_of(app, caller=None) as client:
        answers = [await client.get(f"/v1/things/{KNOWN}") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [401, 401, 429]
    assert answers[2].headers["retry-after"] == "10"
    assert answers[2].headers["content-type"] == "application/problem+json"
    assert answers[2].headers["api-version"] == "1.2.3"


async def test_who_bears_a_good_token_is_not_limited_by_visitors_without() -> None:
    app = make_app(limiter=Limiter(per_second=0.1, burst=2, clock=Clock()))
    async with client_of(app, caller=None) as visitor, client_of(app) as anna:
        for _ in range(5):
            await visitor.get("/v1/nowhere")
        answers = [await anna.get(f"/v1/things/{KNOWN}") for _ in range(5)]
    assert {answer.status_code for answer in answers} == {200}


async def test_guessing_tokens_is_limited_per_address() -> None:
    app = make_app(limiter=Limiter(per_second=0.1, burst=2, clock=Clock()))
    async with client_of(app, caller=None) as client:
        guess = {"Authorization": ""}
        answers = [await client.get(f"/v1/things/{KNOWN}", headers=guess) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [401, 401, 429]


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"Accept": "image/png"}, 406), ({"Content-Type": "text/plain"}, 415)],
)
async def test_what_is_refused_before_the_token_is_looked_at_is_limited_per_address(
    headers: dict[str, str], status: int
) -> None:
    app = make_app(limiter=Limiter(per_second=0.1, burst=2, clock=Clock()))
    async with client_of(app) as anna:
        answers = [await anna.post("/v1/things", content=b"x", headers=headers) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [status, status, 429]


async def test_who_was_believed_before_is_not_kept_out_by_who_guesses_at_the_same_address() -> None:
    app = make_app(limiter=Limiter(per_second=0.1, burst=2, clock=Clock()))
    async with client_of(app, caller=None) as guesser, client_of(app, caller="Bearer a") as anna:
        assert (await anna.get(f"/v1/things/{KNOWN}")).status_code == 200
        guess = {"Authorization": ""}
        answers = [await guesser.get(f"/v1/things/{KNOWN}", headers=guess) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [401, 401, 429]
        for spelled in ("Bearer a", "bearer  a"):
            again = {"Authorization": spelled}
            answers = [await anna.get(f"/v1/things/{KNOWN}", headers=again) for _ in range(3)]
            assert {answer.status_code for answer in answers} == {200}


async def test_a_token_that_was_believed_before_is_held_to_its_own_refusals() -> None:
    app = make_app(limiter=Limiter(per_second=0.1, burst=2, clock=Clock()))
    async with client_of(app, caller="Bearer a") as anna, client_of(app, caller="Bearer b") as bert:
        assert (await anna.get(f"/v1/things/{KNOWN}")).status_code == 200
        unfit = {"Accept": "image/png"}
        answers = [await anna.get(f"/v1/things/{KNOWN}", headers=unfit) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [406, 406, 429]
        assert (await bert.get(f"/v1/things/{KNOWN}")).status_code == 200


async def test_only_a_proxy_of_ours_says_which_client_is_counted() -> None:
    app = make_app(limiter=Limiter(per_second=0.1, burst=2, clock=Clock()))
    app.state.settings = Settings(proxy_addresses="10.1.0.0/16, 192.0.2.80")
    config = serving_of(app)
    config.load()

    async def asked(peer: str, said: str) -> int:
        transport = httpx.ASGITransport(config.loaded_app, client=(peer, 1))
        async with httpx.AsyncClient(transport=transport, base_url="https://trede.example") as http:
            headers = {"X-Forwarded-For": said}
            return (await http.get(f"/v1/things/{KNOWN}", headers=headers)).status_code

    assert [await asked("10.1.2.3", "198.51.100.1") for _ in range(3)] == [401, 401, 429]
    assert await asked("192.0.2.80", "198.51.100.1") == 429
    assert await asked("10.1.2.3", "198.51.100.2") == 401
    made_up = [await asked("127.0.0.1", f"198.51.100.{number}") for number in range(10, 13)]
    assert made_up == [401, 401, 429]


@pytest.mark.parametrize("said", ["*", "proxy.internal", "10.1.2.3/16", "127.0.0.1 10.0.0.1"])
def test_what_is_no_address_of_a_proxy_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="proxy_addresses"):
        Settings(proxy_addresses=said)


async def test_faults_of_who_is_known_are_not_counted_against_the_neighbours() -> None:
    app = make_app(limiter=Limiter(per_second=0.1, burst=2, clock=Clock()))
    async with client_of(app) as anna:
        answers = [await anna.get(f"/v1/things/{uuid4()}") for _ in range(4)]
    assert {answer.status_code for answer in answers} == {404}


@pytest.mark.parametrize(
    ("path", "status"), [("/login", 404), ("/v1/nowhere", 404), ("/v1/openapi.json", 200)]
)
async def test_a_token_buys_nothing_where_none_is_read(path: str, status: int) -> None:
    app = make_app(limiter=Limiter(per_second=0.1, burst=2, clock=Clock()))
    async with client_of(app) as anna:
        answers = [await anna.get(path) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [status, status, 429]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("", "testclient", True),
    ],
)
def test_an_address_is_what_one_client_holds(one: str, other: str, *, same: bool) -> None:
    def scope(host: str) -> Scope:
        return {"client": (host, 1) if host else None}

    assert (address_of(scope(one)) == address_of(scope(other))) is same


class Unhurried(patient("1.2.3")):  # type: ignore[misc]
    """Waits longer than any test here, on however busy a machine."""

    head_seconds = 60.0
    head_bytes = 2000


class Hasty(Unhurried):
    head_seconds = 0.05


@contextlib.asynccontextmanager
async def serving(http: type[Unhurried] = Unhurried) -> AsyncIterator[int]:
    config = uvicorn.Config(
        make_app(), http=http, port=0, log_level="critical", lifespan="off", ws="none"
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn offers nothing to wait for
        await asyncio.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await task


async def answered(port: int, sent: bytes) -> bytes:
    """All that comes back until the server closes; nothing of the connection is left."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(sent)
        return await asyncio.wait_for(reader.read(), 10)
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET / HT",
        b"\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ",
    ],
)
async def test_a_head_that_does_not_end_loses_its_connection(begun: bytes) -> None:
    async with serving(Hasty) as port:
        assert await answered(port, begun) == b""


async def test_a_head_that_grows_too_large_loses_its_connection() -> None:
    async with serving() as port:
        assert await answered(port, b"GET / HTTP/1.1\r\nX-A: " + b"a" * 4000) == b""


async def test_whole_requests_are_answered_one_after_another_on_a_connection() -> None:
    async with serving() as port, httpx.AsyncClient() as client:
        for _ in range(3):
            answer = await client.get(f"http://127.0.0.1:{port}/v1/nowhere")
            assert answer.status_code == 404


@pytest.mark.parametrize("noise", [b"\x16\x03\x01", b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n"])
async def test_what_is_not_http_gets_a_problem_too(noise: bytes) -> None:
    async with serving() as port:
        head, _, body = (await answered(port, noise)).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert b"application/problem+json" in head
    assert b"api-version: 1.2.3" in head
    assert json.loads(body)["status"] == 400
