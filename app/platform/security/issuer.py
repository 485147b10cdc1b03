"""Our own access tokens: one signing key, short lives (RFC 9068)."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from secrets import token_urlsafe
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ec import SECP384R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from app.platform.security.secrets import UnsafeSecretError, load_or_create, read_private

SMALLEST_RSA_BITS = 2048
ID_ALGORITHM = "RS256"
"""What every client of OpenID Connect must take (Core 1.0, 15.1); an RSA key signs it."""
LIFETIME = 300
"""Seconds; what SMART Backend Services advises at most."""


class SigningKey:
    """A private key with the one algorithm it signs with and an id that follows from it."""

    def __init__(self, pem: bytes) -> None:
        """From PEM: RSA signs PS256, P-384 signs ES384. Raises UnsafeSecretError for other keys."""
        try:
            private = load_pem_private_key(pem, password=None)
        except (ValueError, TypeError):
            raise UnsafeSecretError(
                "the signing key is not an unencrypted PEM private key"
            ) from None
        self.key: RSAKey | ECKey
        if isinstance(private, RSAPrivateKey) and private.key_size >= SMALLEST_RSA_BITS:
            self.algorithm, self.key = "PS256", RSAKey.import_key(private)
        elif isinstance(private, EllipticCurvePrivateKey) and isinstance(private.curve, SECP384R1):
            self.algorithm, self.key = "ES384", ECKey.import_key(private)
        else:
            raise UnsafeSecretError("the signing key must be RSA of 2048 bits or more, or P-384")
        self.kid = self.key.thumbprint()

    @classmethod
    def load(cls, path: Path) -> "SigningKey":
        """From a file named in the settings. Raises UnsafeSecretError, FileNotFoundError."""
        return cls(read_private(path))

    @classmethod
    def load_or_create(cls, path: Path) -> "SigningKey":
        """From a file of our own, made at the first start and readable by its owner only."""
        return cls(load_or_create(path, new_signing_key))


def new_signing_key() -> bytes:
    """A fresh RSA key in PEM."""
    key = generate_private_key(public_exponent=65537, key_size=SMALLEST_RSA_BITS)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


class Issuer:
    """Mints access tokens in its own name; `longest` bounds every lifetime."""

    def __init__(
        self,
        url: str,
        key: SigningKey,
        *,
        longest: int = LIFETIME,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.url = url
        self.longest = longest
        self._key = key
        self._now = now

    def mint(
        self,
        subject: str,
        *,
        audience: str,
        client_id: str,
        lifetime: int = LIFETIME,
        membership: UUID | None = None,
        purpose: str | None = None,
        scope: Iterable[str] = (),
        certificate: str | None = None,
    ) -> str:
        """A signed `at+jwt`. Raises ValueError for a lifetime that is not allowed.

        With the thumbprint of a `certificate` it is good together with that one only (RFC 8705).
        """
        if not 0 < lifetime <= self.longest:
            raise ValueError("the lifetime is not allowed")
        wishes = {
            "trede_membership": str(membership) if membership else None,
            "purpose_of_use": purpose,
            "scope": " ".join(sorted(scope)) or None,
            "cnf": None if certificate is None else {"x5t#S256": certificate},
        }
        claims: dict[str, object] = {**self._registered(subject, audience, client_id, lifetime)}
        claims.update({name: wish for name, wish in wishes.items() if wish is not None})
        header = {"alg": self._key.algorithm, "kid": self._key.kid, "typ": "at+jwt"}
        return jwt.encode(header, claims, self._key.key, algorithms=[self._key.algorithm])

    def mint_id(self, subject: str, *, client_id: str, **claims: str | int | None) -> str:
        """An ID token (OpenID Connect Core 1.0, 2) under the key of `id_jwk`."""
        registered = self._registered(subject, client_id, client_id, LIFETIME)
        given = {name: claim for name, claim in claims.items() if claim is not None}
        header = {"alg": ID_ALGORITHM, "kid": f"{self._key.kid}-id", "typ": "JWT"}
        return jwt.encode(header, registered | given, self._key.key, algorithms=[ID_ALGORITHM])

    def jwks(self) -> dict[str, object]:
        """The public half, as the document that verifiers read."""
        return {"keys": [self.access_jwk()]}

    def access_jwk(self) -> dict[str, object]:
        """The key of access tokens."""
        return self._public(self._key.kid, self._key.algorithm)

    def id_jwk(self) -> dict[str, object]:
        """The same for ID tokens, under an id of its own: access tokens are not signed with it."""
        return self._public(f"{self._key.kid}-id", ID_ALGORITHM)

    def _public(self, kid: str, algorithm: str) -> dict[str, object]:
        return dict(self._key.key.as_dict(private=False, kid=kid, use="sig", alg=algorithm))

    def _registered(
        self, subject: str, audience: str, client_id: str, lifetime: int
    ) -> dict[str, str | int]:
        """`azp` is what OAuth NL asks, `client_id` what RFC 9068 asks: the same party."""
        moment = int(self._now())
        return {
            "iss": self.url,
            "sub": subject,
            "aud": audience,
            "client_id": client_id,
            "azp": client_id,
            "iat": moment,
            "nbf": moment,
            "exp": moment + lifetime,
            "jti": token_urlsafe(16),
        }
