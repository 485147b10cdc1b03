"""Checking proofs against roots that one trusts already (RFC 9162, 2.1.3.2 and 2.1.4.2); pure.

Whoever checks gives index and sizes; nothing of it is taken from the proof.
"""

from collections.abc import Iterable, Sequence

from app.platform.transparency.tree import HASH_BYTES, node_hash


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether this leaf hash stands at this index of the tree with this size and root."""
    if not 0 <= index < size or not _are_hashes([leaf, root, *proof]):
        return False
    place, last, found = index, size - 1, leaf
    for beside in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(beside, found)
            place, last = _over_missing(place, last)
        else:
            found = node_hash(found, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the tree of the old size and root is the beginning of the new one."""
    if old == new:
        return old > 0 and old_root == new_root and not proof
    if not 0 < old < new or not _are_hashes([old_root, new_root, *proof]):
        return False
    parts = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not parts:
        return False
    place, last = _up_to_left(old - 1, new - 1)
    before = after = parts[0]
    for beside in parts[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node_hash(beside, before), node_hash(beside, after)
            place, last = _over_missing(place, last)
        else:
            after = node_hash(after, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def _over_missing(place: int, last: int) -> tuple[int, int]:
    """The last node of a level goes up as it is while there is nothing beside it."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last


def _up_to_left(place: int, last: int) -> tuple[int, int]:
    while place & 1:
        place, last = place >> 1, last >> 1
    return place, last


def _are_hashes(values: Iterable[bytes]) -> bool:
    return all(len(value) == HASH_BYTES for value in values)
