"""Tokens of Trede, asked for as any client system asks: with a signed assertion."""

import time
from secrets import token_urlsafe

import httpx
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from app.zgw.calls import LaterError, ShutError
from app.zgw.settings import TredeSettings

SIDE = "Trede"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_SECONDS = 120
EARLY = 30
"""A token is renewed so many seconds before it ends."""


class Tokens:
    """One token at a time, asked for with a signed assertion (`private_key_jwt`)."""

    def __init__(self, settings: TredeSettings) -> None:
        self._settings = settings
        pem = settings.key_file.read_bytes()
        kind = ECKey if settings.algorithm.startswith("ES") else RSAKey
        self._key = kind.import_key(pem)
        self._calls = httpx.Client(timeout=30, trust_env=False, follow_redirects=False)
        self._token, self._until = "", 0.0

    def forget(self) -> None:
        self._token = ""

    def close(self) -> None:
        self._calls.close()

    def header(self) -> str:
        if not self._token or self._until <= time.monotonic():
            self._renew()
        return f"Bearer {self._token}"

    def _renew(self) -> None:
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION,
            "client_assertion": self._assertion(),
        }
        try:
            answer = self._calls.post(self._settings.token_endpoint, data=form)
        except httpx.HTTPError as error:
            raise LaterError(SIDE, type(error).__name__, down=True) from None
        if answer.is_client_error and answer.status_code != httpx.codes.TOO_MANY_REQUESTS:
            raise ShutError(SIDE, answer.status_code)
        try:
            told = answer.raise_for_status().json()
            self._token = str(told["access_token"])
            self._until = time.monotonic() + float(told["expires_in"]) - EARLY
        except (httpx.HTTPError, ValueError, KeyError, TypeError):
            raise LaterError(SIDE, f"token {answer.status_code}", down=True) from None

    def _assertion(self) -> str:
        settings, now = self._settings, int(time.time())
        claims = {
            "iss": str(settings.client_id),
            "sub": str(settings.client_id),
            "aud": settings.audience or settings.token_endpoint,
            "jti": token_urlsafe(24),
            "iat": now,
            "exp": now + ASSERTION_SECONDS,
        }
        header = {"alg": settings.algorithm, "kid": settings.kid, "typ": "JWT"}
        return jwt.encode(header, claims, self._key, algorithms=[settings.algorithm])
