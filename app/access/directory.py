"""Lists of directory data (parties, client systems): no client data, so nothing is hidden."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Row, Select

from app.access.session import Session
from app.platform.http.paging import Page, Position, fingerprint
from app.platform.http.problems import NotFound
from app.platform.http.schemas import Out

Item = TypeVar("Item", bound=Out)


def filled(row: Row[Any] | None) -> dict[str, Any]:
    """The columns that have a value: what is not there is absent in the answer.

    Raises NotFound when there is no row.
    """
    if row is None:
        raise NotFound
    return {name: value for name, value in row._asdict().items() if value is not None}


async def directory_page(
    session: Session,
    statement: Select[Any],
    *,
    title: str,
    filters: Mapping[str, Any],
    start: Position,
    cursor: str | None,
    size: int,
    present: Callable[[Row[Any]], Item],
    position: Callable[[Row[Any]], Position],
) -> Page[Item]:
    """One page; the statement takes the filters, `after_0`, `after_1` and `size` as binds."""
    cursors = session.services.cursors
    bound = fingerprint(list=title, **filters)
    after = start if cursor is None else cursors.open(session.caller, bound, cursor)
    binds = {**filters, "after_0": after[0], "after_1": after[1], "size": size + 1}
    rows = await session.rows(statement, **binds)
    page = Page[Item](items=[present(row) for row in rows[:size]])
    if len(rows) > size:
        page.next_cursor = cursors.seal(session.caller, bound, position(rows[size - 1]))
    return page
