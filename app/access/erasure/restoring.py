"""Before anything is served: what was destroyed is destroyed again, whatever state came back."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from app.access import caseload, grants
from app.access.erasure import destroying
from app.access.erasure.ledger import Ledger
from app.platform.db import Engine

log = logging.getLogger("trede")
_UUIDS = ("id", "client_id", "organisation_id", "record_id", "request_id")


async def bury(owner: Engine, writer: Engine, ledger: Ledger) -> int:
    """The list and the database learn of each other's tombstones, and all are carried out.

    How many clients had something that was destroyed before. Safe to repeat; without tombstones
    it costs one statement.
    """
    listed = ledger.read()
    async with owner.begin() as db:
        await destroying.put_back(db, [_row(line) for line in listed])
        known = await destroying.known(db)
        ledger.append(_unlisted(known, listed))
        clients = sorted({row["client_id"] for row in known})
        again = await destroying.destroy(db, clients) if clients else set[UUID]()
    for client_id in sorted(again):
        async with writer.begin() as db:
            await grants.recompile(db, client_id)
            await caseload.renew(db, client_id)
    if again:
        log.warning("%d clients had data that was destroyed before: destroyed again", len(again))
    return len(again)


def _unlisted(known: list[dict[str, Any]], listed: list[dict[str, Any]]) -> list[Mapping[str, Any]]:
    ids = {line["id"] for line in listed}
    return [row for row in known if str(row["id"]) not in ids]


def _row(line: Mapping[str, Any]) -> dict[str, Any]:
    """A line of the list as a row of the table."""
    row = {name: None if line[name] is None else UUID(line[name]) for name in _UUIDS}
    return {
        **row,
        "category": line["category"],
        "everything": line["everything"],
        "recorded_until": datetime.fromisoformat(line["recorded_until"]),
    }
