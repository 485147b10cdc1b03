"""Who asks without a hat: a verified token before one is chosen, or nobody in particular."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from app.access.hats import Hat, hats_of
from app.access.services import Services
from app.access.viewers import viewer_of
from app.access.vocabulary import Viewer
from app.platform.http.exchange import Exchange, Incoming
from app.platform.http.limits import believe
from app.platform.http.problems import NotAllowed, TooManyRequests, Unauthorized
from app.platform.security.tokens import Claims

VOUCHED = "trede.claims"
"""In the scope of a call that this process makes itself, for a person who is logged in with it;
no server puts it there, so nothing that comes over a wire can."""


@dataclass
class Login:
    """A verified token before a hat is chosen; it leads to no client data."""

    db: AsyncConnection
    claims: Claims
    exchange: Exchange
    services: Services
    on_behalf_of: str | None

    @property
    def caller(self) -> str:
        return f"{self.claims.issuer} {self.claims.subject}"

    async def chosen(self) -> Viewer:
        """The one hat that is named or the only one. Raises Unauthorized, NotAllowed."""
        return await viewer_of(
            self.db,
            self.claims,
            self.services.own_issuer,
            self.exchange.purpose_of_use,
            self.on_behalf_of,
        )

    async def viewer(self) -> Viewer | None:
        """The same; None where a hat is still to be chosen."""
        try:
            return await self.chosen()
        except NotAllowed:
            return None

    async def hats(self) -> list[Hat]:
        return await hats_of(self.db, self.claims)


@dataclass
class Anyone:
    """Nobody in particular: without a hat, row security leaves only what is public."""

    db: AsyncConnection
    services: Services


async def claims_of(request: Incoming) -> Claims:
    """What the token says, or who is logged in. Raises Unauthorized."""
    services: Services = request.app.state.services
    vouched: Claims | None = request.scope.get(VOUCHED)
    seen: str | None = request.scope["state"].get("certificate")
    claims = vouched or await services.verifier.verify(_bearer(request), seen)
    believe(request.scope)
    return claims


def count(services: Services, claims: Claims) -> None:
    """One call of this caller. Raises TooManyRequests, with how long to wait."""
    retry_after = services.limiter.allow(f"{claims.issuer} {claims.subject}")
    if retry_after:
        raise TooManyRequests(retry_after)


def _bearer(request: Incoming) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorized
    return token.strip()
