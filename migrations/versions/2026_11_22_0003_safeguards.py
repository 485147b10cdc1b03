"""Broken glass and its review, incapacity, blocks of persons close by, and policies in turn."""

from dataclasses import replace
from importlib import import_module

import sqlalchemy as sa
from alembic import op

from migrations import row_security as rs

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MEDICAL = 1024
CONSENT = 33554432
EMERGENCY = 16
EVERYONE = import_module("migrations.versions.2026_11_22_0001_initial").EVERYONE
PROTECTED = (
    rs.Protected("break_glass", CONSENT, compiled=True),
    rs.Protected("break_glass_review", CONSENT, scope="break_glass_id"),
    rs.Protected(
        "incapacity", MEDICAL, compiled=True, mutable=("valid_until",), moved_by=("clinician",)
    ),
    rs.Protected(
        "restriction",
        CONSENT,
        parties=("organisation_id",),
        mutable=("lifted_at", "lifted_by", "lifted_because"),
        moved_by=EVERYONE,
    ),
)
RESTRICTABLE = (
    "accommodation",
    "action_plan",
    "benefit",
    "contact_day",
    "contact_entry",
    "disclosure_decision",
    "early_warning_plan",
    "insurance_physician_note",
    "ladder_measurement",
    "life_event",
    "placement",
    "progress_report",
    "psychological_anamnesis",
    "treatment_plan",
    "wellbeing",
    "work_advice",
    "work_capacity",
    "work_history",
    "work_question",
)
SYSTEM_RIGHTS = (
    ("SELECT, DELETE, UPDATE (since)", "compilation_due", "trede_api"),
    ("SELECT (client_id), INSERT", "compilation_due", "trede_compiler"),
)
AUTHOR = """client_id = (SELECT compiling_client())
    AND author_id = (SELECT viewer_hat())
    AND controller_organisation_id = (SELECT viewer_organisation())"""
NOW = "(SELECT moment())"
BREAK_GLASS = f"""
REVOKE INSERT ON break_glass, break_glass_review FROM trede_api;
GRANT INSERT ON break_glass, break_glass_review TO trede_compiler;
CREATE POLICY breaks ON break_glass FOR INSERT TO trede_compiler WITH CHECK ({AUTHOR}
    AND membership_id = author_id
    AND (SELECT viewer_role()) = 'clinician'
    AND (SELECT viewer_purpose()) = {EMERGENCY}
    AND valid_from <= {NOW} AND {NOW} < valid_until
    AND valid_until <= {NOW} + interval '24 hours'
    AND (SELECT true FROM inbox i
          WHERE i.id = break_glass.desk_inbox_id AND i.role = 'privacy_desk'
            AND i.organisation_id = (SELECT viewer_organisation()) LIMIT 1)
    AND (SELECT true FROM treatment_team_member t JOIN membership m ON m.id = t.membership_id
          WHERE t.client_id = break_glass.client_id
            AND m.organisation_id = (SELECT viewer_organisation())
            AND t.valid_from <= {NOW} AND (t.valid_until IS NULL OR {NOW} < t.valid_until)
            AND m.valid_from <= {NOW} AND (m.valid_until IS NULL OR {NOW} < m.valid_until)
          LIMIT 1));
CREATE POLICY reviews ON break_glass_review FOR INSERT TO trede_compiler WITH CHECK ({AUTHOR}
    AND (SELECT viewer_role()) = 'privacy_desk'
    AND (SELECT true FROM break_glass b
          JOIN membership broke ON broke.id = b.membership_id
          JOIN membership mine ON mine.id = (SELECT viewer_hat())
         WHERE b.id = break_glass_review.break_glass_id
           AND b.client_id = break_glass_review.client_id
           AND b.controller_organisation_id = (SELECT viewer_organisation())
           AND broke.practitioner_id <> mine.practitioner_id LIMIT 1));
CREATE POLICY reviews ON access_log_entry FOR SELECT TO {rs.APPS} USING (
    purpose = 'emergency' AND (SELECT viewer_role()) = 'privacy_desk'
    AND (SELECT true FROM break_glass b WHERE b.client_id = access_log_entry.client_id
          AND 'break_glass:' || b.id::text = ANY (access_log_entry.grounds) LIMIT 1));
CREATE FUNCTION compiling_bsn() RETURNS bytea STABLE LANGUAGE sql AS
$$ SELECT decode(nullif(current_setting('trede.compiling_bsn', true), ''), 'hex') $$;
CREATE POLICY finds ON client_bsn FOR SELECT TO trede_compiler USING (
    bsn_index = (SELECT compiling_bsn()) AND confirmed
    AND controller_organisation_id = (SELECT viewer_organisation())
    AND (SELECT viewer_role()) = 'clinician' AND (SELECT viewer_purpose()) = {EMERGENCY});
"""
"""The rule stands here whole, a second time: who, why, how long, and that another reviews."""
INCAPACITY = """
CREATE POLICY by_care ON incapacity AS RESTRICTIVE FOR INSERT TO trede_api
    WITH CHECK ((SELECT viewer_role()) = 'clinician');
CREATE POLICY by_care_too ON incapacity AS RESTRICTIVE FOR UPDATE TO trede_api
    USING ((SELECT viewer_role()) = 'clinician')
    WITH CHECK (valid_until <= (SELECT moment()));
"""
RESTRICTS = """(SELECT viewer_role()) = 'client'
    OR organisation_id = (SELECT viewer_organisation())"""
