"""The client credentials grant with a signed assertion (RFC 7523, SMART Backend Services)."""

import logging
import re
from collections.abc import Mapping

from app.access.services import Services
from app.domain.machine.actions import exchanging
from app.facades.oauth.answers import OAuthError, TokenOut, TokenRefused
from app.platform.security.client_assertions import ASSERTION_TYPE
from app.platform.security.signed import RefusedError

GRANT = "client_credentials"
SCOPE = re.compile(r"[\x21\x23-\x5B\x5D-\x7E]+( [\x21\x23-\x5B\x5D-\x7E]+)*")
OTHER_PROOFS = ("client_secret",)
log = logging.getLogger("trede.oauth")


def token_endpoint(services: Services) -> str:
    """The one audience of a proof; fixed by us, never read from the request."""
    return f"{services.issuer.url}/oauth2/token"


async def token(
    services: Services, form: Mapping[str, str], *, header: bool, certificate: str | None = None
) -> TokenOut:
    """A token for the client that the form proves. Raises TokenRefused.

    `header` tells that the request also carries an Authorization header: two proofs are one too
    many (RFC 6749, section 2.3). An empty parameter counts as absent, an unknown one is ignored.
    """
    sent = {name: value for name, value in form.items() if value}
    if header or any(name in sent for name in OTHER_PROOFS) or "grant_type" not in sent:
        raise TokenRefused(OAuthError.INVALID_REQUEST)
    if sent["grant_type"] != GRANT:
        raise TokenRefused(OAuthError.UNSUPPORTED_GRANT_TYPE)
    asked = _scope(sent.get("scope"))
    if sent.get("client_assertion_type") != ASSERTION_TYPE:
        raise TokenRefused(OAuthError.INVALID_CLIENT)
    assertion = sent.get("client_assertion", "")
    issued = await _exchanged(services, assertion, asked, certificate)
    return TokenOut(
        access_token=issued.token,
        token_type="Bearer",  # noqa: S106 - the name of a kind of token
        expires_in=issued.seconds,
        scope=" ".join(sorted(issued.scope)),
    )


def _scope(text: str | None) -> frozenset[str] | None:
    if text is None:
        return None
    if not SCOPE.fullmatch(text):
        raise TokenRefused(OAuthError.INVALID_SCOPE)
    return frozenset(text.split(" "))


async def _exchanged(
    services: Services, assertion: str, asked: frozenset[str] | None, certificate: str | None
) -> exchanging.Issued:
    endpoint = token_endpoint(services)
    try:
        return await exchanging.exchange(services, assertion, endpoint, asked, certificate)
    except RefusedError as refusal:
        log.info("client assertion refused: %s", refusal.reason)
        raise TokenRefused(OAuthError.INVALID_CLIENT) from None
    except exchanging.ScopeRefused:
        raise TokenRefused(OAuthError.INVALID_SCOPE) from None
