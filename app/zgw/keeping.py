"""What this adapter remembers: how far it read, and what the case system refused. No content."""

import os
from datetime import datetime
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, ConfigDict, ValidationError


class Letter(BaseModel):
    """One trajectory that could not be told: names of what was wrong, never a value."""

    model_config = ConfigDict(extra="forbid")

    membership: UUID
    where: str
    status: int
    names: tuple[str, ...] = ()
    at: datetime


class Place(BaseModel):
    """How far one case manager's events were read, and when all was looked at."""

    model_config = ConfigDict(extra="forbid")

    subscription: UUID | None = None
    cursor: str | None = None
    looked_at: datetime | None = None


class Kept(BaseModel):
    """The whole file. Losing it costs reading everything again, and nothing else."""

    model_config = ConfigDict(extra="forbid")

    places: dict[UUID, Place] = {}
    letters: dict[UUID, Letter] = {}


class Keeper:
    """The file in its folder, readable by who runs this only, whole at every moment."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = folder / "read.json"
        self.kept = self._read()

    def _read(self) -> Kept:
        """One that cannot be read counts as lost."""
        try:
            return Kept.model_validate_json(self._path.read_bytes())
        except (FileNotFoundError, ValidationError):
            return Kept()

    def place(self, membership: UUID) -> Place:
        return self.kept.places.setdefault(membership, Place())

    def save(self) -> None:
        draft = self._path.with_suffix(".part")
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        with os.fdopen(os.open(draft, flags, 0o600), "wb") as file:
            file.write(self.kept.model_dump_json(indent=1).encode())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)
