"""Employers as each organisation knows them, the terms of work, its search and its support.

Only more: six tables of employers that one organisation reads, five with records of clients, and
columns on `placement` and `accommodation` without a default. ADD COLUMN takes an ACCESS EXCLUSIVE
lock on those two for a moment and rewrites nothing; the foreign keys hold `organisation` (SHARE ROW
EXCLUSIVE, briefly).
"""

from importlib import import_module
from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations import row_security as rs

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CONTACT_LOG = 2097152
BENEFIT = 16384
PLACEMENT = 32768
RECORDS = {
    "job_search_contact": CONTACT_LOG,
    "public_provision": BENEFIT,
    "target_group_status": BENEFIT,
    "work_support": PLACEMENT,
    "retained_job": PLACEMENT,
}
"""Each new table with records, and the bit of its category."""
PROTECTED = tuple(rs.Protected(table, bit, restrictable=True) for table, bit in RECORDS.items())
RESTRICTABLE = tuple(RECORDS)
KEPT = {
    "employer": ("name", "sector", "sroi", "recognised_for_training", "inclusion_advice_on"),
    "employer_site": ("closed_on",),
    "employer_person": ("left_on", "name", "telephone", "email"),
    "employer_note": (),
    "employer_contact": (),
    "workplace_scan": (),
}
"""What an organisation keeps of employers, and which columns of it can change."""
WRITERS = (
    "('ips_coach', 'reintegration_coach', 'job_coach', 'labour_expert', 'municipal_case_manager')"
)
READERS = f"{WRITERS[:-1]}, 'supervisor')"
OWN = "organisation_id = (SELECT viewer_organisation())"
WRITES = f"{OWN} AND (SELECT viewer_role()) IN {WRITERS}"
OF_OWN_EMPLOYER = """(SELECT true FROM employer e WHERE e.id = {table}.employer_id
        AND e.organisation_id = (SELECT viewer_organisation()) LIMIT 1)"""
ANSWERS = (
    "mixed",
    "return_guarantee",
    "open_to_anyone",
    "paid_by_employer",
    "wage_at_least_minimum",
    "set_aside",
    "normal_supervision",
)
ONE = "client_id = (SELECT compiling_client())"
covered = import_module("migrations.versions.2026_11_22_0004_erasure").covered


def upgrade() -> None:
    """Tables, then who may see, add to, restrict and destroy what is in them."""
    _employers()
    for table, columns in KEPT.items():
        _kept(table, columns)
    _records()
    _terms()
    for record in PROTECTED:
        for statement in rs.statements(record):
            op.execute(statement)
        _contestable(record.table)
        _erasable(record.table, covered(record.table, record.bit))


def _kept(table: str, columns: tuple[str, ...]) -> None:
    adds = WRITES + f" AND author_id = ANY ({rs.GRANTEES})"
    if table != "employer":
        adds += " AND " + OF_OWN_EMPLOYER.format(table=table)
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY sees ON {table} FOR SELECT TO {rs.APPS}"
        f" USING ({OWN} AND (SELECT viewer_role()) IN {READERS})"
    )
    op.execute(f"CREATE POLICY adds ON {table} FOR INSERT TO trede_api WITH CHECK ({adds})")
    op.execute(f"GRANT SELECT ON {table} TO {rs.APPS}")
    op.execute(f"GRANT INSERT ON {table} TO trede_api")
    if columns:
        op.execute(f"CREATE POLICY changes ON {table} FOR UPDATE TO trede_api USING ({WRITES})")
        op.execute(f"GRANT UPDATE ({', '.join(columns)}) ON {table} TO trede_api")


def _contestable(table: str) -> None:
    """Only the compiler closes and opens the gate of a contested record, as for those before."""
    op.execute(f"CREATE POLICY compiles ON {table} FOR SELECT TO trede_compiler USING ({ONE})")
    op.execute(
        f"CREATE POLICY restricts ON {table} FOR UPDATE TO trede_compiler USING ({ONE} AND"
        " ((SELECT viewer_role()) = 'client'"
        " OR controller_organisation_id = (SELECT viewer_organisation())))"
    )
    columns = "id, client_id, controller_organisation_id, restricted_at"
    op.execute(f"GRANT SELECT ({columns}), UPDATE (restricted_at) ON {table} TO trede_compiler")


def _erasable(table: str, dead: str) -> None:
    """What has a tombstone goes, and nothing else."""
    op.execute(
        f"CREATE POLICY erases ON {table} FOR DELETE TO trede_compiler, trede_owner USING ({dead})"
    )
    op.execute(f"CREATE POLICY buries ON {table} FOR SELECT TO trede_owner USING ({dead})")
    op.execute(f"GRANT SELECT (recorded_at), DELETE ON {table} TO trede_compiler")


