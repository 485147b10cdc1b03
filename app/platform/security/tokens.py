"""Bearer access tokens: who says so, about whom, until when (RFC 9068, RFC 8725)."""

import logging
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from app.platform.http.problems import Unauthorized
from app.platform.security.keys import KeySource
from app.platform.security.signed import (
    ALGORITHMS,
    LONGEST_TOKEN,
    Envelope,
    RefusedError,
    check_audience,
    check_signature,
    check_times,
    text_claim,
    unpack,
)
from app.platform.security.token_cache import TokenCache

ACCESS_TOKEN_TYPES = frozenset({"at+jwt", "application/at+jwt"})
MARKS_OF_OTHER_TOKENS = frozenset({"nonce", "at_hash", "c_hash", "s_hash", "events"})
"""Claims of ID and logout tokens; they tell them apart where `typ` is only `JWT`."""
THUMBPRINT = "x5t#S256"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Claims:
    """What a verified token says. `membership` and `purpose` are wishes, not rights."""

    issuer: str
    subject: str
    client_id: str | None
    membership: UUID | None
    purpose: str | None
    scope: frozenset[str]
    jti: str
    expires_at: datetime
    certificate: str | None = None
    """The token is good together with this certificate only (`x5t#S256`, RFC 8705)."""


@dataclass(frozen=True, slots=True)
class Provider:
    """An issuer that is trusted, with its own keys.

    `plain_jwt` also takes `typ: JWT`, for a provider that does not follow RFC 9068.
    """

    issuer: str
    keys: KeySource
    plain_jwt: bool = False
    algorithms: frozenset[str] = ALGORITHMS
    longest: int = 3600


class Verifier:
    """Verifies access tokens meant for us alone, from trusted issuers."""

    def __init__(
        self,
        audience: str,
        providers: Sequence[Provider],
        *,
        cache: TokenCache[Claims] | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._audience = audience
        self._providers = {provider.issuer: provider for provider in providers}
        if len(self._providers) != len(providers) or not audience:
            raise ValueError("each issuer is trusted once, for a named audience")
        self._cache = TokenCache[Claims]() if cache is None else cache
        self._now = now

    async def verify(self, token: str, certificate: str | None = None) -> Claims:
        """The claims of a token that holds, with the certificate that the request came with.

        Every failure is the same Unauthorized.
        """
        try:
            return _held_by(await self._verified(token), certificate)
        except RefusedError as refusal:
            log.info("access token refused", extra={"reason": refusal.reason})
        raise Unauthorized(error="invalid_token")

    async def _verified(self, token: str) -> Claims:
        if len(token) > LONGEST_TOKEN:
            raise RefusedError("too_long")
        known = self._cache.get(token, self._now())
        if known is not None:
            return known
        envelope = unpack(token)
        provider = self._provider(envelope)
        _check_type(envelope, provider)
        await check_signature(envelope, provider.keys, provider.algorithms)
        now = self._now()
        expiry = check_times(envelope.claims, int(now), longest=provider.longest)
        check_audience(envelope.claims, self._audience)
        claims = _claims(envelope, expiry)
        self._cache.put(token, claims, expiry=expiry, now=now)
        return claims

    def _provider(self, envelope: Envelope) -> Provider:
        """The issuer is named by the token, but its keys come from our own list."""
        provider = self._providers.get(text_claim(envelope.claims, "iss") or "")
        if provider is None:
            raise RefusedError("issuer")
        return provider


def _held_by(claims: Claims, certificate: str | None) -> Claims:
    """A bound token is good with its certificate only, whoever brings it."""
    if claims.certificate not in {None, certificate}:
        raise RefusedError("certificate")
    return claims


def _check_type(envelope: Envelope, provider: Provider) -> None:
    kind = envelope.header.get("typ")
    if isinstance(kind, str) and kind in ACCESS_TOKEN_TYPES:
        return
    if kind != "JWT" or not provider.plain_jwt:
        raise RefusedError("type")
    if not MARKS_OF_OTHER_TOKENS.isdisjoint(envelope.claims):
        raise RefusedError("type")
    if envelope.claims.get("typ", "Bearer") != "Bearer":  # Keycloak's own mark
        raise RefusedError("type")


def _claims(envelope: Envelope, expiry: int) -> Claims:
    claims = envelope.claims
    subject = text_claim(claims, "sub")
    if subject is None:
        raise RefusedError("sub")
    return Claims(
        issuer=str(claims["iss"]),
        subject=subject,
        client_id=_client_id(claims),
        membership=_membership(claims),
        purpose=_purpose(claims),
        scope=_scope(claims),
        jti=_token_id(envelope),
        expires_at=datetime.fromtimestamp(expiry, UTC),
        certificate=_certificate(claims),
    )


def _certificate(claims: dict[str, object]) -> str | None:
    """A token that is bound in a way that we do not check is not taken."""
    bound = claims.get("cnf")
    if "cnf" not in claims:
        return None
    if not isinstance(bound, dict) or set(bound) != {THUMBPRINT}:
        raise RefusedError("cnf")
    held = bound[THUMBPRINT]
    if not isinstance(held, str) or not re.fullmatch(r"[A-Za-z0-9_-]{43}", held):
        raise RefusedError("cnf")
    return held


def _client_id(claims: dict[str, object]) -> str | None:
    party, client = text_claim(claims, "azp"), text_claim(claims, "client_id")
    if party is not None and client is not None and party != client:
        raise RefusedError("client_id")
    return client or party


def _membership(claims: dict[str, object]) -> UUID | None:
    text = text_claim(claims, "trede_membership")
    if text is None:
        return None
    try:
        wished = UUID(text)
    except ValueError:
        raise RefusedError("trede_membership") from None
    if str(wished) != text:
        raise RefusedError("trede_membership")
    return wished


def _purpose(claims: dict[str, object]) -> str | None:
    text = text_claim(claims, "purpose_of_use")
    if text is not None and not re.fullmatch(r"[a-z_]{1,64}", text):
        raise RefusedError("purpose_of_use")
    return text


def _scope(claims: dict[str, object]) -> frozenset[str]:
    """Scopes may be many and long together; the token's length bounds them."""
    value = claims.get("scope", "")
    if not isinstance(value, str) or not re.fullmatch(r"[\x20\x21\x23-\x5B\x5D-\x7E]*", value):
        raise RefusedError("scope")
    return frozenset(value.split())


def _token_id(envelope: Envelope) -> str:
    """`jti`, which RFC 9068 demands; for a plain JWT without one a digest of the token."""
    found = text_claim(envelope.claims, "jti")
    if found is not None:
        return found
    if envelope.header["typ"] != "JWT":
        raise RefusedError("jti")
    return sha256(envelope.token.encode()).hexdigest()
