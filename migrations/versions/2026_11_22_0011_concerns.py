"""Concern signals, for their author, one recipient and the client.

Only more: one new table with its policies; no other table is locked.
"""

import sqlalchemy as sa
from alembic import op

from migrations import row_security as rs

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

FEEDBACK = 8388608
PARTIES = ("clinician", "psychologist", "ips_coach", "reintegration_coach", "job_coach")
CONCERN = rs.Protected(
    "concern",
    FEEDBACK,
    confided=True,
    mutable=("followed_up_on", "follow_up", "outcome", "recipient_id", "reported_at"),
    moved_by=PARTIES,
)
PROTECTED = (CONCERN,)
EACH_THE_OWN = f"""CREATE POLICY each_the_own ON concern AS RESTRICTIVE FOR UPDATE TO trede_api
    USING (coalesce(recipient_id, author_id) = ANY ({rs.GRANTEES})) WITH CHECK (true)"""
"""Who wrote it reports it, and from then on the recipient follows it up; nobody else moves it."""
ONE = "client_id = (SELECT compiling_client())"
DEAD = f"""(SELECT true FROM tombstone x
    WHERE x.client_id = concern.client_id
      AND (x.everything OR (concern.recorded_at <= x.recorded_until
           AND x.organisation_id IS NOT DISTINCT FROM concern.controller_organisation_id
           AND (x.record_id = concern.id OR (x.record_id IS NULL AND x.category = {FEEDBACK}))))
    LIMIT 1)"""
ERASABLE = (
    f"CREATE POLICY compiles ON concern FOR SELECT TO trede_compiler USING ({ONE})",
    f"CREATE POLICY erases ON concern FOR DELETE TO trede_compiler, trede_owner USING ({DEAD})",
    f"CREATE POLICY buries ON concern FOR SELECT TO trede_owner USING ({DEAD})",
    "GRANT SELECT (id, client_id, controller_organisation_id, recorded_at), DELETE ON concern"
    " TO trede_compiler",
)
"""What has a tombstone can be destroyed."""


def upgrade() -> None:
    """A new table with policies and rights; what was there stays as it was."""
    _table()
    for statement in (*rs.statements(CONCERN), EACH_THE_OWN, *ERASABLE):
        op.execute(statement)


def _table() -> None:
    op.create_table(
        "concern",
        sa.Column("noticed_on", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("signaller", "observation")),
        sa.Column("interpretation", sa.Text(), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("followed_up_on", sa.Date(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("follow_up", "outcome")),
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
        sa.Column("recipient_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
    )
    for column in ("client_id", "trajectory_id", "recipient_id"):
        op.create_index(op.f(f"ix_concern_{column}"), "concern", [column], unique=False)
