"""Working off: what the job writes, within the transaction of a record or as the worker."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import LargeBinary, Row, Uuid, bindparam, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access.sources import SourceLink
from app.domain.bulk.actions.sealing import Sealing
from app.domain.bulk.queries import sweeping
from app.domain.bulk.queries import work as stored
from app.domain.bulk.rules.imports import RowState
from app.domain.bulk.tables import ImportRow

_ID = bindparam("of", type_=Uuid())
_CLAIM = (
    insert(SourceLink)
    .on_conflict_do_nothing(index_elements=["organisation_id", "key"])
    .returning(SourceLink.id)
)
_LINK = (
    update(SourceLink)
    .where(
        SourceLink.organisation_id == bindparam("by", type_=Uuid()),
        SourceLink.key == bindparam("named", type_=LargeBinary()),
    )
    .values(client_id=bindparam("client"), made_id=bindparam("made"))
)
_SETTLE = (
    update(ImportRow)
    .where(ImportRow.import_id == _ID, ImportRow.number == bindparam("at"))
    .values(state=bindparam("became"), outcome=bindparam("told"))
)
_USED = update(ImportRow).where(ImportRow.import_id == _ID, ImportRow.number == bindparam("at"))
_USED = _USED.values(content=None)


async def waiting(worker: AsyncConnection) -> Sequence[Row[Any]]:
    """Imports that wait, the oldest first; by the worker, who reads no content."""
    return list(await worker.execute(stored.WAITING))


async def next_record(db: AsyncConnection, import_id: UUID) -> bytes | None:
    """The subject of a record that nobody else is at, and that is ours until we commit."""
    row = (await db.execute(stored.LEAD, {"import": import_id})).first()
    return None if row is None else bytes(row.subject)


async def record(db: AsyncConnection, sealing: Sealing, subject: bytes) -> dict[int, Any]:
    """What was sent as one record, by row; without what was used already."""
    values = {"import": sealing.import_id, "subject": subject}
    return {
        row.number: sealing.opened(row.number, "content", row.content)
        for row in await db.execute(stored.RECORD, values)
        if row.content is not None
    }


async def brought(db: AsyncConnection, organisation_id: UUID, key: bytes) -> UUID | None:
    """What a thing of another system became here."""
    values = {"organisation": organisation_id, "key": key}
    made: UUID | None = (await db.execute(stored.LINK, values)).scalar_one_or_none()
    return made


async def claim(db: AsyncConnection, organisation_id: UUID, key: bytes, by: UUID) -> bool:
    """Whether nobody brought this before; who brings it at the same time waits for us."""
    row = {"id": uuid4(), "organisation_id": organisation_id, "key": key, "grantee_id": by}
    return (await db.execute(_CLAIM, row)).first() is not None


async def link(
    db: AsyncConnection, organisation_id: UUID, key: bytes, *, client: UUID | None, made: UUID
) -> None:
    """What it became."""
    values = {"by": organisation_id, "named": key, "client": client, "made": made}
    await db.execute(_LINK, values)


async def settle(
    db: AsyncConnection,
    import_id: UUID,
    became: Mapping[int, tuple[RowState, bytes]],
    *,
    used: bool,
) -> None:
    """What became of each row of a record, in the transaction that made it.

    What was `used` is not kept; a dry run may come back to it.
    """
    for number, (state, told) in became.items():
        values = {"of": import_id, "at": number, "became": state.value, "told": told}
        await db.execute(_SETTLE, values)
        if used:
            await db.execute(_USED, {"of": import_id, "at": number})


async def finish(worker: AsyncConnection, import_id: UUID) -> None:
    """When no row waits any more."""
    await worker.execute(sweeping.FINISH, {"of": import_id})


async def stop(worker: AsyncConnection, import_id: UUID) -> None:
    """Who asked may no longer."""
    await worker.execute(sweeping.STOP, {"of": import_id})


async def struck(worker: AsyncConnection, import_id: UUID, subject: bytes) -> None:
    """A fault of ours at this record: it is tried again, and given up after a few times."""
    values = {"of": import_id, "named": subject}
    await worker.execute(sweeping.TRIED, values)
    await worker.execute(sweeping.GIVE_UP, values)


async def destroy_old(worker: AsyncConnection) -> None:
    """What was sent goes when it was worked off, the rest after its time."""
    await worker.execute(sweeping.EMPTY)
    await worker.execute(sweeping.EMPTIED)
    await worker.execute(sweeping.DESTROY_ROWS)
    await worker.execute(sweeping.DESTROY)
