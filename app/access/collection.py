"""Records that hang under a client or a trajectory: one, a page, in the order they were made."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Row, Select, Uuid, bindparam, tuple_
from sqlalchemy.sql.elements import ColumnElement

from app.access.disclosure import Disclosed, disclose, preview, withheld_for
from app.access.log import Entry
from app.access.pages import AFTER, FIRST, cut
from app.access.records import ClientRecord
from app.access.rows import shown
from app.access.session import Session
from app.access.vocabulary import Verb
from app.platform.http.paging import Page, fingerprint
from app.platform.http.problems import NotAllowed, NotFound

Out = TypeVar("Out", bound=Disclosed)


@dataclass(frozen=True)
class Parent:
    """The client or trajectory that a record hangs under, as this viewer sees it."""

    client_id: UUID
    trajectory_id: UUID | None
    mask: int

    @property
    def id(self) -> UUID:
        return self.client_id if self.trajectory_id is None else self.trajectory_id


def _there(row: Row[Any] | None) -> Row[Any]:
    if row is None:
        raise NotFound
    return row


def one_moved(result: Any) -> None:
    """NotAllowed unless one row changed: what a row policy refuses must not pass for done."""
    if result.rowcount != 1:
        raise NotAllowed


def log_answer(
    session: Session, parent: Parent, answer: str, shown: int, rows: Iterable[Row[Any]]
) -> None:
    """The line on the log for an answer that is no record: what it tells, and on which grounds."""
    session.seen(
        Entry(
            client_id=parent.client_id,
            trajectory_id=parent.trajectory_id,
            resource=answer,
            record_id=None,
            verb=Verb.READ,
            shown=shown,
            grounds=tuple(sorted({ground for row in rows for ground in row.grounds or ()})),
        )
    )


class Records(Generic[Out]):
    """All records of one table under one parent; the statements are built once, at import.

    `under` names the parent: "trajectory", "client", or what else has a column `<under>_id`.
    `present` turns a row into the values that are no columns of it, and passes them through the
    same category check.
    """

    def __init__(
        self,
        table: type[ClientRecord],
        schema: type[Out],
        *,
        under: str = "trajectory",
        statement: Select[Any] | None = None,
        present: Callable[[Session, Row[Any]], dict[str, Any]] | None = None,
    ) -> None:
        self.table = table
        self.schema = schema
        self.present = present or (lambda _session, _row: {})
        base = shown(table) if statement is None else statement
        column: ColumnElement[UUID] = getattr(table, f"{under}_id")
        mine = base.where(column == bindparam("parent", type_=Uuid()))
        order = tuple_(table.recorded_at, table.id)
        self._one = mine.where(table.id == bindparam("record", type_=Uuid()))
        self._locked = self._one.with_for_update(of=table.__table__)
        self._anywhere = base.where(table.id == bindparam("record", type_=Uuid()))
        self._page = (
            mine.where(order > AFTER).order_by(table.recorded_at, table.id).limit(bindparam("size"))
        )

    async def one(self, session: Session, parent: UUID, record: UUID) -> Row[Any] | None:
        return await session.row(self._one, parent=parent, record=record)

    async def found(self, session: Session, parent: UUID, record: UUID) -> Row[Any]:
        """The same for an act that leans on it; NotFound for hidden and for absent alike."""
        return _there(await self.one(session, parent, record))

    async def locked(self, session: Session, parent: UUID, record: UUID) -> Row[Any]:
        """The same under a row lock, for acts that move it; only for tables with such columns.

        Read anew once it is held: whoever waited would else see the parts of it as they were.
        NotAllowed where the viewer may see the record and never move it.
        """
        held = await session.row(self._locked, parent=parent, record=record)
        row = await self.found(session, parent, record)
        if held is None:
            raise NotAllowed
        return row

    async def anywhere(self, session: Session, record: UUID) -> Row[Any] | None:
        """By its own id alone, for a replay: its parent was checked when it was made."""
        return await session.row(self._anywhere, record=record)

    async def read(self, session: Session, parent: UUID, record: UUID) -> Out:
        return self.out(session, await self.one(session, parent, record))

    async def written(self, session: Session, parent: UUID, record: UUID) -> Out:
        """What was just written, as its author sees it: writing it stands on the log already."""
        return self.preview(session, await self.found(session, parent, record))

    async def again(self, session: Session, record: UUID) -> Out:
        """What an earlier POST made, disclosed anew."""
        return self.out(session, await self.anywhere(session, record))

    def out(self, session: Session, row: Row[Any] | None, *, listed: bool = False) -> Out:
        computed = {} if row is None else self.present(session, row)
        return disclose(session, self.schema, row, listed=listed, **computed)

    def preview(self, session: Session, row: Row[Any]) -> Out:
        return preview(self.schema, row, **self.present(session, row))

    def require_match(self, session: Session, row: Row[Any]) -> None:
        """If-Match against the record as this viewer would be shown it now; under its lock."""
        session.require_match(self.preview(session, row))

    async def rows(self, session: Session, parent: UUID, size: int = 1000) -> list[Row[Any]]:
        """All that this viewer may see under one parent, for an action's own use (unlogged)."""
        return list(await self._after(session, parent, FIRST, size))

    async def _after(
        self, session: Session, parent: UUID, after: Any, size: int
    ) -> Sequence[Row[Any]]:
        return await session.rows(
            self._page, parent=parent, after_0=after[0], after_1=after[1], size=size
        )

    async def page(
        self, session: Session, parent: Parent, cursor: str | None, size: int
    ) -> Page[Out]:
        filters = fingerprint(table=self.table.__tablename__, parent=parent.id)
        found = await cut(
            session,
            lambda after, most: self._after(session, parent.id, after, most),
            filters=filters,
            cursor=cursor,
            size=size,
        )
        page = found.page([self.out(session, row, listed=True) for row in found.rows])
        page.withheld = withheld_for(parent.mask, self.table.__category__)
        return page
