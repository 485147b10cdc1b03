"""What a bearer token must be to be believed; attack tests 43 to 48."""

import json
import logging
import time
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.platform.http.problems import Unauthorized
from app.platform.security.keys import StaticKeys
from app.platform.security.token_cache import TokenCache
from app.platform.security.tokens import Claims, Provider, Verifier
from tests.platform.forging import (
    ABSENT,
    AUDIENCE,
    ISSUER,
    b64,
    compact,
    ec_key,
    forged,
    good_claims,
    public_bytes,
    public_jwk,
    rsa_key,
)

NOW = 1_800_000_000
OTHER = "https://other.example"


def verifier(
    *, now: float = NOW, plain_jwt: bool = False, cache: TokenCache[Claims] | None = None
) -> Verifier:
    ours = StaticKeys(
        {
            "keys": [
                public_jwk(rsa_key(), kid="k1"),
                public_jwk(ec_key(), kid="e1"),
                public_jwk(rsa_key("twin"), kid="twin"),
                public_jwk(rsa_key("sealing"), kid="sealing", use="enc"),
                public_jwk(rsa_key(), kid="ps-only", alg="PS256"),
                public_jwk(rsa_key(), kid="twin"),
                {"kty": "oct", "kid": "shared", "k": b64(b"s" * 32)},
            ]
        }
    )
    theirs = StaticKeys({"keys": [public_jwk(rsa_key("theirs"), kid="t1")]})
    providers = [Provider(ISSUER, ours, plain_jwt=plain_jwt), Provider(OTHER, theirs)]
    return Verifier(AUDIENCE, providers, cache=cache, now=lambda: now)


async def accepted(token: str, judge: Verifier | None = None) -> bool:
    return (await (judge or verifier()).verify(token)).subject == "person-1"


async def refused(token: str, judge: Verifier | None = None) -> bool:
    with pytest.raises(Unauthorized):
        await (judge or verifier()).verify(token)
    return True


async def test_a_token_that_holds_tells_who_and_what_is_wished() -> None:
    wishes = {
        "trede_membership": "6f1c1a4e-3d35-4a0e-8f6f-0d8b3a3f2f10",
        "purpose_of_use": "reintegration",
        "scope": "read write",
        "azp": "coach-portal",
    }
    assert await verifier().verify(forged(claims=wishes, now=NOW)) == Claims(
        issuer=ISSUER,
        subject="person-1",
        client_id="coach-portal",
        membership=UUID(wishes["trede_membership"]),
        purpose="reintegration",
        scope=frozenset({"read", "write"}),
        jti="a-token-of-their-own",
        expires_at=datetime.fromtimestamp(NOW + 300, UTC),
    )


THUMB = "A" * 43


@pytest.mark.parametrize(
    "cnf",
    [
        None,
        THUMB,
        {},
        {"jkt": THUMB},
        {"x5t#S256": THUMB, "jkt": THUMB},
        {"x5t#S256": THUMB[:-1]},
        {"x5t#S256": None},
    ],
)
async def test_a_token_bound_in_a_way_that_is_not_checked_is_refused(cnf: object) -> None:
    token = forged(claims={"cnf": cnf}, now=NOW)
    assert await refused(token)
    with pytest.raises(Unauthorized):
        await verifier().verify(token, THUMB)


async def test_a_bound_token_is_good_with_its_certificate_only_remembered_or_not() -> None:
    judge, token = verifier(), forged(claims={"cnf": {"x5t#S256": THUMB}}, now=NOW)
    for _ in range(2):
        assert await refused(token, judge)
        with pytest.raises(Unauthorized):
            await judge.verify(token, "B" * 43)
        assert (await judge.verify(token, THUMB)).certificate == THUMB


@pytest.mark.parametrize(
    ("algorithm", "kid", "key"),
    [
        ("RS256", "k1", rsa_key()),
        ("RS384", "k1", rsa_key()),
        ("PS256", "k1", rsa_key()),
        ("ES384", "e1", ec_key()),
        ("PS256", "ps-only", rsa_key()),
    ],
)
async def test_each_allowed_algorithm_is_taken(algorithm: str, kid: str, key: Any) -> None:
    token = forged({"alg": algorithm, "kid": kid}, key=key, now=NOW)
    assert await accepted(token)


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "", None, 1, ["RS256"], ABSENT])
async def test_a_token_without_signature_is_refused(algorithm: object) -> None:
    token = forged({"alg": algorithm}, now=NOW)
    assert await refused(token)
    assert await refused(token.rpartition(".")[0] + ".")


@pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512", "RS256"])
@pytest.mark.parametrize(
    "secret",
    [
        public_bytes(rsa_key(), Encoding.PEM),
        public_bytes(rsa_key(), Encoding.DER),
        json.dumps(public_jwk(rsa_key(), kid="k1")).encode(),
        public_jwk(rsa_key())["n"].encode(),
        b"s" * 32,
    ],
    ids=["pem", "der", "jwk", "modulus", "oct"],
)
async def test_a_public_key_never_serves_as_a_shared_secret(algorithm: str, secret: bytes) -> None:
    for kid in ("k1", "shared"):
        assert await refused(forged({"alg": algorithm, "kid": kid}, key=secret, now=NOW))


@pytest.mark.parametrize("algorithm", ["RS512", "PS384", "PS512", "rs256"])
async def test_an_algorithm_outside_the_list_is_refused(algorithm: str) -> None:
    assert await refused(forged({"alg": algorithm}, now=NOW))


async def test_a_key_is_used_only_for_its_own_kind_of_algorithm() -> None:
    assert await refused(forged({"alg": "RS256", "kid": "e1"}, now=NOW))
    assert await refused(forged({"alg": "ES384", "kid": "k1"}, key=ec_key(), now=NOW))
    assert await refused(forged({"alg": "RS256", "kid": "ps-only"}, now=NOW))


@pytest.mark.parametrize(
    "kid",
    [
        ABSENT,
        None,
        "",
        1,
        ["k1"],
        {"k1": 1},
        "K1",
        "k1 ",
        "k1\x00",
        "../../../dev/null",
        "k1' OR '1'='1",
        "https://evil.example/jwks",
        "e1",
        "t1",
        "twin",
        "sealing",
        "k" * 5000,
    ],
)
async def test_kid_must_name_exactly_one_key_of_this_issuer(kid: object) -> None:
    assert await refused(forged({"kid": kid}, now=NOW))
    assert await refused(forged({"kid": kid}, key=rsa_key("sealing"), now=NOW))


async def test_a_key_of_one_issuer_does_not_sign_for_another() -> None:
    stolen = {"kid": "t1"}
    assert await refused(forged(stolen, key=rsa_key("theirs"), now=NOW))
    own = forged(stolen, {"iss": OTHER}, key=rsa_key("theirs"), now=NOW)
    assert (await verifier().verify(own)).issuer == OTHER


@pytest.mark.parametrize(
    "header",
    [
        {"jwk": public_jwk(rsa_key("evil"), kid="k1")},
        {"jku": "https://evil.example/jwks"},
        {"x5u": "https://evil.example/cert"},
        {"x5c": ["MIIB"]},
        {"crit": ["exp"]},
        {"crit": []},
        {"b64": False, "crit": ["b64"]},
        {"zip": "DEF"},
        {"enc": "A256GCM"},
        {"cty": "JWT"},
    ],
    ids=lambda header: next(iter(header)),
)
async def test_a_token_does_not_bring_its_own_key_or_rules(header: dict[str, object]) -> None:
    assert await refused(forged(header, key=rsa_key("evil"), now=NOW))
    assert await refused(forged(header, now=NOW))


@pytest.mark.parametrize(
    "kind", ["JWT", "jwt", "id+jwt", "logout+jwt", "", None, 1, ["at+jwt"], ABSENT]
)
async def test_only_an_access_token_opens_the_door(kind: object) -> None:
    assert await refused(forged({"typ": kind}, now=NOW))


async def test_a_provider_of_plain_tokens_still_gives_no_id_or_refresh_tokens() -> None:
    judge = verifier(plain_jwt=True)
    plain = {"typ": "JWT"}
    assert (await judge.verify(forged(plain, now=NOW))).jti == "a-token-of-their-own"
    assert len((await judge.verify(forged(plain, {"jti": ABSENT}, now=NOW))).jti) == 64
    marks: list[dict[str, object]] = [
        {"nonce": "n"},
        {"at_hash": "h"},
        {"events": {}},
        {"typ": "ID"},
        {"typ": 1},
    ]
    for mark in marks:
        assert await refused(forged(plain, mark, now=NOW), judge)
    assert await refused(forged({"typ": ABSENT}, now=NOW), judge)
    other = forged({"typ": "JWT", "kid": "t1"}, {"iss": OTHER}, key=rsa_key("theirs"), now=NOW)
    assert await refused(other, judge)


