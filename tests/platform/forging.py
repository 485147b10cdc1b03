"""Tokens as an attacker would build them: any header, any payload, any signature."""

import base64
import hmac
import json
import time
from collections.abc import Mapping
from functools import cache
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc.jwk import ECKey, RSAKey

ISSUER = "https://login.example"
AUDIENCE = "https://trede.example/v1"


class _Absent:
    """Says the same in every process, for it stands in the names of tests."""

    def __repr__(self) -> str:
        return "absent"


ABSENT = _Absent()


def b64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@cache
def rsa_key(name: str = "ours") -> rsa.RSAPrivateKey:
    """One key per name; making them is slow."""
    assert name
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def ec_key(name: str = "ours") -> ec.EllipticCurvePrivateKey:
    assert name
    return ec.generate_private_key(ec.SECP384R1())


def public_jwk(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, **more: Any) -> dict[str, Any]:
    if isinstance(key, rsa.RSAPrivateKey):
        return {**RSAKey.import_key(key).as_dict(private=False), **more}
    return {**ECKey.import_key(key).as_dict(private=False), **more}


def public_bytes(key: rsa.RSAPrivateKey, encoding: Encoding) -> bytes:
    return key.public_key().public_bytes(encoding, PublicFormat.SubjectPublicKeyInfo)


def sign(text: bytes, algorithm: str, key: Any) -> bytes:
    """A real signature; with bytes for a key an HMAC, whatever the header claims."""
    if isinstance(key, bytes):
        return hmac.digest(key, text, "sha256")
    if algorithm == "ES384":
        r, s = decode_dss_signature(key.sign(text, ec.ECDSA(hashes.SHA384())))
        return r.to_bytes(48, "big") + s.to_bytes(48, "big")
    digest = {"384": hashes.SHA384(), "512": hashes.SHA512()}.get(algorithm[2:], hashes.SHA256())
    if algorithm.startswith("PS"):
        pad = padding.PSS(padding.MGF1(digest), digest.digest_size)
        return bytes(key.sign(text, pad, digest))
    return bytes(key.sign(text, padding.PKCS1v15(), digest))


def compact(header: bytes, payload: bytes, *, algorithm: str = "RS256", key: Any = None) -> str:
    text = f"{b64(header)}.{b64(payload)}"
    signature = sign(text.encode(), algorithm, rsa_key() if key is None else key)
    return f"{text}.{b64(signature)}"


def changed(original: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in {**original, **changes}.items() if v is not ABSENT}


def good_claims(now: float | None = None) -> dict[str, Any]:
    moment = int(time.time() if now is None else now)
    return {
        "iss": ISSUER,
        "sub": "person-1",
        "aud": AUDIENCE,
        "client_id": "coach-portal",
        "iat": moment,
        "exp": moment + 300,
        "jti": "a-token-of-their-own",
    }


def forged(
    header: Mapping[str, Any] | None = None,
    claims: Mapping[str, Any] | None = None,
    *,
    key: Any = None,
    now: float | None = None,
) -> str:
    """A token that holds, apart from what is changed in its header, claims or key."""
    head = changed({"alg": "RS256", "kid": "k1", "typ": "at+jwt"}, header or {})
    body = changed(good_claims(now), claims or {})
    algorithm = head.get("alg")
    return compact(
        json.dumps(head).encode(),
        json.dumps(body).encode(),
        algorithm=algorithm if isinstance(algorithm, str) else "RS256",
        key=key,
    )
