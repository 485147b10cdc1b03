"""Chance that falls alike in both worlds: each place in the code draws from a row of its own.

`uuid4` and `secrets` draw from `os.urandom`. Seeding that alone would shift every later id when a
hidden fact makes one draw more; so a draw depends on the turn, the line of code and its count.
"""

import hashlib
import os
import random
import secrets
import sys
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

_BETWEEN = {uuid.__file__, secrets.__file__, random.__file__, __file__}


class Chance:
    """A source of bytes; `turn` begins anew, so that the same turn gives the same bytes.

    Outside any turn it is true chance, as names of databases must be.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._turn = ""
        self._true = os.urandom
        self._drawn: Counter[str] = Counter()

    def turn(self, name: str = "") -> None:
        self._turn = name
        self._drawn.clear()

    def urandom(self, size: int) -> bytes:
        if not self._turn:
            return self._true(size)
        place = _place(sys._getframe(1))
        self._drawn[place] += 1
        drawn = f"{self._seed}:{self._turn}:{place}:{self._drawn[place]}"
        return hashlib.shake_256(drawn.encode()).digest(size)


def _place(frame: FrameType | None) -> str:
    while frame is not None and frame.f_code.co_filename in _BETWEEN:
        frame = frame.f_back
    return "" if frame is None else f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}"


@contextmanager
def falling(seed: int) -> Iterator[Chance]:
    """While this holds, all of Python draws from one such source."""
    chance = Chance(seed)
    before = os.urandom, random._urandom  # type: ignore[attr-defined]
    os.urandom = random._urandom = chance.urandom  # type: ignore[attr-defined]
    try:
        yield chance
    finally:
        os.urandom, random._urandom = before  # type: ignore[attr-defined]
