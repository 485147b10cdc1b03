"""An address that leads nowhere, for who comes with a browser: a page, and no bare document."""

from http import HTTPStatus

from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from app.facades.operations import Told
from app.facades.web.answers import html, refusal

OTHERS = ("/v1/", "/oauth2", "/.well-known", "/demo-issuer", "/docs", "/health", "/ready")


class Nowhere(BaseRoute):
    """Stands after all other routes; what is not for people is left to the API's own answer."""

    public = True

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        wants = any(
            name == b"accept" and b"text/html" in value for name, value in scope.get("headers", ())
        )
        ours = scope["type"] == "http" and not scope["path"].startswith(OTHERS)
        return (Match.FULL if ours and wants else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        told = Told(HTTPStatus.NOT_FOUND, {}, b"")
        answer = html("errors/refusal.html", told.status, {"me": None, **refusal(told)})
        await answer(scope, receive, send)
