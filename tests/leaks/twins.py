"""Two copies of one world, made to differ in what one viewer may not see, and in nothing else."""

import random
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb
from sqlalchemy import JSON, Boolean, Date, DateTime, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB

from app import tables
from app.access.records import ClientRecord
from app.domain.client.rules import name_key
from tests.bench.data import bsn_of
from tests.build.stage import Stage
from tests.build.worlds import FACTS
from tests.databases import TestDatabase, copy_of_template
from tests.leaks.sides import Side
from tests.leaks.world import NOW, NUMBERS, all_records, later
from tests.oracle.deciding import Oracle
from tests.oracle.facts import FITTING

Hidden = dict[str, list[UUID]]
KEPT = {
    "id", "client_id", "author_role", "name_key", "released_at", "restricted_at", "audience",
    "valid_from", "valid_until", "occurred_on", "role", "party",
}  # fmt: skip
"""Columns that say whose a record is, or to whom a gate opens it."""
ELSEWHERE = {
    "A": (("vos", "other_clinician", 11), ("vink", "colleague", 21)),
    "B": (
        ("das", "other_clinician", 12),
        ("mol", "other_clinician", 13),
        ("mees", "colleague", 22),
        ("spiegel", "other_clinician", 1),
    ),
}
"""Clients of one world only, who registers them, and their number; the last has that of alfa."""
FOREIGN_KEY = "0a0a0a0a-1b1b-4c1c-8d1d-2e2e2e2e2e2e"
"""An idempotency key that somebody else used in one world, and the viewer in both."""


@dataclass
class Pair:
    """Two worlds for one viewer, and what a script may ask for."""

    form: str
    viewer: str
    a: Side
    b: Side
    rows: bool = True
    """Whether the rows examined are compared: not where hidden records of a client whom the viewer
    knows are more or of another day in one world, for the database passes by them (see THREATS)."""
    ids: dict[str, list[tuple[UUID, UUID]]] = field(default_factory=dict)
    only: dict[str, set[Any]] = field(default_factory=lambda: {"A": set(), "B": set()})
    seen: list[UUID] = field(default_factory=list)
    """The clients of whom this viewer may know."""
    hidden: set[UUID] = field(default_factory=set)
    numbers: list[str] = field(default_factory=lambda: [*NUMBERS.values(), bsn_of(99)])
    """Of the clients, those of other organisations, and one that nobody has."""
    names: list[tuple[str, str]] = field(default_factory=list)
    silent: tuple[str, ...] = ()
    """Parts of paths where the viewer may learn something in one world only; each form says why."""

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.a, self.b

    def names_one_world(self, about: frozenset[Any]) -> bool:
        """Whether a request names an opaque id of one world only. Who knows 122 random bits makes
        the database touch that row before it is refused; see THREATS. Numbers, names, filters and
        lists have no such excuse."""
        ids = {key for only in self.only.values() for key in only if isinstance(key, UUID)}
        return bool(about & ids)

    def know(self) -> None:
        """All ids, names and numbers of both worlds, and which are of one only."""
        found = [all_records(side.system) for side in self.sides]
        for table in found[0]:
            mine, theirs = (set(each[table]) for each in found)
            self.ids[table] = sorted(mine | theirs)
            self.only["A"] |= {key for key, _ in mine - theirs}
            self.only["B"] |= {key for key, _ in theirs - mine}
        allowed = seen_by(self.b, self.viewer)
        self.seen = [key for key, _ in self.ids["client"] if key in allowed]
        names = "SELECT family_name, birth_date::text FROM client_identity ORDER BY 1, 2"
        called: list[set[tuple[str, str]]] = [
            set(side.system.execute(names).fetchall()) for side in self.sides
        ]
        self.names = sorted(called[0] | called[1])
        self.only["A"] |= {name for name, _ in called[0] - called[1]}
        self.only["B"] |= {name for name, _ in called[1] - called[0]}


@dataclass(frozen=True)
class Source:
    """What every pair of worlds is copied from."""

    stage: Stage
    databases: dict[str, TestDatabase]


