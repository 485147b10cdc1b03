"""The scan of a signed form beside the consent that it proves.

Only more: one new table with its policies; no other table is locked.
"""

import sqlalchemy as sa
from alembic import op

from migrations import row_security as rs

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

CONSENT = 33554432
SCAN = rs.Protected("consent_scan", CONSENT, parties=("sender_organisation_id",), restrictable=True)
RESTRICTABLE = ("consent_scan",)
PROTECTED = (SCAN,)
BY_WHOM = f"""CREATE POLICY never_by_recipient ON consent_scan AS RESTRICTIVE FOR INSERT TO trede_api
    WITH CHECK ({rs.PERSONS} OR sender_organisation_id = (SELECT viewer_organisation()))"""
"""As the consent itself: by the client, or by whoever sends what is shared."""
ONE = "client_id = (SELECT compiling_client())"
DEAD = f"""(SELECT true FROM tombstone x
    WHERE x.client_id = consent_scan.client_id
      AND (x.everything OR (consent_scan.recorded_at <= x.recorded_until
           AND x.organisation_id IS NOT DISTINCT FROM consent_scan.controller_organisation_id
           AND (x.record_id = consent_scan.id
                OR (x.record_id IS NULL AND x.category = {CONSENT}))))
    LIMIT 1)"""
ERASABLE = (
    f"CREATE POLICY compiles ON consent_scan FOR SELECT TO trede_compiler USING ({ONE})",
    "CREATE POLICY erases ON consent_scan FOR DELETE TO trede_compiler, trede_owner"
    f" USING ({DEAD})",
    f"CREATE POLICY buries ON consent_scan FOR SELECT TO trede_owner USING ({DEAD})",
    "GRANT SELECT (id, client_id, controller_organisation_id, recorded_at), DELETE ON consent_scan"
    " TO trede_compiler",
    f"CREATE POLICY restricts ON consent_scan FOR UPDATE TO trede_compiler USING ({ONE} AND"
    " ((SELECT viewer_role()) = 'client'"
    " OR controller_organisation_id = (SELECT viewer_organisation())))",
    "GRANT SELECT (restricted_at), UPDATE (restricted_at) ON consent_scan TO trede_compiler",
)
"""What has a tombstone can be destroyed; the rest is as for every record with versions."""


def upgrade() -> None:
    """A new table with policies and rights; what was there stays as it was."""
    _table()
    for statement in (*rs.statements(SCAN), BY_WHOM, *ERASABLE):
        op.execute(statement)


def _table() -> None:
    op.create_table(
        "consent_scan",
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("sender_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("byte_count", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
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
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column("restricted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_scan")),
    )
    for column in ("client_id", "trajectory_id", "consent_id"):
        op.create_index(op.f(f"ix_consent_scan_{column}"), "consent_scan", [column], unique=False)
