"""A record made on the wrong client leaves it for good; its party makes it anew elsewhere."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, Uuid, bindparam, or_

from app.access import grants
from app.access.collection import Records
from app.access.erasure import destroying
from app.access.erasure.parts import parts_of
from app.access.log import Entry
from app.access.records import correctable
from app.access.rows import ROLE, shown, word
from app.access.session import Session
from app.access.versions import VersionedRecord
from app.access.vocabulary import PERSONS, Category, Role, Verb
from app.access.writing import record
from app.domain.client import queries as clients
from app.domain.rights import queries
from app.domain.rights.rules.misplacing import MOMENTS, together
from app.domain.rights.schemas import MisplacedIn, MisplacedOut
from app.domain.rights.tables import MisplacedRecord
from app.domain.trajectory.tables import TrajectoryEvent
from app.platform import outbox
from app.platform.http.problems import BadRequest, Conflict, Fault, NotAllowed, NotFound

_TELLS = {*PERSONS, Role.PRIVACY_DESK}
MISPLACED = Records(
    MisplacedRecord,
    MisplacedOut,
    under="client",
    statement=shown(MisplacedRecord).where(
        or_(MisplacedRecord.author_role == ROLE, ROLE.in_([word(role) for role in sorted(_TELLS)]))
    ),
)
"""Of one's own role: that a physician took a note back is not for the expert of the same body."""
_CLIENT = bindparam("client", type_=Uuid())
_EVENTS = shown(
    TrajectoryEvent,
    TrajectoryEvent.id,
    TrajectoryEvent.trajectory_id,
    TrajectoryEvent.milestone,
    TrajectoryEvent.author_role,
    TrajectoryEvent.controller_organisation_id,
).where(TrajectoryEvent.client_id == _CLIENT, TrajectoryEvent.id == bindparam("record"))


async def withdraw(session: Session, client_id: UUID, body: MisplacedIn) -> MisplacedOut:
    """Gone with its versions and parts when this is answered, from every eye and every backup.

    400 for a record that is not here or is another party's: nobody empties another's file. 409 for
    one that is contested: a restriction keeps it for whoever asked for that (GDPR 18).
    """
    await clients.parent(session, client_id)
    if session.viewer.role in PERSONS or session.viewer.organisation_id is None:
        raise NotAllowed("Ask who answers for the record.")
    await grants.lock(session.db, client_id)
    trajectory_id, ids = await _whole(session, client_id, body)
    await _note_at_the_right_client(session, client_id, body)
    values = {
        "of_category": body.category.value,
        "record_ids": ids,
        "made_anew": body.right_client_id is not None,
    }
    of: dict[str, Any] = {"client_id": client_id, "trajectory_id": trajectory_id}
    made = await record(session, MisplacedRecord, **of, values=values)
    await _destroy(session, client_id, made, ids)
    await session.recompile(client_id)
    session.touched.add(client_id)
    await outbox.announce(session.db, "record.withdrawn", made)
    return await MISPLACED.read(session, client_id, made)


async def _whole(
    session: Session, client_id: UUID, body: MisplacedIn
) -> tuple[UUID | None, list[UUID]]:
    """Its trajectory; and the record, every version of it by the same party, the parts of each."""
    for table in _tables(body.category):
        rows = [row for row in await _rows(session, table, client_id) if _own(session, row)]
        found = together(body.record_id, [(row.id, row.supersedes_id) for row in rows])
        if found:
            if any(row.restricted_at for row in rows if row.id in found):
                raise Conflict("It is contested, and kept as it is until that is lifted.")
            where = next(row.trajectory_id for row in rows if row.id == body.record_id)
            async with grants.as_compiler(session.db, client_id):
                return where, [*found, *await parts_of(session.db, client_id, found)]
    event = await session.row(_EVENTS, client=client_id, record=body.record_id)
    if body.category is Category.STATUS and event is not None:
        if not _own(session, event) or event.milestone not in MOMENTS:
            raise NotAllowed("Only a moment of your own that goes with a record.")
        return event.trajectory_id, [body.record_id]
    detail = "There is no such record of your own here."
    raise BadRequest(errors=[Fault("body", "#/recordId", "unknown_reference", detail)])


def _tables(category: Category) -> Iterable[type[VersionedRecord]]:
    return (t for t in correctable(category) if issubclass(t, VersionedRecord))


async def _rows(
    session: Session, table: type[VersionedRecord], client_id: UUID
) -> Sequence[Row[Any]]:
    """The records of this kind that the viewer may see."""
    columns = (
        table.id,
        table.trajectory_id,
        table.supersedes_id,
        table.author_role,
        table.controller_organisation_id,
        table.restricted_at,
    )
    return await session.rows(shown(table, *columns).where(table.client_id == client_id))


def _own(session: Session, row: Row[Any]) -> bool:
    viewer = session.viewer
    return (row.author_role, row.controller_organisation_id) == (
        viewer.role,
        viewer.organisation_id,
    )


async def _note_at_the_right_client(session: Session, client_id: UUID, body: MisplacedIn) -> None:
    """A line on that log too; neither log tells whose the other one is."""
    right = body.right_client_id
    if right is None:
        return
    try:
        parent = await clients.parent(session, right)
    except NotFound:
        parent = None
    if parent is None or right == client_id:
        detail = "There is no such other client that you may see."
        fault = Fault("body", "#/rightClientId", "unknown_reference", detail)
        raise BadRequest(errors=[fault]) from None
    session.seen(
        Entry(
            client_id=right,
            resource="misplaced_record",
            record_id=None,
            verb=Verb.UPDATE,
            shown=body.category.bit,
        )
    )


async def _destroy(session: Session, client_id: UUID, made: UUID, ids: Sequence[UUID]) -> None:
    until = await queries.now(session.db)
    tombstones = [
        {
            "id": uuid4(),
            "client_id": client_id,
            "organisation_id": session.viewer.organisation_id,
            "category": None,
            "record_id": one,
            "everything": False,
            "request_id": made,
            "recorded_until": until,
        }
        for one in ids
    ]
    async with grants.as_compiler(session.db, client_id):
        await destroying.set_tombstones(session.db, tombstones)
        await destroying.destroy(session.db, [client_id])
    session.buried += tombstones
