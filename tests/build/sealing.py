"""The sealer in tests: by hand, until all that was committed is sealed, and public at once."""

import asyncio
from dataclasses import replace

from app.access.sealed.auditing import Report, verify
from app.access.sealed.exporting import export
from app.access.sealed.sealing import seal
from app.access.vocabulary import OrganisationKind, Role
from app.platform.db import engine
from app.platform.transparency.notes import NoteKey
from tests.build.stage import Stage

PATIENCE = 600
"""Turns of 50 ms: other tests on the same server hold transactions open, and the sealer waits."""


def key_of(stage: Stage) -> NoteKey:
    key: NoteKey = stage.app.state.services.log_key
    return key


def public_at_once(stage: Stage) -> None:
    """Every checkpoint is public when it is signed."""
    stage.app.state.services = replace(stage.app.state.services, checkpoint_seconds=0)


async def turn(stage: Stage) -> int:
    """One turn of the sealer; how many entries became leaves."""
    worker = engine(stage.database.worker, pool_size=1)
    try:
        return await seal(worker, key_of(stage))
    finally:
        await worker.dispose()


async def sealed(stage: Stage) -> str:
    """Seal all entries; the checkpoint after it."""
    for _ in range(PATIENCE):
        await turn(stage)
        if not unsealed(stage):
            return checkpoint(stage)
        await asyncio.sleep(0.05)
    raise AssertionError("the sealer does not come to an end")


def unsealed(stage: Stage) -> int:
    with stage.database.connect_as_superuser() as db:
        rows = db.execute(
            "SELECT 1 FROM access_log_entry e"
            " WHERE NOT EXISTS (SELECT FROM log_leaf l WHERE l.entry_id = e.id)"
        ).fetchall()
    return len(rows)


def checkpoint(stage: Stage) -> str:
    with stage.database.connect_as_superuser() as db:
        row = db.execute("SELECT note FROM log_checkpoint ORDER BY size DESC LIMIT 1").fetchone()
    assert row is not None
    return str(row[0])


def auditors(stage: Stage) -> None:
    """A data protection officer of the GGZ provider, and the platform's administrator."""
    stage.member("officer", Role.DATA_PROTECTION_OFFICER, "ggz", "Functionaris-A1")
    stage.organisation("platform", OrganisationKind.PLATFORM, "Platform Proef")
    stage.member("system", Role.SYSTEM_ADMIN, "platform", "Systeembeheerder-A1")


async def exported(stage: Stage, party: str = "system") -> list[str]:
    """The lines of an export made for this party."""
    membership, lines = stage.parties[party].membership, list[str]()
    assert membership is not None
    owner = engine(stage.database.owner, pool_size=1)
    try:
        await export(owner, membership, key_of(stage), lines.append)
    finally:
        await owner.dispose()
    return lines


async def audited(stage: Stage, *earlier: str) -> Report:
    """What an outsider finds who kept these checkpoints and knows the key."""
    return verify(await exported(stage), earlier, key_of(stage).verifier)
