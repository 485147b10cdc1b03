"""Imports as their organisation sees them, and rows as their asker gets them back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, Uuid, bindparam, func, or_, select, tuple_

from app.access.pages import AFTER
from app.access.session import Session
from app.access.vocabulary import Role
from app.domain.bulk.rules.imports import (
    LONGEST_ON_ITS_WAY,
    MOST_BYTES_OF_ONE,
    MOST_OF_ONE,
    ImportState,
    RowState,
)
from app.domain.bulk.tables import Import, ImportRow

_ID = bindparam("import", type_=Uuid())
_OWN = select(*Import.__table__.c).where(
    Import.organisation_id == bindparam("viewer_organisation", type_=Uuid()),
    Import.state != ImportState.RECEIVING.value,
    or_(
        Import.grantee_id == bindparam("viewer_hat", type_=Uuid()),
        Import.machine_id == bindparam("machine", type_=Uuid()),
        bindparam("everything"),
    ),
)
_ONE = _OWN.where(Import.id == _ID)
_PAGE = (
    _OWN.where(tuple_(Import.begun_at, Import.id) > AFTER)
    .order_by(Import.begun_at, Import.id)
    .limit(bindparam("size"))
)
_PROGRESS = (
    select(ImportRow.import_id, ImportRow.state, func.count().label("rows"))
    .where(ImportRow.import_id.in_(bindparam("imports", expanding=True)))
    .group_by(ImportRow.import_id, ImportRow.state)
)
_ROWS = (
    select(ImportRow.number, ImportRow.state, ImportRow.outcome)
    .where(ImportRow.import_id == _ID, ImportRow.number > bindparam("after"))
    .order_by(ImportRow.number)
    .limit(bindparam("size"))
)
_NUMBER = select(func.count()).where(
    Import.organisation_id == bindparam("viewer_organisation", type_=Uuid())
)
_WAITING = _NUMBER.where(Import.state == ImportState.WAITING.value)
_COMING_IN = _NUMBER.where(
    Import.state == ImportState.RECEIVING.value, Import.begun_at > func.now() - LONGEST_ON_ITS_WAY
)
_TOO_LARGE = (
    select(ImportRow.subject)
    .where(ImportRow.import_id == _ID, ImportRow.subject.is_not(None))
    .group_by(ImportRow.subject)
    .having(
        or_(
            func.count() > MOST_OF_ONE,
            func.sum(func.octet_length(ImportRow.content)) > MOST_BYTES_OF_ONE,
        )
    )
    .limit(1)
)


def _asked(session: Session) -> dict[str, Any]:
    """An administrator oversees all imports of the organisation, others see their own."""
    viewer = session.viewer
    return {"machine": viewer.machine_id, "everything": viewer.role is Role.ORGANISATION_ADMIN}


async def one(session: Session, import_id: UUID) -> Row[Any] | None:
    return await session.row(_ONE, **_asked(session), **{"import": import_id})


async def coming_in(session: Session) -> int:
    """How many files of the own organisation are on their way; what broke off is none of them."""
    return await _counted(session, _COMING_IN)


async def waiting(session: Session) -> int:
    """How many imports of the own organisation wait to be worked off."""
    return await _counted(session, _WAITING)


async def _counted(session: Session, statement: Select[int]) -> int:
    row = await session.row(statement)
    return 0 if row is None else int(row[0])


async def has_too_large(session: Session, import_id: UUID) -> bool:
    """Whether one record of it is more than a transaction should do."""
    return await session.row(_TOO_LARGE, **{"import": import_id}) is not None


async def page(session: Session, after: Any, size: int) -> Sequence[Row[Any]]:
    places = {"after_0": after[0], "after_1": after[1]}
    return await session.rows(_PAGE, **_asked(session), **places, size=size)


async def progress(session: Session, imports: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    """How many rows are in which state, of each of these imports that the viewer was shown."""
    found: dict[UUID, dict[str, int]] = {each: dict.fromkeys(RowState, 0) for each in imports}
    for row in await session.execute(_PROGRESS, {"imports": list(imports)}):
        found[row.import_id][row.state] = row.rows
    return found


async def rows(session: Session, import_id: UUID, after: int, size: int) -> Sequence[Row[Any]]:
    return list(await session.execute(_ROWS, {"import": import_id, "after": after, "size": size}))
