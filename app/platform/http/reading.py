"""A request is read once, within bounds and strictly, before anything acts on it."""

import asyncio
from collections import Counter
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from app.platform.http import strict_json
from app.platform.http.negotiation import accepts, is_json_in_utf8, media_type
from app.platform.http.problems import (
    BadRequest,
    Fault,
    NotAcceptable,
    RequestTimeout,
    TooLarge,
    UnsupportedMedia,
)

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
FORMS = frozenset({FORM, "multipart/form-data"})
BODY_BYTES = 256 * 1024
BODY_SECONDS = 30.0
LENGTH_DIGITS = 18
WITH_BODY = frozenset({"POST", "PUT", "PATCH", "DELETE"})
# Two of these would let two readers disagree about who asks, or for what.
ONCE = (
    "authorization",
    "content-type",
    "idempotency-key",
    "if-match",
    "on-behalf-of",
    "purpose-of-use",
)


@dataclass(frozen=True, slots=True)
class Admission:
    """What a route takes: its parameters in the query, its kind of body and its size.

    `own_reading`: the route reads query, media types and body by itself; the bounds stay.
    """

    query: AbstractSet[str] = frozenset()
    lists: AbstractSet[str] = frozenset()
    takes_body: bool = False
    consumes: str = JSON
    produces: str | None = JSON
    body_bytes: int = BODY_BYTES
    own_reading: bool = False
    streams: AbstractSet[str] = frozenset()


class StrictRequest(Request):
    """A request whose body is read by `strict_json` and whose parameters are all known."""

    body_seconds: ClassVar[float] = BODY_SECONDS

    async def admit(self, admission: Admission) -> None:
        """Reads and checks everything that does not depend on a schema. Raises Problem."""
        wanted = admission.produces
        if wanted is not None and not accepts(self.headers.get("accept"), wanted):
            raise NotAcceptable
        faults = self._header_faults()
        if not admission.own_reading:
            faults += self._query_faults(admission)
        self._tame_path()
        if admission.streams:
            self._admit_stream(admission)
            if faults:
                raise BadRequest(errors=faults)
            return
        raw = await self.bounded(admission.body_bytes) if self.method in WITH_BODY else b""
        self.scope.setdefault("state", {})["body"] = self._body = raw
        if raw and not admission.own_reading:
            self._check_media(admission.consumes)
            faults += self._body_faults(raw, admission)
        if faults:
            raise BadRequest(errors=faults)

    def _admit_stream(self, admission: Admission) -> None:
        """What can be told of a body before it comes; nothing of it is read here."""
        name, parameters = media_type(self.headers.get("content-type"))
        encoded = self.headers.get("content-encoding", "identity").lower() != "identity"
        if name not in admission.streams or encoded or not is_json_in_utf8(parameters):
            raise UnsupportedMedia(headers={"Accept": ", ".join(sorted(admission.streams))})
        self._check_length(admission.body_bytes)
        self.scope.setdefault("state", {})["body"] = b""

    def _check_length(self, most: int) -> None:
        length = self.headers.get("content-length", "0")
        if len(length) > LENGTH_DIGITS or (length.isdecimal() and int(length) > most):
            raise TooLarge

    def _body_faults(self, raw: bytes, admission: Admission) -> list[Fault]:
        if admission.consumes in FORMS:
            return _repeated_fields(raw) if admission.consumes == FORM else []
        try:
            self._json = strict_json.parse(raw)
        except BadRequest as bad:
            return bad.errors
        if self._json and not admission.takes_body:
            return [Fault("body", "#", "unexpected_body", "This act takes no body.")]
        return []

    def _check_media(self, wanted: str) -> None:
        name, parameters = media_type(self.headers.get("content-type"))
        encoded = self.headers.get("content-encoding", "identity").lower() != "identity"
        if name != wanted or encoded or (wanted not in FORMS and not is_json_in_utf8(parameters)):
            raise UnsupportedMedia(headers={"Accept": wanted})

    async def bounded(self, most: int) -> bytes:
        """The body, if it is no larger and arrives in time. Raises Problem."""
        self._check_length(most)
        chunks, size = [], 0
        try:
            async with asyncio.timeout(self.body_seconds):
                async for chunk in self.stream():
                    size += len(chunk)
                    if size > most:
                        raise TooLarge
                    chunks.append(chunk)
        except TimeoutError:
            raise RequestTimeout from None
        except ClientDisconnect:
            raise BadRequest("The body of the request ended early.") from None
        return b"".join(chunks)

    def _tame_path(self) -> None:
        """A control character in an id names nothing; it must not reach the database."""
        values: dict[str, Any] = self.scope["path_params"]
        for name, value in values.items():
            if isinstance(value, str) and not value.isprintable():
                values[name] = "\ufffd"

    def _header_faults(self) -> list[Fault]:
        sent = [name for name, _ in self.scope["headers"]]
        if len(set(sent)) == len(sent):
            return []
        detail = "This header may be sent once."
        return [
            Fault("header", f"#/{name}", "repeated", detail)
            for name in ONCE
            if sent.count(name.encode()) > 1
        ]

    def _query_faults(self, admission: Admission) -> list[Fault]:
        text = self.scope["query_string"].decode("latin-1")
        if not text:
            return []
        pairs = parse_qsl(text, keep_blank_values=True)
        faults = {}
        for name, times in Counter(name for name, _ in pairs).items():
            if name not in admission.query:
                faults[name] = ("unknown_parameter", "The contract does not know this parameter.")
            elif times > 1 and name not in admission.lists:
                faults[name] = ("repeated", "This parameter may be given once.")
        for name, value in pairs:
            if not value.isprintable():
                faults.setdefault(name, ("invalid_character", "A control character stands here."))
        found = [
            Fault("query", strict_json.step("#", name), *words) for name, words in faults.items()
        ]
        return list(dict.fromkeys(found))[: strict_json.MOST_FAULTS]


def _repeated_fields(raw: bytes) -> list[Fault]:
    """OAuth 2.0 and good sense: a field of a form stands there once."""
    times = Counter(name for name, _ in parse_qsl(raw.decode("latin-1"), keep_blank_values=True))
    pointers = dict.fromkeys(strict_json.step("#", name) for name, n in times.items() if n > 1)
    detail = "This field may be given once."
    return [Fault("body", pointer, "repeated", detail) for pointer in pointers]
