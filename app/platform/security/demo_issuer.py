"""An OpenID provider for personas, for a demonstration on one machine and nowhere else."""

from collections.abc import Mapping

from app.platform.http.problems import BadRequest
from app.platform.security.demo_login import METADATA, DemoLogin, Persona
from app.platform.security.issuer import Issuer
from app.platform.security.keys import StaticKeys
from app.platform.security.loopback import is_loopback
from app.platform.security.tokens import Provider

PREFIX = "/demo-issuer"
CLIENT_ID = "trede-demo"
RETURN_PATH, OUT_PATH = "/login/return", "/login"
"""Where the pages of this installation are returned to after a login, and after logging out."""


class DemoRefusedError(Exception):
    """Tokens for the asking must not be reachable from other machines; starting is refused."""


def refuse_unless_loopback(host: str, *, embedded: bool) -> None:
    """Raises DemoRefusedError unless we run on our own database and listen on this machine only."""
    if not embedded:
        raise DemoRefusedError("the demo issuer runs with the embedded database only")
    if not is_loopback(host):
        raise DemoRefusedError("the demo issuer needs a loopback address to listen on")


class DemoIssuer:
    """Gives tokens to whoever asks on this machine; `personas` may be filled after the start."""

    def __init__(self, issuer: Issuer, audience: str, personas: Mapping[str, Persona]) -> None:
        if not issuer.url.endswith(PREFIX):
            raise ValueError(f"the demo issuer's URL ends in {PREFIX}")
        self._issuer = issuer
        self._audience = audience
        self.personas = personas
        self.home = issuer.url.removesuffix(PREFIX)
        self.login = DemoLogin(issuer, f"{self.home}{RETURN_PATH}")

    @property
    def url(self) -> str:
        return self._issuer.url

    def provider(self) -> Provider:
        """As the verifier sees it: any provider, with keys from the document it publishes."""
        longest = self._issuer.longest
        return Provider(self._issuer.url, StaticKeys(self._issuer.jwks()), longest=longest)

    def token(self, persona: str, purpose: str | None = None) -> str:
        """A token for a persona, for its own purpose or another. Raises KeyError."""
        played = self.personas[persona]
        return self._issuer.mint(
            played.subject,
            audience=self._audience,
            client_id=CLIENT_ID,
            lifetime=self._issuer.longest,
            membership=played.membership,
            purpose=purpose or played.purpose,
            scope=played.scope,
        )

    def metadata(self) -> dict[str, object]:
        """OpenID Connect Discovery 1.0."""
        url = self._issuer.url
        return {
            "issuer": url,
            "jwks_uri": f"{url}/jwks",
            "authorization_endpoint": f"{url}/authorize",
            "token_endpoint": f"{url}/token",
            "end_session_endpoint": f"{url}/logout",
            **METADATA,
        }

    def jwks(self) -> dict[str, object]:
        """The keys of both kinds of tokens; no key verifies both."""
        return {"keys": [self._issuer.access_jwk(), self._issuer.id_jwk()]}

    def answer(self, persona: str | None, purpose: str | None) -> dict[str, object]:
        """The token endpoint's answer (RFC 6749, 5.1); an unknown one is told the others."""
        try:
            token = self.token(persona or "", purpose)
        except KeyError:
            raise BadRequest(f"There is a token for: {', '.join(self.personas)}.") from None
        seconds = self._issuer.longest
        return {"access_token": token, "token_type": "Bearer", "expires_in": seconds}

    def exchanged(self, form: Mapping[str, str]) -> dict[str, object]:
        """The same for a code, with an ID token beside it. Raises RefusedGrantError."""
        code = self.login.spent(form)
        given = self.answer(code.persona, None)
        subject = self.personas[code.persona].subject
        id_token = self.login.id_token(code, subject, str(given["access_token"]))
        return {**given, "scope": "openid", "id_token": id_token}
