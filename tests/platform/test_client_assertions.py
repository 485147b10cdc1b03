"""How a machine proves who it is: SMART Backend Services and its replays."""

from typing import Any

import pytest

from app.platform.security.client_assertions import (
    RegisteredClient,
    claimed_client,
    verify_assertion,
)
from app.platform.security.keys import StaticKeys
from app.platform.security.signed import RefusedError
from tests.platform.forging import ABSENT, ec_key, forged, public_jwk, rsa_key

NOW = 1_800_000_000
ENDPOINT = "https://trede.example/oauth2/token"
JWKS_URL = "https://epd.example/jwks"
KEYS = StaticKeys(
    {"keys": [public_jwk(rsa_key("epd"), kid="r1"), public_jwk(ec_key("epd"), kid="e1")]}
)
EPD = RegisteredClient("epd-1", KEYS)


def assertion(
    header: dict[str, Any] | None = None, claims: dict[str, Any] | None = None, key: Any = None
) -> str:
    """What a record system sends; `iat` is not asked by SMART."""
    head = {"alg": "RS384", "kid": "r1", "typ": "JWT"} | (header or {})
    body = {
        "iss": "epd-1",
        "sub": "epd-1",
        "aud": ENDPOINT,
        "jti": "0123456789abcdef",
        "client_id": ABSENT,
        "iat": ABSENT,
    } | (claims or {})
    return forged(head, body, key=rsa_key("epd") if key is None else key, now=NOW)


async def accepted(token: str, client: RegisteredClient = EPD, now: float = NOW) -> bool:
    return (await verify_assertion(token, client, ENDPOINT, now=now)).client_id == "epd-1"


async def refused(token: str, client: RegisteredClient = EPD) -> str:
    with pytest.raises(RefusedError) as caught:
        await verify_assertion(token, client, ENDPOINT, now=NOW)
    return caught.value.reason


async def test_a_machine_is_known_by_its_own_key() -> None:
    for token in (
        assertion(),
        assertion({"typ": ABSENT}),
        assertion({"alg": "ES384", "kid": "e1"}, key=ec_key("epd")),
        assertion(claims={"aud": [ENDPOINT], "iat": NOW}),
    ):
        proof = await verify_assertion(token, EPD, ENDPOINT, now=NOW)
        assert (claimed_client(token), proof.client_id) == ("epd-1", "epd-1")
        assert proof.jti == "0123456789abcdef"
        assert proof.expires_at.timestamp() == NOW + 300


async def test_a_proof_stays_spent_until_nobody_would_take_it() -> None:
    token = assertion()
    proof = await verify_assertion(token, EPD, ENDPOINT, now=NOW)
    with pytest.raises(RefusedError):
        await verify_assertion(token, EPD, ENDPOINT, now=proof.remember_until.timestamp())
    assert await accepted(token, now=proof.remember_until.timestamp() - 1)


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"iss": "epd-2", "sub": "epd-2"}, "client"),
        ({"sub": "epd-2"}, "client"),
        ({"iss": "epd-2"}, "client"),
        ({"sub": ABSENT}, "client"),
        ({"sub": ["epd-1"]}, "client"),
        ({"aud": "https://trede.example/oauth2/token/"}, "audience"),
        ({"aud": "https://trede.example"}, "audience"),
        ({"aud": [ENDPOINT, "https://elsewhere.example"]}, "audience"),
        ({"aud": ABSENT}, "audience"),
        ({"exp": NOW + 301}, "lifetime"),
        ({"exp": NOW + 299, "iat": NOW - 10}, "lifetime"),
        ({"exp": NOW - 60}, "expired"),
        ({"exp": ABSENT}, "time_missing"),
        ({"exp": str(NOW + 100)}, "time_format"),
        ({"exp": True}, "time_format"),
        ({"iat": NOW + 61}, "not_yet"),
        ({"nbf": NOW + 61}, "not_yet"),
        ({"jti": ABSENT}, "jti"),
        ({"jti": "0123456789abcde"}, "jti"),
        ({"jti": 1234567890123456}, "jti"),
    ],
    ids=str,
)
async def test_a_proof_is_for_one_client_one_endpoint_and_five_minutes(
    claims: dict[str, object], reason: str
) -> None:
    assert await refused(assertion(claims=claims)) == reason


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ({"typ": "at+jwt"}, "type"),
        ({"typ": None}, "type"),
        ({"alg": "none"}, "algorithm"),
        ({"alg": "HS256"}, "algorithm"),
        ({"kid": "k9"}, "kid"),
        ({"kid": ABSENT}, "kid"),
        ({"jku": "https://evil.example/jwks"}, "jku"),
        ({"jku": JWKS_URL}, "jku"),
        ({"crit": ["exp"]}, "header"),
    ],
    ids=str,
)
async def test_a_proof_has_the_agreed_header(header: dict[str, object], reason: str) -> None:
    assert await refused(assertion(header)) == reason


async def test_a_published_address_of_keys_may_be_repeated_but_not_changed() -> None:
    client = RegisteredClient("epd-1", KEYS, jwks_url=JWKS_URL)
    assert await accepted(assertion({"jku": JWKS_URL}), client)
    assert await accepted(assertion(), client)
    assert await refused(assertion({"jku": JWKS_URL + "?"}), client) == "jku"


async def test_a_client_is_held_to_the_algorithms_and_claims_agreed_with_it() -> None:
    strict = RegisteredClient("epd-1", KEYS, frozenset({"ES384"}), iat_required=True)
    assert await refused(assertion(), strict) == "algorithm"
    with_key = {"alg": "ES384", "kid": "e1"}
    assert await refused(assertion(with_key, key=ec_key("epd")), strict) == "time_missing"
    weak = RegisteredClient("epd-1", KEYS, frozenset({"HS256", "none"}))
    assert await refused(assertion({"alg": "HS256"}, key=b"s" * 32), weak) == "algorithm"


async def test_a_key_of_another_machine_proves_nothing() -> None:
    assert await refused(assertion(key=rsa_key("other"))) == "signature"


@pytest.mark.parametrize("claims", [{"iss": ABSENT}, {"iss": 5}, {"iss": "a\x00"}, {"iss": ""}])
def test_a_proof_that_names_nobody_is_refused(claims: dict[str, object]) -> None:
    with pytest.raises(RefusedError):
        claimed_client(assertion(claims=claims))
