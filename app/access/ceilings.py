"""The matrices as data: ceiling, writing and role by kind of organisation; total and versioned."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from app.access.vocabulary import PERSONS, Category, Ground, OrganisationKind, Role

FOLDER = Path(__file__).parent / "matrix"
POLICY_VERSION = 1
INTEGRATED_TEAM = 2
"""Policy version 2, "integrated team": GGZ roles see the work categories by treatment."""

TEAM_CATEGORIES = frozenset(
    {Category.LADDER, Category.ACTION_PLAN, Category.PLACEMENT, Category.CONTACT_LOG}
)
CONSENT_CANNOT_OPEN = frozenset(
    {
        Ground.NEVER,
        Ground.OWN,
        Ground.REQUEST,
        Ground.SUPERVISE,
        Ground.TECHNICAL,
        Ground.GROUPED,
    }
)


PER_ITEM = frozenset({16, 17})
"""Gates of an extract and of a targeted question: the client opens one record, never the file."""


class MayWrite(StrEnum):
    """Nobody edits another party's record; a correction is a new version of one's own."""

    NEVER = "never"
    CREATE = "create"
    CORRECT_OWN = "correct_own"


@dataclass(frozen=True)
class Cell:
    """One cell of the ceiling matrix: the ground it names and its gate, if any."""

    ground: Ground
    gate: int | None = None

    @classmethod
    def parse(cls, text: str) -> "Cell":
        ground, _, gate = text.partition(":")
        return cls(Ground(ground), int(gate) if gate else None)


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _total(name: str, rows: Mapping[tuple[Category, Role], object]) -> None:
    missing = [(c, r) for c in Category for r in Role if (c, r) not in rows]
    if missing or len(rows) != len(Category) * len(Role):
        message = f"{name} is not total: {missing}"
        raise ValueError(message)


@cache
def ceiling(version: int = POLICY_VERSION) -> dict[tuple[Category, Role], Cell]:
    """What at most each role may see of each category; an unknown version is an error."""
    cells = {
        (Category(row["category"]), role): Cell.parse(row[role])
        for row in _rows("ceiling_v1.csv")
        for role in Role
    }
    _total("ceiling", cells)
    if version == INTEGRATED_TEAM:
        for category in TEAM_CATEGORIES:
            for role in (Role.CLINICIAN, Role.PSYCHOLOGIST, Role.IPS_COACH):
                cells[category, role] = Cell(Ground.TREATMENT)
    elif version != POLICY_VERSION:
        message = f"unknown policy version {version}"
        raise ValueError(message)
    return cells


@cache
def writing() -> dict[tuple[Category, Role], MayWrite]:
    """Who may create or correct which category."""
    cells = {
        (Category(row["category"]), role): MayWrite(row[role])
        for row in _rows("write_v1.csv")
        for role in Role
    }
    _total("write matrix", cells)
    return cells


@cache
def roles_of(kind: OrganisationKind) -> frozenset[Role]:
    """The roles that can exist in an organisation of this kind."""
    return frozenset(
        Role(row["role"]) for row in _rows("role_by_organisation_kind.csv") if row[kind] == "yes"
    )


@cache
def opened_by(role: Role, ground: Ground, version: int = POLICY_VERSION) -> frozenset[Category]:
    """Categories of which the cell of this role names this ground, gates not yet applied."""
    grounds = {ground}
    if ground is Ground.STATUTORY:
        grounds.add(Ground.CONSENT_THEN_STATUTORY)
    cells = ceiling(version)
    return frozenset(c for c in Category if cells[c, role].ground in grounds)


@cache
def open_to_consent(role: Role, version: int = POLICY_VERSION) -> frozenset[Category]:
    """Categories that a consent can open for this role: a wider ground never closes this one.

    Except the BSN: a professional may use it where a statute says so, never on consent (UAVG 46).
    """
    cells = ceiling(version)
    opened = {c for c in Category if cells[c, role].ground not in CONSENT_CANNOT_OPEN}
    return frozenset(opened if role in PERSONS else opened - {Category.BSN})


@cache
def only_per_item(role: Role, version: int = POLICY_VERSION) -> frozenset[Category]:
    """Categories that a consent opens for this role only when it names the record."""
    cells = ceiling(version)
    return frozenset(c for c in Category if cells[c, role].gate in PER_ITEM)


@cache
def written_by(role: Role) -> frozenset[Category]:
    """Categories that this role may create."""
    cells = writing()
    return frozenset(c for c in Category if cells[c, role] is not MayWrite.NEVER)
