"""Whether this viewer may be told of a record now: wall 1, as for a read of the record itself."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Row, Select, Uuid, any_, bindparam, true

from app.access.records import ClientRecord, loaded_records
from app.access.rows import shown
from app.access.session import Session
from app.domain.startconversation.queries import among_parties
from app.domain.startconversation.tables import ConversationInvitation, StartConversation


@cache
def table_of(name: str) -> type[ClientRecord]:
    """The records that a kind of event is about. Raises LookupError for none."""
    found = {table.__tablename__: table for table in loaded_records()}
    return found[name]


async def tellable(session: Session, name: str, subjects: Sequence[UUID]) -> dict[UUID, Row[Any]]:
    """Those of the records that this viewer may see, with client, trajectory and grounds."""
    rows = (await session.execute(_statement(name), {"subjects": list(subjects)})).all()
    return {row.id: row for row in rows}


@cache
def _statement(name: str) -> Select[Any]:
    table = table_of(name)
    wanted = table.id == any_(bindparam("subjects", type_=ARRAY(Uuid())))
    columns = (table.id, table.client_id, table.trajectory_id)
    return shown(table, *columns).where(wanted, _narrowed(table))


def _narrowed(table: type[ClientRecord]) -> ColumnElement[bool]:
    """The dates of a conversation are for its parties (gate 28), as where they are read."""
    if table is StartConversation:
        return among_parties(StartConversation, StartConversation.id)
    if table is ConversationInvitation:
        return among_parties(ConversationInvitation, ConversationInvitation.conversation_id)
    return true()
