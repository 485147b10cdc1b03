"""Who may import, in which states an import is, and how its rows belong together; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from app.access.acts import DirectoryAct
from app.access.vocabulary import Role, Verb, Viewer

_ASKERS = (
    Role.CLINICIAN,
    Role.IPS_COACH,
    Role.MUNICIPAL_CASE_MANAGER,
    Role.ORGANISATION_ADMIN,
)
IMPORT = DirectoryAct(Verb.CREATE, _ASKERS)
LOOK = DirectoryAct(Verb.READ, _ASKERS)
CANCEL = DirectoryAct(Verb.UPDATE, _ASKERS)

KEPT = timedelta(days=7)
"""After so long everything of an import is destroyed, but for what it made."""
ABANDONED = timedelta(hours=1)
"""A file that is still coming in after so long will not come any more."""
MOST_BYTES = 64 * 1024 * 1024
"""What 10 000 clients need with their trajectories, several times over."""
MOST_ROWS = 200_000
MOST_ATTEMPTS = 3
MOST_OF_ONE, MOST_BYTES_OF_ONE = 500, 512 * 1024
"""Rows and bytes of one record: it is made in one transaction, and others wait for their turn."""
MOST_STANDING = 20
"""Imports of one organisation that come in at a time, and as many that wait."""
LONGEST_ON_ITS_WAY = timedelta(minutes=10)
"""Within it a file is whole, or it is refused."""
LONGEST_SOURCE_ID = 200


class ImportState(StrEnum):
    """How far an import is."""

    RECEIVING = "receiving"
    WAITING = "waiting"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    STOPPED = "stopped"


class RowState(StrEnum):
    """What became of one row."""

    WAITING = "waiting"
    IMPORTED = "imported"
    VALID = "valid"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class RowKind(StrEnum):
    """What one row brings."""

    PRACTITIONER = "practitioner"
    CLIENT = "client"
    TRAJECTORY = "trajectory"


class FileForm(StrEnum):
    """How the file is written."""

    NDJSON = "ndjson"
    CSV = "csv"


@dataclass(frozen=True)
class RowFault:
    """What is wrong with a row: the field by its flattened name, never its value."""

    field: str
    code: str
    detail: str

    def as_json(self) -> dict[str, str]:
        return {"field": self.field, "code": self.code, "detail": self.detail}


OUR_FAULT = RowFault("", "internal_error", "Something went wrong on our side.")


@dataclass(frozen=True)
class Row:
    """One row as it came, and what is wrong with it already."""

    number: int
    document: Mapping[str, Any] | None
    faults: tuple[RowFault, ...] = ()


def may_import(viewer: Viewer) -> bool:
    """An administrator in person, or a client system for whomever it may act."""
    return viewer.organisation_id is not None and (
        viewer.machine_id is not None or viewer.role is Role.ORGANISATION_ADMIN
    )


def subject_of(document: Mapping[str, Any]) -> tuple[RowKind, str]:
    """Which record this row is a part of, as kind and id of the source.

    Raises ValueError with a RowFault when the row does not say so.
    """
    kind = document.get("kind")
    if kind not in set(RowKind):
        raise ValueError(RowFault("kind", "required", "Must be practitioner, client, trajectory."))
    name = "clientSourceId" if kind == RowKind.TRAJECTORY else "sourceId"
    for needed in {"sourceId", name}:
        given = document.get(needed)
        if not isinstance(given, str) or not 1 <= len(given) <= LONGEST_SOURCE_ID:
            detail = f"Must be a text of 1 to {LONGEST_SOURCE_ID} characters."
            raise ValueError(RowFault(needed, "required", detail))
    root = RowKind.PRACTITIONER if kind == RowKind.PRACTITIONER else RowKind.CLIENT
    return root, str(document[name])


def named(source_system: str, kind: RowKind, source_id: str) -> str:
    """One text for one thing of one system, to make a key of."""
    return f"{source_system} {kind.value} {source_id}"
