"""What a client system can find out by itself (RFC 8414, SMART App Launch 2.2)."""

from typing import Any

from app.access.services import Services
from app.domain.machine.rules import Algorithm, Scope
from app.facades.oauth.tokens import GRANT, token_endpoint


def authorization_server(services: Services) -> dict[str, Any]:
    """RFC 8414: only the client credentials grant, only with a signed assertion."""
    url = services.issuer.url
    return {
        "issuer": url,
        "token_endpoint": token_endpoint(services),
        "jwks_uri": f"{url}/oauth2/jwks",
        "grant_types_supported": [GRANT],
        "response_types_supported": [],
        "scopes_supported": [scope.value for scope in Scope],
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": [a.value for a in Algorithm],
        "tls_client_certificate_bound_access_tokens": services.certificates,
        "service_documentation": f"{url}/docs",
    }


def smart_configuration(services: Services) -> dict[str, Any]:
    """The same for a reader of SMART; it names capabilities, and PKCE even where unused."""
    return {
        **authorization_server(services),
        "capabilities": ["client-confidential-asymmetric"],
        "code_challenge_methods_supported": ["S256"],
    }
