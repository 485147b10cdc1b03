"""What the job looks for: imports with rows that wait, and the next record of one of them."""

from sqlalchemy import LargeBinary, Uuid, bindparam, exists, select
from sqlalchemy.orm import aliased

from app.access.sources import SourceLink
from app.domain.bulk.rules.imports import ImportState, RowState
from app.domain.bulk.tables import Import, ImportRow

_ID = bindparam("import", type_=Uuid())
WAITING = (
    select(*Import.__table__.c)
    .where(Import.state == ImportState.WAITING.value)
    .order_by(Import.begun_at, Import.id)
)
_BEFORE, _SAME = aliased(ImportRow), aliased(ImportRow)
_GOES_ON = exists().where(Import.id == _ID, Import.state == ImportState.WAITING.value)
LEAD = (
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
RECORD = (
    select(ImportRow.number, ImportRow.content)
    .where(
        ImportRow.import_id == _ID,
        ImportRow.subject == bindparam("subject", type_=LargeBinary()),
    )
    .order_by(ImportRow.number)
)
LINK = select(SourceLink.made_id).where(
    SourceLink.organisation_id == bindparam("organisation", type_=Uuid()),
    SourceLink.key == bindparam("key", type_=LargeBinary()),
)
