"""Who sent a file, for the calls it leads to; each of them looks up what that still gives."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from pydantic import TypeAdapter
from pydantic_core import from_json, to_json

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
    """As the token and the headers said."""

    claims: Claims
    on_behalf_of: str | None
    purpose_of_use: str | None

    def kept(self) -> str:
        """As one flat object, which earlier and later versions of this program read."""
        claims = {n: told for n, told in asdict(self.claims).items() if n not in _UNBOUND}
        headers = {"on_behalf_of": self.on_behalf_of, "purpose_of_use": self.purpose_of_use}
        return to_json(claims | headers).decode()


def sender_of(kept: str) -> Sender:
    told = from_json(kept)
    claims = _CLAIMS.validate_python(told | _UNBOUND)
    return Sender(claims, told["on_behalf_of"], told["purpose_of_use"])
