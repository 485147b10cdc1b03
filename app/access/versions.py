"""Records of one's own that are never overwritten: a correction is a new one beside the old."""

from typing import Annotated, Any, TypeVar
from uuid import UUID

from pydantic import WithJsonSchema
from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, aliased

from app.access import grants
from app.access.collection import Parent, Records
from app.access.disclosure import Disclosed
from app.access.envelope.columns import Sealed
from app.access.log import Entry
from app.access.records import ClientRecord, Restrictable
from app.access.rows import shown, visible
from app.access.session import Session
from app.access.vocabulary import Role, Verb
from app.access.writing import record
from app.platform import outbox
from app.platform.http.problems import BadRequest, Conflict, Fault, NotAllowed
from app.platform.http.schemas import In, Moment, Out, ShortText, Text

Made = TypeVar("Made", bound=Disclosed)
_PLAIN = (
    "In plain words, for everyone who may see this record. Medical content (diagnosis, complaints,"
    " medication, treatment) does not belong here."
)


def _told(longest: int) -> WithJsonSchema:
    return WithJsonSchema(
        {"type": "string", "minLength": 1, "maxLength": longest, "description": _PLAIN}
    )


SharedText = Annotated[Text, _told(4000)]
SharedLine = Annotated[ShortText, _told(200)]


class Versioned(Restrictable):
    """A record that may take the place of an earlier one; both stay, and each can be contested."""

    supersedes_id: Mapped[UUID | None]


class VersionedRecord(ClientRecord, Versioned):
    """The two together, for type checks."""

    __abstract__ = True


class Stamp(Out):
    """What every answer about such a record tells; put it before `Disclosed`."""

    id: UUID
    recorded_at: Moment
    author_role: Role
    supersedes: UUID | None
    superseded_by: UUID | None
    restricted_at: Moment | None
    withheld: list[str]


def superseded_by(table: type[VersionedRecord]) -> ColumnElement[Any]:
    """The id of the version that came after this row, if there is one that this viewer may see.

    Looked for among the records of its client: not every table has an index on what was replaced.
    """
    later = aliased(table)
    return (
        select(later.id)
        .where(
            later.client_id == table.client_id,
            later.supersedes_id == table.id,
            visible(table, later).is_(True),
        )
        .order_by(later.recorded_at.desc(), later.id)
        .limit(1)
        .correlate(table)
        .scalar_subquery()
    )


def versions(table: type[VersionedRecord], *more: Any) -> Select[Any]:
    """`shown(table)` with the ids of its earlier and later version, where those may be seen."""
    earlier = aliased(table)
    before = select(earlier.id).where(
        earlier.id == table.supersedes_id, visible(table, earlier).is_(True)
    )
    return shown(
        table,
        *(column for column in table.__table__.c if column.key != "supersedes_id"),
        before.scalar_subquery().label("supersedes"),
        superseded_by(table).label("superseded_by"),
        *more,
    )


async def add(
    session: Session, records: Records[Made], parent: Parent, body: In, **values: Any
) -> Made:
    """Record what was sent, as a version after an earlier one if it says so; what was made."""
    earlier = getattr(body, "supersedes", None)
    if earlier is not None:
        await supersede(session, records, parent, earlier)
        values["supersedes_id"] = earlier
    made = await record(
        session,
        records.table,
        client_id=parent.client_id,
        trajectory_id=parent.trajectory_id,
        values={**columns_of(records.table, body), **values},
    )
    await outbox.announce(session.db, f"{records.table.__tablename__}.recorded", made)
    return await records.read(session, parent.id, made)


def after(latest: Row[Any] | None) -> dict[str, Any]:
    """Number and predecessor of the version that follows this one, or follows none."""
    if latest is None:
        return {"version": 1, "supersedes_id": None}
    return {"version": latest.version + 1, "supersedes_id": latest.id}


async def supersede(
    session: Session, records: Records[Made], parent: Parent, earlier: UUID
) -> None:
    """Under the client's lock, so that one record gets one successor.

    400 for an id that is hidden or absent; 403 for another party's record; 409 when a later
    version is there.
    """
    await grants.lock(session.db, parent.client_id)
    row = await records.one(session, parent.id, earlier)
    if row is None:
        detail = "There is no such record that you may see."
        raise BadRequest(errors=[Fault("body", "#/supersedes", "unknown_reference", detail)])
    own = (row.author_role, row.controller_organisation_id)
    if own != (session.viewer.role, session.viewer.organisation_id):
        raise NotAllowed("Nobody corrects the record of another party; add one of your own.")
    if row.superseded_by is not None:
        raise Conflict("There is a later version of this record; correct that one.")


def moved(records: Records[Made], row: Row[Any]) -> Entry:
    """The line on the log for an act on one record, such as a release."""
    return Entry(
        client_id=row.client_id,
        trajectory_id=row.trajectory_id,
        resource=records.schema.resource,
        record_id=row.id,
        verb=Verb.UPDATE,
        shown=records.table.__category__.bit,
        grounds=tuple(row.grounds or ()),
    )


def columns_of(table: type[ClientRecord], body: In) -> dict[str, Any]:
    """The fields of a body that are columns; what is stored as JSON in its JSON spelling."""
    plain, spelled = body.model_dump(), body.model_dump(mode="json")
    columns = table.__table__.c
    return {
        name: spelled[name] if isinstance(columns[name].type, (JSONB, Sealed)) else plain[name]
        for name in plain
        if name in columns
    }
