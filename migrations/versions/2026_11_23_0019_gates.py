"""The processing log beside the access log, how far it was told, and tokens bound to certificates.

Only more: columns that may be empty or have a constant default, which rewrite no table, and a small
new one. While the index on the trace is made, who writes the log waits.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TOLD = (
    "id", "client_id", "organisation_id", "at", "ended_at", "verb", "resource", "shown", "outcome",
    "policy_version", "trace_id", "span_id", "parent_span_id",
)  # fmt: skip
"""What the worker reads of an entry to tell it as processing: not who looked."""


def upgrade() -> None:
    """Columns, a table and rights; what was logged stays as it was."""
    log = "access_log_entry"
    op.add_column(log, sa.Column("span_id", sa.Text(), nullable=True))
    op.add_column(log, sa.Column("parent_span_id", sa.Text(), nullable=True))
    op.add_column(log, sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(f"GRANT SELECT ({', '.join(TOLD)}) ON {log} TO trede_worker")
    op.add_column(
        "machine",
        sa.Column("certificate_bound", sa.Boolean(), server_default="false", nullable=False),
    )
    op.create_table(
        "log_export",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("next_leaf", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_log_export")),
    )
    op.execute("GRANT SELECT, INSERT, UPDATE (next_leaf) ON log_export TO trede_worker")
    op.create_index(op.f("ix_access_log_entry_trace_id"), log, ["trace_id"])
