"""File locks that end by themselves when the process (and the children it gave them to) ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Wait until no other process (or thread) is in this block."""
    lock = _open(path)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def try_alone(path: Path) -> int | None:
    """Take the lock for one holder at once, or give None; close the number to release it."""
    return _try(path, fcntl.LOCK_EX)


def join(path: Path) -> int:
    """Become one of many holders; close the number to leave."""
    lock = _open(path)
    fcntl.flock(lock, fcntl.LOCK_SH)
    return lock


def _try(path: Path, kind: int) -> int | None:
    lock = _open(path)
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock
