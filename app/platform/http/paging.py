"""Lists in pages: an opaque cursor that fits one caller and one filter, and no totals."""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from fastapi import Query
from pydantic import BeforeValidator, Field

from app.platform.http.problems import BadRequest, Fault
from app.platform.http.schemas import Out, Whole

T = TypeVar("T")
Position = tuple[str | int | bool | date | datetime | UUID | None, ...]

BLOCK = 64  # all positions of nearly all lists have one length
CURSOR_CHARS = 2048

READERS: Mapping[str, Any] = {
    "b": bool,
    "i": int,
    "s": str,
    "u": UUID,
    "m": datetime.fromisoformat,
    "d": date.fromisoformat,
}


class Page(Out, Generic[T]):
    """A part of a list. `nextCursor` is absent on the last page."""

    items: list[T]
    next_cursor: str | None = Field(default=None, description="Absent on the last page.")
    withheld: list[str] = Field(
        default_factory=list,
        description="Categories of this kind of list that you may not see, whatever is in them.",
    )


def _cursor(value: object) -> object:
    return value if not isinstance(value, str) or len(value) <= CURSOR_CHARS else ""


PageSize = Annotated[
    Whole, Query(alias="pageSize", ge=1, le=100, description="At most this many items.")
]
Cursor = Annotated[
    str | None,
    BeforeValidator(_cursor),
    Query(alias="cursor", description="`nextCursor` of the page before; the first page has none."),
]


def fingerprint(**filters: object) -> str:
    """One text for one set of filters, to bind a cursor to."""
    return json.dumps({name: str(value) for name, value in filters.items()}, sort_keys=True)


class Cursors:
    """Seals the position after which a page starts.

    Deterministic authenticated encryption (AES-SIV, RFC 5297): the same page gives the same bytes,
    so an answer does not differ without reason, and a position betrays nothing.
    """

    def __init__(self, key: bytes) -> None:
        self._cipher = AESSIV(hmac.digest(key, b"cursor", "sha512"))

    def seal(self, caller: str, filter_fingerprint: str, position: Position) -> str:
        plain = json.dumps([_written(part) for part in position]).encode()
        padded = plain.ljust(-(-len(plain) // BLOCK) * BLOCK)
        sealed = self._cipher.encrypt(padded, _bound(caller, filter_fingerprint))
        return urlsafe_b64encode(sealed).decode().rstrip("=")

    def open(self, caller: str, filter_fingerprint: str, cursor: str) -> Position:
        """The position. Raises BadRequest for a cursor of another caller, filter or maker."""
        try:
            sealed = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
            plain = self._cipher.decrypt(sealed, _bound(caller, filter_fingerprint))
        except (InvalidTag, NotBase64, ValueError):
            detail = "This cursor does not belong to this list."
            raise BadRequest(
                errors=[Fault("query", "#/cursor", "invalid_cursor", detail)]
            ) from None
        return tuple(_read(part) for part in json.loads(plain))


def _bound(caller: str, filter_fingerprint: str) -> list[bytes]:
    return [caller.encode(), filter_fingerprint.encode()]


def _written(part: object) -> list[str] | None:
    match part:
        case None:
            return None
        case bool():
            return ["b", "1" if part else ""]
        case datetime():
            return ["m", part.isoformat()]
        case date():
            return ["d", part.isoformat()]
        case int():
            return ["i", str(part)]
        case UUID():
            return ["u", str(part)]
        case _:
            return ["s", str(part)]


def _read(part: list[str] | None) -> Any:
    return None if part is None else READERS[part[0]](part[1])
