"""Verified tokens remembered for a short while, so that a signature is not checked twice."""

import threading
from collections import OrderedDict
from hashlib import sha256
from typing import Generic, TypeVar

Verified = TypeVar("Verified")


class TokenCache(Generic[Verified]):
    """A bounded memory, least recently used out first; keyed by digest, holds no token.

    An entry ends at the token's expiry and after `longest` seconds at the latest, so that a key
    withdrawn by its provider stops working soon.
    """

    def __init__(self, capacity: int = 4096, longest: int = 300) -> None:
        if capacity < 1:
            raise ValueError("a cache holds at least one entry")
        self._capacity = capacity
        self._longest = longest
        self._entries: OrderedDict[bytes, tuple[float, Verified]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, token: str, now: float) -> Verified | None:
        digest = _digest(token)
        with self._lock:
            entry = self._entries.get(digest)
            if entry is None:
                return None
            ends, verified = entry
            if now >= ends:
                del self._entries[digest]
                return None
            self._entries.move_to_end(digest)
            return verified

    def put(self, token: str, verified: Verified, *, expiry: int, now: float) -> None:
        """Remember; a token in its grace after expiry is not kept."""
        ends = min(float(expiry), now + self._longest)
        if ends <= now:
            return
        with self._lock:
            self._entries[_digest(token)] = (ends, verified)
            self._entries.move_to_end(_digest(token))
            while len(self._entries) > self._capacity:
                self._entries.popitem(last=False)


def _digest(token: str) -> bytes:
    return sha256(token.encode("utf-8", "surrogatepass")).digest()
