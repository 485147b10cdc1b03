"""An import for its asker: beginning, adding rows, following, cancelling, reading back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, delete, func, insert, update

from app.access.acts import DirectoryAct
from app.access.pages import cut
from app.access.session import Session
from app.domain.bulk.actions.sealing import Sealing
from app.domain.bulk.actions.sender import Sender
from app.domain.bulk.queries import imports as stored
from app.domain.bulk.rules import imports as rules
from app.domain.bulk.rules.imports import FileForm, ImportState, RowState
from app.domain.bulk.schemas import ImportOut, ProgressOut
from app.domain.bulk.tables import Import, ImportRow
from app.platform.http.paging import Page
from app.platform.http.problems import BadRequest, Conflict, Fault, NotAllowed, NotFound

_ADD = insert(Import)
_ADD_ROWS = insert(ImportRow)


@dataclass(frozen=True)
class Begun:
    """An import that is coming in."""

    id: UUID
    organisation_id: UUID
    source_system: str
    wrapped_key: bytes


async def begin(
    session: Session, source_system: str, form: FileForm, sender: Sender, *, dry_run: bool
) -> Begun:
    """Not to be seen or worked at before it is complete."""
    viewer = session.viewer
    rules.IMPORT.allow(viewer)
    if not rules.may_import(viewer) or viewer.organisation_id is None:
        raise NotAllowed("Imports are made by an administrator or by a client system.")
    _require_room(await stored.coming_in(session))
    key = session.services.vault.new_data_key()
    begun = Begun(uuid4(), viewer.organisation_id, source_system, key)
    row = {
        "id": begun.id,
        "organisation_id": begun.organisation_id,
        "grantee_id": viewer.grantee_id,
        "machine_id": viewer.machine_id,
        "asker": sender.kept(),
        "source_system": source_system,
        "dry_run": dry_run,
        "form": form.value,
        "wrapped_key": key,
        "state": ImportState.RECEIVING.value,
    }
    await session.db.execute(_ADD, row)
    return begun


def _require_room(imports: int) -> None:
    if imports >= rules.MOST_STANDING:
        detail = f"At most {rules.MOST_STANDING} imports of one organisation wait at a time."
        raise Conflict(detail)


async def add_rows(session: Session, begun: Begun, rows: Sequence[rules.Row]) -> None:
    """What is wrong with a row by itself is told with it; the rest waits for its turn."""
    sealing = Sealing(session.services.vault, begun.wrapped_key, begun.id)
    if rows:
        await session.db.execute(_ADD_ROWS, [_row(session, begun, sealing, row) for row in rows])


def _row(session: Session, begun: Begun, sealing: Sealing, row: rules.Row) -> dict[str, Any]:
    kept: dict[str, Any] = {
        "import_id": begun.id,
        "number": row.number,
        "organisation_id": begun.organisation_id,
        "rank": 0,
        "subject": None,
        "state": RowState.REFUSED.value,
        "content": None,
        "outcome": None,
    }
    faults = list(row.faults)
    if row.document is not None:
        try:
            kind, source_id = rules.subject_of(row.document)
        except ValueError as wrong:
            faults.append(wrong.args[0])
        else:
            name = rules.named(begun.source_system, kind, source_id)
            index = session.services.vault.blind_index(name, begun.organisation_id)
            content = sealing.closed(row.number, "content", row.document)
            rank = 0 if kind is rules.RowKind.PRACTITIONER else 1
            state = RowState.WAITING.value
            return {**kept, "rank": rank, "subject": index, "state": state, "content": content}
    told = {"faults": [fault.as_json() for fault in faults]}
    return {**kept, "outcome": sealing.closed(row.number, "outcome", told)}


async def complete(session: Session, begun: Begun) -> ImportOut:
    """From now on it is worked off. Here and not before, so that who repeats one is answered."""
    _require(session, rules.IMPORT)
    _require_room(await stored.waiting(session))
    if await stored.has_too_large(session, begun.id):
        most = f"{rules.MOST_OF_ONE} rows and {rules.MOST_BYTES_OF_ONE // 1024} KiB"
        detail = f"At most {most} for one client or practitioner."
        raise BadRequest(errors=[Fault("body", "#", "too_long", detail)])
    ready = update(Import).where(Import.id == begun.id).values(state=ImportState.WAITING.value)
    await session.db.execute(ready)
    return await read(session, begun.id)


async def drop(session: Session, begun: Begun) -> None:
    """A file that did not come whole, or that came before."""
    await session.db.execute(delete(ImportRow).where(ImportRow.import_id == begun.id))
    await session.db.execute(delete(Import).where(Import.id == begun.id))


async def read(session: Session, import_id: UUID) -> ImportOut:
    """One import and how far it is; NotFound for another's."""
    row = await _found(session, import_id)
    return _out(row, (await stored.progress(session, [row.id]))[row.id])


async def browse(session: Session, cursor: str | None, size: int) -> Page[ImportOut]:
    """The oldest first."""
    _require(session)
    found = await cut(
        session,
        lambda after, most: stored.page(session, after, most),
        filters="imports",
        cursor=cursor,
        size=size,
        position=lambda row: (row.begun_at, row.id),
    )
    far = await stored.progress(session, [row.id for row in found.rows]) if found.rows else {}
    return found.page([_out(row, far[row.id]) for row in found.rows])


async def cancel(session: Session, import_id: UUID) -> ImportOut:
    """What waits is not done any more; what was done stays."""
    await _found(session, import_id, rules.CANCEL)
    ending = update(Import).where(Import.id == import_id, Import.state == ImportState.WAITING.value)
    values = {"state": ImportState.CANCELLED.value, "ended_at": func.now()}
    if (await session.db.execute(ending.values(**values))).rowcount == 0:
        raise Conflict("This import has ended.")
    return await read(session, import_id)


async def report(session: Session, import_id: UUID, after: int, size: int) -> list[dict[str, Any]]:
    """What became of the rows after this one; for who asked alone, for it names what was made."""
    row = await _found(session, import_id)
    if row.grantee_id != session.viewer.grantee_id and (
        row.machine_id is None or row.machine_id != session.viewer.machine_id
    ):
        raise NotFound
    sealing = Sealing(session.services.vault, row.wrapped_key, row.id)
    return [_reported(sealing, each) for each in await stored.rows(session, row.id, after, size)]


def _reported(sealing: Sealing, row: Row[Any]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if row.outcome is not None:
        told = sealing.opened(row.number, "outcome", row.outcome)
    elif row.state == RowState.REFUSED:
        told = {"faults": [rules.OUR_FAULT.as_json()]}
    return {"row": row.number, "state": row.state, **told}


async def _found(session: Session, import_id: UUID, act: DirectoryAct = rules.LOOK) -> Row[Any]:
    _require(session, act)
    row = await stored.one(session, import_id)
    if row is None:
        raise NotFound
    return row


def _require(session: Session, act: DirectoryAct = rules.LOOK) -> None:
    """Whose import it is, is another matter. Raises NotAllowed."""
    act.allow(session.viewer)
    if not rules.may_import(session.viewer):
        raise NotAllowed


def _out(row: Row[Any], far: dict[str, int]) -> ImportOut:
    return ImportOut(
        id=row.id,
        source_system=row.source_system,
        dry_run=row.dry_run,
        form=FileForm(row.form),
        state=ImportState(row.state),
        progress=ProgressOut(rows=sum(far.values()), **far),
        begun_at=row.begun_at,
        ended_at=row.ended_at,
        kept_until=row.begun_at + rules.KEPT,
    )
