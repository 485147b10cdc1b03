"""Every read of the directory of employers: the own organisation's, and no other's."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, Text, Uuid, bindparam, func, or_, select, tuple_

from app.access.pages import AFTER
from app.access.rows import ORGANISATION
from app.access.session import Session
from app.domain.employer.rules.scans import Aspect, ScanColour, verdict
from app.domain.employer.tables import (
    Employer,
    EmployerContact,
    EmployerSite,
    Kept,
    OfEmployer,
    WorkplaceScan,
)

_ID = bindparam("id", type_=Uuid())
_EMPLOYER = bindparam("employer", type_=Uuid())
_PREFIX = bindparam("name", type_=Text())
_NAMED_AFTER = tuple_(bindparam("after_0", type_=Text()), bindparam("after_1", type_=Uuid()))


def own(table: type[Kept]) -> Select[Any]:
    """Wall 1 of what is kept by one organisation: the viewer's."""
    return select(*table.__table__.c).where(table.organisation_id == ORGANISATION)


_ONE = own(Employer).where(Employer.id == _ID)
_LOCKED = _ONE.with_for_update(key_share=True)
PAGE = (
    own(Employer)
    .where(
        or_(_PREFIX.is_(None), func.starts_with(func.lower(Employer.name), _PREFIX)),
        tuple_(Employer.name, Employer.id) > _NAMED_AFTER,
    )
    .order_by(Employer.name, Employer.id)
    .limit(bindparam("size"))
)
START = ("", UUID(int=0))


class Shelf:
    """The statements about what is kept of one employer in one table; built once, at import."""

    def __init__(self, table: type[OfEmployer]) -> None:
        self.table = table
        mine = own(table).where(table.employer_id == _EMPLOYER)
        self._one = mine.where(table.id == _ID)
        self._locked = self._one.with_for_update(key_share=True)
        self._anywhere = own(table).where(table.id == _ID)
        self.page = (
            mine.where(tuple_(table.recorded_at, table.id) > AFTER)
            .order_by(table.recorded_at, table.id)
            .limit(bindparam("size"))
        )

    async def one(self, session: Session, employer_id: UUID, of: UUID) -> Row[Any] | None:
        return await session.row(self._one, employer=employer_id, id=of)

    async def locked(self, session: Session, employer_id: UUID, of: UUID) -> Row[Any] | None:
        """The same under a row lock."""
        return await session.row(self._locked, employer=employer_id, id=of)

    async def anywhere(self, session: Session, of: UUID) -> Row[Any] | None:
        """By its own id alone, for a replay: the employer was checked when it was made."""
        return await session.row(self._anywhere, id=of)


site = Shelf(EmployerSite).one
contact = Shelf(EmployerContact).one
"""A contact with this employer about nobody, of the own organisation."""
scan = Shelf(WorkplaceScan).one
"""A scan at this employer, by the own organisation."""


async def one(session: Session, employer_id: UUID) -> Row[Any] | None:
    return await session.row(_ONE, id=employer_id)


async def locked(session: Session, employer_id: UUID) -> Row[Any] | None:
    """The same under a row lock."""
    return await session.row(_LOCKED, id=employer_id)


def verdict_of(row: Row[Any]) -> ScanColour:
    """What a scan comes to."""
    return verdict(ScanColour(getattr(row, aspect)) for aspect in Aspect)
