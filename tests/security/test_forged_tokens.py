"""No forged, foreign, stale or misplaced token opens any door, and all are refused alike."""

import json
import time
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from tests.build.stage import Stage
from tests.domain.consent.asking import ABSENT as REQUEST
from tests.platform.forging import ABSENT, b64, forged, public_bytes, public_jwk, rsa_key

HOUR = 3600
FAR = "https://attacker.example/keys"
Parts = tuple[dict[str, Any], dict[str, Any]]


class Forger:
    """Knows all about the issuer of the stage; even its key is lent, to change one claim."""

    def __init__(self, stage: Stage) -> None:
        ours = stage.issuer._key
        pem = ours.key.as_pem(private=True)
        self.stage = stage
        self.key: Any = load_pem_private_key(pem, password=None)
        self.head = {"alg": ours.algorithm, "kid": ours.kid, "typ": "at+jwt"}
        who = stage.parties["clinician"]
        self.claims: dict[str, Any] = {
            "iss": stage.issuer.url,
            "aud": stage.audience,
            "sub": who.subject,
            "trede_membership": str(who.membership),
            "client_id": "trede-demo",
        }

    def token(self, header: dict[str, Any], claims: dict[str, Any], key: Any = None) -> str:
        return forged(self.head | header, self.claims | claims, key=key or self.key)

    async def answer(self, token: str) -> tuple[int, bytes]:
        headers = {"Authorization": f"Bearer {token}", "X-Request-ID": REQUEST}
        answer = await self.stage.http.get("/v1/clients", headers=headers)
        return answer.status_code, answer.content


def changes(now: int) -> list[Parts]:
    """Header and claims that each make a token of the right key worthless."""
    theirs = public_jwk(rsa_key("theirs"), kid="theirs")
    headers: list[dict[str, Any]] = [
        *({"kid": kid} for kid in ("../demo.pem", "' OR 1=1 --", FAR, "theirs", "", 7, ABSENT)),
        {"jwk": theirs},
        {"jku": FAR},
        {"x5u": FAR},
        {"crit": ["exp"]},
        *({"typ": kind} for kind in ("JWT", "id_token", "logout+jwt", ABSENT)),
        *({"alg": name} for name in ("none", "None", "RS256", "HS256", "PS512", ABSENT)),
    ]
    claims: list[dict[str, Any]] = [
        *({"exp": end} for end in (ABSENT, str(now + HOUR), now + 0.5, now - 61, -1, None)),
        *({name: now + HOUR} for name in ("nbf", "iat")),
        *({"aud": aud} for aud in (ABSENT, "other", ["trede", "other"], [], None)),
        *({"iss": iss} for iss in (ABSENT, FAR, "")),
        {"sub": ABSENT},
        {"sub": ["subject-clinician"]},
    ]
    return [(header, {}) for header in headers] + [({}, claim) for claim in claims]


async def test_one_wrong_part_makes_a_token_as_worthless_as_noise(stage: Stage) -> None:
    forger = Forger(stage)
    assert (await forger.answer(forger.token({}, {})))[0] == 200
    noise = await forger.answer("noise")
    assert noise[0] == 401
    for header, claims in changes(int(time.time())):
        token = forger.token(header, claims)
        assert await forger.answer(token) == noise, (header, claims)


async def test_no_other_key_signs_for_the_issuer(stage: Stage) -> None:
    forger = Forger(stage)
    noise = await forger.answer("noise")
    public = forger.key.public_key()
    known = [public_bytes(forger.key, encoding) for encoding in (Encoding.PEM, Encoding.DER)]
    assert public.key_size >= 2048
    tried: list[tuple[dict[str, Any], Any]] = [
        ({}, rsa_key("theirs")),
        *(({"alg": "HS256"}, secret) for secret in known),
        ({"jwk": public_jwk(rsa_key("theirs"))}, rsa_key("theirs")),
    ]
    for header, key in tried:
        assert await forger.answer(forger.token(header, {}, key)) == noise, header
    head, body, _ = forger.token({}, {}).split(".")
    bare = b64(json.dumps(forger.head | {"alg": "none"}).encode())
    for unsigned in (f"{head}.{body}.", f"{bare}.{body}.", f"{head}.{body}"):
        assert await forger.answer(unsigned) == noise


@pytest.mark.parametrize("stuffing", ["claims", "header", "encrypted"])
async def test_a_token_that_costs_to_read_is_refused_unread(stage: Stage, stuffing: str) -> None:
    forger = Forger(stage)
    many = {f"claim{n}": "x" for n in range(10_000)}
    token = {
        "claims": lambda: forger.token({}, many),
        "header": lambda: forger.token(many, {}),
        "encrypted": lambda: ".".join(
            [b64(b'{"alg":"PBES2-HS512+A256KW","enc":"A256GCM","p2c":2147483647,"p2s":"AA"}')]
            + ["AAAA"] * 4
        ),
    }[stuffing]()
    assert (await forger.answer(token))[0] == 401


async def test_a_login_that_was_stopped_is_out_with_a_token_that_still_runs(stage: Stage) -> None:
    forger = Forger(stage)
    token = forger.token({}, {})
    assert (await forger.answer(token))[0] == 200
    with stage.database.connect_as_superuser() as db:
        stop = "UPDATE account SET disabled_at = moment() WHERE subject = %s"
        db.execute(stop, [stage.parties["clinician"].subject])
    assert (await forger.answer(token))[0] == 401
