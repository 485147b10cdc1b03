"""What the job looks for: imports with rows that wait, and the next record of one of them."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import LargeBinary, Row, Uuid, bindparam, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from app.access.sources import SourceLink
from app.domain.bulk.rules.imports import ImportState, RowState
from app.domain.bulk.tables import Import, ImportRow

_ID = bindparam("import", type_=Uuid())
_WAITING = select(*Import.__table__.c).where(Import.state == ImportState.WAITING.value)
_WAITING = _WAITING.order_by(Import.begun_at, Import.id)
_BEFORE, _SAME = aliased(ImportRow), aliased(ImportRow)
_GOES_ON = exists().where(Import.id == _ID, Import.state == ImportState.WAITING.value)
_LEAD = (
    select(ImportRow.subject)
    .where(
        ImportRow.import_id == _ID,
        ImportRow.state == RowState.WAITING.value,
        _GOES_ON,
        ~exists().where(
            _BEFORE.import_id == _ID,
            _BEFORE.state == RowState.WAITING.value,
            _BEFORE.rank < ImportRow.rank,
        ),
        ~exists().where(
            _SAME.import_id == _ID,
            _SAME.subject == ImportRow.subject,
            _SAME.number < ImportRow.number,
        ),
    )
    .order_by(ImportRow.rank, ImportRow.number)
    .limit(1)
    .with_for_update(skip_locked=True, of=ImportRow)
)
"""The first row of a record is locked for all of them; people come before what names them."""
_RECORD = (
    select(ImportRow.number, ImportRow.content, ImportRow.state)
    .where(
        ImportRow.import_id == _ID,
        ImportRow.subject == bindparam("subject", type_=LargeBinary()),
    )
    .order_by(ImportRow.number)
)
_LINK = select(SourceLink.made_id, SourceLink.grantee_id).where(
    SourceLink.organisation_id == bindparam("organisation", type_=Uuid()),
    SourceLink.key == bindparam("key", type_=LargeBinary()),
)


async def waiting(worker: AsyncConnection) -> Sequence[Row[Any]]:
    """Imports that wait, the oldest first; by the worker, who reads no content."""
    return list(await worker.execute(_WAITING))


async def next_record(db: AsyncConnection, import_id: UUID) -> bytes | None:
    """The subject of a record that nobody else is at, and that is ours until we commit."""
    row = (await db.execute(_LEAD, {"import": import_id})).first()
    return None if row is None else bytes(row.subject)


async def record(db: AsyncConnection, import_id: UUID, subject: bytes) -> Sequence[Row[Any]]:
    """The rows of one record, in the order of the file."""
    return list(await db.execute(_RECORD, {"import": import_id, "subject": subject}))


async def link(db: AsyncConnection, organisation_id: UUID, key: bytes) -> Row[Any] | None:
    """What a thing of another system became here."""
    found = await db.execute(_LINK, {"organisation": organisation_id, "key": key})
    return cast("Row[Any] | None", found.first())