def seen_by(side: Side, viewer: str) -> set[UUID]:
    """What the oracle lets this viewer see for any purpose, told apart from the application."""
    party = side.stage.parties[viewer]
    assert party.membership is not None
    purposes = FITTING.get(party.role or "", ("reintegration",))
    asking = [(party.membership, purpose) for purpose in purposes]
    found = set()
    for (client,) in side.system.execute("SELECT id FROM client").fetchall():
        decided = Oracle(side.system, client).at(NOW, asking)
        for hat, purpose in asking:
            found |= {key for _, key in decided.seen_by(hat, purpose)}
    return found


def hidden_from(side: Side, viewer: str) -> Hidden:
    seen = seen_by(side, viewer)
    records = all_records(side.system)
    return {table: [key for key, _ in rows if key not in seen] for table, rows in records.items()}


# --- how two worlds come to differ ---------------------------------------------------------------


def rewrite(db: psycopg.Connection, hidden: Hidden, chance: random.Random, dated: set[UUID]) -> int:
    """Every column of every hidden record that is content: other words, days, numbers; how many.

    `dated` keep their days: where they lie among the records that the viewer may see is where the
    database passes by them.
    """
    changed = 0
    for table in tables.client_records():
        for column in _content(table):
            for key in hidden[table.__tablename__]:
                if key in dated and isinstance(column.type, (Date, DateTime)):
                    continue
                changed += _changed(db, table.__tablename__, column, key, chance)
    for key in hidden["client_identity"]:
        row: Any = db.execute("SELECT family_name FROM client_identity WHERE id = %s", [key])
        words = [name_key(row.fetchone()[0]), key]
        db.execute("UPDATE client_identity SET name_key = %s WHERE id = %s", words)
    return changed


def _content(table: type[ClientRecord]) -> Iterator[Any]:
    """Of a fact only its words: the rest of it decides who sees what."""
    for column in table.__table__.columns:
        name = column.name
        if name in KEPT or name.endswith("_id") or name in table.__mutable__:
            continue
        if table.__module__ in FACTS and not isinstance(column.type, Text):
            continue
        yield column


def _changed(
    db: psycopg.Connection, table: str, column: Any, key: UUID, chance: random.Random
) -> int:
    one = sql.SQL("SELECT {} FROM {} WHERE id = %s").format(
        sql.Identifier(column.name), sql.Identifier(table)
    )
    row: Any = db.execute(one, [key]).fetchone()
    value = other(row[0], column.type, chance)
    if value is None:
        return 0
    move = sql.SQL("UPDATE {} SET {} = %s WHERE id = %s").format(
        sql.Identifier(table), sql.Identifier(column.name)
    )
    try:
        with db.transaction():
            db.execute(move, [value, key])
    except psycopg.errors.IntegrityError:
        return 0  # a value that the table cannot have
    return 1


def other(value: Any, kind: Any, chance: random.Random) -> Any:
    """Another value of this kind; None where it must stay, as a word of the vocabulary must."""
    if value is None:
        return None
    if isinstance(kind, (JSON, JSONB)):
        return Jsonb(_reworded(value, chance))
    if isinstance(kind, Text):
        return None if _is_code(value) else _words(chance)
    if isinstance(kind, Boolean):
        return not value
    if isinstance(kind, (Date, DateTime)):
        return value - timedelta(days=chance.randint(1, 9))
    return value + chance.choice((-1, 1)) if isinstance(kind, Integer) else None


def _reworded(value: Any, chance: random.Random) -> Any:
    if isinstance(value, dict):
        return {key: _reworded(part, chance) for key, part in value.items()}
    if isinstance(value, list):
        return [_reworded(part, chance) for part in value]
    return _words(chance) if isinstance(value, str) and not _is_code(value) else value


def _is_code(text: str) -> bool:
    return text.replace("_", "").replace("-", "").isalnum() and text == text.lower()


def _words(chance: random.Random) -> str:
    return " ".join(["Geheim", *(chance.choice(("wad", "ven", "duin", "hei")) for _ in range(5))])[
        : chance.randint(8, 24)
    ]


