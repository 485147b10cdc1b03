"""Which host a subscription calls, and by which profile a client system proves itself.

Only more: a column that may be empty and one with a constant default, which rewrite no table. The
subscriptions that stand are few; each is filled in once.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The host of each address is written beside it, in lower case and without a port."""
    op.add_column("event_subscription", sa.Column("receiver", sa.Text(), nullable=True))
    op.execute(
        "UPDATE event_subscription SET receiver ="
        " rtrim(lower(substring(url from '^https://([^/:?#]+)')), '.') WHERE url IS NOT NULL"
    )
    op.execute("GRANT UPDATE (receiver) ON event_subscription TO trede_api")
    op.execute("GRANT SELECT (receiver) ON event_subscription TO trede_worker")
    op.add_column(
        "machine", sa.Column("profile", sa.Text(), server_default="smart", nullable=False)
    )
