"""Where keys come from: documents, discovery, and how seldom a provider is asked."""

import asyncio
import gzip
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from app.platform.security.fetching import LARGEST, check_url
from app.platform.security.keys import (
    DiscoveredKeys,
    KeysUnavailableError,
    PublishedKeys,
    read_keys,
)
from tests.platform.forging import ISSUER, b64, ec_key, public_jwk, rsa_key

METADATA = f"{ISSUER}/.well-known/openid-configuration"
JWKS = "https://keys.example/jwks"


class World:
    """A provider on the network whose answers can be changed, and a clock."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.asked: list[str] = []
        self.answers: dict[str, Any] = {
            METADATA: {"issuer": ISSUER, "jwks_uri": JWKS},
            JWKS: {"keys": [public_jwk(rsa_key(), kid="k1")]},
        }

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        found = self.answers.get(str(request.url))
        if isinstance(found, Exception):
            raise found
        if isinstance(found, httpx.Response):
            return found
        return httpx.Response(404) if found is None else httpx.Response(200, json=found)

    def keys(self, issuer: str = ISSUER) -> DiscoveredKeys:
        transport = httpx.MockTransport(self.answer)
        return DiscoveredKeys(issuer, transport=transport, clock=lambda: self.now)


async def test_keys_are_discovered_once_and_kept() -> None:
    world = World()
    keys = world.keys()
    assert await keys.find("k1") is not None
    assert await keys.find("k1") is not None
    assert world.asked == [METADATA, JWKS]


async def test_many_at_once_ask_the_provider_once() -> None:
    world = World()
    keys = world.keys()
    found = await asyncio.gather(*(keys.find("k1") for _ in range(20)))
    assert all(found)
    assert world.asked == [METADATA, JWKS]


async def test_a_new_key_is_found_but_made_up_ids_do_not_hammer_the_provider() -> None:
    world = World()
    keys = world.keys()
    await keys.find("k1")
    world.answers[JWKS] = {"keys": [public_jwk(rsa_key(), kid="k2")]}
    for number in range(50):
        assert await keys.find(f"made-up-{number}") is None
    assert len(world.asked) == 2
    world.now += 30
    assert await keys.find("k2") is not None
    assert await keys.find("k1") is None
    assert len(world.asked) == 4


async def test_a_withdrawn_key_is_dropped_when_the_keys_grow_old() -> None:
    world = World()
    keys = world.keys()
    await keys.find("k1")
    world.answers[JWKS] = {"keys": []}
    world.now += 600
    assert await keys.find("k1") is None


async def test_kept_keys_bridge_an_outage_for_an_hour_at_most() -> None:
    world = World()
    keys = world.keys()
    await keys.find("k1")
    world.answers[METADATA] = httpx.ConnectTimeout("away")
    world.now += 3599
    assert await keys.find("k1") is not None
    world.now += 1
    with pytest.raises(KeysUnavailableError):
        await keys.find("k1")


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example", "jwks_uri": JWKS},
        {"issuer": ISSUER + "/", "jwks_uri": JWKS},
        {"jwks_uri": JWKS},
        {"issuer": ISSUER},
        {"issuer": ISSUER, "jwks_uri": ["x"]},
        {"issuer": ISSUER, "jwks_uri": "http://keys.example/jwks"},
        {"issuer": ISSUER, "jwks_uri": "http://127.0.0.1/jwks"},
        {"issuer": ISSUER, "jwks_uri": "https://localhost/jwks"},
        {"issuer": ISSUER, "jwks_uri": "file:///etc/passwd"},
        httpx.Response(200, content=b"[]"),
        httpx.Response(200, content=b'{"issuer":1,"issuer":2}'),
        httpx.Response(302, headers={"location": "https://evil.example"}),
        httpx.Response(500),
        httpx.ConnectError("refused"),
    ],
    ids=repr,
)
async def test_a_provider_that_is_not_what_it_says_gives_no_keys(metadata: Any) -> None:
    world = World()
    world.answers[METADATA] = metadata
    with pytest.raises(KeysUnavailableError):
        await world.keys().find("k1")
    assert world.asked == [METADATA]


@pytest.mark.parametrize(
    ("pack", "headers"),
    [
        (lambda text: text + b" " * LARGEST, {}),
        (gzip.compress, {"content-encoding": "gzip"}),
    ],
    ids=["large", "compressed"],
)
async def test_a_document_that_could_fill_the_memory_is_not_read(
    pack: Callable[[bytes], bytes], headers: dict[str, str]
) -> None:
    world = World()
    content = json.dumps(world.answers[METADATA]).encode()
    world.answers[METADATA] = httpx.Response(200, content=pack(content), headers=headers)
    with pytest.raises(KeysUnavailableError):
        await world.keys().find("k1")
    assert world.asked == [METADATA]


@pytest.mark.parametrize(
    "url",
    [
        "http://login.example",
        "ftp://login.example",
        "login.example",
        "",
        "https://",
        "https://user@login.example",
        "https://login.example/#part",
        "http://127.0.0.1.evil.example",
    ],
)
def test_an_issuer_elsewhere_is_reached_by_https_only(url: str) -> None:
    with pytest.raises(ValueError, match=r"URL|https"):
        World().keys(url)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "[::1]"])
def test_this_machine_may_be_reached_without_tls_only_where_allowed(host: str) -> None:
    url = f"http://{host}:8000/demo-issuer"
    assert check_url(url, allow_loopback=True) == url
    with pytest.raises(ValueError, match="this machine"):
        PublishedKeys(url)


async def test_the_registered_address_of_a_machine_is_fetched_and_kept() -> None:
    world = World()
    keys = PublishedKeys(JWKS, transport=httpx.MockTransport(world.answer))
    assert await keys.find("k1") is not None
    assert world.asked == [JWKS]


def test_only_usable_signing_keys_are_read_and_never_their_private_half() -> None:
    private = {"d": "AQAB", "p": "AQAB"}
    small = public_jwk(rsa_key(), kid="small")
    entries: list[Any] = [
        public_jwk(rsa_key(), kid="rsa", **private),
        public_jwk(ec_key(), kid="ec"),
        public_jwk(rsa_key(), kid="sealing", use="enc"),
        public_jwk(rsa_key(), kid="wrapping", key_ops=["wrapKey"]),
        {**small, "n": small["n"][:170]},
        {"kty": "oct", "kid": "oct", "k": "c2VjcmV0"},
        {"kty": "OKP", "crv": "Ed25519", "kid": "okp", "x": "AA"},
        {"kty": "RSA", "kid": "broken", "n": "!" * 342, "e": "AQAB"},
        {**public_jwk(rsa_key()), "kid": "slow to verify", "e": b64(bytes([1] * 250))},
        {**public_jwk(rsa_key()), "kid": "a byte more", "e": "AQABAQ"},
        {"kty": "EC", "kid": "off-curve", "crv": "P-384", "x": "AQ", "y": "AQ"},
        {"kty": ["RSA"], "kid": "odd"},
        public_jwk(rsa_key()),
        {**public_jwk(rsa_key()), "kid": 5},
        "text",
    ]
    keys = read_keys({"keys": entries})
    usable = {kid: key for kid, key in keys.items() if key is not None}
    assert set(usable) == {"rsa", "ec"}
    assert not any(key.is_private for key in usable.values())
    assert read_keys({"keys": "none"}) == read_keys({}) == {}


def test_an_id_that_stands_twice_names_no_key() -> None:
    twice = [public_jwk(rsa_key("a"), kid="k"), public_jwk(rsa_key("b"), kid="k")]
    assert read_keys({"keys": twice}) == {"k": None}
    assert read_keys({"keys": [*twice, twice[0]]}) == {"k": None}
