"""Lists of directory data (parties, client systems): no client data, so nothing is hidden."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Row, Select

from app.access.session import Session
from app.platform.http.paging import Page, Position, fingerprint
from app.platform.http.schemas import Out

Item = TypeVar("Item", bound=Out)


async def directory_page(
    session: Session,
    statement: Select[Any],
    *,
    filters: Mapping[str, Any],
    start: Position,
    cursor: str | None,
    size: int,
    present: Callable[[Row[Any]], Item],
    position: Callable[[Row[Any]], Position],
) -> Page[Item]:
    """One page; the statement takes the filters, `after_0`, `after_1` and `size` as binds."""
    cursors = session.services.cursors
    bound = fingerprint(list=statement.get_final_froms()[0].description, **filters)
    after = start if cursor is None else cursors.open(session.caller, bound, cursor)
    binds = {**filters, "after_0": after[0], "after_1": after[1], "size": size + 1}
    rows = await session.rows(statement, **binds)
    page = Page[Item](items=[present(row) for row in rows[:size]])
    if len(rows) > size:
        page.next_cursor = cursors.seal(session.caller, bound, position(rows[size - 1]))
    return page
