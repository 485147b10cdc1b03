"""The login of the demo issuer: a real authorization endpoint, where one picks whom to play."""

import hmac
import re
import time
from base64 import urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe
from urllib.parse import urlencode
from uuid import UUID

from app.platform.security.issuer import ID_ALGORITHM, Issuer
from app.platform.security.signed import is_text

WEB_CLIENT = "trede-web"
CODE_SECONDS = 60
MOST_CODES = 1000
CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
ASKED = ("client_id", "redirect_uri", "response_type", "scope", "state", "nonce")
PKCE = ("code_challenge", "code_challenge_method")
FIELDS = (*ASKED, *PKCE, "prompt", "max_age", "acr_values")
"""Every parameter that goes along from the request to the choice."""
METADATA: dict[str, object] = {
    "response_types_supported": ["code"],
    "response_modes_supported": ["query"],
    "grant_types_supported": ["authorization_code"],
    "scopes_supported": ["openid"],
    "subject_types_supported": ["public"],
    "id_token_signing_alg_values_supported": [ID_ALGORITHM],
    "token_endpoint_auth_methods_supported": ["none"],
    "code_challenge_methods_supported": ["S256"],
    "authorization_response_iss_parameter_supported": True,
    "claims_supported": ["sub", "auth_time", "nonce", "at_hash", "sid"],
}


class UnknownClientError(Exception):
    """Nobody is sent anywhere: the client or its address is not the one that is registered."""


class RefusedGrantError(Exception):
    """The token endpoint refuses with one of the codes of RFC 6749, 5.2."""


@dataclass(frozen=True, slots=True)
class Persona:
    """Someone to play; `membership` and `purpose` go into the token as wishes.

    `name`, `note` and `group` are what people choose by.
    """

    subject: str
    membership: UUID | None = None
    purpose: str | None = None
    scope: frozenset[str] = frozenset()
    name: str = ""
    note: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """What one code stands for; it is used once, within a minute."""

    redirect_uri: str
    challenge: str
    nonce: str | None
    persona: str
    chosen_at: int


class DemoLogin:
    """Hands out codes for personas and exchanges them; remembers nobody, so it always asks."""

    def __init__(
        self, issuer: Issuer, redirect_uri: str, now: Callable[[], float] = time.time
    ) -> None:
        self._issuer = issuer
        self._redirect_uri = redirect_uri
        self._now = now
        self._codes: OrderedDict[str, Code] = OrderedDict()

    def fault(self, asked: Mapping[str, str]) -> str | None:
        """What is wrong with this request (RFC 6749, 4.1.2.1), or None. Raises UnknownClientError.

        Whoever may not be asked again (`prompt=none`) is always refused: nobody is remembered.
        """
        if asked.get("client_id") != WEB_CLIENT or asked.get("redirect_uri") != self._redirect_uri:
            raise UnknownClientError
        if asked.get("response_type") != "code":
            return "unsupported_response_type"
        if "openid" not in asked.get("scope", "").split():
            return "invalid_scope"
        challenge, method = (asked.get(name, "") for name in PKCE)
        if method != "S256" or not CHALLENGE.fullmatch(challenge):
            return "invalid_request"
        if not all(is_text(asked[name]) for name in ("state", "nonce") if name in asked):
            return "invalid_request"
        return "login_required" if asked.get("prompt") == "none" else None

    def refused(self, asked: Mapping[str, str], fault: str) -> str:
        """Where to send a browser whose request has this fault."""
        return self._back(asked, error=fault)

    def chosen(self, asked: Mapping[str, str], persona: str) -> str:
        """Where to send a browser that is this persona from now on, with a fresh code."""
        code = token_urlsafe(32)
        self._codes[code] = Code(
            redirect_uri=asked["redirect_uri"],
            challenge=asked["code_challenge"],
            nonce=asked.get("nonce"),
            persona=persona,
            chosen_at=int(self._now()),
        )
        while len(self._codes) > MOST_CODES:
            self._codes.popitem(last=False)
        return self._back(asked, code=code)

    def spent(self, form: Mapping[str, str]) -> Code:
        """What the code stood for; it is gone whatever the answer. Raises RefusedGrantError."""
        if form.get("grant_type") != "authorization_code":
            raise RefusedGrantError("unsupported_grant_type")
        code = self._codes.pop(form.get("code", ""), None)
        if form.get("client_id") != WEB_CLIENT:
            raise RefusedGrantError("invalid_client")
        if code is None or self._now() >= code.chosen_at + CODE_SECONDS:
            raise RefusedGrantError("invalid_grant")
        if form.get("redirect_uri") != code.redirect_uri:
            raise RefusedGrantError("invalid_grant")
        if not hmac.compare_digest(_challenge(form.get("code_verifier", "")), code.challenge):
            raise RefusedGrantError("invalid_grant")
        return code

    def id_token(self, code: Code, subject: str, access_token: str) -> str:
        """Who was chosen, when, and for which login."""
        digest = sha256(access_token.encode()).digest()
        return self._issuer.mint_id(
            subject,
            client_id=WEB_CLIENT,
            auth_time=code.chosen_at,
            nonce=code.nonce,
            at_hash=_base64url(digest[: len(digest) // 2]),
            sid=token_urlsafe(16),
        )

    def _back(self, asked: Mapping[str, str], **answer: str) -> str:
        given = {**answer, "iss": self._issuer.url}
        if "state" in asked:
            given["state"] = asked["state"]
        return f"{self._redirect_uri}?{urlencode(given)}"


def _challenge(verifier: str) -> str:
    return _base64url(sha256(verifier.encode()).digest())


def _base64url(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()
