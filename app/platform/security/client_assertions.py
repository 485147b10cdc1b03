"""`private_key_jwt`: a machine proves who it is with its own key (SMART Backend Services)."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from app.platform.security.keys import KeySource
from app.platform.security.signed import (
    ALGORITHMS,
    SKEW,
    Envelope,
    RefusedError,
    check_audience,
    check_signature,
    check_times,
    text_claim,
    unpack,
)

LONGEST = 300
SHORTEST_JTI = 16
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@dataclass(frozen=True, slots=True)
class RegisteredClient:
    """What was agreed with a machine at registration.

    `jwks_url` is set when its keys are published: then the header `jku` may repeat it.
    """

    client_id: str
    keys: KeySource
    algorithms: frozenset[str] = ALGORITHMS
    jwks_url: str | None = None
    iat_required: bool = False
    shortest_jti: int = SHORTEST_JTI


@dataclass(frozen=True, slots=True)
class Assertion:
    """A proof that holds; it counts once. Keep `jti` spent until `remember_until`."""

    client_id: str
    jti: str
    expires_at: datetime
    remember_until: datetime


def claimed_client(assertion: str) -> str:
    """Whom the assertion says it is from, unproven: only to look the registration up.

    Raises RefusedError.
    """
    issuer = text_claim(_unpack(assertion).claims, "iss")
    if issuer is None:
        raise RefusedError("issuer")
    return issuer


async def verify_assertion(
    assertion: str, client: RegisteredClient, token_endpoint: str, *, now: float | None = None
) -> Assertion:
    """The proof, or RefusedError; the endpoint answers every refusal with `invalid_client`.

    The caller spends the `jti` (see `replay.spend`) in the transaction that gives the token.
    """
    moment = int(time.time() if now is None else now)
    envelope = _unpack(assertion)
    _check_header(envelope, client)
    await check_signature(envelope, client.keys, client.algorithms)
    claims = envelope.claims
    if text_claim(claims, "iss") != client.client_id or claims.get("sub") != client.client_id:
        raise RefusedError("client")
    check_audience(claims, token_endpoint)
    expiry = check_times(claims, moment, longest=LONGEST, iat_required=client.iat_required)
    if expiry > moment + LONGEST:
        raise RefusedError("lifetime")
    return Assertion(
        client_id=client.client_id,
        jti=_checked_jti(claims, client.shortest_jti),
        expires_at=datetime.fromtimestamp(expiry, UTC),
        remember_until=datetime.fromtimestamp(expiry + SKEW, UTC),
    )


def _unpack(assertion: str) -> Envelope:
    return unpack(assertion, more_headers=("jku",))


def _check_header(envelope: Envelope, client: RegisteredClient) -> None:
    """An access token (`at+jwt`) is no proof; `jku` is compared, never followed."""
    if envelope.header.get("typ", "JWT") != "JWT":
        raise RefusedError("type")
    named = envelope.header.get("jku", client.jwks_url)
    if named != client.jwks_url:
        raise RefusedError("jku")


def _checked_jti(claims: dict[str, object], shortest: int) -> str:
    jti = text_claim(claims, "jti")
    if jti is None or len(jti) < shortest:
        raise RefusedError("jti")
    return jti
