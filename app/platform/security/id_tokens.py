"""ID tokens: who somebody is, said by their provider to us alone, in answer to one login.

Signature, issuer, audience and times are checked as for access tokens; the claims that only an ID
token has, by Authlib.
"""

import time
from dataclasses import dataclass

from authlib.oidc.core import CodeIDToken
from joserfc.errors import JoseError

from app.platform.security.keys import KeySource
from app.platform.security.signed import (
    ALGORITHMS,
    SKEW,
    RefusedError,
    check_audience,
    check_signature,
    check_times,
    text_claim,
    unpack,
)

LONGEST = 24 * 3600
"""Some providers give them for long; a session of ours ends by its own rules."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the token must say to be the answer to this login."""

    issuer: str
    client_id: str
    nonce: str
    access_token: object


async def verify_id_token(token: object, expected: Expected, keys: KeySource) -> dict[str, object]:
    """The claims of an ID token that holds, with a subject. Raises RefusedError."""
    if not isinstance(token, str):
        raise RefusedError("id_token")
    envelope = unpack(token)
    claims = envelope.claims
    if envelope.header.get("typ", "JWT") != "JWT":
        raise RefusedError("type")
    if text_claim(claims, "iss") != expected.issuer or text_claim(claims, "sub") is None:
        raise RefusedError("issuer")
    await check_signature(envelope, keys, ALGORITHMS)
    check_times(claims, int(time.time()), longest=LONGEST)
    check_audience(claims, expected.client_id)
    asked = {
        "client_id": expected.client_id,
        "nonce": expected.nonce,
        "access_token": expected.access_token,
    }
    try:
        CodeIDToken(claims, envelope.header, params=asked).validate(leeway=SKEW)
    except (JoseError, ValueError, TypeError):
        raise RefusedError("claims") from None
    return claims
