"""Who sent a file, for the calls it leads to; each of them looks up what that still gives."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from pydantic import TypeAdapter
from pydantic_core import from_json, to_json
from sqlalchemy.ext.asyncio import AsyncConnection

from app.domain.machine.actions.exchanging import registration
from app.platform.http.problems import NotAllowed
from app.platform.security.tokens import Claims

_CLAIMS = TypeAdapter(Claims)
_UNBOUND = {
    "jti": "import",
    "expires_at": datetime.max.replace(tzinfo=UTC),
    "certificate": None,
}
"""Not bound to its token, which ends before the work does."""


@dataclass(frozen=True)
class Sender:
    """As the token and the headers said, and as whom a client system was registered then.

    Who replaces the keys of a system in a hurry wants what was sent with the old ones to stop.
    """

    claims: Claims
    on_behalf_of: str | None
    purpose_of_use: str | None
    registration: str | None = None

    def kept(self) -> str:
        """As one flat object, which earlier and later versions of this program read."""
        claims = {n: told for n, told in asdict(self.claims).items() if n not in _UNBOUND}
        beside = {n: told for n, told in asdict(self).items() if n != "claims"}
        return to_json(claims | beside).decode()

    async def require_as_registered(self, db: AsyncConnection) -> None:
        """Raises NotAllowed where other keys or another scope were registered since."""
        if self.registration not in {None, await registration(db, self.claims)}:
            raise NotAllowed


def sender_of(kept: str) -> Sender:
    told = from_json(kept)
    claims = _CLAIMS.validate_python(told | _UNBOUND)
    return Sender(claims, told["on_behalf_of"], told["purpose_of_use"], told.get("registration"))
