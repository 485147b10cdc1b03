"""Asking an OpenID provider who somebody is: authorization code with PKCE (OpenID Connect Core).

Nothing that the browser brings along counts, unless it fits what was asked.
"""

import hmac
import time
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_urlsafe
from urllib.parse import quote_plus, urlencode, urlsplit

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from app.platform.security.fetching import FetchError, check_url, fetch_object
from app.platform.security.id_tokens import Expected, verify_id_token
from app.platform.security.keys import DiscoveredKeys
from app.platform.security.loopback import is_loopback
from app.platform.security.signed import SKEW, RefusedError, text_claim

METADATA_SECONDS = 600.0


class LoginRefusedError(Exception):
    """Nobody is logged in; `reason` is a fixed word for the log, never for the page."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Registration:
    """What was agreed with the provider, and what we ask of each login."""

    issuer: str
    client_id: str
    redirect_uri: str
    secret: str | None = None
    acr: tuple[str, ...] = ()
    always_asks: bool = True


@dataclass(frozen=True, slots=True)
class Begun:
    """A login that a browser began; it comes back with the answer, sealed by us meanwhile."""

    state: str
    nonce: str
    verifier: str
    at: int


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the provider says it is; whether we know this person is another question."""

    issuer: str
    subject: str
    provider_session: str | None


class OpenIdProvider:
    """One provider. Its addresses are discovered, and only one on this machine may name others."""

    def __init__(
        self, agreed: Registration, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        """Raises ValueError for an issuer that is no https address."""
        self._agreed = agreed
        self._transport = transport
        self._keys = DiscoveredKeys(agreed.issuer, transport=transport)
        self._local = is_loopback(urlsplit(agreed.issuer).hostname or "")
        self._metadata: tuple[float, dict[str, object]] | None = None

    async def begin(self) -> tuple[str, Begun]:
        """Where to send the browser, and what to remember of it. Raises LoginRefusedError."""
        begun = Begun(token_urlsafe(32), token_urlsafe(32), token_urlsafe(48), int(time.time()))
        asked: dict[str, object] = {
            "nonce": begun.nonce,
            "code_challenge": create_s256_code_challenge(begun.verifier),
            "code_challenge_method": "S256",
            "acr_values": " ".join(self._agreed.acr) or None,
        }
        if self._agreed.always_asks:
            asked |= {"prompt": "login", "max_age": "0"}
        address: str = prepare_grant_uri(
            await self._endpoint("authorization_endpoint"),
            client_id=self._agreed.client_id,
            response_type="code",
            redirect_uri=self._agreed.redirect_uri,
            scope="openid",
            state=begun.state,
            **asked,
        )
        return address, begun

    async def complete(self, begun: Begun, answer: Mapping[str, str]) -> Identity:
        """Who it is, after the answer with which the browser came back. Raises LoginRefusedError.

        The state binds the answer to this browser, `iss` to this provider (RFC 9207), the verifier
        the code to this login, and the nonce the ID token to it.
        """
        if not hmac.compare_digest(answer.get("state", "").encode(), begun.state.encode()):
            raise LoginRefusedError("state")
        if answer.get("iss", self._agreed.issuer) != self._agreed.issuer:
            raise LoginRefusedError("mix_up")
        if "error" in answer or not answer.get("code"):
            raise LoginRefusedError("provider")
        given = await self._exchanged(answer["code"], begun.verifier)
        try:
            return await self._identity(begun, given)
        except RefusedError as refused:
            raise LoginRefusedError(refused.reason) from None

    async def end_address(self, onward: str) -> str | None:
        """Where somebody logs out at the provider too; None when it offers no such page."""
        try:
            address = await self._endpoint("end_session_endpoint")
        except LoginRefusedError:
            return None
        query = {"client_id": self._agreed.client_id, "post_logout_redirect_uri": onward}
        return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"

    async def _exchanged(self, code: str, verifier: str) -> dict[str, object]:
        form: dict[str, str] = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._agreed.redirect_uri,
            "code_verifier": verifier,
        }
        basic = None
        if self._agreed.secret is None:
            form["client_id"] = self._agreed.client_id
        elif await self._takes_basic():
            basic = (quote_plus(self._agreed.client_id), quote_plus(self._agreed.secret))
        else:
            form |= {"client_id": self._agreed.client_id, "client_secret": self._agreed.secret}
        address = await self._endpoint("token_endpoint")
        try:
            return await fetch_object(address, transport=self._transport, form=form, login=basic)
        except FetchError as error:
            denied = str(error).startswith("status 4")
            raise LoginRefusedError("code" if denied else "exchange") from error

    async def _identity(self, begun: Begun, given: Mapping[str, object]) -> Identity:
        """Raises RefusedError."""
        agreed = self._agreed
        claims = await verify_id_token(
            given.get("id_token"),
            Expected(agreed.issuer, agreed.client_id, begun.nonce, given.get("access_token")),
            self._keys,
        )
        asked_at = claims.get("auth_time")
        if agreed.always_asks and (not isinstance(asked_at, int) or asked_at < begun.at - SKEW):
            raise RefusedError("auth_time")  # not asked just now
        if agreed.acr and claims.get("acr") not in agreed.acr:
            raise RefusedError("acr")
        return Identity(agreed.issuer, str(claims["sub"]), text_claim(claims, "sid"))

    async def _takes_basic(self) -> bool:
        """What a provider must take unless it says otherwise (OpenID Connect Discovery, 3)."""
        offered = (await self._discovered()).get("token_endpoint_auth_methods_supported")
        return not isinstance(offered, list) or "client_secret_basic" in offered

    async def _endpoint(self, name: str) -> str:
        address = (await self._discovered()).get(name)
        try:
            if isinstance(address, str):
                return check_url(address, allow_loopback=self._local)
        except ValueError:
            pass
        raise LoginRefusedError(name)

    async def _discovered(self) -> dict[str, object]:
        """The provider's own document, kept for a while."""
        if self._metadata is not None and time.monotonic() < self._metadata[0]:
            return self._metadata[1]
        address = self._agreed.issuer.rstrip("/") + "/.well-known/openid-configuration"
        try:
            found = await fetch_object(address, transport=self._transport)
        except FetchError as error:
            raise LoginRefusedError("discovery") from error
        if found.get("issuer") != self._agreed.issuer:
            raise LoginRefusedError("discovery")
        self._metadata = (time.monotonic() + METADATA_SECONDS, found)
        return found
