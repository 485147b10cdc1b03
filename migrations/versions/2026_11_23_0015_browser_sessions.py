"""Who is logged in with a browser, and what was being typed: both short-lived.

Only more: two new tables that nothing refers to, so no other table is locked or read.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

RIGHTS = (
    "GRANT SELECT, INSERT, DELETE, UPDATE (id, hat, purpose, seen_at) ON browser_session"
    " TO trede_api",
    "GRANT SELECT ON browser_session, draft TO trede_reader",
    "GRANT SELECT (began_at), DELETE ON browser_session TO trede_worker",
    "GRANT SELECT, INSERT, DELETE, UPDATE (content, saved_at) ON draft TO trede_api",
    "GRANT SELECT (saved_at), DELETE ON draft TO trede_worker",
)


def upgrade() -> None:
    """New tables and their rights."""
    op.create_table(
        "browser_session",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("hat", sa.Uuid(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("provider_session", sa.Text(), nullable=True),
        _moment("began_at"),
        _moment("seen_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_browser_session")),
    )
    op.create_table(
        "draft",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("hat", sa.Uuid(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _moment("saved_at"),
        sa.PrimaryKeyConstraint("issuer", "subject", "hat", "path", name=op.f("pk_draft")),
    )
    for table, column in (("browser_session", "began_at"), ("draft", "saved_at")):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
    for statement in RIGHTS:
        op.execute(statement)


def _moment(name: str) -> sa.Column[object]:
    """Real time: both are swept by age, and demo time may jump."""
    return sa.Column(
        name, sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
    )
