"""Who may add what: the write matrix, compiled into the grants, checked before each write."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Uuid, bindparam, insert, select

from app.access.ceilings import written_by
from app.access.log import Entry
from app.access.records import ClientRecord
from app.access.rows import may_create
from app.access.session import Session
from app.access.vocabulary import Category, Verb
from app.platform.http.problems import NotAllowed

_CHECKS = {
    category: select(
        may_create(
            bindparam("client", type_=Uuid()), bindparam("trajectory", type_=Uuid()), category
        )
    )
    for category in Category
}


async def check_may_create(
    session: Session, client_id: UUID, trajectory_id: UUID | None, category: Category
) -> None:
    """NotAllowed unless this role may write this category and is involved with this client.

    Call it only for a client or trajectory that the viewer can see: elsewhere it is NotFound.
    """
    if session.viewer.machine_id is None and category not in written_by(session.viewer.role):
        raise NotAllowed
    values = {"client": client_id, "trajectory": trajectory_id}
    found = await session.execute(_CHECKS[category], values)
    if not found.scalar():
        raise NotAllowed


def stamp(session: Session, client_id: UUID, trajectory_id: UUID | None = None) -> dict[str, Any]:
    """What every record tells of itself: whose it is, who wrote it for whom, and when."""
    viewer = session.viewer
    return {
        "id": uuid4(),
        "client_id": client_id,
        "trajectory_id": trajectory_id,
        "controller_organisation_id": viewer.organisation_id,
        "author_id": viewer.grantee_id,
        "author_role": viewer.role.value,
        "recorded_at": viewer.moment,
    }


async def record(
    session: Session,
    table: type[ClientRecord],
    *,
    client_id: UUID,
    trajectory_id: UUID | None = None,
    values: Mapping[str, Any],
) -> UUID:
    """Add one record under the viewer's name, after the check; the id of the new record."""
    await session.hold(client_id)
    return await record_fact(
        session,
        table,
        client_id=client_id,
        trajectory_id=trajectory_id,
        values=values,
    )


async def record_fact(
    session: Session,
    table: type[ClientRecord],
    *,
    client_id: UUID,
    trajectory_id: UUID | None = None,
    values: Mapping[str, Any],
) -> UUID:
    """Add a fact the policy reads: under the client's lock; recompile when all facts are in."""
    await check_may_create(session, client_id, trajectory_id, table.__category__)
    row = {**stamp(session, client_id, trajectory_id), **values}
    del row["recorded_at"]  # the database's own moment: after the lock that we waited for
    return await put(session, table, row)


async def put(session: Session, table: type[ClientRecord], row: dict[str, Any]) -> UUID:
    """A whole row with its line on the log; whether this viewer may is for the caller to check."""
    await session.add(insert(table), row)
    if table.__excerpt__.columns:
        session.touched.add(row["client_id"])
    session.seen(
        Entry(
            client_id=row["client_id"],
            trajectory_id=row["trajectory_id"],
            resource=table.__tablename__,
            record_id=row["id"],
            verb=Verb.CREATE,
            shown=table.__category__.bit,
        )
    )
    return UUID(str(row["id"]))
