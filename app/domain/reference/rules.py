"""Labels and glossary, read from the files beside this one; pure."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.domain.concern.rules import Signaller

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Label:
    """What people read instead of a code; the Dutch one stands on screens."""

    english: str
    dutch: str


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def labels() -> dict[tuple[str, str], Label]:
    """By list and code."""
    return {
        (row["list"], row["code"]): Label(row["english"], row["dutch"])
        for row in _rows("labels.csv")
    }


@cache
def code_lists() -> dict[str, tuple[str, ...]]:
    """The codes of each list, in the order of the file."""
    found: dict[str, list[str]] = {}
    for name, code in labels():
        found.setdefault(name, []).append(code)
    return {name: tuple(codes) for name, codes in sorted(found.items())}


@cache
def glossary() -> tuple[Label, ...]:
    """The words of the field, in the order of the work itself."""
    return tuple(Label(row["english"], row["dutch"]) for row in _rows("glossary.csv"))


@dataclass(frozen=True)
class ConcernRoute:
    """Where a concern goes, by who has it and whether it is acute (domain A7, the route table)."""

    signaller: Signaller
    acute: bool
    routes: tuple[str, ...]


@cache
def concern_routes() -> tuple[ConcernRoute, ...]:
    """Every signaller, not acute and acute."""
    rows = _rows("concern_routes.csv")
    return tuple(
        ConcernRoute(
            who,
            acute,
            tuple(
                row["route"]
                for row in rows
                if row["signaller"] == who and (row["acute"] == "true") is acute
            ),
        )
        for who in Signaller
        for acute in (False, True)
    )
