"""Security headers and ids stand on every answer, whatever happened inside."""

import re
from hashlib import sha256
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from app.platform.http.headers import Shell
from app.platform.http.routing import Router
from app.platform.http.tracing import Trace
from tests.platform.http_app import BSN, KNOWN, ThingOut, client_of, make_app

EXPECTED = {
    "api-version": "1.2.3",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


async def get(path: str, **headers: str) -> httpx.Response:
    async with client_of(make_app()) as client:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await client.get(path, headers=named)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", f"/v1/things/{KNOWN}", 200),
        ("HEAD", f"/v1/things/{KNOWN}", 200),
        ("POST", "/v1/things", 400),
        ("GET", "/v1/nowhere", 404),
        ("PUT", "/v1/things", 405),
        ("POST", "/oauth2/token", 500),
        ("GET", f"/v1/things/{KNOWN}/broken", 500),
        ("GET", "/v1/openapi.json", 200),
    ],
)
async def test_every_answer_has_the_version_and_the_security_headers(
    method: str, path: str, status: int
) -> None:
    async with client_of(make_app()) as client:
        answer = await client.request(method, path)
    assert answer.status_code == status
    for name, value in EXPECTED.items():
        assert answer.headers.get_list(name) == [value]
    assert {"x-request-id", "x-trace-id", "traceparent"} <= set(answer.headers)


