"""What was kept for a time only is destroyed on the day that was named; nobody has to ask."""

from uuid import UUID

from app.access import caseload, grants
from app.access.erasure import destroying
from app.access.erasure.ledger import Ledger
from app.domain.rights import queries
from app.domain.rights.actions.answering import tombstone
from app.platform import outbox
from app.platform.db import Engine


async def fall_due(worker: Engine, writer: Engine, ledger: Ledger) -> int:
    """How many records; each client in a transaction of its own, safe to repeat.

    What the client or the desk has lifted meanwhile stays.
    """
    async with worker.begin() as db:
        clients = await queries.clients_with_due(db)
    return sum([await _one(writer, ledger, client_id) for client_id in sorted(clients)])


async def _one(writer: Engine, ledger: Ledger, client_id: UUID) -> int:
    async with writer.begin() as db:
        await grants.lock(db, client_id)
        until = await queries.now(db)
        async with grants.as_compiler(db, client_id):
            found = [
                tombstone(
                    row,
                    until,
                    organisation_id=row.controller_organisation_id,
                    record_id=row.record_id,
                )
                for row in await queries.due(db, client_id)
            ]
            if not found:
                return 0
            await destroying.set_tombstones(db, found)
            await destroying.destroy(db, [client_id])
        await grants.recompile(db, client_id)
        await caseload.renew(db, client_id)
        await outbox.announce(db, "client.data_destroyed", client_id)
        ledger.append(found)
    return len(found)
