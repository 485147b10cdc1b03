"""Every kind of trajectory: applications, profiles, search plans, day activity, contracts, chains.

Only more: eight new tables with their policies, and two policies beside those that were there. One
column may now be empty (`trajectory_course.duration_months`): an ACCESS EXCLUSIVE lock on that table
for a moment, without reading a row. CREATE POLICY holds its table as shortly, and a foreign key
`membership` (SHARE ROW EXCLUSIVE).
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import row_security as rs

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

STATUS, ACTION_PLAN, WORK_HISTORY, PLACEMENT = 8, 64, 256, 32768
SPEAKS_FOR_CLIENT = ("client", "representative")
RESTRICTABLE = ("career_profile", "job_search_plan", "day_activity", "green_contract")
PROTECTED = (
    rs.Protected("application", STATUS, addressed=True),
    rs.Protected("application_paper", STATUS, addressed=True),
    rs.Protected("career_profile", WORK_HISTORY, restrictable=True),
    rs.Protected("day_activity", PLACEMENT, restrictable=True),
    rs.Protected("green_contract", PLACEMENT, restrictable=True),
    rs.Protected(
        "job_search_plan",
        ACTION_PLAN,
        restrictable=True,
        mutable=("agreed_on", "agreed_by"),
        moved_by=SPEAKS_FOR_CLIENT,
    ),
    rs.Protected("previous_trajectory", STATUS),
    rs.Protected("transfer", STATUS, addressed=True, mutable=("agreed_on",), moved_by=("client",)),
)
ONE = "client_id = (SELECT compiling_client())"
BEGINS = """(SELECT viewer_role()) = 'municipal_case_manager'
    AND {table}.author_id = (SELECT viewer_hat())
    AND {own}
    AND (SELECT true FROM client c
          WHERE c.id = {table}.client_id
            AND c.registered_in = pg_current_xact_id_if_assigned()
            AND c.controller_organisation_id = (SELECT viewer_organisation())
          LIMIT 1)"""
OWN = {
    "responsibility": "organisation_id = (SELECT viewer_organisation())",
    "participant": "membership_id = (SELECT viewer_hat())",
}
"""A municipality that registers a client of its own is responsible for it by law, and takes part
itself: in the transaction that registers the client, when there is no other trajectory yet."""


def upgrade() -> None:
    """New tables and policies; what was there stays as it was."""
    _tables()
    op.alter_column("trajectory_course", "duration_months", nullable=True)
    for table in PROTECTED:
        for statement in rs.statements(table):
            op.execute(statement)
        _erasable(table)
    for name, own in OWN.items():
        begins = BEGINS.format(table=name, own=own)
        op.execute(f"CREATE POLICY begins ON {name} FOR INSERT TO trede_api WITH CHECK ({begins})")


def _erasable(t: rs.Protected) -> None:
    """What has a tombstone can be destroyed; what is contested can be closed and opened again."""
    name = t.table
    dead = f"""(SELECT true FROM tombstone x
    WHERE x.client_id = {name}.client_id
      AND (x.everything OR ({name}.recorded_at <= x.recorded_until
           AND x.organisation_id IS NOT DISTINCT FROM {name}.controller_organisation_id
           AND (x.record_id = {name}.id OR (x.record_id IS NULL AND x.category = {t.bit}))))
    LIMIT 1)"""
    read = "id, client_id, controller_organisation_id, recorded_at"
    for statement in (
        f"CREATE POLICY compiles ON {name} FOR SELECT TO trede_compiler USING ({ONE})",
        f"CREATE POLICY erases ON {name} FOR DELETE TO trede_compiler, trede_owner USING ({dead})",
        f"CREATE POLICY buries ON {name} FOR SELECT TO trede_owner USING ({dead})",
        f"GRANT SELECT ({read}), DELETE ON {name} TO trede_compiler",
    ):
        op.execute(statement)
    if not t.restrictable:
        return
    op.execute(
        f"CREATE POLICY restricts ON {name} FOR UPDATE TO trede_compiler USING ({ONE} AND"
        " ((SELECT viewer_role()) = 'client'"
        " OR controller_organisation_id = (SELECT viewer_organisation())))"
    )
    op.execute(f"GRANT SELECT (restricted_at), UPDATE (restricted_at) ON {name} TO trede_compiler")


def _record(name: str, *columns: sa.schema.SchemaItem, versioned: bool = False) -> None:
    told: list[sa.schema.SchemaItem] = []
    if versioned:
        told = [sa.Column("supersedes_id", sa.Uuid()), _restricted()]
    op.create_table(
        name,
        *columns,
        *told,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("trajectory_id", sa.Uuid(), nullable=True),
        sa.Column("controller_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_role", sa.Text(), nullable=False),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("moment()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    indexed = ["client_id", "trajectory_id", *(["supersedes_id"] if versioned else [])]
    for column in indexed:
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column], unique=False)


def _restricted() -> sa.Column[object]:
    return sa.Column("restricted_at", sa.DateTime(timezone=True), nullable=True)


def _text(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _list(name: str) -> sa.Column[object]:
    return sa.Column(name, postgresql.JSONB(astext_type=sa.Text()), nullable=False)


def _date(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Float(), nullable=nullable)


def _audience() -> sa.Column[object]:
    return sa.Column("audience", postgresql.ARRAY(sa.Text()), nullable=False)


def _tables() -> None:
    _record("previous_trajectory", sa.Column("previous_id", sa.Uuid(), nullable=False))
    _record(
        "transfer",
        _text("to_role"),
        sa.Column("to_membership_id", sa.Uuid(), nullable=True),
        _date("steps_down_on"),
        _number("hours_per_month", nullable=True),
        _date("agreed_on", nullable=True),
        _audience(),
        sa.ForeignKeyConstraint(
            ["to_membership_id"], ["membership.id"], name=op.f("fk_transfer_to_membership_id")
        ),
    )
    _record("application", _text("scheme"), _date("applied_on"), _date("signed_on"), _audience())
    _record(
        "application_paper",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        _text("kind"),
        _date("dated_on"),
        _text("outcome", nullable=True),
        _text("reason", nullable=True),
        _date("starts_on", nullable=True),
        _date("funded_until", nullable=True),
        _audience(),
    )
    op.create_index(
        op.f("ix_application_paper_application_id"),
        "application_paper",
        ["application_id"],
        unique=False,
    )
    _of_work()


def _of_work() -> None:
    lines = ("preferences", "experience", "skills", "strengths", "network", "lessons")
    _record(
        "career_profile",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sessions", postgresql.ARRAY(sa.Date()), nullable=False),
        *(_list(name) for name in lines),
        versioned=True,
    )
    _record(
        "job_search_plan",
        sa.Column("version", sa.Integer(), nullable=False),
        _date("made_on"),
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        *(_list(name) for name in ("kinds_of_work", "preferences", "steps")),
        _text("travels_by", nullable=True),
        sa.Column("travel_minutes", sa.Integer(), nullable=True),
        _number("hours_per_week", nullable=True),
        _date("agreed_on", nullable=True),
        _text("agreed_by", nullable=True),
        versioned=True,
    )
    _record(
        "day_activity",
        _text("form"),
        _text("setting"),
        sa.Column("mixed", sa.Boolean(), nullable=True),
        _date("since"),
        _number("half_days_per_week"),
        _number("hours_per_week", nullable=True),
        _list("tasks"),
        _list("skills"),
        sa.Column("wage_value_percent", sa.Integer(), nullable=True),
        versioned=True,
    )
    _record(
        "green_contract",
        _date("starts_on"),
        _date("ends_on"),
        _number("days_per_week"),
        _number("hours_per_week"),
        _text("foreman", nullable=True),
        _text("internal_job_coach", nullable=True),
        versioned=True,
    )