def _moment(name: str) -> sa.Column[object]:
    now = sa.text("moment()")
    return sa.Column(name, sa.DateTime(timezone=True), server_default=now, nullable=False)


def _text(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _kept_table(name: str, *columns: sa.schema.SchemaItem, of_employer: bool = True) -> None:
    own: list[sa.schema.SchemaItem] = [
        *columns,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        _moment("recorded_at"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f(f"fk_{name}_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    ]
    indexed = ["organisation_id"]
    if of_employer:
        indexed.append("employer_id")
        own += [
            sa.Column("employer_id", sa.Uuid(), nullable=False),
            sa.ForeignKeyConstraint(
                ["employer_id"], ["employer.id"], name=op.f(f"fk_{name}_employer_id")
            ),
        ]
    op.create_table(name, *own)
    for column in indexed:
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column], unique=False)


def _employers() -> None:
    _kept_table(
        "employer",
        _text("name"),
        _text("kvk", nullable=True),
        _text("sector", nullable=True),
        sa.Column("sroi", sa.Boolean(), nullable=True),
        sa.Column("recognised_for_training", sa.Boolean(), nullable=True),
        sa.Column("inclusion_advice_on", sa.Date(), nullable=True),
        sa.UniqueConstraint("organisation_id", "kvk", name=op.f("uq_employer_organisation_id_kvk")),
        of_employer=False,
    )
    op.create_index(
        op.f("ix_employer_organisation_id_name_id"),
        "employer",
        ["organisation_id", "name", "id"],
        unique=False,
    )
    _kept_table(
        "employer_site",
        _text("name"),
        _text("street", nullable=True),
        _text("postal_code", nullable=True),
        _text("town"),
        sa.Column("closed_on", sa.Date(), nullable=True),
    )
    _kept_table(
        "employer_person",
        sa.Column("site_id", sa.Uuid(), nullable=True),
        *(_text(name, nullable=True) for name in ("name", "position", "telephone", "email")),
        sa.Column("harrie_trained_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
    )
    _kept_table("employer_note", _text("text"))
    _kept_table(
        "employer_contact",
        sa.Column("site_id", sa.Uuid(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        *(_text(name) for name in ("mode", "purpose", "outcome")),
        *(_text(name, nullable=True) for name in ("declined_reason", "note")),
    )
    aspects = ("stimuli", "team_cohesion", "colleagues", "supervisor", "customer")
    _kept_table(
        "workplace_scan",
        sa.Column("site_id", sa.Uuid(), nullable=True),
        sa.Column("scanned_on", sa.Date(), nullable=False),
        *(_text(aspect) for aspect in aspects),
        *(_text(f"{aspect}_why", nullable=True) for aspect in aspects),
    )


def _record(name: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        *columns,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("trajectory_id", sa.Uuid(), nullable=True),
        sa.Column("controller_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_role", sa.Text(), nullable=False),
        _moment("recorded_at"),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column("restricted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    for column in ("client_id", "trajectory_id", "supersedes_id"):
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column], unique=False)


def _records() -> None:
    _record(
        "job_search_contact",
        sa.Column("employer_id", sa.Uuid(), nullable=True),
        _text("employer_name"),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        *(_text(name) for name in ("mode", "purpose", "spoken_by", "matches_plan", "outcome")),
        *(_text(name, nullable=True) for name in ("declined_reason", "note")),
    )
    _record(
        "public_provision",
        sa.Column("placement_id", sa.Uuid(), nullable=True),
        *(_text(name) for name in ("kind", "authority")),
        sa.Column("wage_value_percent", sa.Float(), nullable=True),
        *_lasting(),
        _text("note", nullable=True),
    )
    _record(
        "target_group_status",
        *(_text(name) for name in ("registered", "source")),
        sa.Column("checked_on", sa.Date(), nullable=False),
    )
    _record(
        "work_support",
        sa.Column("placement_id", sa.Uuid(), nullable=True),
        _text("kind"),
        sa.Column("internal", sa.Boolean(), nullable=True),
        *(_text(name, nullable=True) for name in ("sroi_region", "sroi_block")),
        *_lasting(),
    )
    _record(
        "retained_job",
        *(_text(name) for name in ("title", "employer_name", "answers_for_return")),
        _text("health_service", nullable=True),
        *_lasting(),
    )


def _lasting() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("hours_per_week", sa.Float(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
    )


def _terms() -> None:
    added: tuple[sa.Column[Any], ...] = (
        sa.Column("employer_id", sa.Uuid(), nullable=True),
        sa.Column("workplace_scan_id", sa.Uuid(), nullable=True),
        *(_text(name, nullable=True) for name in ("scan_reason", "contract_kind", "setting")),
        *(sa.Column(name, sa.Boolean(), nullable=True) for name in ANSWERS),
    )
    for column in added:
        op.add_column("placement", column)
    op.add_column("accommodation", sa.Column("client_shares_on", sa.Date(), nullable=True))
