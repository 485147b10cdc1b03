"""Hidden records made to say something else, or taken away, in one of two worlds."""

import json
import random
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb
from sqlalchemy import ARRAY, JSON, Boolean, Date, DateTime, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB

from app import tables
from app.access.envelope.columns import MARK, Place, Sealed, category_of, stored_of
from app.access.records import ClientRecord
from app.domain.client.rules import name_key
from app.platform.security.crypto import DataKey
from tests.build.worlds import FACTS
from tests.leaks.sides import Side

Hidden = dict[str, list[UUID]]
KEPT = {
    "id", "client_id", "author_role", "name_key", "released_at", "restricted_at", "audience",
    "valid_from", "valid_until", "occurred_on", "role", "party",
}  # fmt: skip
"""Columns that say whose a record is, or to whom a gate opens it."""


async def rewrite(side: Side, hidden: Hidden, chance: random.Random, dated: set[UUID]) -> int:
    """Every column of every hidden record that is content: other words, days, numbers; how many.

    `dated` keep their days: where they lie among the records that the viewer may see is where the
    database passes by them.
    """
    db, changed = side.system, 0
    for table in tables.client_records():
        for column in _content(table):
            for key in hidden[table.__tablename__]:
                if key in dated and isinstance(column.type, (Date, DateTime)):
                    continue
                if isinstance(column.type, Sealed):
                    changed += await _resealed(side, column, key, chance)
                else:
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


async def _resealed(side: Side, column: Any, key: UUID, chance: random.Random) -> bool:
    """Sealed content that says something else, under the same key."""
    place = Place(column.table.name, column.name)
    one = sql.SQL(
        "SELECT r.client_id::text, r.controller_organisation_id::text, r.id::text, to_jsonb({}),"
        " k.wrapped FROM {} r LEFT JOIN data_key k ON k.client_id = r.client_id AND k.category = %s"
        " AND k.organisation_id IS NOT DISTINCT FROM r.controller_organisation_id WHERE r.id = %s"
    ).format(sql.Identifier("r", place.column), sql.Identifier(place.table))
    category = category_of(place.table).bit
    *found, wrapped = side.system.execute(one, [category, key]).fetchone() or (None,)
    cell = stored_of(place, found) if found and found[-1] is not None else None
    if cell is None or cell.sealed is None:
        return False
    keeper = side.app.state.services.key_keeper
    data_key = DataKey(await keeper.unwrap(bytes(wrapped), cell.owner.bound()))
    before = json.loads(data_key.open(b64decode(cell.sealed), cell.context))
    said = json.dumps(_reworded(before, chance)).encode()
    text = MARK + b64encode(data_key.seal(said, cell.context)).decode()
    stored = Jsonb(text) if isinstance(column.type.kind, JSON) else text
    move = sql.SQL("UPDATE {} SET {} = %s WHERE id = %s").format(
        sql.Identifier(place.table), sql.Identifier(place.column)
    )
    side.system.execute(move, [[text] if isinstance(column.type.kind, ARRAY) else stored, key])
    return True


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
