"""When the keys of a client system were last renewed: what was fetched before counts no more.

One column that may be empty, which rewrites no table, and the right to set it: short locks, which
wait for nobody longer than is allowed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Empty for those that stand, whose keys are as they were registered or renewed before."""
    op.add_column("machine", sa.Column("keys_renewed_at", sa.DateTime(timezone=True)))
    op.execute("GRANT UPDATE (keys_renewed_at) ON machine TO trede_api")
