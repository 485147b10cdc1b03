"""Our own tokens and the demo provider: same door as any provider, on this machine only."""

from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from app.platform.http.handlers import install
from app.platform.http.problems import Unauthorized
from app.platform.security.demo_issuer import (
    DemoIssuer,
    DemoRefusedError,
    refuse_unless_loopback,
)
from app.platform.security.demo_login import Persona
from app.platform.security.demo_routes import demo_routes
from app.platform.security.issuer import Issuer, SigningKey, new_signing_key
from app.platform.security.keys import DiscoveredKeys, StaticKeys
from app.platform.security.tokens import Provider, Verifier
from tests.platform.forging import AUDIENCE

URL = "http://127.0.0.1:8000/demo-issuer"
KEY = SigningKey(new_signing_key())
MEMBERSHIP = UUID("6f1c1a4e-3d35-4a0e-8f6f-0d8b3a3f2f10")
PERSONAS = {"coach": Persona("coach-sub", MEMBERSHIP, "reintegration")}
NEAR = ("127.0.0.1", 50000)


def demo(longest: int = 3600) -> DemoIssuer:
    return DemoIssuer(Issuer(URL, KEY, longest=longest), AUDIENCE, PERSONAS)


def client(
    caller: tuple[str, int] = NEAR, base_url: str = "http://127.0.0.1:8000"
) -> httpx.AsyncClient:
    app = FastAPI()
    install(app)
    app.include_router(demo_routes(demo()))
    transport = httpx.ASGITransport(app=app, client=caller)
    return httpx.AsyncClient(transport=transport, base_url=base_url)


@pytest.mark.parametrize(
    "host",
    [
        "0.0.0.0",
        "::",
        "",
        "192.168.1.5",
        "10.0.0.1",
        "example.org",
        "127.0.0.1.nip.example",
        "::ffff:10.0.0.1",
        "2130706433",
    ],
)
def test_it_refuses_to_start_where_others_can_reach_it(host: str) -> None:
    with pytest.raises(DemoRefusedError):
        refuse_unless_loopback(host, embedded=True)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "::ffff:127.0.0.1"])
def test_it_starts_on_this_machine_with_its_own_database_only(host: str) -> None:
    refuse_unless_loopback(host, embedded=True)
    with pytest.raises(DemoRefusedError):
        refuse_unless_loopback(host, embedded=False)


@pytest.mark.parametrize(
    ("caller", "base_url", "headers"),
    [
        (("192.168.1.9", 1), "http://127.0.0.1:8000", {}),
        (("testclient", 1), "http://127.0.0.1:8000", {}),
        (NEAR, "http://evil.example:8000", {}),
        (NEAR, "http://127.0.0.1:8000", {"X-Forwarded-For": "127.0.0.1"}),
        (NEAR, "http://127.0.0.1:8000", {"Forwarded": "for=127.0.0.1"}),
    ],
    ids=["elsewhere", "unknown", "foreign-name", "proxy", "proxy-standard"],
)
async def test_it_does_not_exist_for_callers_elsewhere(
    caller: tuple[str, int], base_url: str, headers: dict[str, str]
) -> None:
    async with client(caller, base_url) as http:
        answers = [
            await http.get("/demo-issuer/jwks", headers=headers),
            await http.get("/demo-issuer/.well-known/openid-configuration", headers=headers),
            await http.post("/demo-issuer/token", data={"persona": "coach"}, headers=headers),
        ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]


async def test_a_persona_gets_a_token_that_passes_the_same_door() -> None:
    async with client() as http:
        answer = await http.post("/demo-issuer/token", data={"persona": "coach"})
    assert answer.headers["cache-control"] == "no-store"
    assert (answer.json()["token_type"], answer.json()["expires_in"]) == ("Bearer", 3600)
    claims = await Verifier(AUDIENCE, [demo().provider()]).verify(answer.json()["access_token"])
    assert (claims.issuer, claims.subject, claims.client_id) == (URL, "coach-sub", "trede-demo")
    assert (claims.membership, claims.purpose) == (MEMBERSHIP, "reintegration")


async def test_it_is_found_by_discovery_like_any_provider() -> None:
    app = FastAPI()
    app.include_router(demo_routes(demo()))
    keys = DiscoveredKeys(URL, transport=httpx.ASGITransport(app=app, client=NEAR))
    verifier = Verifier(AUDIENCE, [Provider(URL, keys)])
    assert (await verifier.verify(demo().token("coach"))).subject == "coach-sub"


async def test_another_purpose_can_be_asked_and_an_unknown_persona_is_told_whom_there_are() -> None:
    async with client() as http:
        form = {"persona": "coach", "purpose_of_use": "quality_reporting"}
        other = await http.post("/demo-issuer/token", data=form)
        unknown = await http.post("/demo-issuer/token", data={"persona": "nobody"})
    claims = await Verifier(AUDIENCE, [demo().provider()]).verify(other.json()["access_token"])
    assert claims.purpose == "quality_reporting"
    assert unknown.status_code == 400
    assert "coach" in unknown.json()["detail"]


async def test_it_publishes_no_private_key_and_stays_out_of_the_contract() -> None:
    async with client() as http:
        keys = (await http.get("/demo-issuer/jwks")).json()["keys"]
        contract = (await http.get("/openapi.json")).json()
    assert [set(key) for key in keys] == [{"kty", "n", "e", "kid", "use", "alg"}] * 2
    assert contract["paths"] == {}


async def test_our_own_tokens_live_five_minutes_at_most_and_are_all_different() -> None:
    issuer = Issuer("https://trede.example", KEY)
    verifier = Verifier(
        AUDIENCE, [Provider(issuer.url, StaticKeys(issuer.jwks()), longest=issuer.longest)]
    )
    tokens = [
        issuer.mint("epd-1", audience=AUDIENCE, client_id="epd-1", scope=["b", "a"])
        for _ in range(2)
    ]
    first, second = [await verifier.verify(token) for token in tokens]
    assert first.scope == {"a", "b"}
    assert first.jti != second.jti
    assert first.membership is None
    for lifetime in (0, -1, 301):
        with pytest.raises(ValueError, match="lifetime"):
            issuer.mint("epd-1", audience=AUDIENCE, client_id="epd-1", lifetime=lifetime)


async def test_a_token_of_the_demo_provider_does_not_pass_where_it_is_not_trusted() -> None:
    ours = Issuer("https://trede.example", KEY)
    verifier = Verifier(AUDIENCE, [Provider(ours.url, StaticKeys(ours.jwks()))])
    with pytest.raises(Unauthorized):
        await verifier.verify(demo().token("coach"))
