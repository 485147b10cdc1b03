"""The oracle: for every viewer and record the grounds, or the reasons of refusal, in plain SQL."""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import psycopg

from tests.oracle import facts
from tests.oracle.grounds import GROUNDS, OF_THE_RECORD, Ground, told

VIEWS = """
CREATE VIEW seat AS
SELECT hat, hat AS member, NULL AS valid_from, NULL AS valid_until, 1 AS fits FROM viewer
UNION ALL
SELECT u.substitute, u.absent, u.valid_from, u.valid_until,
       s.organisation = a.organisation AND s.role = a.role
FROM substitution u JOIN viewer s ON s.hat = u.substitute JOIN viewer a ON a.hat = u.absent;
CREATE VIEW assigned AS
SELECT s.hat, f.id, NULL AS trajectory, f.valid_from, f.valid_until, s.valid_from AS cover_from,
       s.valid_until AS cover_until, s.fits, v.role IN ('clinician', 'psychologist', 'ips_coach')
           AS working
FROM seat s JOIN treatment f ON f.member = s.member JOIN viewer v ON v.hat = s.hat
UNION ALL
SELECT s.hat, p.id, p.trajectory, p.valid_from, p.valid_until, s.valid_from, s.valid_until, s.fits,
       1
FROM seat s JOIN participant p ON p.member = s.member;
CREATE VIEW involved AS
SELECT f.*, t.valid_from AS task_from, t.valid_until AS task_until,
       v.organisation_kind NOT IN ('uwv', 'municipality') OR t.id IS NOT NULL AS responsible
FROM assigned f JOIN viewer v ON v.hat = f.hat
LEFT JOIN responsibility t ON v.organisation_kind IN ('uwv', 'municipality')
    AND t.trajectory = f.trajectory AND t.organisation = v.organisation;
CREATE TABLE way (hat, purpose, role, organisation, category, ground, fact, trajectory, sender,
                  scope, reach, ungated, missing);
CREATE INDEX way_category ON way (category);
"""
Key = tuple[str, str, str, str]
"""Hat, purpose, table and id of the record."""


def _missing(conditions: dict[str, str]) -> tuple[str, str]:
    """How many conditions do not hold, and the names of these."""
    fails = {name: f"NOT coalesce(({sql}), 0)" for name, sql in conditions.items()}
    count = " + ".join(f"({sql})" for sql in fails.values())
    names = " || ".join(f"CASE WHEN {sql} THEN '{name}' ELSE '' END" for name, sql in fails.items())
    return count, names


def _early(ground: Ground) -> Iterator[str]:
    """The same about some of the joined tables alone: with two misses among them it is over, and
    the database need not go on with the others."""
    joined = {"v", "a", "c", *re.findall(r"(?:^|JOIN)\s*\w+ (\w)\b", ground.facts)}
    asked = {name: joined & set(re.findall(r"\b(\w)\.", sql))
             for name, sql in ground.every_condition.items()}  # fmt: skip
    levels = {frozenset(tables) for tables in asked.values()}
    for some in {*levels, frozenset(joined - {"a", "c"})} - {frozenset(joined)}:
        among = {n: sql for n, sql in ground.every_condition.items() if asked[n] <= some}
        yield f"{_missing(among)[0]} <= 1"


def _joined(facts: str) -> str:
    """Purpose and cell come last where the facts do not ask for them: by then most is decided."""
    asked = """asking a ON a.hat = v.hat
{join} ceiling c ON c.version = v.version AND c.role = v.role"""
    if re.search(r"\b[ac]\.", facts):
        return f"viewer v JOIN {asked.format(join='JOIN')} JOIN {facts}"
    return f"viewer v JOIN {facts} CROSS JOIN {asked.format(join='CROSS JOIN')}"


def way(ground: Ground) -> str:
    """The statement of one ground: who may go this way, or misses one single condition for it."""
    count, names = _missing(ground.every_condition)
    return f"""
INSERT INTO way
SELECT v.hat, a.purpose, v.role, v.organisation, c.category, '{ground.name}', {ground.fact},
       {ground.trajectory}, {ground.sender}, {ground.scope}, '{ground.reach}', {ground.ungated},
       {names}
FROM {_joined(ground.facts)}
WHERE {" AND ".join([*_early(ground), f"{count} <= 1"])}"""


_FLAGS = [f"x{place}" for place in range(len(OF_THE_RECORD))]
_FAILS = ", ".join(
    f"NOT coalesce(({sql}), 0) AS {flag}"
    for flag, sql in zip(_FLAGS, OF_THE_RECORD.values(), strict=True)
)
_NAMES = " || ".join(
    f"CASE WHEN {flag} THEN '{name}' ELSE '' END"
    for flag, name in zip(_FLAGS, OF_THE_RECORD, strict=True)
)
TRIED = f"""
WITH tried AS MATERIALIZED (
    SELECT y.hat, y.purpose, r.place, r.id, y.ground, y.fact, y.missing, {_FAILS}
    FROM way y JOIN record r ON r.category = y.category)
SELECT hat, purpose, place, id, ground, fact, missing || {_NAMES}
FROM tried WHERE (missing <> '') + {" + ".join(_FLAGS)} <= 1"""


@dataclass
class Decisions:
    """What holds at one moment: every pair that is not named is refused for lack of any ground."""

    allowed: dict[Key, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    refused: dict[Key, set[str]] = field(default_factory=lambda: defaultdict(set))
    sights: set[tuple[str | None, str, str, str]] = field(default_factory=set)
    """Organisation, role, category and ground: what the ways open, whatever is stored there."""
    viewers: int = 0
    records: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def seen_by(self, hat: UUID, purpose: str) -> set[tuple[str, UUID]]:
        wanted = (str(hat), purpose)
        return {(place, UUID(record)) for *who, place, record in self.allowed if (*who,) == wanted}

    def trajectory_of(self, place: str, record: UUID) -> UUID | None:
        found = self.records[place, str(record)]
        return None if found is None else UUID(found)


class Oracle:
    """The facts of one client, and what follows from them at any moment."""

    def __init__(self, source: psycopg.Connection, client: UUID, *more: Ground) -> None:
        self.db: sqlite3.Connection = facts.copied(source, client)
        self.db.executescript(VIEWS)
        self.grounds = [*GROUNDS, *more]

    def at(self, moment: datetime, asking: Iterable[tuple[UUID, str]] | None = None) -> Decisions:
        found = Decisions()
        facts.ask(self.db, asking)
        facts.grow(self.db, moment)
        found.viewers = self.db.execute("SELECT count(*) FROM asking").fetchone()[0]
        self.db.execute("DELETE FROM way")
        for ground in self.grounds:
            self.db.execute(way(ground), {"now": facts.microseconds(moment)})
        for place, record, trajectory in self.db.execute(
            "SELECT place, id, trajectory FROM record"
        ):
            found.records[place, record] = trajectory
        tried = self.db.execute(TRIED).fetchall()
        for *key, ground, fact, missing in tried:
            if not missing:
                found.allowed[tuple(key)].add((ground, fact))
        for *key, _, _, missing in tried:
            if missing and tuple(key) not in found.allowed:
                found.refused[tuple(key)].add(told(missing))
        found.sights = set(
            self.db.execute(
                "SELECT organisation, role, category, ground FROM way WHERE missing = ''"
            ).fetchall()
        )
        return found
