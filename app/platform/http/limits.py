"""How much one caller or one address may ask, kept in memory with a bound."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, MutableMapping
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from typing import Any

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.platform.http.handlers import answer
from app.platform.http.problems import TooManyRequests

KEPT = 20_000
BELIEVED = "trede.believed"
REFUSED = 400


class Limiter:
    """A token bucket per caller: `burst` at once, `per_second` on the long run.

    Only the `kept` callers seen last are remembered; one who is forgotten starts full.
    """

    def __init__(
        self,
        per_second: float,
        burst: float,
        *,
        kept: int = KEPT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._per_second = per_second
        self._burst = burst
        self._kept = kept
        self._clock = clock
        self._buckets: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def allow(self, caller: Hashable) -> float | None:
        """Takes one; None when there was one, else the seconds until there is."""
        level = self._level(caller)
        wait = (1 - level) / self._per_second if level < 1 else None
        self._buckets[caller] = (level if wait else level - 1, self._clock())
        self._buckets.move_to_end(caller)
        if len(self._buckets) > self._kept:
            self._buckets.popitem(last=False)
        return wait

    def wait(self, caller: Hashable) -> float | None:
        """As `allow`, but takes nothing."""
        level = self._level(caller)
        return (1 - level) / self._per_second if level < 1 else None

    def _level(self, caller: Hashable) -> float:
        now = self._clock()
        level, then = self._buckets.get(caller, (self._burst, now))
        return min(self._burst, level + (now - then) * self._per_second)


def believe(scope: MutableMapping[str, Any]) -> None:
    """Say of a request that its token held: from here on its own caller is counted."""
    scope["state"][BELIEVED] = True


class AddressLimit:
    """Limits, per client address, requests without a token and those refused before one held.

    The two are counted apart, so that visitors of a page do not keep out their neighbours' tokens.
    Nor does who guesses keep out a token that held before: its own refusals count, not those of
    the address. Of the `KEPT` such tokens seen last a digest is remembered, which opens nothing.
    Where a token is not read (`reads_token`) nobody knows whether it is one, and it buys nothing.
    Nor does it where the request is refused for something else before anybody looked at it.
    """

    def __init__(
        self, app: ASGIApp, limiter: Limiter, reads_token: Callable[[Scope], bool]
    ) -> None:
        self.app = app
        self.limiter = limiter
        self.reads_token = reads_token
        self._held: OrderedDict[bytes, None] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        address = address_of(scope)
        sent = Headers(scope=scope).get("authorization")
        bears_token = sent is not None and self.reads_token(scope)
        token = _digest(sent or "")
        refusals = (token if token in self._held else address, "refused")
        wait = self.limiter.wait(refusals) if bears_token else self.limiter.allow(address)
        if wait is not None:
            refusal = answer(Request(scope), TooManyRequests(wait))
            await refusal(scope, receive, send)
            return

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start" and bears_token:
                if BELIEVED in scope["state"]:
                    self._remember(token)
                elif message["status"] >= REFUSED:
                    self.limiter.allow(refusals)
            await send(message)

        await self.app(scope, receive, counted)

    def _remember(self, token: bytes) -> None:
        self._held[token] = None
        self._held.move_to_end(token)
        if len(self._held) > KEPT:
            self._held.popitem(last=False)


def _digest(authorization: str) -> bytes:
    """Of the token alone, as a scheme may be spelled in many ways."""
    return sha256(authorization.rpartition(" ")[2].encode("latin-1")).digest()


def address_of(scope: Scope) -> str:
    """The client's address; IPv6 by its network of 64 bits, which one client holds as a whole."""
    host = scope["client"][0] if scope.get("client") else ""
    try:
        address = ip_address(host)
    except ValueError:
        return "local"
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(IPv6Address(int(address) >> 64 << 64))
    return str(getattr(address, "ipv4_mapped", None) or address)
