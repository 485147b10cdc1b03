"""Every error is problem+json, hidden equals absent, and refusals are logged or not answered."""

import logging
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy.exc import DBAPIError, OperationalError
from starlette.exceptions import HTTPException
from starlette.requests import Request

from app.platform.http.problems import NotFound, Problem
from app.platform.http.routing import Router
from tests.platform.http_app import BSN, KNOWN, ThingOut, client_of, make_app

MEMBERS = {"type", "title", "status", "detail", "instance", "errors"}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/nowhere", 404),
        ("GET", "/v1/things/", 404),
        ("GET", "/v1/things/x/", 404),
        ("PUT", "/v1/things", 405),
        ("TRACE", "/v1/things", 405),
        ("GET", "/v1/things/11111111-1111-4111-8111-111111111111", 404),
        ("GET", f"/v1/things/{KNOWN}/forbidden", 403),
        ("GET", f"/v1/things/{KNOWN}/broken", 500),
        ("GET", "/v1/things?pageSize=0", 400),
        ("PATCH", f"/v1/things/{KNOWN}", 400),
        ("DELETE", f"/v1/things/{KNOWN}", 428),
    ],
)
async def test_every_error_is_problem_json_with_all_members(
    method: str, path: str, status: int
) -> None:
    async with client_of(make_app()) as client:
        answer = await client.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem.keys() == MEMBERS
    assert problem["status"] == status
    assert problem["type"].startswith("urn:trede:problem:")


async def test_instance_names_the_request() -> None:
    mine = str(uuid4())
    async with client_of(make_app()) as client:
        told = await client.get("/v1/nowhere", headers={"X-Request-Id": mine})
        untold = await client.get("/v1/nowhere", headers={"X-Request-Id": "abc"})
    assert told.json()["instance"] == f"urn:uuid:{mine}"
    assert str(UUID(fresh := untold.json()["instance"].removeprefix("urn:uuid:"))) == fresh


@pytest.mark.parametrize("bad", ["x", BSN, "%00", "%0A", "{}", str(KNOWN)[:-1], f"{KNOWN}%20", "٣"])
async def test_a_malformed_id_gets_the_same_bytes_as_an_absent_one(bad: str) -> None:
    same = {"X-Request-Id": str(uuid4()), "X-Trace-Id": "a" * 32}
    async with client_of(make_app()) as client:
        absent = await client.get(f"/v1/things/{uuid4()}", headers=same)
        malformed = await client.get(f"/v1/things/{bad}", headers=same)
    assert (malformed.status_code, malformed.content) == (404, absent.content)
    assert malformed.headers.keys() == absent.headers.keys()


async def test_without_a_token_401_says_how_to_get_in() -> None:
    async with client_of(make_app(), caller=None) as client:
        answer = await client.get(f"/v1/things/{KNOWN}")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer ")
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


async def test_405_names_every_method_of_the_path() -> None:
    async with client_of(make_app()) as client:
        collection = await client.put("/v1/things")
        single = await client.post(f"/v1/things/{KNOWN}")
    assert collection.headers["allow"] == "GET, HEAD, POST"
    assert single.headers["allow"] == "DELETE, GET, HEAD, PATCH"


async def test_a_broken_route_tells_nothing_and_logs_no_value(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        async with client_of(make_app()) as client:
            answer = await client.get(f"/v1/things/{KNOWN}/broken")
    assert answer.status_code == 500
    assert BSN not in answer.text + caplog.text
    assert "RuntimeError" in caplog.text
    assert "read_broken" in caplog.text


async def test_a_refusal_is_told_to_the_access_log_with_the_viewer() -> None:
    heard: list[tuple[int, str, str]] = []

    async def hear(request: Request, problem: Problem) -> None:
        heard.append((problem.status, request.url.path, request.state.viewer))

    app = make_app()
    app.state.on_refusal.append(hear)
    async with client_of(app) as client:
        await client.get("/v1/things/x")
        await client.get(f"/v1/things/{KNOWN}/forbidden")
        await client.get(f"/v1/things/{KNOWN}")
    assert heard == [
        (404, "/v1/things/x", "anna"),
        (403, f"/v1/things/{KNOWN}/forbidden", "anna"),
    ]


async def test_a_refusal_that_cannot_be_logged_becomes_503() -> None:
    async def fail(_request: Request, _problem: Problem) -> None:
        raise RuntimeError(BSN)

    app = make_app()
    app.state.on_refusal.append(fail)
    async with client_of(app) as client:
        hidden = await client.get("/v1/things/x")
        forbidden = await client.get(f"/v1/things/{KNOWN}/forbidden")
    assert [hidden.status_code, forbidden.status_code] == [503, 503]
    assert "retry-after" in hidden.headers
    assert hidden.json()["type"] == forbidden.json()["type"]


class FakeDriverError(Exception):
    sqlstate = "57P01"


def app_that_raises(error: Exception) -> FastAPI:
    router = Router()

    @router.get("/v1/raises", public=True)
    async def raises() -> ThingOut:
        raise error

    app = make_app()
    app.include_router(router)
    return app


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OperationalError(BSN, {"bsn": BSN}, FakeDriverError(BSN)), 503),
        (DBAPIError(BSN, {"bsn": BSN}, Exception(BSN)), 500),
        (ConnectionRefusedError(BSN), 503),
        (FileNotFoundError(BSN), 503),
        (HTTPException(402, BSN), 402),
        (HTTPException(400, BSN), 400),
        (ValueError(BSN), 500),
    ],
)
async def test_what_is_raised_below_becomes_an_answer_without_its_words(
    error: Exception, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    async with client_of(app_that_raises(error)) as client:
        answer = await client.get("/v1/raises")
    assert answer.status_code == answer.json()["status"] == status
    assert BSN not in answer.text + caplog.text


def test_not_found_takes_no_words_of_its_own() -> None:
    with pytest.raises(TypeError):
        NotFound("the client exists, but")  # type: ignore[call-arg]
