"""Public keys of token issuers: from a document, or found and kept fresh over HTTP."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol
from urllib.parse import urlsplit

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from app.platform.security.fetching import FetchError, check_url, fetch_object
from app.platform.security.loopback import is_loopback

MEMBERS = {"RSA": ("n", "e"), "EC": ("crv", "x", "y")}
FEWEST_MODULUS_CHARS, MOST_MODULUS_CHARS = 342, 1366  # 2048 and 8192 bits in base64url
MOST_EXPONENT_CHARS = 4
"""24 bits hold the 65537 that everybody uses; each bit more makes checking a signature slower."""
MOST_KEYS = 100
FRESH_SECONDS = 600.0
STALE_SECONDS = 3600.0
PAUSE_SECONDS = 30.0

PublicKey = RSAKey | ECKey
Keys = Mapping[str, PublicKey | None]


class KeysUnavailableError(Exception):
    """The keys of an issuer could not be fetched, and none are kept that are young enough."""


class KeySource(Protocol):
    """Where the keys of one issuer come from."""

    async def find(self, kid: str) -> PublicKey | None:
        """The one key with this id; None when there is none or more than one."""
        ...


class StaticKeys:
    """The keys of a JWKS document at hand."""

    def __init__(self, document: Mapping[str, object]) -> None:
        self._keys = read_keys(document)

    async def find(self, kid: str) -> PublicKey | None:
        return self._keys.get(kid)


class RefreshedKeys:
    """Keys that are loaded when needed and kept for a while.

    An unknown id causes a new load, at most once per pause, so that made-up ids cannot make us
    hammer the provider. When the provider is away, kept keys serve for at most an hour.
    """

    def __init__(
        self, load: Callable[[], Awaitable[Keys]], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._load = load
        self._clock = clock
        self._keys: Keys = {}
        self._loaded_at: float | None = None
        self._tried_at: float | None = None
        self._loading = asyncio.Lock()

    async def find(self, kid: str) -> PublicKey | None:
        if not self._serves(kid):
            async with self._loading:
                if not self._serves(kid) and self._may_try():
                    await self._try()
        if self._loaded_at is None or self._clock() - self._loaded_at >= STALE_SECONDS:
            raise KeysUnavailableError
        return self._keys.get(kid)

    def _serves(self, kid: str) -> bool:
        fresh = self._loaded_at is not None and self._clock() - self._loaded_at < FRESH_SECONDS
        return fresh and kid in self._keys

    def _may_try(self) -> bool:
        return self._tried_at is None or self._clock() - self._tried_at >= PAUSE_SECONDS

    async def _try(self) -> None:
        self._tried_at = self._clock()
        try:
            self._keys = await self._load()
        except FetchError:
            return  # What is kept may still serve; `find` decides.
        self._loaded_at = self._clock()


class PublishedKeys(RefreshedKeys):
    """The JWKS at a registered URL. Raises ValueError for a URL that may not be fetched."""

    def __init__(
        self,
        url: str,
        *,
        allow_loopback: bool = False,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = check_url(url, allow_loopback=allow_loopback)
        self._transport = transport
        super().__init__(self._fetch, clock)

    async def _fetch(self) -> Keys:
        return read_keys(await fetch_object(self._url, transport=self._transport))


class DiscoveredKeys(RefreshedKeys):
    """The keys of an OpenID provider, found from its issuer URL (OpenID Connect Discovery 1.0).

    Only a provider on this machine may point to keys on this machine.
    """

    def __init__(
        self,
        issuer: str,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._issuer = check_url(issuer, allow_loopback=True)
        self._local = is_loopback(urlsplit(issuer).hostname or "")
        self._transport = transport
        super().__init__(self._fetch, clock)

    async def _fetch(self) -> Keys:
        found = await fetch_object(
            self._issuer.rstrip("/") + "/.well-known/openid-configuration",
            transport=self._transport,
        )
        address = found.get("jwks_uri")
        if found.get("issuer") != self._issuer or not isinstance(address, str):
            raise FetchError("the document is of another issuer or names no keys")
        try:
            check_url(address, allow_loopback=self._local)
        except ValueError as error:
            raise FetchError("the address of the keys is not allowed") from error
        return read_keys(await fetch_object(address, transport=self._transport))


def read_keys(document: Mapping[str, object]) -> Keys:
    """The usable signing keys of a JWKS by id; an id that stands twice maps to None.

    Symmetric, encryption, private-only and unknown keys are passed over (RFC 7517, section 5).
    """
    entries = document.get("keys")
    keys: dict[str, PublicKey | None] = {}
    for entry in entries[:MOST_KEYS] if isinstance(entries, list) else ():
        if not isinstance(entry, dict) or entry.get("use", "sig") != "sig":
            continue
        kid = entry.get("kid")
        if isinstance(kid, str) and kid:
            keys[kid] = None if kid in keys else _public_key(entry)
    return keys


def _public_key(entry: Mapping[str, object]) -> PublicKey | None:
    """Only the public members are read, so a private key in the document is never held."""
    kind = entry.get("kty")
    fields = MEMBERS.get(kind) if isinstance(kind, str) else None
    if fields is None or not _may_verify(entry):
        return None
    public = {name: entry.get(name) for name in ("kty", "kid", *fields)}
    if not all(isinstance(value, str) for value in public.values()):
        return None
    members: dict[str, str | list[str]] = {name: str(value) for name, value in public.items()}
    if isinstance(algorithm := entry.get("alg"), str):
        members["alg"] = algorithm
    if kind == "RSA" and not _is_bounded(entry):
        return None
    try:
        return RSAKey.import_key(members) if kind == "RSA" else ECKey.import_key(members)
    except (JoseError, ValueError, KeyError, TypeError):
        return None


def _is_bounded(entry: Mapping[str, object]) -> bool:
    """So strong that it proves something, and no more work to check than that takes."""
    modulus, exponent = len(str(entry["n"])), len(str(entry["e"]))
    return FEWEST_MODULUS_CHARS <= modulus <= MOST_MODULUS_CHARS and exponent <= MOST_EXPONENT_CHARS


def _may_verify(entry: Mapping[str, object]) -> bool:
    operations = entry.get("key_ops", ["verify"])
    return isinstance(operations, list) and "verify" in operations
