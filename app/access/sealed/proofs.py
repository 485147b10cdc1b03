"""What is asked of the tree: roots of parts, proofs, and the checkpoint that is public now."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from app.platform.transparency.tree import (
    Growing,
    Subtree,
    complete,
    consistency,
    inclusion,
    joined,
    root_of,
)

STEP = 8
"""Every eighth level is stored: the tiles of C2SP `tlog-tiles` have the same width."""

_NODES = text(
    "SELECT n.level, n.position, n.hash"
    " FROM unnest(CAST(:levels AS integer[]), CAST(:starts AS bigint[]), CAST(:stops AS bigint[]))"
    " AS wanted (level, start, stop)"
    " JOIN log_node n ON n.level = wanted.level"
    " AND n.position >= wanted.start AND n.position < wanted.stop"
)
_PUBLIC = text(
    "SELECT size, note, sealed_at FROM log_checkpoint"
    " WHERE CAST(:seconds AS integer) = 0 OR sealed_at <"
    " to_timestamp(floor(extract(epoch FROM now()) / nullif(:seconds, 0)) * :seconds)"
    " ORDER BY size DESC LIMIT 1"
)


async def published(db: AsyncConnection, seconds: int) -> Row[Any] | None:
    """The last checkpoint of before this hour (or other span of seconds) began; None as yet.

    0 seconds: the last of all. Real time counts, as for every job.
    """
    return (await db.execute(_PUBLIC, {"seconds": seconds})).first()


async def inclusion_proof(db: AsyncConnection, index: int, size: int) -> list[bytes]:
    return await _roots(db, inclusion(index, size))


async def consistency_proof(db: AsyncConnection, old: int, new: int) -> list[bytes]:
    return await _roots(db, consistency(old, new))


async def tree_of(db: AsyncConnection, size: int) -> Growing:
    """The tree of this size, ready to grow."""
    peaks = await _roots(db, [_leaves(subtree) for subtree in complete(range(size))])
    return Growing(size, peaks)


async def _roots(db: AsyncConnection, parts: Sequence[range]) -> list[bytes]:
    found = await _subtrees(db, {subtree for part in parts for subtree in complete(part)})
    return [joined(found[subtree] for subtree in complete(part)) for part in parts]


async def _subtrees(db: AsyncConnection, wanted: Iterable[Subtree]) -> dict[Subtree, bytes]:
    """Their roots, from the stored hashes below them; one statement."""
    below = {subtree: _stored(subtree) for subtree in wanted}
    bounds = {
        "levels": [level for level, _ in below.values()],
        "starts": [places.start for _, places in below.values()],
        "stops": [places.stop for _, places in below.values()],
    }
    rows = (await db.execute(_NODES, bounds)).all()
    hashes = {(row.level, row.position): row.hash for row in rows}
    return {
        subtree: root_of(hashes[level, place] for place in places)
        for subtree, (level, places) in below.items()
    }


def _stored(subtree: Subtree) -> tuple[int, range]:
    rise = subtree.level % STEP
    return subtree.level - rise, range(subtree.position << rise, (subtree.position + 1) << rise)


def _leaves(subtree: Subtree) -> range:
    return range(subtree.position << subtree.level, (subtree.position + 1) << subtree.level)
