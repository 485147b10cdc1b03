"""A signed token taken apart strictly, and its signature, times and audience checked."""

import re
from base64 import urlsafe_b64decode
from collections.abc import Collection
from dataclasses import dataclass

from joserfc import jws
from joserfc.errors import JoseError

from app.platform.http.problems import BadRequest
from app.platform.http.strict_json import parse
from app.platform.security.keys import KeySource, KeysUnavailableError

ALGORITHMS = frozenset({"RS256", "PS256", "RS384", "ES384"})
"""What SMART Backend Services, OAuth NL and OpenID need; never `none`, never a shared secret."""
SKEW = 60
"""Seconds that another clock may differ from ours."""
LONGEST_TOKEN = 8 * 1024
LONGEST_TEXT = 255
SEGMENTS = 3
KNOWN_HEADERS = frozenset({"alg", "kid", "typ", "x5t", "x5t#S256"})
"""All else is refused: `crit`, `b64`, `zip`, and keys that the token brings along itself."""


class RefusedError(Exception):
    """A token does not hold; `reason` is a fixed word for the log, never for the caller."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Envelope:
    """A token taken apart; nothing in it is true before `check_signature`."""

    token: str
    header: dict[str, object]
    claims: dict[str, object]


def unpack(token: str, *, more_headers: Collection[str] = ()) -> Envelope:
    """Take a compact token apart. Raises RefusedError for anything but three clean segments."""
    if len(token) > LONGEST_TOKEN:
        raise RefusedError("too_long")
    segments = token.split(".")
    if len(segments) != SEGMENTS:
        raise RefusedError("malformed")
    try:
        header, claims, _ = (_decode(segment) for segment in segments)
        envelope = Envelope(token, parse(header), parse(claims))
    except (ValueError, BadRequest):
        raise RefusedError("malformed") from None
    if not KNOWN_HEADERS.union(more_headers).issuperset(envelope.header):
        raise RefusedError("header")
    return envelope


async def check_signature(envelope: Envelope, keys: KeySource, algorithms: Collection[str]) -> None:
    """Signed by the one key that `kid` names, with an allowed algorithm; else RefusedError."""
    algorithm, kid = envelope.header.get("alg"), envelope.header.get("kid")
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS.intersection(algorithms):
        raise RefusedError("algorithm")
    if not is_text(kid):
        raise RefusedError("kid")
    try:
        key = await keys.find(str(kid))
    except KeysUnavailableError:
        raise RefusedError("keys_unavailable") from None
    if key is None:
        raise RefusedError("kid")
    try:
        jws.deserialize_compact(envelope.token, key, algorithms=[algorithm])
    except (JoseError, ValueError):
        raise RefusedError("signature") from None


def check_times(
    claims: dict[str, object], now: int, *, longest: int, iat_required: bool = True
) -> int:
    """The expiry, after checking `exp`, `iat`, `nbf`; whole seconds only. Raises RefusedError.

    `longest` counts from `iat`; where that may be absent, the caller bounds the expiry.
    """
    expiry, issued, begins = (_seconds(claims, name) for name in ("exp", "iat", "nbf"))
    if expiry is None or (issued is None and iat_required):
        raise RefusedError("time_missing")
    if now >= expiry + SKEW:
        raise RefusedError("expired")
    if max(issued or 0, begins or 0) > now + SKEW:
        raise RefusedError("not_yet")
    if issued is not None and not 0 < expiry - issued <= longest:
        raise RefusedError("lifetime")
    return expiry


def check_audience(claims: dict[str, object], audience: str) -> None:
    """`aud` is ours and ours alone: a token for several services could be replayed by each."""
    if claims.get("aud") not in (audience, [audience]):
        raise RefusedError("audience")


def text_claim(claims: dict[str, object], name: str) -> str | None:
    """A short printable text or None when the claim is absent; anything else is RefusedError."""
    value = claims.get(name)
    if name not in claims:
        return None
    if not is_text(value):
        raise RefusedError(name)
    return str(value)


def is_text(value: object) -> bool:
    """Non-empty, of bounded length, without control characters or lone surrogates."""
    return isinstance(value, str) and 0 < len(value) <= LONGEST_TEXT and value.isprintable()


def _seconds(claims: dict[str, object], name: str) -> int | None:
    value = claims.get(name)
    if name not in claims:
        return None
    if not isinstance(value, int) or isinstance(value, bool):
        raise RefusedError("time_format")
    return value


def _decode(segment: str) -> bytes:
    """Base64url without padding; whether the signature has one spelling only, joserfc checks."""
    if not re.fullmatch(r"[A-Za-z0-9_-]+", segment):
        raise ValueError("not base64url")
    return urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
