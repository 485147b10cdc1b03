"""The ids that join what several systems did for one purpose: W3C Trace Context and Koppeltaal."""

import re
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_hex
from typing import Self
from uuid import uuid4

SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
TRACEPARENT = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})")
TRACE_ID = re.compile(r"(?!0{32})[0-9a-f]{32}")
_OURS: ContextVar[str | None] = ContextVar("traceparent", default=None)


@dataclass(frozen=True, slots=True)
class Trace:
    """One request in a chain: the chain, our part in it, and the part that called us.

    `named` is the chain as the caller spells it, which Koppeltaal wants passed on unchanged.
    """

    trace_id: str
    span_id: str
    parent_span_id: str | None
    flags: str
    named: str
    request_id: str
    correlation_id: str | None

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> Self:
        """What the caller says, in so far as it is well-formed; else a chain begins here."""
        held = TRACEPARENT.fullmatch(headers.get("traceparent", ""))
        named = _sane(headers.get("x-trace-id"))
        trace_id = held[1] if held else _trace_id(named) if named else token_hex(16)
        return cls(
            trace_id=trace_id,
            span_id=token_hex(8),
            parent_span_id=held[2] if held else None,
            flags=held[3] if held else "00",
            named=named or trace_id,
            request_id=_sane(headers.get("x-request-id")) or str(uuid4()),
            correlation_id=_sane(headers.get("x-correlation-id")),
        )

    @property
    def traceparent(self) -> str:
        """For whom we call: our part is theirs to hang under."""
        return f"00-{self.trace_id}-{self.span_id}-{self.flags}"

    def state(self) -> dict[str, str | None]:
        """What the application knows of it."""
        return {
            "request_id": self.request_id,
            "trace_id": self.trace_id,
            "span_id": self.span_id,
            "parent_span_id": self.parent_span_id,
        }

    def told(self) -> dict[str, str]:
        """The headers of the answer: the chain as the caller named it, or as it began here.

        Without a request that caused this one none is named. Our own part is not told: answers to
        the same question are the same.
        """
        caused = {} if self.correlation_id is None else {"x-correlation-id": self.correlation_id}
        caller = self.parent_span_id or self.span_id
        return {
            "x-request-id": self.request_id,
            **caused,
            "x-trace-id": self.named,
            "traceparent": f"00-{self.trace_id}-{caller}-{self.flags}",
        }

    def enter(self) -> None:
        """From here on this task calls others within this chain."""
        _OURS.set(self.traceparent)


def outgoing() -> dict[str, str]:
    """The header that passes the chain on; none outside of a request."""
    ours = _OURS.get()
    return {} if ours is None else {"traceparent": ours}


def _sane(text: str | None) -> str | None:
    return text if text is not None and SANE_ID.fullmatch(text) else None


def _trace_id(named: str) -> str:
    """In hex, also when it came as a UUID; of any other name always the same digest."""
    plain = named.replace("-", "").lower()
    return plain if TRACE_ID.fullmatch(plain) else sha256(named.encode()).hexdigest()[:32]