@pytest.mark.parametrize("name", ["exp", "iat", "nbf"])
@pytest.mark.parametrize("value", [str(NOW + 100), NOW + 100.0, True, None, [], {}, 10**400, "inf"])
async def test_times_are_whole_seconds(name: str, value: object) -> None:
    assert await refused(forged(claims={name: value}, now=NOW))


@pytest.mark.parametrize(
    ("claims", "holds"),
    [
        ({"exp": NOW - 59, "iat": NOW - 300}, True),
        ({"exp": NOW - 60, "iat": NOW - 300}, False),
        ({"exp": NOW - 61, "iat": NOW - 300}, False),
        ({"exp": NOW - 3000, "iat": NOW - 3300}, False),
        ({"exp": -1, "iat": -300}, False),
        ({"nbf": NOW + 59}, True),
        ({"nbf": NOW + 60}, True),
        ({"nbf": NOW + 61}, False),
        ({"iat": NOW + 60}, True),
        ({"iat": NOW + 61}, False),
        ({"iat": NOW, "exp": NOW}, False),
        ({"iat": NOW + 10, "exp": NOW + 9}, False),
        ({"exp": NOW + 3600}, True),
        ({"exp": NOW + 3601}, False),
        ({"exp": NOW + 10**9, "iat": NOW}, False),
        ({"exp": ABSENT}, False),
        ({"iat": ABSENT}, False),
    ],
)
async def test_times_hold_within_one_minute_of_difference_between_clocks(
    claims: dict[str, object], holds: bool
) -> None:
    token = forged(claims=claims, now=NOW)
    if holds:
        assert await accepted(token)
    else:
        assert await refused(token)


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": ABSENT},
        {"aud": None},
        {"aud": ""},
        {"aud": []},
        {"aud": True},
        {"aud": AUDIENCE + "/"},
        {"aud": AUDIENCE.upper()},
        {"aud": "coach-portal"},
        {"aud": [AUDIENCE, "https://elsewhere.example"]},
        {"aud": [AUDIENCE, AUDIENCE]},
        {"aud": [[AUDIENCE]]},
        {"aud": {AUDIENCE: 1}},
        {"iss": ABSENT},
        {"iss": None},
        {"iss": [ISSUER]},
        {"iss": ISSUER + "/"},
        {"iss": "https://login.example.evil.example"},
        {"sub": ABSENT},
        {"sub": ""},
        {"sub": 12},
        {"sub": "x" * 256},
        {"sub": "a\x00b"},
        {"sub": "a\nb"},
        {"sub": "a\u202eb"},
        {"sub": "a\ud800"},
        {"jti": ABSENT},
        {"jti": 5},
        {"azp": "another-party"},
        {"client_id": ["coach-portal"]},
        {"trede_membership": "not-a-uuid"},
        {"trede_membership": "{6f1c1a4e-3d35-4a0e-8f6f-0d8b3a3f2f10}"},
        {"trede_membership": None},
        {"purpose_of_use": ["treatment"]},
        {"purpose_of_use": "treatment; emergency"},
        {"scope": ["read"]},
        {"scope": "read\nwrite"},
    ],
    ids=str,
)
async def test_a_claim_that_is_not_what_it_must_be_is_refused(claims: dict[str, object]) -> None:
    assert await refused(forged(claims=claims, now=NOW))


async def test_one_audience_in_an_array_is_one_audience() -> None:
    assert await accepted(forged(claims={"aud": [AUDIENCE]}, now=NOW))


async def test_a_name_that_stands_twice_is_refused() -> None:
    body = json.dumps(good_claims(NOW)).encode()
    head = b'{"alg":"RS256","kid":"k1","typ":"at+jwt"}'
    assert await accepted(compact(head, body))
    assert await refused(compact(head[:-1] + b',"kid":"k1"}', body))
    assert await refused(compact(head, body[:-1] + b',"sub":"person-2"}'))
    assert await refused(compact(head, body[:-1] + b',"deep":{"a":1,"a":2}}'))


@pytest.mark.parametrize(
    "payload",
    [b"", b"[]", b"null", b'"text"', b"{", b'{"exp":NaN}', b"[" * 6000, b'{"a":' * 1200, b"\xff{}"],
    ids=lambda payload: repr(payload[:8]),
)
async def test_a_payload_that_is_no_json_object_is_refused(payload: bytes) -> None:
    assert await refused(compact(b'{"alg":"RS256","kid":"k1","typ":"at+jwt"}', payload))


