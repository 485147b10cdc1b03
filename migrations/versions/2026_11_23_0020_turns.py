"""Whose turn it is where only one may be busy at a time.

Only more: a new table that nothing refers to, so no other table is locked or read.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A new table and its rights."""
    op.create_table(
        "turn",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Uuid(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_turn")),
    )
    op.execute("GRANT SELECT, INSERT, DELETE, UPDATE (holder, until) ON turn TO trede_api")
