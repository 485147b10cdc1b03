"""A look at the log itself: is it still what was signed? The whole is for an auditor's export."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.log import CONTENT, leaf_of
from app.access.sealed.proofs import inclusion_proof, published, tree_of
from app.access.session import Session
from app.domain.privacy.actions.oversight import looked, require_officer
from app.domain.privacy.queries import verifying
from app.domain.privacy.schemas.verifying import LogState, LogVerificationOut
from app.platform.transparency.notes import Checkpoint, NoteError
from app.platform.transparency.verifying import is_included


async def verify(session: Session) -> LogVerificationOut:
    """By the officer, in person; it tells of lines by their ids only."""
    require_officer(session)
    found = await published(session.db, session.services.checkpoint_seconds)
    rows = await verifying.newest(session)
    looked(session, "LogVerification", None, ())
    if found is None:
        return _told(session, LogState.NOTHING_YET, rows, waiting=len(rows))
    sealed = [row for row in rows if row.leaf_index is not None and row.leaf_index < found.size]
    checkpoint = await _trusted(session, found)
    broken = [] if checkpoint is None else await _broken(session, sealed, checkpoint)
    return _told(
        session,
        LogState.BROKEN if checkpoint is None or broken else LogState.HOLDS,
        rows,
        waiting=len(rows) - len(sealed),
        sealed_at=found.sealed_at,
        size=found.size,
        checkpoint_holds=checkpoint is not None,
        broken=broken,
    )


def _told(
    session: Session, state: LogState, rows: Sequence[Row[Any]], **more: Any
) -> LogVerificationOut:
    nothing: dict[str, Any] = {"sealed_at": None, "size": 0, "checkpoint_holds": None, "broken": []}
    return LogVerificationOut(
        state=state,
        checked_at=session.viewer.moment,
        examined=len(rows),
        **{**nothing, **more},
    )


async def _trusted(session: Session, found: Row[Any]) -> Checkpoint | None:
    """What our own key signed, if it is of this size and of the root that the stored tree gives."""
    try:
        told = Checkpoint.parse(session.services.log_key.verifier.open(found.note))
        tree = await tree_of(session.db, found.size)
    except (NoteError, KeyError):  # a part of the tree that is gone has no hash
        return None
    return told if (told.size, told.root) == (found.size, tree.root()) else None


async def _broken(session: Session, rows: Sequence[Row[Any]], checkpoint: Checkpoint) -> list[UUID]:
    return [row.id for row in rows if not await _stands(session, row, checkpoint)]


async def _stands(session: Session, row: Row[Any], checkpoint: Checkpoint) -> bool:
    """Whether what the line says today is the leaf at its place."""
    leaf = leaf_of({**{name: getattr(row, name) for name in CONTENT}, "salt": row.salt})
    try:
        proof = await inclusion_proof(session.db, row.leaf_index, checkpoint.size)
    except KeyError:  # as above, within the tree
        return False
    return is_included(leaf, row.leaf_index, checkpoint.size, proof, checkpoint.root)
