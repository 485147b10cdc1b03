"""How lines of an export are written: as JSON, or as a table for a spreadsheet."""

import csv
import io
import re
from collections.abc import Mapping
from typing import Any, Protocol

from app.platform.http import ndjson

RISKY = re.compile(r"(^|[,;\t])(?=[\s\"']*[=+\-@\t\r])")
"""Before what a spreadsheet reads as a formula where a cell begins with it: with the separator of
another country a cell begins within ours too, and quotes or spaces before it may be dropped."""
CASELOAD = (
    "id",
    "clientId",
    "givenName",
    "familyName",
    "birthDate",
    "kind",
    "variant",
    "legalFrame",
    "funding",
    "durationMonths",
    "responsibleOrganisationId",
    "responsibleFrom",
    "responsibleUntil",
    "phase",
    "phaseSince",
    "paused",
    "clock.startsOn",
    "clock.endsOn",
    "approvedOn",
    "programEnteredOn",
    "fundedUntil",
    "supportUntil",
    "withheld",
)


class Form(Protocol):
    """One way to write an export; each line says by its kind what it is."""

    media: str

    def head(self) -> bytes: ...

    def line(self, kind: str, value: Any = None) -> bytes: ...


class Ndjson:
    """One JSON object per line."""

    media = ndjson.MEDIA

    def head(self) -> bytes:
        return b""

    def line(self, kind: str, value: Any = None) -> bytes:
        told = {"kind": kind} if value is None else {"kind": kind, "value": value}
        return ndjson.line(told)


class Table:
    """A table that Dutch spreadsheets open as it is: UTF-8 with its mark, and semicolons.

    The first column is the kind of the line; in one that is no record the second is its value.
    """

    media = "text/csv"

    def head(self) -> bytes:
        return "\ufeff".encode() + _row(["line", *CASELOAD])

    def line(self, kind: str, value: Any = None) -> bytes:
        if not isinstance(value, Mapping):
            return _row([kind, *([] if value is None else [str(value)])])
        return _row([kind, *(cell(at(value, column)) for column in CASELOAD)])


def at(value: Any, path: str) -> Any:
    """What stands in an object under a flattened name; None where nothing does."""
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def cell(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            text = " ".join(map(str, value))
        case _:
            text = str(value)
    return RISKY.sub(r"\1'", text)


def _row(cells: list[str]) -> bytes:
    written = io.StringIO()
    csv.writer(written, delimiter=";", lineterminator="\r\n").writerow(cells)
    return written.getvalue().encode()
