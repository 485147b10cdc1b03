"""Tokens of Trede, asked for as any client system asks: with a signed assertion."""

import time
from secrets import token_urlsafe

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, RSAKey

from app.zgw.calls import LaterError, ShutError
from app.zgw.reaching import not_reached
from app.zgw.settings import TredeSettings, UnfitError

SIDE, ADDRESS = "Trede", "trede.address"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_SECONDS = 120
EARLY = 30
"""A token is renewed so many seconds before it ends."""
OAUTH_ERRORS = frozenset(
    {"invalid_client", "invalid_grant", "invalid_request", "invalid_scope", "unauthorized_client"}
)
_NO_ENDPOINT = {httpx.codes.NOT_FOUND, httpx.codes.METHOD_NOT_ALLOWED}


class Tokens:
    """One token at a time, asked for with a signed assertion (`private_key_jwt`)."""

    def __init__(self, settings: TredeSettings) -> None:
        self._settings = settings
        self._key = _key(settings)
        self._try_to_sign()
        self._calls = httpx.Client(timeout=30, trust_env=False, follow_redirects=False)
        self._token, self._until, self.scope = "", 0.0, frozenset[str]()

    def _try_to_sign(self) -> None:
        """A key of another curve, or the public half, is found out before anything is asked."""
        try:
            self._assertion()
        except (JoseError, ValueError, TypeError):
            raise _unfit(self._settings) from None

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
        address = self._settings.token_endpoint
        try:
            answer = self._calls.post(address, data=form)
        except httpx.HTTPError as error:
            raise LaterError(ADDRESS, not_reached(address, error), down=True) from None
        if answer.is_client_error and answer.status_code != httpx.codes.TOO_MANY_REQUESTS:
            raise _refusal(answer)
        try:
            told = answer.raise_for_status().json()
            self._token = str(told["access_token"])
            self.scope = frozenset(str(told.get("scope", "")).split())
            self._until = time.monotonic() + float(told["expires_in"]) - EARLY
        except (httpx.HTTPError, ValueError, KeyError, TypeError):
            raise LaterError(ADDRESS, f"no token ({answer.status_code})", down=True) from None

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


def _key(settings: TredeSettings) -> Key:
    kind = ECKey if settings.algorithm.startswith("ES") else RSAKey
    try:
        return kind.import_key(settings.key_file.read_bytes())
    except (JoseError, ValueError, TypeError):
        raise _unfit(settings) from None


def _unfit(settings: TredeSettings) -> UnfitError:
    detail = f"is not a private key in PEM that signs with {settings.algorithm}"
    return UnfitError(f"trede.key_file: {detail}")


def _refusal(answer: httpx.Response) -> ShutError:
    """Whatever is wrong with a proof is answered alike, so all that is in it is named."""
    status = answer.status_code
    if status in _NO_ENDPOINT:
        return ShutError(ADDRESS, f"{answer.url.netloc.decode()}: gives no tokens there ({status})")
    words = "no token for this client_id, kid, algorithm, key_file and audience"
    return ShutError("trede", f"{words} ({status}{_error(answer)})")


def _error(answer: httpx.Response) -> str:
    """The code of OAuth, and nothing else of what was answered."""
    try:
        told = answer.json().get("error")
    except (ValueError, AttributeError):
        return ""
    return f" {told}" if told in OAUTH_ERRORS else ""
