"""What waits: reminders, the queue of clients to look at, when a hat looked; teams; hand-overs.

Only more: new tables with their policies; a moment of other tables is locked by nothing but the
foreign keys that point at `membership` and `organisation` (SHARE ROW EXCLUSIVE, briefly).
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import row_security as rs

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STATUS = 8
REMINDED = ("ips_coach", "reintegration_coach", "labour_expert", "municipal_case_manager")
PROTECTED = (
    rs.Protected(
        "reminder",
        STATUS,
        addressed=True,
        compiled=True,
        mutable=("closed_on", "outcome", "reason", "closed_by"),
        moved_by=REMINDED,
    ),
    rs.Protected("hand_over", STATUS),
    rs.Protected("coordinator", STATUS),
)
ONE = "client_id = (SELECT compiling_client())"
SYSTEM_RIGHTS = (
    "GRANT SELECT, INSERT, DELETE, UPDATE (since) ON reminder_due TO trede_api",
    "GRANT INSERT ON reminder_due TO trede_worker",
    "GRANT SELECT (id, client_id), DELETE ON reminder_due TO trede_compiler, trede_owner",
    "GRANT SELECT ON caseload_look TO trede_reader, trede_api",
    "GRANT INSERT, UPDATE (looked_at) ON caseload_look TO trede_api",
)
NEW_DIRECTORY = "team, team_member, team_meeting, working_time"
DIRECTORY_RIGHTS = (
    f"GRANT SELECT ON {NEW_DIRECTORY} TO trede_reader, trede_api",
    f"GRANT INSERT ON {NEW_DIRECTORY} TO trede_api",
)
REMINDS = (
    f"CREATE POLICY reminds ON reminder FOR INSERT TO trede_compiler WITH CHECK ({ONE}"
    " AND closed_on IS NULL)",
    f"CREATE POLICY closes ON reminder FOR UPDATE TO trede_compiler USING ({ONE}"
    f" AND closed_on IS NULL) WITH CHECK ({ONE})",
    "GRANT INSERT, UPDATE (closed_on, outcome, reason, closed_by) ON reminder TO trede_compiler",
)
"""Made and closed by the job, of the one client that is locked."""


def upgrade() -> None:
    """New tables, policies and rights; what was there stays as it was."""
    _tables()
    for table in PROTECTED:
        for statement in rs.statements(table):
            op.execute(statement)
        _erasable(table)
    for statement in (*REMINDS, *SYSTEM_RIGHTS, *DIRECTORY_RIGHTS):
        op.execute(statement)


def _erasable(t: rs.Protected) -> None:
    """What has a tombstone can be destroyed."""
    name = t.table
    dead = f"""(SELECT true FROM tombstone x
    WHERE x.client_id = {name}.client_id
      AND (x.everything OR ({name}.recorded_at <= x.recorded_until
           AND x.organisation_id IS NOT DISTINCT FROM {name}.controller_organisation_id
           AND (x.record_id = {name}.id OR (x.record_id IS NULL AND x.category = {t.bit}))))
    LIMIT 1)"""
    read = "id, client_id, controller_organisation_id, recorded_at"
    compiles = (
        []
        if t.compiled
        else [f"CREATE POLICY compiles ON {name} FOR SELECT TO trede_compiler USING ({ONE})"]
    )
    for statement in (
        *compiles,
        f"CREATE POLICY erases ON {name} FOR DELETE TO trede_compiler, trede_owner USING ({dead})",
        f"CREATE POLICY buries ON {name} FOR SELECT TO trede_owner USING ({dead})",
        f"GRANT SELECT ({read}), DELETE ON {name} TO trede_compiler",
    ):
        op.execute(statement)


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
    return sa.Column(
        name, sa.DateTime(timezone=True), server_default=sa.text("moment()"), nullable=False
    )


def _member(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["membership.id"], name=op.f(f"fk_{table}_{column}"))


def _tables() -> None:
    _record(
        "reminder",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("for_id", sa.Uuid(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("audience", postgresql.ARRAY(sa.Text()), nullable=False),
    )
    op.create_index(
        op.f("ix_reminder_for_id_due_on"), "reminder", ["for_id", "due_on"], unique=False
    )
    _record(
        "hand_over",
        sa.Column("act_id", sa.Uuid(), nullable=False),
        sa.Column("from_membership_id", sa.Uuid(), nullable=False),
        sa.Column("to_membership_id", sa.Uuid(), nullable=False),
        sa.Column("asked_again", sa.Integer(), nullable=False),
    )
    op.create_index(op.f("ix_hand_over_act_id"), "hand_over", ["act_id"], unique=False)
    _record(
        "coordinator",
        sa.Column("membership_id", sa.Uuid(), nullable=False),
    )
    op.create_table(
        "reminder_due",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        _moment("since"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_due")),
    )
    op.create_index(op.f("ix_reminder_due_client_id"), "reminder_due", ["client_id"], unique=False)
    op.create_table(
        "caseload_look",
        sa.Column("grantee_id", sa.Uuid(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("grantee_id", name=op.f("pk_caseload_look")),
    )
    _directory()


def _id() -> sa.Column[object]:
    return sa.Column("id", sa.Uuid(), nullable=False)


def _directory() -> None:
    op.create_table(
        "team",
        _id(),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        _moment("created_at"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_team_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
    )
    op.create_index(op.f("ix_team_organisation_id"), "team", ["organisation_id"], unique=False)
    op.create_table(
        "team_member",
        _id(),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("team_role", sa.Text(), nullable=True),
        _moment("valid_from"),
        _team("team_member"),
        _member("team_member", "membership_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_member")),
    )
    op.create_index(op.f("ix_team_member_team_id"), "team_member", ["team_id"], unique=False)
    op.create_table(
        "team_meeting",
        _id(),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("attendees", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        _moment("created_at"),
        _team("team_meeting"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_meeting")),
    )
    op.create_index(
        op.f("ix_team_meeting_team_id_created_at"),
        "team_meeting",
        ["team_id", "created_at"],
        unique=False,
    )
    op.create_table(
        "working_time",
        _id(),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("fte", sa.Float(), nullable=False),
        _moment("recorded_at"),
        _member("working_time", "membership_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_time")),
    )
    op.create_index(
        op.f("ix_working_time_membership_id_recorded_at"),
        "working_time",
        ["membership_id", "recorded_at"],
        unique=False,
    )


def _team(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f(f"fk_{table}_team_id"))
