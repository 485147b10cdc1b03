"""A bench for the walls: one record, one grant, one viewer, and the database asked as each login.

Everything happens in one transaction that is rolled back. What the viewer is, is set as `wear`
would set it; that `wear` gives no hat to who may not wear it is proved elsewhere.
"""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_DNS, UUID, uuid5

import psycopg
from psycopg import sql

from app.access.records import ClientRecord
from app.access.vocabulary import Purpose
from tests.build.worlds import insert, required
from tests.databases import TestDatabase

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def named(name: str) -> UUID:
    return uuid5(NAMESPACE_DNS, name)


HAT, INBOX, ACCOUNT = named("hat"), named("inbox"), named("account")
OURS, THEIRS = named("our organisation"), named("their organisation")
CLIENT, TRAJECTORY, RECORD = named("client"), named("trajectory"), named("record")
OTHER = named("another one altogether")
PURPOSE = Purpose.REINTEGRATION.bit
API, READER, COMPILER = "trede_api", "trede_reader", "trede_compiler"
WORKER, OWNER = "trede_worker", "trede_owner"
VIEWER: Mapping[str, str] = {
    "account": str(ACCOUNT),
    "hat": str(HAT),
    "grantees": "{" + f"{HAT},{INBOX}" + "}",
    "organisation": str(OURS),
    "role": "clinician",
    "purpose": str(PURPOSE),
    "overseen": "",
    "compiling": "",
    "compiling_grantee": "",
    "compiling_bsn": "",
    "exporting": "",
}
GRANT: Mapping[str, Any] = {
    "id": named("grant"),
    "client_id": CLIENT,
    "grantee_id": HAT,
    "trajectory_id": TRAJECTORY,
    "record_id": None,
    "sender_organisation_id": None,
    "categories": 0,
    "creates": 0,
    "purposes": PURPOSE,
    "reach": "all",
    "ungated": False,
    "valid_from": NOW,
    "valid_until": NOW + TICK,
    "basis": "consent",
    "basis_id": named("consent"),
    "policy_version": 1,
}
"""In force at this very moment and at no other."""


@dataclass(frozen=True)
class Case:
    """One question to one table, with all that decides it; `answer` is what the model says."""

    what: str
    table: str
    act: str  # sees, adds, moves, removes
    answer: bool
    row: Mapping[str, Any]
    login: str = API
    grant: Mapping[str, Any] | None = None
    viewer: Mapping[str, str] = field(default_factory=dict)
    beside: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)

    def but(self, what: str, *, answer: bool = False, **changed: Any) -> "Case":
        """The same with one thing changed: entries of `row`, `grant`, `viewer`, `values`."""
        merged: dict[str, Any] = {
            name: {**(getattr(self, name) or {}), **value} if isinstance(value, dict) else value
            for name, value in changed.items()
        }
        what = f"{self.what}, {what}" if what else self.what
        return replace(self, what=what, answer=answer, **merged)

    def __str__(self) -> str:
        return f"{self.table} {self.act}: {self.what}"


def record(table: type[ClientRecord], **more: Any) -> dict[str, Any]:
    """A record of this table that nothing but its grant decides about."""
    row = {
        **required(table),
        "id": RECORD,
        "client_id": CLIENT,
        "trajectory_id": TRAJECTORY,
        "controller_organisation_id": THEIRS,
        "author_id": OTHER,
        "author_role": "clinician",
    }
    return {**row, **more}


class Bench:
    """The database in one transaction, asked as the logins of the application."""

    def __init__(self, db: psycopg.Connection) -> None:
        self.db = db

    def prepare(self) -> None:
        """For the transaction that begins here."""
        self.db.execute("SET LOCAL session_replication_role = replica")
        self.db.execute(
            "CREATE OR REPLACE FUNCTION moment() RETURNS timestamptz STABLE LANGUAGE sql AS"
            f" $$ SELECT '{NOW.isoformat()}'::timestamptz $$"
        )

    def answer(self, case: Case) -> bool:
        with self.set_up(case):
            self.db.execute(f"SET LOCAL ROLE {case.login}".encode())
            try:
                return bool(getattr(self, f"_{case.act}")(case))
            except psycopg.errors.InsufficientPrivilege:
                return False
            except psycopg.errors.IntegrityError:
                return True  # row security let it pass; a constraint came after it

    @contextmanager
    def set_up(self, case: Case) -> Iterator[None]:
        with self.undone():
            for table, row in case.beside:
                insert(self.db, table, dict(row))
            if case.grant is not None:
                insert(self.db, "access_grant", {**GRANT, **case.grant})
            if case.act != "adds":
                insert(self.db, case.table, dict(case.row))
            settings = {**VIEWER, **case.viewer}
            self.db.execute(
                "SELECT set_config('trede.' || key, value, true)"
                " FROM unnest(%s::text[], %s::text[]) s(key, value)",
                [list(settings), list(settings.values())],
            )
            yield

    @contextmanager
    def undone(self) -> Iterator[None]:
        name = f"s{secrets.token_hex(4)}".encode()
        self.db.execute(b"SAVEPOINT " + name)
        try:
            yield
        finally:
            self.db.execute(b"ROLLBACK TO " + name)
            self.db.execute(b"RELEASE " + name)

    def _sees(self, case: Case) -> bool:
        statement = sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(case.table))
        found = self.db.execute(statement).fetchone()
        return found is not None and found[0]

    def _removes(self, case: Case) -> bool:
        statement = sql.SQL("DELETE FROM {}").format(sql.Identifier(case.table))
        return self.db.execute(statement).rowcount > 0

    def _adds(self, case: Case) -> bool:
        insert(self.db, case.table, dict(case.row))
        return True

    def _moves(self, case: Case) -> bool:
        """Without a condition: PostgreSQL then asks the policies of the act alone."""
        columns = sql.SQL(", ").join(
            sql.SQL("{} = %s").format(sql.Identifier(name)) for name in case.values
        )
        statement = sql.SQL("UPDATE {} SET {}").format(sql.Identifier(case.table), columns)
        return self.db.execute(statement, list(case.values.values())).rowcount > 0


@contextmanager
def bench(database: TestDatabase) -> Iterator[Bench]:
    """On a database without client data; the clock stands still, foreign keys sleep."""
    with database.connect_as_superuser() as db:
        db.autocommit = False
        made = Bench(db)
        made.prepare()
        yield made
        db.rollback()
