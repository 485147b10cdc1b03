"""The Merkle tree of RFC 6962, section 2.1: hashes, roots, and which parts make up a proof."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(content: bytes) -> bytes:
    return sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Another prefix than a leaf's, so that no node passes for an entry."""
    return sha256(b"\x01" + left + right).digest()


def joined(complete: Iterable[bytes]) -> bytes:
    """The root over the roots of complete subtrees, the largest first."""
    root = EMPTY_ROOT
    for number, peak in enumerate(reversed(list(complete))):
        root = peak if number == 0 else node_hash(peak, root)
    return root


@dataclass(frozen=True, order=True)
class Subtree:
    """A complete subtree: `2 ** level` leaves, the `position`-th of its kind from the left."""

    level: int
    position: int


@dataclass
class Growing:
    """A tree that only grows: it keeps the roots of its complete subtrees, not its leaves."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def add(self, leaf: bytes) -> list[tuple[Subtree, bytes]]:
        """The subtrees that this leaf completes, itself first, and their roots."""
        made, position, peak = [(Subtree(0, self.size), leaf)], self.size, leaf
        while position & 1:
            peak = node_hash(self.peaks.pop(), peak)
            position >>= 1
            made.append((Subtree(len(made), position), peak))
        self.peaks.append(peak)
        self.size += 1
        return made

    def root(self) -> bytes:
        return joined(self.peaks)


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over these leaf hashes."""
    tree = Growing()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


def complete(part: range) -> list[Subtree]:
    """What a part of a proof is made of: its complete subtrees, the largest first."""
    found, start = [], part.start
    while start < part.stop:
        level = (part.stop - start).bit_length() - 1
        found.append(Subtree(level, start >> level))
        start += 1 << level
    return found


def inclusion(index: int, size: int) -> list[range]:
    """The parts of the tree whose roots prove a leaf (2.1.1), from the leaf upward."""
    if not 0 <= index < size:
        raise ValueError("there is no such leaf")
    parts, start, stop = [], 0, size
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            parts.append(range(middle, stop))
            stop = middle
        else:
            parts.append(range(start, middle))
            start = middle
    return parts[::-1]


def consistency(old: int, new: int) -> list[range]:
    """The parts whose roots prove that the old tree begins the new one (2.1.2)."""
    if not 0 < old <= new:
        raise ValueError("a tree grows from one leaf or more")
    parts, start, stop = [], 0, new
    while old < stop:
        middle = start + _split(stop - start)
        if old <= middle:
            parts.append(range(middle, stop))
            stop = middle
        else:
            parts.append(range(start, middle))
            start = middle
    if start > 0:
        parts.append(range(start, stop))
    return parts[::-1]


def _split(size: int) -> int:
    """The largest power of two smaller than this size."""
    return 1 << (size - 1).bit_length() - 1
