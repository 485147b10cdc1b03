"""The sealer: takes entries in the order of their commits, grows the tree, signs checkpoints.

It reads ids, transaction ids and leaf hashes, never what an entry says.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access.sealed.proofs import STEP, tree_of
from app.access.sealed.tables import LogCheckpoint, LogNode
from app.platform.db import Engine
from app.platform.transparency.notes import NoteKey

BATCH = 1000
ONE_SEALS = 0x7365616C  # key of the advisory lock
_ALONE = text("SELECT pg_try_advisory_xact_lock(:key)")
_LAST = text(
    "SELECT leaf_index, entry_id, CAST(xid AS text) AS xid,"
    " xid >= pg_snapshot_xmax(pg_current_snapshot()) AS restored"
    " FROM log_leaf ORDER BY leaf_index DESC LIMIT 1"
)
_TAKE = """
SELECT e.id, e.leaf_hash, CAST(e.xid AS text) AS xid FROM access_log_entry e
 WHERE {which} AND NOT EXISTS (SELECT FROM log_leaf l WHERE l.entry_id = e.id)
 ORDER BY {order} LIMIT :most
"""
_NEXT = text(
    _TAKE.format(
        which="e.xid < pg_snapshot_xmin(pg_current_snapshot())"
        " AND (e.xid, e.id) > (CAST(CAST(:xid AS text) AS xid8), :entry)",
        order="e.xid, e.id",
    )
)
"""Every transaction below the oldest open one has ended, so none can still add before these."""
_RESTORED = text(
    _TAKE.format(
        which="(e.xid < pg_snapshot_xmin(pg_current_snapshot())"
        " OR e.xid >= pg_snapshot_xmax(pg_current_snapshot()))",
        order="e.xid < pg_snapshot_xmin(pg_current_snapshot()), e.xid, e.id",
    )
)
"""After a restore into another cluster the ids begin anew: what bears an id that this cluster
did not give yet was committed before, and comes first."""
_LEAVES = text(
    "INSERT INTO log_leaf (leaf_index, entry_id, xid)"
    " VALUES (:leaf_index, :entry_id, CAST(CAST(:xid AS text) AS xid8))"
)
_NODES = insert(LogNode)
_CHECKPOINT = insert(LogCheckpoint)


async def seal(engine: Engine, key: NoteKey) -> int:
    """Seal all that is committed for certain; how many entries became leaves.

    Several workers may call it: one seals, the others leave at once.
    """
    sealed = 0
    while True:
        async with engine.begin() as db:
            taken = await _seal(db, key)
        sealed += taken
        if taken < BATCH:
            return sealed


async def _seal(db: AsyncConnection, key: NoteKey) -> int:
    if not await db.scalar(_ALONE, {"key": ONE_SEALS}):
        return 0
    last = (await db.execute(_LAST)).first()
    taken = await _next(db, last)
    if not taken:
        return 0
    first = 0 if last is None else last.leaf_index + 1
    tree, nodes = await tree_of(db, first), []
    for row in taken:
        made = tree.add(row.leaf_hash)
        nodes += [(subtree, root) for subtree, root in made if subtree.level % STEP == 0]
    await db.execute(
        _LEAVES,
        [
            {"leaf_index": first + place, "entry_id": row.id, "xid": row.xid}
            for place, row in enumerate(taken)
        ],
    )
    await db.execute(
        _NODES,
        [{"level": s.level, "position": s.position, "hash": root} for s, root in nodes],
    )
    await db.execute(_CHECKPOINT, {"size": tree.size, "note": key.signed(tree.size, tree.root())})
    return len(taken)


async def _next(db: AsyncConnection, last: Row[Any] | None) -> Sequence[Row[Any]]:
    if last is not None and last.restored:
        return (await db.execute(_RESTORED, {"most": BATCH})).all()
    xid, entry = ("0", UUID(int=0)) if last is None else (last.xid, last.entry_id)
    return (await db.execute(_NEXT, {"xid": xid, "entry": entry, "most": BATCH})).all()
