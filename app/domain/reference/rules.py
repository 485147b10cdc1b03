"""Labels and glossary, read from the files beside this one; pure."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

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
def glossary() -> tuple[Label, ...]:
    """The words of the field, in the order of the work itself."""
    return tuple(Label(row["english"], row["dutch"]) for row in _rows("glossary.csv"))
