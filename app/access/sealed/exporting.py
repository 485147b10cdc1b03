"""The export for an auditor: every leaf of the tree, and the entries that he may read.

Made by the operator for one named membership, and itself on the log of every client in it.
"""

import json
import secrets
from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Boolean, Row, and_, bindparam, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access.attribution import NOBODY
from app.access.ceilings import POLICY_VERSION
from app.access.log import CONTENT, AccessLogEntry, canonical, leaf_of, put
from app.access.parties import Membership
from app.access.sealed.proofs import published
from app.access.sealed.tables import LogLeaf, LogNode
from app.access.vocabulary import Category, Role, Verb
from app.platform.clock import is_current, moment
from app.platform.db import Engine
from app.platform.transparency.notes import NoteKey

FORMAT = "trede-access-log-export/1"
RESOURCE = "AccessLogExport"
EVERYTHING = "all"
ROWS = 1000
_WHO = select(
    Membership.id, Membership.organisation_id, Membership.role, moment().label("at")
).where(Membership.id == bindparam("membership"), is_current(Membership))
_SCOPE = text("SELECT set_config('trede.exporting', :scope, true)")
_LEAVES = (
    select(
        LogNode.position,
        LogNode.hash,
        AccessLogEntry.salt,
        *(getattr(AccessLogEntry, name) for name in CONTENT),
    )
    .outerjoin(LogLeaf, LogLeaf.leaf_index == LogNode.position)
    .outerjoin(
        AccessLogEntry,
        and_(
            AccessLogEntry.id == LogLeaf.entry_id,
            or_(bindparam("whole", type_=Boolean()), AccessLogEntry.outcome == "allowed"),
        ),
    )
    .where(LogNode.level == 0, LogNode.position < bindparam("size"))
    .order_by(LogNode.position)
)


class ExportRefusedError(Exception):
    """The export is not for this membership, or there is nothing sealed yet."""


@dataclass(frozen=True)
class Auditor:
    """For whom the export is: who answers for it, and which entries are opened."""

    membership_id: UUID
    organisation_id: UUID
    role: Role
    at: datetime

    @property
    def scope(self) -> str:
        """The whole for the platform's administrator, else the looks of one organisation.

        Gate 35: of an organisation without what was refused, which may be about a client elsewhere.
        """
        whole = self.role is Role.SYSTEM_ADMIN
        return EVERYTHING if whole else str(self.organisation_id)


async def export(
    owner: Engine, membership_id: UUID, key: NoteKey, write: Callable[[str], object]
) -> int:
    """Write the export line by line; how many entries it opens. Raises ExportRefusedError.

    What was written counts only when this returns: the look is on the log by then.
    """
    async with owner.begin(isolation="repeatable_read") as db:  # one state of the log
        auditor = await _auditor(db, membership_id)
        await db.execute(_SCOPE, {"scope": auditor.scope})
        found = await published(db, 0)
        if found is None:
            raise ExportRefusedError("nothing is sealed yet")
        write(_line(_header(auditor, key, found)))
        whole = auditor.scope == EVERYTHING
        clients, opened = set[UUID](), 0
        async for row in await db.stream(_LEAVES, {"size": found.size, "whole": whole}):
            write(_line(_leaf(row)))
            if row.id is not None:
                clients.add(row.client_id)
                opened += 1
        await _log(db, auditor, sorted(clients - {NOBODY}))
    return opened


async def _auditor(db: AsyncConnection, membership_id: UUID) -> Auditor:
    row = (await db.execute(_WHO, {"membership": membership_id})).first()
    if row is None or row.role not in {Role.DATA_PROTECTION_OFFICER, Role.SYSTEM_ADMIN}:
        raise ExportRefusedError(
            "an export is for a data protection officer, or for the platform's administrator"
        )
    return Auditor(row.id, row.organisation_id, Role(row.role), row.at)


def _header(auditor: Auditor, key: NoteKey, checkpoint: Row[Any]) -> dict[str, Any]:
    whole = auditor.scope == EVERYTHING
    return {
        "format": FORMAT,
        "madeFor": str(auditor.membership_id),
        "organisationId": None if whole else auditor.scope,
        "verifierKey": str(key.verifier),
        "checkpoint": checkpoint.note,
    }


def _leaf(row: Row[Any]) -> dict[str, Any]:
    leaf = {"index": row.position, "leaf": b64encode(row.hash).decode()}
    if row.id is None:
        return leaf
    content = canonical({name: getattr(row, name) for name in CONTENT})
    return {**leaf, "salt": b64encode(row.salt).decode(), "content": json.loads(content)}


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, separators=(",", ":")) + "\n"


async def _log(db: AsyncConnection, auditor: Auditor, clients: Iterable[UUID]) -> None:
    rows = [_entry(auditor, client_id) for client_id in clients]
    for first in range(0, len(rows), ROWS):
        await put(db, rows[first : first + ROWS])


def _entry(auditor: Auditor, client_id: UUID) -> dict[str, Any]:
    row = {
        "id": uuid4(),
        "at": auditor.at,
        "client_id": client_id,
        "trajectory_id": None,
        "grantee_id": auditor.membership_id,
        "membership_id": auditor.membership_id,
        "machine_id": None,
        "organisation_id": auditor.organisation_id,
        "role": auditor.role.value,
        "purpose": None,
        "resource": RESOURCE,
        "record_id": None,
        "verb": Verb.READ.value,
        "listed": True,
        "outcome": "allowed",
        "shown": Category.ACCESS_LOG.bit,
        "withheld": 0,
        "grounds": [],
        "policy_version": POLICY_VERSION,
        "request_id": f"export-{auditor.membership_id}",
        "trace_id": None,
        "salt": secrets.token_bytes(16),
    }
    return {**row, "leaf_hash": leaf_of(row)}
