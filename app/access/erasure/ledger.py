"""The list of what was destroyed, kept outside the database: a restored one does not know it."""

import json
import logging
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

log = logging.getLogger("trede")


class Ledger:
    """One line per tombstone, only ever added to, on disk before the act is answered.

    It must not be part of the backup that it guards. Ids only, so it may be copied.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, tombstones: Iterable[Mapping[str, Any]]) -> None:
        """All of them, on disk when this returns. A line that a crash cut off is closed first."""
        lines = "".join(json.dumps(t, sort_keys=True, default=_plain) + "\n" for t in tombstones)
        if not lines:
            return
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
        with os.fdopen(os.open(self.path, flags, 0o600), "rb+") as file:
            size = file.seek(0, os.SEEK_END)
            cut_off = size > 0 and os.pread(file.fileno(), 1, size - 1) != b"\n"
            file.write((b"\n" if cut_off else b"") + lines.encode())
            file.flush()
            os.fsync(file.fileno())

    def read(self) -> list[dict[str, Any]]:
        """Every tombstone; empty where nothing was ever destroyed."""
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []
        return [found for line in lines if (found := _parsed(line)) is not None]


def _parsed(line: str) -> dict[str, Any] | None:
    """None for a line that was cut off: what it was of was not answered, so not done."""
    try:
        found: dict[str, Any] = json.loads(line)
    except ValueError:
        log.warning("a line in the list of what was destroyed is cut off")
        return None
    return found


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
