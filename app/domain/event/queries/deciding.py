"""Whether this viewer may be told of a record now: wall 1, as for a read of the record itself."""

from collections.abc import Iterable
from functools import cache
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Row, Select, Uuid, any_, bindparam, true

from app.access.records import ClientRecord, loaded_records
from app.access.rows import shown
from app.access.session import Session
from app.domain.startconversation.queries import among_parties
from app.domain.startconversation.tables import ConversationInvitation, StartConversation

Record = tuple[str, UUID]
"""Its table and its id."""


@cache
def table_of(name: str) -> type[ClientRecord]:
    """The records that a kind of event is about. Raises LookupError for none."""
    found = {table.__tablename__: table for table in loaded_records()}
    return found[name]


async def tellable(session: Session, records: Iterable[Record]) -> dict[Record, Row[Any]]:
    """Those that this viewer may see, with client, trajectory, grounds; one statement a table."""
    found: dict[Record, Row[Any]] = {}
    for name, named in groupby(sorted(set(records)), key=lambda record: record[0]):
        subjects = [subject for _, subject in named]
        rows = (await session.execute(_statement(name), {"subjects": subjects})).all()
        found |= {(name, row.id): row for row in rows}
    return found


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
