"""What every stored record about a client carries, so that one rule can protect them all."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from sqlalchemy import ARRAY, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.access.vocabulary import Category, Role
from app.platform.clock import moment
from app.platform.db import Base


@dataclass(frozen=True)
class Excerpt:
    """What the line of a trajectory in a list tells of such a record (see `app/access/caseload`).

    `newest_by`: of the last one only, and not of one that another took the place of.
    `leaving_out`: not of records with one of these values in the first column.
    """

    columns: tuple[str, ...]
    newest_by: tuple[str, ...] = ()
    leaving_out: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Of its values, in their order: the columns, and what the directory knows of a party."""
        if "membership_id" in self.columns:
            return (*self.columns, "role", "name", "organisation_id")
        return (*self.columns, "kind") if "organisation_id" in self.columns else self.columns


class ClientRecord(Base):
    """One record, one category, one author, one answerable organisation.

    `__scope__` names the column that a grant for a single record points at: usually the record
    itself, for parts of a conversation the conversation. `__mutable__` names the only columns
    that may ever change: the dates of acts such as release, agreement or end; never content, and
    never a second time. `__moved_by__` names the roles that may at all (some policies say more).
    `__parties__` names the columns with the organisations between which a record is: a grant of
    reach `own` opens it for them. `__confined__`: a funder sees it only as one of those parties.
    `__excerpt__` says what lists of trajectories tell of it. `__open__` names the columns with
    words that are not sealed: codes of our own vocabulary, and what is searched by. Every other
    column with words is declared by `sealed()` (`envelope/columns.py`). `__part_of__` names the
    column with the record that it goes away with, when that is taken back.
    """

    __abstract__ = True
    __category__: ClassVar[Category]
    __scope__: ClassVar[str] = "id"
    __mutable__: ClassVar[tuple[str, ...]] = ()
    __moved_by__: ClassVar[frozenset[Role]] = frozenset()
    __parties__: ClassVar[tuple[str, ...]] = ()
    __confined__: ClassVar[bool] = False
    __excerpt__: ClassVar[Excerpt] = Excerpt(())
    __open__: ClassVar[tuple[str, ...]] = ()
    __part_of__: ClassVar[str | None] = None

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    client_id: Mapped[UUID] = mapped_column(index=True)
    trajectory_id: Mapped[UUID | None] = mapped_column(index=True)
    controller_organisation_id: Mapped[UUID | None]
    author_id: Mapped[UUID]
    author_role: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=moment())


class Released:
    """A gate of the record: a draft is for its author until it is released (gates 12, 30, 34)."""

    released_at: Mapped[datetime | None]


class Addressed:
    """A gate of the record: only the roles in its audience (gate 27)."""

    audience: Mapped[list[str]] = mapped_column(ARRAY(Text))


class Confided:
    """A gate of the record: for its author, the one person it was told to, and the client."""

    recipient_id: Mapped[UUID | None]


class Restrictable:
    """A gate of the record: contested, it is for the client and who answers for it (GDPR 18)."""

    restricted_at: Mapped[datetime | None]


LEANT_ON = frozenset({Category.EXISTENCE, Category.IDENTITY, Category.BSN, Category.CONSENT})
"""Whom all the rest is about: with this out of use nobody could find it, or lift what holds it.

And what was said yes to: that stands or is withdrawn, with what proves it.
"""


def restrictable(category: Category) -> list[type[ClientRecord]]:
    """The tables with records of this category that can be restricted; none that all lean on."""
    return [] if category in LEANT_ON else correctable(category)


def correctable(category: Category) -> list[type[ClientRecord]]:
    """The tables with records of this category that a party corrects, or takes back."""
    found = (table for table in loaded_records() if issubclass(table, Restrictable))
    return [table for table in found if table.__category__ is category]


def excerpted() -> list[type[ClientRecord]]:
    """The tables that lists of trajectories tell of."""
    return [table for table in loaded_records() if table.__excerpt__.columns]


def loaded_records() -> list[type[ClientRecord]]:
    """Every mapped class that holds client data and is imported, in the order of their names."""
    found: dict[str, type[ClientRecord]] = {}
    waiting = list(ClientRecord.__subclasses__())
    while waiting:
        table = waiting.pop()
        waiting += table.__subclasses__()
        if hasattr(table, "__table__"):
            found[table.__tablename__] = table
    return [found[name] for name in sorted(found)]
