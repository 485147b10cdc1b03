"""Several calls side by side, of which none runs on when the page is answered."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar, cast

A = TypeVar("A")
B = TypeVar("B")


async def all_of(*asked: Awaitable[A]) -> list[A]:
    """What each told. Where one fails the others are waited for, and then it is raised.

    Otherwise they would go on in the background: a look would stand on the log after the answer.
    """
    told = await asyncio.gather(*asked, return_exceptions=True)
    for each in told:
        if isinstance(each, BaseException):
            raise each
    return cast("list[A]", told)


async def both_of(one: Awaitable[A], other: Awaitable[B]) -> tuple[A, B]:
    """The same of two that tell different things."""
    first, second = await all_of(cast("Awaitable[A | B]", one), cast("Awaitable[A | B]", other))
    return cast("A", first), cast("B", second)
