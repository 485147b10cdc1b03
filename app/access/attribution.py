"""Refused looks reach the log of the client they were about, by a worker that sees ids only.

The request itself cannot do it: it must cost the same whether the id exists or not. Nor may the
size of the log tell, which is public: a refusal becomes as many entries for nobody as for somebody.
"""

import secrets
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    CompoundSelect,
    Row,
    Text,
    Uuid,
    bindparam,
    insert,
    literal,
    select,
    union,
    update,
)
from sqlalchemy.dialects.postgresql import BYTEA
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access.ceilings import POLICY_VERSION
from app.access.facts import ClientBsn
from app.access.log import AccessLogEntry, leaf_of
from app.access.records import loaded_records
from app.access.refusals import AccessRefusal
from app.access.vocabulary import Category, Verb
from app.platform.clock import moment
from app.platform.db import Engine

BATCH = 200
NOBODY = UUID(int=0)
"""Whom an entry is about when the asked id or BSN is nobody's; no client has this id."""
ENTRIES_OF_A_SEARCH = 4
"""One person is a client of several providers, each with a record; more than this is not hidden."""
_VERBS = {"GET": Verb.READ, "POST": Verb.CREATE}
_WAITING = (
    select(AccessRefusal)
    .where(AccessRefusal.attributed_at.is_(None))
    .order_by(AccessRefusal.at, AccessRefusal.id)
    .limit(BATCH)
    .with_for_update(skip_locked=True)
)
_BY_BSN = (
    select(ClientBsn.client_id)
    .where(ClientBsn.bsn_index == bindparam("asked_index", type_=BYTEA()))
    .distinct()
)
_DONE = (
    update(AccessRefusal)
    .where(AccessRefusal.id.in_(bindparam("ids", expanding=True)))
    .values(attributed_at=moment(), asked_index=None)  # what tells of a BSN has served its end
)
_ADD = insert(AccessLogEntry)


async def attribute(engine: Engine) -> int:
    """Work through all refusals that wait; how many log entries were written for clients.

    Several workers may run at once; a refusal whose entry was not committed is taken again.
    """
    written = 0
    while True:
        async with engine.begin() as db:
            waiting = (await db.execute(_WAITING)).all()
            entries = [entry for row in waiting for entry in await _entries(db, row)]
            if entries:
                await db.execute(_ADD, entries)
            if waiting:
                await db.execute(_DONE, {"ids": [row.id for row in waiting]})
        written += len([entry for entry in entries if entry["client_id"] != NOBODY])
        if len(waiting) < BATCH:
            return written


async def _entries(db: AsyncConnection, refusal: Row[Any]) -> list[dict[str, Any]]:
    """One entry for each client that the asked id or BSN is about, and for nobody what lacks."""
    about: dict[UUID, Category] = {}
    resource = "client"
    if refusal.asked_index is not None:
        found = await db.scalars(_BY_BSN, {"asked_index": refusal.asked_index})
        about = dict.fromkeys(found, Category.BSN)
    if refusal.asked_id is not None:
        for row in (await db.execute(_owners(), {"asked": refusal.asked_id})).all():
            about[row.client_id], resource = Category(row.category), row.resource
    made = [_entry(refusal, client_id, about[client_id], resource) for client_id in sorted(about)]
    lacking = (1 if refusal.asked_index is None else ENTRIES_OF_A_SEARCH) - len(made)
    return made + [_entry(refusal, NOBODY, None, resource) for _ in range(lacking)]


def _owners() -> CompoundSelect[Any]:
    """Whose record has this id, in any table with client data that is loaded now."""
    asked = bindparam("asked", type_=Uuid())
    return union(
        *(
            select(
                table.client_id,
                literal(table.__tablename__, Text()).label("resource"),
                literal(table.__category__.value, Text()).label("category"),
            ).where(table.id == asked)
            for table in loaded_records()
        )
    )


def _entry(
    refusal: Row[Any], client_id: UUID, category: Category | None, resource: str
) -> dict[str, Any]:
    searched = refusal.asked_index is not None
    row = {
        "id": uuid4(),
        "at": refusal.at,
        "client_id": client_id,
        "trajectory_id": None,
        "grantee_id": refusal.grantee_id,
        "membership_id": refusal.membership_id,
        "machine_id": refusal.machine_id,
        "organisation_id": refusal.organisation_id,
        "role": refusal.role,
        "purpose": refusal.purpose,
        "resource": resource,
        "record_id": refusal.asked_id,
        "verb": (Verb.SEARCH if searched else _VERBS.get(refusal.method, Verb.UPDATE)).value,
        "listed": False,
        "outcome": "refused",
        "shown": 0,
        "withheld": 0 if category is None else category.bit,
        "grounds": [],
        "policy_version": POLICY_VERSION,
        "request_id": refusal.request_id,
        "trace_id": refusal.trace_id,
        "salt": secrets.token_bytes(16),
    }
    return {**row, "leaf_hash": leaf_of(row)}
