"""How long an organisation keeps what, and whether a request may end that sooner; pure.

The classes stand in `retention.csv`, or in a file that the operator names. The most particular
line counts: one that names the category before one that says `*`.
"""

import csv
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from app.access.vocabulary import Category, OrganisationKind

OWN = Path(__file__).with_name("retention.csv")
EVERY = "*"


class OnRequest(StrEnum):
    """What the law says when the client asks for destruction within the term."""

    DESTROY = "destroy"
    KEEP = "keep"


@dataclass(frozen=True)
class RetentionClass:
    """No years: as long as the purpose needs it, so the organisation says when that ended."""

    name: str
    years: int | None
    on_request: OnRequest
    source: str

    def kept_until(self, last_change: date) -> date | None:
        """The first day on which nothing obliges to keep it; None without a fixed term."""
        if self.years is None:
            return None
        try:
            return last_change.replace(year=last_change.year + self.years)
        except ValueError:  # 29 February
            return date(last_change.year + self.years, 3, 1)

    def may_destroy(self, last_change: date, today: date) -> bool:
        """Within the term only where the law lets the client decide; afterwards always."""
        until = self.kept_until(last_change)
        return self.on_request is OnRequest.DESTROY or (until is not None and until <= today)


class RetentionError(ValueError):
    """The file with retention classes leaves something open; starting is refused."""


@cache
def retention(path: Path | None = None) -> dict[tuple[str, str], RetentionClass]:
    """By kind of organisation and category (or `*`). Raises RetentionError."""
    with (path or OWN).open(encoding="utf-8", newline="") as file:
        found = {
            (row["organisation_kind"], row["category"]): RetentionClass(
                row["name"],
                int(row["years"]) if row["years"] else None,
                OnRequest(row["on_request"]),
                row["source"],
            )
            for row in csv.DictReader(file)
        }
    known = {EVERY, *Category}
    unknown = sorted(category for _, category in found if category not in known)
    kinds = set(OrganisationKind) - {OrganisationKind.PLATFORM}
    lacking = sorted(kind for kind in kinds if (kind.value, EVERY) not in found)
    if unknown or lacking:
        raise RetentionError(f"retention: unknown {unknown}, without a class {lacking}")
    return found


def class_of(
    kind: OrganisationKind, category: Category, path: Path | None = None
) -> RetentionClass:
    """The class of what an organisation of this kind keeps of this category."""
    classes = retention(path)
    return classes.get((kind.value, category.value)) or classes[kind.value, EVERY]