async def test_a_very_long_token_is_refused_before_it_is_read() -> None:
    many = {f"c{number}": number for number in range(10_000)}
    assert await refused(forged(claims=many, now=NOW))
    assert await refused("." * 10_000_000)
    assert await accepted(forged(claims={"note": "n" * 4000}, now=NOW))


async def test_an_encrypted_or_misshapen_token_is_refused() -> None:
    good = forged(now=NOW)
    for token in (
        "",
        ".",
        "..",
        "a.b.c",
        good + ".",
        good + ".x.y",
        " " + good,
        good + "\n",
        good + "=",
    ):
        assert await refused(token)


async def test_no_character_of_a_token_can_be_changed() -> None:
    good, judge = forged(now=NOW), verifier()
    for place, letter in enumerate(good):
        if letter != ".":
            other = "A" if letter != "A" else "B"
            assert await refused(good[:place] + other + good[place + 1 :], judge)


async def test_parts_of_two_tokens_do_not_make_a_third() -> None:
    one = forged(now=NOW).split(".")
    two = forged(claims={"sub": "person-2"}, now=NOW).split(".")
    assert await refused(".".join([one[0], two[1], one[2]]))
    assert await refused(".".join([one[0], one[1], two[2]]))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(token=st.text(max_size=60) | st.from_regex(r"\A[\w=-]{0,40}(\.[\w=-]{0,40}){1,4}\Z"))
async def test_any_text_is_either_a_token_or_unauthorised(token: str) -> None:
    assert await refused(token)


async def test_every_refusal_looks_the_same_and_is_logged_without_the_token(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    tokens = [
        "nothing",
        forged({"kid": "k9"}, now=NOW),
        forged(claims={"sub": "secret-person", "aud": "x"}, now=NOW),
        forged(now=NOW - 9000),
    ]
    answers = set()
    for token in tokens:
        with pytest.raises(Unauthorized) as caught:
            await verifier().verify(token)
        assert caught.value.__cause__ is None
        assert caught.value.__context__ is None
        answers.add(repr(sorted(vars(caught.value).items())))
    assert len(answers) == 1
    reasons = [record.__dict__["reason"] for record in caplog.records]
    assert reasons == ["malformed", "kid", "audience", "expired"]
    written = repr([record.__dict__ for record in caplog.records])
    assert "secret-person" not in written
    assert not any(token in written for token in tokens)


async def test_a_verified_token_is_remembered_but_never_beyond_its_expiry() -> None:
    cache = TokenCache[Claims](longest=100_000)
    token = forged(claims={"nbf": NOW}, now=NOW)
    assert await accepted(token, verifier(cache=cache))
    assert len(cache) == 1
    assert cache.get(token, NOW + 299.9) is not None
    assert cache.get(token, NOW + 300) is None
    assert len(cache) == 0
    assert await accepted(token, verifier(now=NOW + 310, cache=cache))
    assert len(cache) == 0
    assert await refused(token, verifier(now=NOW + 361, cache=cache))


async def test_a_remembered_token_is_checked_anew_after_a_while() -> None:
    cache = TokenCache[Claims](longest=60)
    token = forged(now=NOW)
    assert await accepted(token, verifier(cache=cache))
    assert cache.get(token, NOW + 59) is not None
    assert cache.get(token, NOW + 60) is None


async def test_the_memory_of_tokens_is_bounded_and_holds_no_refused_one() -> None:
    cache = TokenCache[Claims](capacity=3)
    judge = verifier(cache=cache)
    tokens = [forged(claims={"sub": f"person-{n}"}, now=NOW) for n in range(5)]
    for token in tokens:
        await judge.verify(token)
    assert len(cache) == 3
    assert cache.get(tokens[0], NOW) is None
    assert cache.get(tokens[4], NOW) is not None
    assert await refused(tokens[4][:-2], judge)
    assert len(cache) == 3


async def test_a_token_of_the_wrong_audience_is_not_rescued_by_the_memory() -> None:
    token = forged(now=time.time())
    ours = StaticKeys({"keys": [public_jwk(rsa_key(), kid="k1")]})
    first = Verifier(AUDIENCE, [Provider(ISSUER, ours)])
    second = Verifier("https://elsewhere.example", [Provider(ISSUER, ours)])
    assert await accepted(token, first)
    assert await refused(token, second)
