"""Destroys what has a tombstone: records, keys, and what still points at them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Executable,
    Uuid,
    and_,
    any_,
    bindparam,
    delete,
    insert,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import insert as add_missing
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access.caseload import CaseloadLine
from app.access.deliveries import EventDelivery
from app.access.due import ReminderDue
from app.access.envelope.keys import DataKey
from app.access.facts import AccountLink, Registration
from app.access.grants import AccessGrant
from app.access.records import ClientRecord, loaded_records
from app.access.sources import SourceLink
from app.access.switching import CompilationDue
from app.access.tombstones import Tombstone
from app.platform.outbox import OutboxEvent

_BESIDE: tuple[Any, ...] = (
    CaseloadLine,
    AccessGrant,
    AccountLink,
    Registration,
    CompilationDue,
    ReminderDue,
    EventDelivery,
    SourceLink,
)
_CLIENTS = bindparam("clients", type_=ARRAY(Uuid()))
_IDS = bindparam("ids", type_=ARRAY(Uuid()))
_OUTBOX = delete(OutboxEvent).where(OutboxEvent.subject_id == any_(_IDS))
_DELIVERIES = delete(EventDelivery).where(
    EventDelivery.client_id == any_(_CLIENTS), EventDelivery.subject_id == any_(_IDS)
)
_SET = insert(Tombstone)
_SET_MISSING = add_missing(Tombstone).on_conflict_do_nothing(index_elements=["id"])
_ALL = select(Tombstone)


async def set_tombstones(db: AsyncConnection, tombstones: Sequence[Mapping[str, Any]]) -> None:
    """As the compiler: row security asks for an open request at the desk that decides."""
    await db.execute(_SET, tombstones)


async def put_back(db: AsyncConnection, tombstones: Sequence[Mapping[str, Any]]) -> None:
    """As the owner: those that a restored database does not have."""
    if tombstones:
        await db.execute(_SET_MISSING, tombstones)


async def known(db: AsyncConnection) -> list[dict[str, Any]]:
    """As the owner: every tombstone that the database has."""
    return [dict(row._mapping) for row in await db.execute(_ALL)]


async def destroy(db: AsyncConnection, clients: Sequence[UUID]) -> set[UUID]:
    """All that has a tombstone of these clients; of which clients something was there.

    Safe to repeat. Row security lets nothing else go, whoever asks. Idempotency keys stay until
    they are swept: without its key a POST that is sent again would record anew what is destroyed.
    """
    touched: set[UUID] = set()
    ids: set[UUID] = set(clients)
    for statement in _statements():
        for row in await db.execute(statement, {"clients": list(clients)}):
            touched.add(row.client_id)
            ids.add(row.id)
    kept = await _still_there(db, clients)
    gone = sorted(ids - kept)
    await db.execute(_OUTBOX, {"ids": gone})
    await db.execute(_DELIVERIES, {"ids": gone, "clients": list(clients)})
    return touched


async def _still_there(db: AsyncConnection, clients: Sequence[UUID]) -> set[UUID]:
    """Those of the clients that go on for others: events about them stay."""
    gone = select(Tombstone.client_id).where(
        Tombstone.client_id == any_(_CLIENTS), Tombstone.everything
    )
    return set(clients) - set(await db.scalars(gone, {"clients": list(clients)}))


def _statements() -> Iterator[Executable]:
    for table in loaded_records():
        dead = delete(table).where(table.client_id == any_(_CLIENTS), covered(table))
        yield dead.returning(table.id, table.client_id)
    yield (
        delete(DataKey)
        .where(DataKey.client_id == any_(_CLIENTS), _key_covered())
        .returning(DataKey.id, DataKey.client_id)
    )
    for beside in _BESIDE:
        dead = delete(beside).where(beside.client_id == any_(_CLIENTS), _all_gone(beside))
        named = beside.grant_id if beside is CaseloadLine else beside.id
        yield dead.returning(named.label("id"), beside.client_id)


def covered(table: type[ClientRecord]) -> ColumnElement[bool]:
    """Whether there is a tombstone for this row."""
    bit = table.__category__.bit
    return _any_tombstone(
        table,
        or_(
            Tombstone.everything,
            and_(
                table.recorded_at <= Tombstone.recorded_until,
                Tombstone.organisation_id.is_not_distinct_from(table.controller_organisation_id),
                or_(
                    Tombstone.record_id == table.id,
                    and_(Tombstone.record_id.is_(None), Tombstone.category == bit),
                ),
            ),
        ),
    )


def _key_covered() -> ColumnElement[bool]:
    """A key goes with a category, and stays while a single record of it was destroyed."""
    return _any_tombstone(
        DataKey,
        or_(
            Tombstone.everything,
            and_(
                DataKey.made_at <= Tombstone.recorded_until,
                Tombstone.organisation_id.is_not_distinct_from(DataKey.organisation_id),
                Tombstone.record_id.is_(None),
                Tombstone.category == DataKey.category,
            ),
        ),
    )


def _all_gone(table: Any) -> ColumnElement[bool]:
    return _any_tombstone(table, Tombstone.everything.is_(True))


def _any_tombstone(table: Any, *on: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        select(true())
        .where(Tombstone.client_id == table.client_id, *on)
        .limit(1)
        .correlate(table)
        .scalar_subquery()
    )
