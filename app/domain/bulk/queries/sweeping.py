"""How an import comes to its end, by the worker, who reads no content."""

from sqlalchemy import LargeBinary, Uuid, and_, bindparam, delete, func, or_, select, update

from app.domain.bulk.rules.imports import ABANDONED, KEPT, MOST_ATTEMPTS, ImportState, RowState
from app.domain.bulk.tables import Import, ImportRow

_ID = bindparam("of", type_=Uuid())
_WAITS = (
    select(ImportRow.import_id)
    .where(ImportRow.import_id == Import.id, ImportRow.state == RowState.WAITING.value)
    .exists()
)
_ENDED = {"ended_at": func.now()}
FINISH = (
    update(Import)
    .where(Import.id == _ID, Import.state == ImportState.WAITING.value, ~_WAITS)
    .values(state=ImportState.FINISHED.value, **_ENDED)
)
STOP = (
    update(Import)
    .where(Import.id == _ID, Import.state == ImportState.WAITING.value)
    .values(state=ImportState.STOPPED.value, **_ENDED)
)
_RECORD = and_(
    ImportRow.import_id == _ID, ImportRow.subject == bindparam("named", type_=LargeBinary())
)
TRIED = update(ImportRow).where(_RECORD).values(attempts=ImportRow.attempts + 1)
GIVE_UP = (
    update(ImportRow)
    .where(_RECORD, ImportRow.state == RowState.WAITING.value, ImportRow.attempts >= MOST_ATTEMPTS)
    .values(state=RowState.REFUSED.value)
)
_OVER = and_(
    Import.state.not_in([ImportState.WAITING.value, ImportState.RECEIVING.value]),
    Import.emptied.is_(False),
)
EMPTY = (
    update(ImportRow)
    .where(ImportRow.import_id.in_(select(Import.id).where(_OVER)))
    .values(content=None)
)
EMPTIED = update(Import).where(_OVER).values(emptied=True)
_OLD = or_(
    Import.begun_at < func.now() - KEPT,
    and_(Import.state == ImportState.RECEIVING.value, Import.begun_at < func.now() - ABANDONED),
)
DESTROY_ROWS = delete(ImportRow).where(ImportRow.import_id.in_(select(Import.id).where(_OLD)))
DESTROY = delete(Import).where(_OLD)
