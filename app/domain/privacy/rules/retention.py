"""How long an organisation keeps what, from when on, and whether a request ends that sooner; pure.

The classes stand in `retention.csv`, or in a file that the operator names (source: the table of
terms of the domain reference, E6; a conservative reading). They go by the organisation that
answers for a record and its category, never by trajectory: one trajectory holds records of several
controllers. The most particular line counts: one that names the category before one that says `*`.
"""

import csv
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from app.access.vocabulary import Category, OrganisationKind
from app.platform.calendar import years_later

OWN = Path(__file__).with_name("retention.csv")
EVERY = "*"


class Begins(StrEnum):
    """What the term is counted from."""

    LAST_CHANGE = "last_change"
    END_OF_ASSIGNMENT = "end_of_assignment"
    END_OF_EMPLOYMENT = "end_of_employment"
    WRITING = "writing"
    END_OF_PURPOSE = "end_of_purpose"


class OnRequest(StrEnum):
    """What the law says when the client asks for destruction within the term."""

    DESTROY = "destroy"
    KEEP = "keep"


@dataclass(frozen=True)
class RetentionClass:
    """No years: as long as the purpose needs it, so the organisation says when that ended."""

    name: str
    years: int | None
    begins: Begins
    on_request: OnRequest
    source: str

    def kept_until(self, begun: date) -> date | None:
        """The first day on which nothing obliges to keep it; None without a fixed term."""
        return None if self.years is None else years_later(begun, self.years)

    def may_destroy(self, begun: date, today: date) -> bool:
        """Within the term only where the law lets the client decide; afterwards always."""
        until = self.kept_until(begun)
        return self.on_request is OnRequest.DESTROY or (until is not None and until <= today)


class RetentionError(ValueError):
    """The file with retention classes leaves something open; starting is refused."""


@cache
def retention(path: Path | None = None) -> dict[tuple[str, str], RetentionClass]:
    """By kind of organisation and category (`*` for every one). Raises RetentionError."""
    with (path or OWN).open(encoding="utf-8", newline="") as file:
        try:
            found = dict(map(_class_in, csv.DictReader(file)))
        except (KeyError, ValueError):
            raise RetentionError("retention: a line or a column is not as it should be") from None
    unknown = sorted({category for _, category in found} - {EVERY, *Category})
    lacking = sorted(kind for kind in OrganisationKind if (kind.value, EVERY) not in found)
    if unknown or lacking:
        raise RetentionError(f"retention: unknown {unknown}, without a class {lacking}")
    return found


def _class_in(row: dict[str, str]) -> tuple[tuple[str, str], RetentionClass]:
    years = int(row["years"]) if row["years"] else None
    begins, on_request = Begins(row["begins"]), OnRequest(row["on_request"])
    found = RetentionClass(row["name"], years, begins, on_request, row["source"])
    return (row["organisation_kind"], row["category"]), found


def class_of(
    kind: OrganisationKind, category: Category, path: Path | None = None
) -> RetentionClass:
    """The class of what an organisation of this kind keeps of this category."""
    classes = retention(path)
    for key in ((kind.value, category.value), (EVERY, category.value)):
        if key in classes:
            return classes[key]
    return classes[kind.value, EVERY]