async def test_an_application_that_fails_outright_still_answers_with_a_problem() -> None:
    async def fail(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise RuntimeError(BSN)

    transport = httpx.ASGITransport(Shell(fail, version="1.2.3"))
    async with httpx.AsyncClient(transport=transport, base_url="https://trede.example") as client:
        answer = await client.get("/")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["api-version"] == "1.2.3"
    assert BSN not in answer.text


async def test_an_answer_that_breaks_off_does_not_look_complete_and_tells_nothing() -> None:
    async with client_of(make_app()) as client:
        with pytest.raises(RuntimeError, match="broke off") as broken:
            await client.get(f"/v1/things/{KNOWN}/broken-off")
    assert BSN not in str(broken.value)
    assert broken.value.__suppress_context__


@pytest.mark.parametrize("sane", ["a", "A.b_c-1", "x" * 64])
async def test_a_sane_request_id_comes_back(sane: str) -> None:
    answer = await get("/v1/nowhere", X_Request_Id=sane, X_Correlation_Id=sane)
    assert answer.headers["x-request-id"] == answer.headers["x-correlation-id"] == sane


@pytest.mark.parametrize("odd", ["", "x" * 65, "a b", "<script>", "a\tb", "é"])
async def test_an_odd_request_id_is_replaced(odd: str) -> None:
    async with client_of(make_app()) as client:
        answer = await client.get("/v1/nowhere", headers={b"X-Request-Id": odd.encode()})
    assert str(UUID(fresh := answer.headers["x-request-id"])) == fresh


async def test_a_well_formed_traceparent_is_taken_over() -> None:
    answer = await get("/v1/nowhere", traceparent=PARENT)
    assert answer.headers["traceparent"] == PARENT
    assert answer.headers["x-trace-id"] == PARENT.split("-")[1]


def test_what_we_call_hangs_under_a_part_of_our_own() -> None:
    _, trace_id, caller, flags = PARENT.split("-")
    ours = [Trace.of({"traceparent": PARENT}) for _ in range(2)]
    assert {each.parent_span_id for each in ours} == {caller}
    assert len({each.span_id for each in ours} | {caller}) == 3
    assert ours[0].traceparent == f"00-{trace_id}-{ours[0].span_id}-{flags}"


async def test_no_request_is_named_as_the_cause_when_the_caller_names_none() -> None:
    answer = await get("/v1/nowhere", X_Request_Id="a-1")
    assert "x-correlation-id" not in answer.headers
    named = await get("/v1/nowhere", X_Request_Id="a-2", X_Correlation_Id="a-1")
    assert (named.headers["x-request-id"], named.headers["x-correlation-id"]) == ("a-2", "a-1")


@pytest.mark.parametrize(
    ("named", "trace_id"),
    [
        ("4bf92f3577b34da6a3ce929d0e0e4736", "4bf92f3577b34da6a3ce929d0e0e4736"),
        ("4BF92F35-77B3-4DA6-A3CE-929D0E0E4736", "4bf92f3577b34da6a3ce929d0e0e4736"),
        ("chain-of-Koppeltaal.7", sha256(b"chain-of-Koppeltaal.7").hexdigest()[:32]),
    ],
)
async def test_the_name_of_a_chain_comes_back_unchanged_and_always_means_the_same_trace(
    named: str, trace_id: str
) -> None:
    answer = await get("/v1/nowhere", X_Trace_Id=named)
    assert answer.headers["x-trace-id"] == named
    assert answer.headers["traceparent"].split("-")[1] == trace_id
    both = await get("/v1/nowhere", X_Trace_Id=named, traceparent=PARENT)
    assert both.headers["x-trace-id"] == named
    assert both.headers["traceparent"].split("-")[1] == PARENT.split("-")[1]


@pytest.mark.parametrize(
    "odd", ["", "x", PARENT.upper(), PARENT[:-1], "00-" + "0" * 32 + "-00f067aa0ba902b7-01"]
)
async def test_a_trace_is_begun_when_there_is_none(odd: str) -> None:
    answer = await get("/v1/nowhere", traceparent=odd)
    assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-00", answer.headers["traceparent"])
    assert answer.headers["traceparent"] != odd
    assert answer.headers["x-trace-id"] == answer.headers["traceparent"].split("-")[1]


def app_that_shows_headers() -> FastAPI:
    router = Router()

    @router.get("/v1/shown", public=True)
    async def shown(request: Request) -> ThingOut:
        return ThingOut(id=KNOWN, name=f"{request.method} {sorted(request.headers)}")

    app = make_app()
    app.include_router(router)
    return app


@pytest.mark.parametrize(
    "name",
    [
        "Forwarded",
        "Client-Cert",
        "Client-Cert-Chain",
        "SSL-Client-Verify",
        "X-SSL-Client-Cert",
        "X-Trede-Proxy",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-User",
        "X-User-Id",
        "X-HTTP-Method-Override",
        "X-Method-Override",
        "X-Original-URL",
        "X-Rewrite-URL",
        "X-Real-IP",
    ],
)
async def test_words_for_a_proxy_do_not_reach_the_application(name: str) -> None:
    async with client_of(app_that_shows_headers()) as client:
        answer = await client.get("/v1/shown", headers={name: "DELETE"})
    assert answer.json()["name"].startswith("GET ")
    assert name.lower() not in answer.json()["name"]


async def test_head_is_get_without_its_body() -> None:
    async with client_of(make_app()) as client:
        got = await client.get(f"/v1/things/{KNOWN}")
        head = await client.head(f"/v1/things/{KNOWN}")
        nowhere = await client.head("/v1/things/x")
    assert head.content == nowhere.content == b""
    assert head.headers["etag"] == got.headers["etag"]
    assert head.headers["content-length"] == str(len(got.content))
    assert nowhere.status_code == 404


async def test_only_pages_under_a_given_prefix_bring_their_own_policy() -> None:
    inside, outside = await get("/docs/page"), await get("/elsewhere")
    assert inside.headers["content-security-policy"] == "default-src 'self'"
    assert outside.headers["content-security-policy"] == EXPECTED["content-security-policy"]
    assert inside.headers["cache-control"] == outside.headers["cache-control"] == "no-store"


async def test_any_origin_may_read_the_contract_and_nothing_else() -> None:
    contract = await get("/v1/openapi.json", Origin="https://elsewhere.example")
    thing = await get(f"/v1/things/{KNOWN}", Origin="https://elsewhere.example")
    assert contract.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in thing.headers