def remove(db: psycopg.Connection, hidden: Hidden, chance: random.Random) -> int:
    """Some hidden records, as if they had never been made."""
    gone = 0
    for table in tables.client_records():
        if table.__module__ in FACTS or table.__tablename__ in {"client", "trajectory"}:
            continue
        one = sql.SQL("DELETE FROM {} WHERE id = %s").format(sql.Identifier(table.__tablename__))
        for key in hidden[table.__tablename__]:
            if chance.random() < 0.7:
                try:
                    with db.transaction():
                        gone += db.execute(one, [key]).rowcount
                except psycopg.errors.IntegrityError:
                    continue  # another record hangs on it
    return gone


async def elsewhere(side: Side) -> None:
    """Clients that this viewer has nothing to do with, registered and written about over HTTP."""
    for place, (key, by, number) in enumerate(ELSEWHERE[side.name]):
        side.at(later(-900 + 60 * place))
        side.chance.turn(f"elsewhere {side.name} {key}")
        client = await side.stage.client(key, by=by, bsn=bsn_of(number))
        body = {"clientId": str(client), "kind": "wgb", "workQuestionAskedOn": "2026-01-02"}
        made = await side.stage.made(by, "/v1/trajectories", body)
        question = {"askedOn": "2026-01-02", "workStatus": "no_work", "wantsWork": "yes"}
        question |= {"benefitStatus": "wia", "wish": f"Iets voor {key}."}
        await side.stage.made(by, f"/v1/clients/{client}/work-questions", question)
        life = {"happensOn": "2026-02-01", "kind": "moving"}
        await side.stage.made(key, f"/v1/trajectories/{made['id']}/life-events", life)
    if side.name == "B":
        used = {"idempotency_key": FOREIGN_KEY}
        person = {
            "bsn": bsn_of(14),
            "givenName": "T",
            "familyName": "Uil",
            "birthDate": "1990-01-01",
        }
        await side.stage.made("other_clinician", "/v1/clients", person, **used)


async def recompiled(side: Side) -> None:
    for (client,) in side.system.execute("SELECT id FROM client ORDER BY id").fetchall():
        side.chance.turn(f"recompiled {client}")
        await side.stage.recompile(client)


@asynccontextmanager
async def twins(
    form: str, viewer: str, sides: tuple[Side, Side], source: Source, seed: int
) -> AsyncIterator[Pair]:
    """A copy of each of the two databases; what more they come to differ in, the form does."""
    async with AsyncExitStack() as stack:
        sides[0].chance.turn()
        for side in sides:
            database = source.databases[side.name]
            copy = copy_of_template(database.server, database.name)
            await stack.enter_async_context(side.onto(stack.enter_context(copy), source.stage))
        pair = Pair(form, viewer, *sides)
        await FORMS[form](pair, random.Random(seed))
        for side in sides:
            await recompiled(side)
            side.at(later(0))
        pair.know()
        yield pair


@asynccontextmanager
async def two_sources(stage: Stage, sides: tuple[Side, Side]) -> AsyncIterator[Source]:
    """The world of the stage twice, each with its own clients elsewhere; nobody is connected."""
    with ExitStack() as stack:
        databases = {}
        for side in sides:
            side.chance.turn()
            copy = copy_of_template(stage.database.server, stage.database.name)
            databases[side.name] = stack.enter_context(copy)
            async with side.onto(databases[side.name], stage):
                await elsewhere(side)
        yield Source(stage, databases)


async def rewritten(pair: Pair, chance: random.Random) -> None:
    """The same hidden records with other content, beside the other clients elsewhere."""
    await _rewritten(pair, chance, dated=True)


async def _rewritten(pair: Pair, chance: random.Random, *, dated: bool) -> None:
    hidden = hidden_from(pair.b, pair.viewer)
    records, seen = all_records(pair.b.system), seen_by(pair.b, pair.viewer)
    known = {key for rows in records.values() for key, client in rows if client in seen}
    assert rewrite(pair.b.system, hidden, chance, known if dated else set())
    pair.hidden = {key for keys in hidden.values() for key in keys}
    pair.numbers += [bsn_of(number) for number in (11, 12, 13, 14)]


async def removed(pair: Pair, chance: random.Random) -> None:
    """Hidden records that one world does not have, and others of another day."""
    await _rewritten(pair, chance, dated=False)
    assert remove(pair.b.system, hidden_from(pair.b, pair.viewer), chance)
    pair.rows = False


FORMS: dict[str, Any] = {"rewritten": rewritten, "removed": removed}
