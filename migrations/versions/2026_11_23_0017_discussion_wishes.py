"""Of which texts a client wants to speak first; for the client alone.

Only more: one new table with its policies; no other table is locked.
"""

import sqlalchemy as sa
from alembic import op

from migrations import row_security as rs

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

CONSENT = 33554432
WISH = rs.Protected("discussion_wish", CONSENT)
PROTECTED = (WISH,)
BY_THE_CLIENT = f"""CREATE POLICY by_the_client ON discussion_wish AS RESTRICTIVE FOR INSERT
    TO trede_api WITH CHECK ({rs.PERSONS})"""
ONE = "client_id = (SELECT compiling_client())"
DEAD = f"""(SELECT true FROM tombstone x
    WHERE x.client_id = discussion_wish.client_id
      AND (x.everything OR (discussion_wish.recorded_at <= x.recorded_until
           AND x.organisation_id IS NOT DISTINCT FROM discussion_wish.controller_organisation_id
           AND (x.record_id = discussion_wish.id
                OR (x.record_id IS NULL AND x.category = {CONSENT}))))
    LIMIT 1)"""
ERASABLE = (
    f"CREATE POLICY compiles ON discussion_wish FOR SELECT TO trede_compiler USING ({ONE})",
    "CREATE POLICY erases ON discussion_wish FOR DELETE TO trede_compiler, trede_owner"
    f" USING ({DEAD})",
    f"CREATE POLICY buries ON discussion_wish FOR SELECT TO trede_owner USING ({DEAD})",
    "GRANT SELECT (id, client_id, controller_organisation_id, recorded_at), DELETE"
    " ON discussion_wish TO trede_compiler",
)
"""What has a tombstone can be destroyed."""


def upgrade() -> None:
    """A new table with policies and rights; what was there stays as it was."""
    _table()
    for statement in (*rs.statements(WISH), BY_THE_CLIENT, *ERASABLE):
        op.execute(statement)


def _table() -> None:
    op.create_table(
        "discussion_wish",
        sa.Column("categories", sa.Integer(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discussion_wish")),
    )
    for column in ("client_id", "trajectory_id"):
        op.create_index(
            op.f(f"ix_discussion_wish_{column}"), "discussion_wish", [column], unique=False
        )
