"""The migrated database is what the code declares, and nobody holds more power than needed."""

import runpy
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.dialects.postgresql.base import ischema_names

from app import tables
from app.access.log import Xid8
from app.access.records import Addressed, ClientRecord, Confided, Released, Restrictable
from app.access.vocabulary import Role
from app.platform.db import Base
from app.platform.postgres.addresses import for_sync_engine, parse
from migrations import row_security
from tests.databases import TestDatabase

REVISIONS = [runpy.run_path(str(path)) for path in sorted(Path("migrations/versions").glob("*.py"))]
RESTRICTABLE = {name for revision in REVISIONS for name in revision.get("RESTRICTABLE", ())}
PROTECTED = [
    replace(entry, restrictable=entry.table in RESTRICTABLE)
    for revision in REVISIONS
    for entry in revision.get("PROTECTED", ())
]
FACTS = {"app.access.facts", "app.access.safeguards"}

ischema_names["xid8"] = Xid8  # so that Alembic knows what it finds


def test_the_migrations_give_the_tables_that_the_code_declares(
    module_database: TestDatabase,
) -> None:
    tables.load()
    engine = sa.create_engine(for_sync_engine(parse(module_database.owner)))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, Base.metadata)
    engine.dispose()
    differences = [d for d in found if "clock_offset" not in str(d)]
    assert differences == []


def test_row_security_guards_each_record_with_the_gates_that_it_declares() -> None:
    declared = {table.__tablename__: _protected(table) for table in tables.client_records()}
    del declared["client"]  # has policies of its own
    assert {entry.table: entry for entry in PROTECTED} == declared


def _protected(table: type[ClientRecord]) -> row_security.Protected:
    return row_security.Protected(
        table.__tablename__,
        table.__category__.bit,
        scope=table.__scope__,
        released=issubclass(table, Released),
        addressed=issubclass(table, Addressed),
        confided=issubclass(table, Confided),
        parties=table.__parties__,
        confined=table.__confined__,
        restrictable=issubclass(table, Restrictable),
        compiled=table.__module__ in FACTS
        or bool(table.__excerpt__.columns)
        or table.__tablename__ == "data_subject_decision",
        registering=table.__tablename__
        in {"client_identity", "client_bsn", "treatment_team_member"},
        mutable=table.__mutable__,
        moved_by=tuple(role.value for role in Role if role in table.__moved_by__),
    )


def test_the_tables_without_row_security_are_the_directory_and_those_with_opaque_ids() -> None:
    """Which of them the database may have is asked at every start: tests/contract/test_start.py."""
    assert set(row_security.DIRECTORY) == tables.DIRECTORY
    assert not tables.OPEN & {table.__tablename__ for table in tables.client_records()}
    columns = {
        name: set(Base.metadata.tables[name].columns.keys())
        for name in tables.OPEN - {"clock_offset", "alembic_version"}
    }
    # Whose grants or reminders are due is a list of ids that says nothing about them.
    queues = {"compilation_due", "reminder_due"}
    assert {name for name, found in columns.items() if "client_id" in found} == queues


def test_only_dates_of_acts_can_ever_be_changed(module_database: TestDatabase) -> None:
    """No content column is updatable, and no record can be deleted, by any login of the app."""
    with module_database.connect_as_superuser() as db:
        changed = db.execute(
            "SELECT table_name, column_name FROM information_schema.column_privileges"
            " WHERE privilege_type = 'UPDATE' AND grantee LIKE 'trede_%'"
            " AND grantee <> 'trede_owner'"
        ).fetchall()
        deleted = db.execute(
            "SELECT grantee, table_name FROM information_schema.table_privileges"
            " WHERE privilege_type IN ('DELETE', 'TRUNCATE') AND grantee LIKE 'trede_%'"
            " AND grantee <> 'trede_owner'"
        ).fetchall()
    allowed = {
        (t.__tablename__, column) for t in tables.client_records() for column in t.__mutable__
    }
    allowed |= {(name, "restricted_at") for name in RESTRICTABLE}
    records = {t.__tablename__ for t in tables.client_records()}
    assert {(t, c) for t, c in changed if t in records} == allowed
    swept = {"compilation_due", "reminder_due", "idempotency_key", "spent_assertion"}
    swept |= {"browser_session", "draft", "turn", "outbox_event", "event_delivery"}
    swept |= {"bulk_import", "bulk_row"}
    assert {name for who, name in deleted if who != "trede_compiler"} == swept
    derived = {"access_grant", "caseload_line", "account_link", "registration", "data_key"}
    derived |= {"source_link"}
    assert {name for who, name in deleted if who == "trede_compiler"} == (
        records
        | derived
        | {"compilation_due", "reminder_due", "idempotency_key", "outbox_event", "event_delivery"}
    )


def test_no_record_is_destroyed_without_a_tombstone(database: TestDatabase) -> None:
    """The one role that may delete records deletes nothing that was not decided upon."""
    with database.connect_as_superuser() as db:
        policies = db.execute(
            "SELECT tablename, qual FROM pg_policies WHERE cmd IN ('DELETE', 'ALL')"
            " AND tablename = ANY (%s)",
            [[t.__tablename__ for t in tables.client_records()]],
        ).fetchall()
    assert len(policies) == len(tables.client_records())
    assert all("FROM tombstone" in qual for _, qual in policies)
