"""Columns whose content is sealed: what goes in must be closed, what comes out says whose it is."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, JSON, ColumnElement, Label, Text, case, func, null, type_coerce
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import MappedColumn, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.access.records import loaded_records
from app.access.vocabulary import Category
from app.platform.security.crypto import Context

MARK = "sealed:1:"
"""Before what is sealed. Content without it was recorded before there were seals."""


class UnsealedError(TypeError):
    """Content on its way into a sealed column as it stands; carries no content."""


class Closed(str):
    """Content that was sealed, as it is stored."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose data key: of this client, for what this organisation answers for, of one category."""

    client_id: UUID
    organisation_id: UUID | None
    category: Category

    def bound(self) -> bytes:
        """What the wrapped data key is bound to."""
        return Context(
            self.client_id,
            self.category.value,
            "data_key",
            "wrapped",
            organisation=self.organisation_id,
        ).bound()


@dataclass(frozen=True, slots=True)
class Place:
    """The column that content belongs to."""

    table: str
    column: str


@dataclass(frozen=True, slots=True)
class Stored:
    """One cell as it lies in the database, with what its own row says of whose it is."""

    place: Place
    owner: Owner
    row: UUID
    content: Any

    @property
    def sealed(self) -> str | None:
        """What is sealed, without its mark; None for what was recorded before."""
        found = self.content[0] if _is_single(self.content) else self.content
        if isinstance(found, str) and found.startswith(MARK):
            return found.removeprefix(MARK)
        return None

    @property
    def context(self) -> Context:
        return context_of(self.place, self.owner, self.row)


def _is_single(content: Any) -> bool:
    return isinstance(content, list) and len(content) == 1


def context_of(place: Place, owner: Owner, row: UUID) -> Context:
    """It opens in this column of this row of this client, organisation and category only."""
    return Context(
        owner.client_id,
        owner.category.value,
        place.table,
        place.column,
        row=row,
        organisation=owner.organisation_id,
    )


class Sealed(TypeDecorator[Any]):
    """Content of a record; `impl` is how it would be stored in the clear."""

    impl: Any = Text
    cache_ok = True

    def __init__(self, kind: TypeEngine[Any] | None = None) -> None:
        super().__init__()
        self.impl = self.kind = Text() if kind is None else kind

    def process_bind_param(self, value: Any, dialect: Any) -> Any:  # noqa: ARG002 - as SQLAlchemy calls it
        if value is None:
            return None
        if not isinstance(value, Closed):
            raise UnsealedError("content goes through `Session.add` or `Session.closed`")
        return [str(value)] if isinstance(self.kind, ARRAY) else str(value)

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        return told(column)


class Told(TypeDecorator[Stored]):
    """A sealed cell together with the ids of its row; opened by the session (`opening.py`)."""

    impl = JSONB
    cache_ok = True

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place

    def process_result_value(self, value: Any, dialect: Any) -> Any:  # noqa: ARG002 - as SQLAlchemy calls it
        return None if value is None else stored_of(self.place, value)


class Parts(TypeDecorator[Any]):
    """A list of parts of a record, some cells of which are sealed (`lists.py`)."""

    impl = JSON
    cache_ok = True

    def __init__(self, places: tuple[tuple[str, Place], ...]) -> None:
        super().__init__()
        self.places = places

    def process_result_value(self, value: Any, dialect: Any) -> Any:  # noqa: ARG002 - as SQLAlchemy calls it
        for part in value:
            for name, place in self.places:
                if part[name] is not None:
                    part[name] = stored_of(place, part[name])
        return value


def stored_of(place: Place, value: list[Any]) -> Stored:
    """What lies in the database, as `told` says it."""
    client_id, organisation_id, row, content = value
    return Stored(place, _owner(client_id, organisation_id, place.table), UUID(row), content)


@lru_cache(maxsize=1024)
def _owner(client_id: str, organisation_id: str | None, table: str) -> Owner:
    """The cells of a page mostly have the same one."""
    organisation = None if organisation_id is None else UUID(organisation_id)
    return Owner(UUID(client_id), organisation, category_of(table))


def sealed(kind: TypeEngine[Any] | None = None) -> MappedColumn[Any]:
    """Declares a column with content: free text, or what tells of health."""
    return mapped_column(Sealed(kind))


def told(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The cell with the ids of its own row; write it out where a subquery gives the cell."""
    found: Any = getattr(column, "element", column) if isinstance(column, Label) else column
    own = found.table.c
    raw = type_coerce(found, found.type.kind)
    built = func.jsonb_build_array(own.client_id, own.controller_organisation_id, own.id, raw)
    return type_coerce(case((raw.is_(None), null()), else_=built), Told(place_of(found)))


def place_of(column: Any) -> Place:
    """Which column of which table, also through an alias."""
    base: Any = next(iter(column.base_columns))
    return Place(base.table.name, base.name)


@cache
def sealed_columns(table: Any) -> list[str]:
    """The names of the columns of this table that are sealed."""
    return [column.name for column in table.c if isinstance(column.type, Sealed)]


@cache
def category_of(table: str) -> Category:
    """The category of a table with client data."""
    found = {record.__tablename__: record.__category__ for record in loaded_records()}
    return found[table]
