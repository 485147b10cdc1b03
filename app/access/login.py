"""Who asks without a hat: a verified token before one is chosen, or nobody in particular."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from app.access.hats import Hat, hats_of
from app.access.services import Services
from app.access.viewers import viewer_of
from app.access.vocabulary import Viewer
from app.platform.http.exchange import Exchange
from app.platform.http.problems import NotAllowed
from app.platform.security.tokens import Claims


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
