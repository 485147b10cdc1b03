"""Lists of directory data (parties, client systems): no client data, so nothing is hidden."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Select

from app.access.pages import FIRST, Item, cut
from app.access.session import Session
from app.platform.http.paging import Page, Position, fingerprint
from app.platform.http.problems import NotFound


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
    cursor: str | None,
    size: int,
    present: Callable[[Row[Any]], Item],
    position: Callable[[Row[Any]], Position],
    start: Position = FIRST,
) -> Page[Item]:
    """One page; the statement takes the filters, `after_0`, `after_1` and `size` as binds."""

    async def find(after: Any, most: int) -> Sequence[Row[Any]]:
        binds = {**filters, "after_0": after[0], "after_1": after[1], "size": most}
        return await session.rows(statement, **binds)

    bound = fingerprint(list=title, **filters)
    found = await cut(
        session, find, filters=bound, cursor=cursor, size=size, start=start, position=position
    )
    return found.page([present(row) for row in found.rows])
