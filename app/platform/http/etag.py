"""Strong ETags over what one caller is shown, so that they betray no change elsewhere."""

import hmac
from base64 import urlsafe_b64encode

from pydantic import BaseModel

from app.platform.http.exchange import Exchange
from app.platform.http.problems import PreconditionFailed, PreconditionRequired

TAG_BYTES = 18  # 24 characters without padding


def render(out: BaseModel) -> bytes:
    """The bytes of an answer: what was not set is absent. ETags are taken over these."""
    return out.__pydantic_serializer__.to_json(out, by_alias=True, exclude_unset=True)


def matches(header: str, tag: str) -> bool:
    """Strong comparison with the list in If-Match; `*` names no version that was read."""
    return any(
        hmac.compare_digest(part.strip().encode(), tag.encode()) for part in header.split(",")
    )


class Etags:
    """ETags keyed by a secret and by the caller, so that two callers cannot compare theirs."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, caller: str, body: bytes) -> str:
        seen = caller.encode() + b"\0" + body
        digest = hmac.digest(self._key, seen, "sha256")[:TAG_BYTES]
        return f'"{urlsafe_b64encode(digest).decode()}"'

    def require_match(self, exchange: Exchange, caller: str, out: BaseModel) -> None:
        """Compares If-Match with `out`, disclosed anew under the lock.

        Raises PreconditionRequired when it is missing, PreconditionFailed when it differs.
        """
        if exchange.if_match is None:
            raise PreconditionRequired
        if not matches(exchange.if_match, self.of(caller, render(out))):
            raise PreconditionFailed
