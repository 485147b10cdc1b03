"""One page out of the rows that a viewer may see, and the cursor to the next one."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import DateTime, Row, Uuid, bindparam, tuple_

from app.access.services import Services
from app.platform.http.paging import Page, Position
from app.platform.http.schemas import Out

Item = TypeVar("Item", bound=Out)
Find = Callable[[Any, int], Awaitable[Sequence[Row[Any]]]]
AFTER = tuple_(
    bindparam("after_0", type_=DateTime(timezone=True)), bindparam("after_1", type_=Uuid())
)
"""The place in such a list after which a page starts; its moment and its id are bound."""
FIRST: Position = (datetime(1, 1, 1, tzinfo=UTC), UUID(int=0))
"""Before everything in a list in the order of a moment, then of opaque ids."""


class Asker(Protocol):
    """Who turns the pages: a session, or a login that wears no hat."""

    @property
    def caller(self) -> str:
        """Under what name its cursors are bound."""

    @property
    def services(self) -> Services:
        """What seals them."""


@dataclass(frozen=True)
class Cut:
    """The rows of one page; `page` gives it to the reader once they are turned into answers."""

    rows: Sequence[Row[Any]]
    next_cursor: str | None

    def page(self, items: list[Item]) -> Page[Item]:
        page = Page[Item](items=items)
        if self.next_cursor is not None:
            page.next_cursor = self.next_cursor
        return page


def recorded(row: Row[Any]) -> Position:
    return row.recorded_at, row.id


async def cut(
    asker: Asker,
    find: Find,
    *,
    filters: str,
    cursor: str | None,
    size: int,
    start: Position = FIRST,
    position: Callable[[Row[Any]], Position] = recorded,
) -> Cut:
    """`find` gives so many rows after a position; one more than the page tells of a next one."""
    cursors = asker.services.cursors
    after = start if cursor is None else cursors.open(asker.caller, filters, cursor)
    rows = await find(after, size + 1)
    if len(rows) <= size:
        return Cut(rows, None)
    return Cut(rows[:size], cursors.seal(asker.caller, filters, position(rows[size - 1])))
