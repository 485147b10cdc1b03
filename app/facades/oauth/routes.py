"""The token endpoint and the documents about it; outside the versioned API."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from app.facades.oauth import metadata
from app.facades.oauth.answers import RefusalOut, TokenOut, TokenRefused, given, refused, refusing
from app.facades.oauth.tokens import GRANT, token
from app.platform.http.reading import FORM
from app.platform.http.routing import Router
from app.platform.security.client_assertions import ASSERTION_TYPE

FORM_BYTES = 32 * 1024
_FIELDS: dict[str, Any] = {
    "grant_type": {"type": "string", "const": GRANT},
    "client_assertion_type": {"type": "string", "const": ASSERTION_TYPE},
    "client_assertion": {
        "type": "string",
        "description": "A JWT signed with a registered key: `iss` and `sub` the client id, `aud` "
        "this endpoint, `exp` within 5 minutes, `jti` of 16 characters or more, used once. A client"
        " of the profile `oauth_nl` also sends `iat`, and a `jti` of 22 characters or more.",
    },
    "scope": {"type": "string", "example": "trede.read trede.write"},
}
_BODY: dict[str, Any] = {
    "required": True,
    "content": {
        FORM: {
            "schema": {
                "type": "object",
                "required": ["grant_type", "client_assertion_type", "client_assertion"],
                "properties": _FIELDS,
            },
            "example": {
                "grant_type": GRANT,
                "client_assertion_type": ASSERTION_TYPE,
                "client_assertion": "eyJhbGciOiJFUzM4NCIsImtpZCI6IjIwMjYtMSJ9.e30.c2ln",
                "scope": "trede.read trede.write",
            },
        }
    },
}


def oauth_routes() -> APIRouter:
    """Everything under `/oauth2` and `/.well-known`, to be included once."""
    router = APIRouter()
    router.include_router(_token())
    router.include_router(_documents())
    return router


def _token() -> Router:
    router = Router(prefix="/oauth2", tags=["oauth"])

    @router.post(
        "/token",
        public=True,
        consumes=FORM,
        body_limit=FORM_BYTES,
        refusing=refusing,
        response_model=TokenOut,
        responses={
            400: {"model": RefusalOut, "description": "Refused, with a code of RFC 6749."},
            401: {"model": RefusalOut, "description": "`invalid_client`, whatever the reason."},
        },
        openapi_extra={"requestBody": _BODY},
    )
    async def give_token(request: Request) -> Response:
        """Exchange a signed assertion for an access token (SMART Backend Services)."""
        form = {name: str(value) for name, value in (await request.form()).items()}
        services, seen = request.app.state.services, request.scope["state"]["certificate"]
        header = "authorization" in request.headers
        try:
            return given(await token(services, form, header=header, certificate=seen))
        except TokenRefused as refusal:
            return refused(refusal.code)

    @router.get("/jwks", public=True, any_accept=True)
    async def read_keys(request: Request) -> Response:
        """The public keys of our access tokens."""
        return JSONResponse(request.app.state.services.issuer.jwks())

    return router


def _documents() -> Router:
    router = Router(prefix="/.well-known", tags=["oauth"])

    @router.get("/oauth-authorization-server", public=True, any_accept=True)
    async def read_server(request: Request) -> Response:
        """Authorization server metadata (RFC 8414)."""
        return JSONResponse(metadata.authorization_server(request.app.state.services))

    @router.get("/smart-configuration", public=True, any_accept=True)
    async def read_smart(request: Request) -> Response:
        """The same for SMART on FHIR clients; JSON whatever Accept says."""
        return JSONResponse(metadata.smart_configuration(request.app.state.services))

    return router
