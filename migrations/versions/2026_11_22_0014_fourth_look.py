"""Words about an employer can be taken out: a name in them is somebody's, whoever wrote it down.

Locks: ADD COLUMN without a default and DROP NOT NULL each hold one of three small tables for a
moment (ACCESS EXCLUSIVE); no row is read or rewritten.
"""

from importlib import import_module

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0012"
branch_labels = None
depends_on = None

WORDS = {
    "employer_note": ("text",),
    "employer_contact": ("note",),
    "workplace_scan": (
        "stimuli_why",
        "team_cohesion_why",
        "colleagues_why",
        "supervisor_why",
        "customer_why",
    ),
}
"""Each table, and the columns whose words go; codes and days stay."""
WRITES = import_module("migrations.versions.2026_11_22_0007_work").WRITES
"""Those who may add, of the own organisation."""


def upgrade() -> None:
    """Only to nothing: words are never put in the place of others."""
    op.alter_column("employer_note", "text", nullable=True)
    for table, words in WORDS.items():
        op.add_column(table, sa.Column("withdrawn_on", sa.Date(), nullable=True))
        gone = " AND ".join(f"{word} IS NULL" for word in words)
        op.execute(
            f"CREATE POLICY withdraws ON {table} FOR UPDATE TO trede_api"
            f" USING ({WRITES})"
            f" WITH CHECK ({WRITES} AND withdrawn_on IS NOT NULL AND {gone})"
        )
        op.execute(f"GRANT UPDATE (withdrawn_on, {', '.join(words)}) ON {table} TO trede_api")
