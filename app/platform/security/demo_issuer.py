"""An OpenID provider for personas, for a demonstration on one machine and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response

from app.platform.http.problems import BadRequest
from app.platform.security.issuer import Issuer
from app.platform.security.keys import StaticKeys
from app.platform.security.loopback import is_loopback
from app.platform.security.tokens import Provider

PREFIX = "/demo-issuer"
CLIENT_ID = "trede-demo"


class DemoRefusedError(Exception):
    """Tokens for the asking must not be reachable from other machines; starting is refused."""


@dataclass(frozen=True, slots=True)
class Persona:
    """Someone to play; `membership` and `purpose` go into the token as wishes."""

    subject: str
    membership: UUID | None = None
    purpose: str | None = None
    scope: frozenset[str] = frozenset()


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
        self._personas = personas

    def provider(self) -> Provider:
        """As the verifier sees it: any provider, with keys from the document it publishes."""
        longest = self._issuer.longest
        return Provider(self._issuer.url, StaticKeys(self._issuer.jwks()), longest=longest)

    def token(self, persona: str, purpose: str | None = None) -> str:
        """A token for a persona, for its own purpose or another. Raises KeyError."""
        played = self._personas[persona]
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
        """OpenID Connect Discovery 1.0, as far as a verifier needs it."""
        url = self._issuer.url
        return {
            "issuer": url,
            "jwks_uri": f"{url}/jwks",
            "token_endpoint": f"{url}/token",
            "response_types_supported": ["token"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def jwks(self) -> dict[str, object]:
        return self._issuer.jwks()

    def answer(self, persona: str, purpose: str | None) -> dict[str, object]:
        """The token endpoint's answer (RFC 6749, 5.1); an unknown one is told the others."""
        try:
            token = self.token(persona, purpose)
        except KeyError:
            raise BadRequest(f"There is a token for: {', '.join(self._personas)}.") from None
        seconds = self._issuer.longest
        return {"access_token": token, "token_type": "Bearer", "expires_in": seconds}


def demo_routes(demo: DemoIssuer) -> APIRouter:
    """The provider's surface; outside the published contract."""
    router = APIRouter(
        prefix=PREFIX, include_in_schema=False, dependencies=[Depends(only_this_machine)]
    )

    @router.get("/.well-known/openid-configuration")
    def metadata() -> dict[str, Any]:
        return demo.metadata()

    @router.get("/jwks")
    def jwks() -> dict[str, Any]:
        return demo.jwks()

    @router.post("/token")
    def token(
        response: Response,
        persona: Annotated[str, Form(max_length=100)],
        purpose_of_use: Annotated[str | None, Form(pattern="^[a-z_]{1,64}$")] = None,
    ) -> dict[str, Any]:
        response.headers["Cache-Control"] = "no-store"
        return demo.answer(persona, purpose_of_use)

    return router


def only_this_machine(request: Request) -> None:
    """404 for a caller elsewhere, behind a proxy, or using a foreign name for this machine.

    A name check stops a web page that lets its own name point here (DNS rebinding).
    """
    proxied = "forwarded" in request.headers or "x-forwarded-for" in request.headers
    near = request.client is not None and is_loopback(request.client.host)
    if proxied or not near or not is_loopback(request.url.hostname or ""):
        raise HTTPException(404)
