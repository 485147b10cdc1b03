"""Columns that lacked: how an adjustment works out, what is done on a day, how an intake was held.

Also the phase of recovery that the client sees. Only more: nullable columns without a default on four
tables (ADD COLUMN takes an ACCESS EXCLUSIVE lock on each for a moment, without reading a row). Rights
and row policies are of the whole table and hold for them as they are.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was there stays as it was."""
    op.add_column("accommodation", sa.Column("effect", sa.Text(), nullable=True))
    for name in ("activity", "building_block"):
        op.add_column("day_activity", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("wellbeing", sa.Column("recovery_phase", sa.Text(), nullable=True))
    op.add_column("work_question", sa.Column("intake_model", sa.Text(), nullable=True))
    texts = postgresql.ARRAY(sa.Text())
    op.add_column("work_question", sa.Column("attended_by", texts, nullable=True))
