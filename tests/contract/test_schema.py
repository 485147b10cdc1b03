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
from app.access.records import Addressed, ClientRecord, Released, Restrictable
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
OPEN_TABLES = {*row_security.DIRECTORY, *tables.SYSTEM_RIGHTS, "clock_offset", "alembic_version"}
"""Directory data and opaque ids; every other table holds client data."""


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
        parties=table.__parties__,
        confined=table.__confined__,
        restrictable=issubclass(table, Restrictable),
        compiled=table.__module__ in FACTS or bool(table.__excerpt__.columns),
        registering=table.__tablename__
        in {"client_identity", "client_bsn", "treatment_team_member"},
        mutable=table.__mutable__,
    )


def test_every_table_with_client_data_forces_row_security(module_database: TestDatabase) -> None:
    with module_database.connect_as_superuser() as db:
        rows = db.execute(
            "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class"
            " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        ).fetchall()
    secured = {name for name, forced in rows if forced}
    assert {name for name, _ in rows} - OPEN_TABLES == secured


def test_nothing_in_the_database_steps_around_row_security(module_database: TestDatabase) -> None:
    with module_database.connect_as_superuser() as db:
        views = db.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('v', 'm')"
            " AND relnamespace = 'public'::regnamespace"
        ).fetchall()
        definers = db.execute(
            "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        ).fetchall()
        owned = db.execute(
            "SELECT relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner"
            " WHERE r.rolname IN ('trede_api', 'trede_reader', 'trede_worker', 'trede_compiler')"
        ).fetchall()
    assert (views, definers, owned) == ([], [], [])


def test_only_dates_of_acts_can_ever_be_changed(module_database: TestDatabase) -> None:
    """No content column is updatable, and no record can be deleted, by any login of the app."""
    with module_database.connect_as_superuser() as db:
        changed = db.execute(
            "SELECT table_name, column_name FROM information_schema.column_privileges"
            " WHERE privilege_type = 'UPDATE' AND grantee LIKE 'trede_%'"
            " AND grantee <> 'trede_owner'"
        ).fetchall()
        deleted = db.execute(
            "SELECT table_name FROM information_schema.table_privileges"
            " WHERE privilege_type IN ('DELETE', 'TRUNCATE') AND grantee LIKE 'trede_%'"
            " AND grantee <> 'trede_owner'"
        ).fetchall()
    allowed = {
        (t.__tablename__, column) for t in tables.client_records() for column in t.__mutable__
    }
    allowed |= {(name, "restricted_at") for name in RESTRICTABLE}
    records = {t.__tablename__ for t in tables.client_records()}
    assert {(t, c) for t, c in changed if t in records} == allowed
    swept = {"compilation_due", "idempotency_key", "spent_assertion"}
    assert {name for (name,) in deleted} == {"access_grant", "caseload_line"} | swept
