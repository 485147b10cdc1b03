"""Another policy for an organisation: what it takes away goes at once, the rest client by client.

Until a client's turn has come the stricter of the two policies counts for it. The queue is a
table, so that a turn that breaks off is taken again.
"""

import logging
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ARRAY, Uuid, all_, bindparam, delete, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from app.access import caseload, grants
from app.access.ceilings import INTEGRATED_TEAM, POLICY_VERSION, opened_by
from app.access.directory_changes import look_as, standing_still
from app.access.grants import AccessGrant
from app.access.vocabulary import Basis, Category, Ground, Role, mask_of
from app.platform import outbox
from app.platform.clock import moment
from app.platform.db import Base, Engine

TOLD = "client.policy_changed"
log = logging.getLogger("trede")


class CompilationDue(Base):
    """A client whose grants wait for the policy that now holds; an opaque id and nothing else."""

    __tablename__ = "compilation_due"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    client_id: Mapped[UUID] = mapped_column(index=True)
    since: Mapped[datetime] = mapped_column(server_default=moment())


_COLUMNS = [column.name for column in AccessGrant.__table__.c]
_KEPT = {"id": "gen_random_uuid()", "categories": "categories & ~CAST(:lost AS integer)"}
_NARROW = text(
    "WITH gone AS (DELETE FROM access_grant WHERE grantee_id = :grantee AND basis = :basis"  # noqa: S608 - constants
    " AND policy_version <> :version AND categories & :lost <> 0 RETURNING *)"
    f" INSERT INTO access_grant ({', '.join(_COLUMNS)})"
    f" SELECT {', '.join(_KEPT.get(name, name) for name in _COLUMNS)} FROM gone"
)
"""Its lines in lists go with a grant that is replaced, and come back in the client's turn."""
_QUEUE = text(
    "INSERT INTO compilation_due (id, client_id)"
    " SELECT gen_random_uuid(), g.client_id FROM"
    " (SELECT DISTINCT client_id FROM access_grant WHERE grantee_id = :grantee) g"
    " WHERE NOT EXISTS (SELECT FROM compilation_due d WHERE d.client_id = g.client_id)"
)
_NEXT = (
    select(CompilationDue.id)
    .where(CompilationDue.client_id != all_(bindparam("failed", type_=ARRAY(Uuid()))))
    .order_by(CompilationDue.since, CompilationDue.id)
    .limit(1)
    .with_for_update(skip_locked=True)
    .scalar_subquery()
)
_CLAIM = (
    delete(CompilationDue).where(CompilationDue.id == _NEXT).returning(CompilationDue.client_id)
)


async def switch(db: AsyncConnection, members: Mapping[UUID, Role], version: int) -> None:
    """Set statements only, whatever the number of clients; the new version is already stored."""
    async with standing_still(db):
        for member, role in members.items():
            await look_as(db, member)
            lost = mask_of(_lost(role, version))
            if lost:
                values = {"grantee": member, "basis": Basis.TREATMENT.value}
                await db.execute(_NARROW, {**values, "version": version, "lost": lost})
            await db.execute(_QUEUE, {"grantee": member})


def _lost(role: Role, version: int) -> set[Category]:
    """What any other policy gives this role by treatment, and the new one does not."""
    now = opened_by(role, Ground.TREATMENT, version)
    others = (
        opened_by(role, Ground.TREATMENT, other) for other in (POLICY_VERSION, INTEGRATED_TEAM)
    )
    return {category for found in others for category in found - now}


async def catch_up(writer: Engine) -> int:
    """Compile every client that waits, each in a transaction of its own; how many there were.

    A turn and its place in the queue are one transaction: what breaks off is still waiting.
    """
    done, failed = 0, list[UUID]()
    while True:
        client_id: UUID | None = None
        try:
            async with writer.begin() as db:
                client_id = await db.scalar(_CLAIM, {"failed": failed})
                if client_id is None:
                    return done
                await _compile(db, client_id)
            done += 1
        except Exception as error:
            if client_id is None:
                raise
            log.warning("a client waits for its policy: %s", type(error).__name__)
            failed.append(client_id)  # it keeps its place; the others go on


async def _compile(db: AsyncConnection, client_id: UUID) -> None:
    await grants.recompile(db, client_id)
    await caseload.renew(db, client_id)
    await outbox.announce(db, TOLD, client_id)