RESTRICTION = f"""
CREATE POLICY by_client_or_who_answers ON restriction AS RESTRICTIVE FOR INSERT TO trede_api
    WITH CHECK ({RESTRICTS});
CREATE POLICY by_client_or_who_answers_too ON restriction AS RESTRICTIVE FOR UPDATE TO trede_api
    USING (lifted_at IS NULL AND ({RESTRICTS}))
    WITH CHECK (lifted_at <= (SELECT moment()) AND lifted_by = (SELECT viewer_hat()));
"""
TURNS = """
CREATE POLICY finds ON referral FOR SELECT TO trede_compiler
    USING (inbox_id = (SELECT compiling_grantee()));
CREATE POLICY finds ON placement_contract FOR SELECT TO trede_compiler
    USING (inbox_id = (SELECT compiling_grantee()));
CREATE POLICY narrows ON access_grant FOR INSERT TO trede_compiler
    WITH CHECK (grantee_id = (SELECT compiling_grantee()));
"""


def upgrade() -> None:
    """Only more: tables, a column, and policies beside those that were there."""
    _tables()
    for table in PROTECTED:
        for statement in rs.statements(table):
            op.execute(statement)
    for statements in (BREAK_GLASS, INCAPACITY, RESTRICTION, TURNS):
        op.execute(statements)
    _restrictable()
    for rights, table, login in SYSTEM_RIGHTS:
        op.execute(f"GRANT {rights} ON {table} TO {login}")


def _restrictable() -> None:
    """A gate more on records that can be contested; only the compiler can close and open it."""
    initial = import_module("migrations.versions.2026_11_22_0001_initial")
    for table in initial.PROTECTED:
        if table.table not in RESTRICTABLE:
            continue
        name, one = table.table, "client_id = (SELECT compiling_client())"
        op.add_column(name, sa.Column("restricted_at", sa.DateTime(timezone=True), nullable=True))
        sees = rs.visible_to(replace(table, restrictable=True))
        op.execute(f"ALTER POLICY sees ON {name} USING ({sees})")
        if table.mutable:
            op.execute(f"ALTER POLICY moves ON {name} USING ({rs.moves(table, sees)})")
        if not table.compiled:
            op.execute(
                f"CREATE POLICY compiles ON {name} FOR SELECT TO trede_compiler USING ({one})"
            )
        op.execute(
            f"CREATE POLICY restricts ON {name} FOR UPDATE TO trede_compiler USING ({one} AND"
            " ((SELECT viewer_role()) = 'client'"
            " OR controller_organisation_id = (SELECT viewer_organisation())))"
        )
        columns = "id, client_id, controller_organisation_id, restricted_at"
        op.execute(f"GRANT SELECT ({columns}), UPDATE (restricted_at) ON {name} TO trede_compiler")


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
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    for column in ("client_id", "trajectory_id"):
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column], unique=False)


def _moment(name: str) -> sa.Column[object]:
    now = sa.text("moment()")
    return sa.Column(name, sa.DateTime(timezone=True), server_default=now, nullable=False)


def _tables() -> None:
    _record(
        "break_glass",
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("desk_inbox_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        _moment("valid_from"),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_break_glass_membership_id"),
        ),
        sa.ForeignKeyConstraint(
            ["desk_inbox_id"], ["inbox.id"], name=op.f("fk_break_glass_desk_inbox_id")
        ),
    )
    _record(
        "break_glass_review",
        sa.Column("break_glass_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.UniqueConstraint("break_glass_id", name=op.f("uq_break_glass_review_break_glass_id")),
    )
    _record(
        "incapacity",
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("covers", sa.Integer(), nullable=False),
        _moment("valid_from"),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
    )
    _record(
        "restriction",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("of_category", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.Column("lifted_because", sa.Text(), nullable=True),
    )
    op.create_table(
        "compilation_due",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        _moment("since"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compilation_due")),
    )
    op.create_index(
        op.f("ix_compilation_due_client_id"), "compilation_due", ["client_id"], unique=False
    )
    op.add_column("block", sa.Column("person_id", sa.Uuid(), nullable=True))
