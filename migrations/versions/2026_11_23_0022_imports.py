"""Files from other systems with their rows, and what their records became here.

Only more: three new tables with their policies; no other table is locked.
"""

import sqlalchemy as sa
from alembic import op

from migrations import row_security as rs

revision = "0022"
down_revision = "0019"
branch_labels = None
depends_on = None

OWN = "organisation_id = (SELECT viewer_organisation())"
DEAD = """(SELECT true FROM tombstone x
    WHERE x.client_id = source_link.client_id AND x.everything LIMIT 1)"""
POLICIES = (
    *(
        statement
        for table in ("bulk_import", "bulk_row", "source_link")
        for statement in (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY own ON {table} TO {rs.APPS} USING ({OWN}) WITH CHECK ({OWN})",
        )
    ),
    *(
        f"CREATE POLICY works ON {table} TO trede_worker USING (true)"
        for table in ("bulk_import", "bulk_row")
    ),
    "CREATE POLICY compiles ON source_link FOR SELECT TO trede_compiler"
    " USING (client_id = (SELECT compiling_client()))",
    f"CREATE POLICY erases ON source_link FOR DELETE TO trede_compiler, trede_owner USING ({DEAD})",
    f"CREATE POLICY buries ON source_link FOR SELECT TO trede_owner USING ({DEAD})",
)
RIGHTS = (
    "GRANT SELECT ON bulk_import, bulk_row TO trede_reader",
    "GRANT SELECT, INSERT, DELETE, UPDATE (state, ended_at) ON bulk_import TO trede_api",
    "GRANT SELECT, INSERT, DELETE, UPDATE (state, outcome, content) ON bulk_row TO trede_api",
    "GRANT SELECT, INSERT, UPDATE (client_id, made_id) ON source_link TO trede_api",
    "GRANT SELECT, DELETE, UPDATE (state, ended_at, emptied) ON bulk_import TO trede_worker",
    "GRANT SELECT (import_id, subject, state, attempts), DELETE,"
    " UPDATE (state, attempts, content) ON bulk_row TO trede_worker",
    "GRANT SELECT, DELETE ON source_link TO trede_compiler",
)


def upgrade() -> None:
    """New tables with policies and rights."""
    _imports()
    _rows()
    _links()
    for statement in (*POLICIES, *RIGHTS):
        op.execute(statement)


def _imports() -> None:
    op.create_table(
        "bulk_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("grantee_id", sa.Uuid(), nullable=False),
        sa.Column("machine_id", sa.Uuid(), nullable=True),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("source_system", sa.Text(), nullable=False),
        sa.Column("dry_run", sa.Boolean(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("emptied", sa.Boolean(), server_default="false", nullable=False),
        sa.Column(
            "begun_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_import")),
    )
    op.create_index(
        op.f("ix_bulk_import_organisation_id_begun_at_id"),
        "bulk_import",
        ["organisation_id", "begun_at", "id"],
    )
    op.create_index(op.f("ix_bulk_import_state"), "bulk_import", ["state"])


def _rows() -> None:
    op.create_table(
        "bulk_row",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.SmallInteger(), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("outcome", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_bulk_row")),
    )
    op.create_index(
        op.f("ix_bulk_row_import_id_subject_number"), "bulk_row", ["import_id", "subject", "number"]
    )
    op.create_index(
        "ix_bulk_row_waiting",
        "bulk_row",
        ["import_id", "rank", "number"],
        postgresql_where=sa.text("state = 'waiting'"),
    )


def _links() -> None:
    op.create_table(
        "source_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("grantee_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column("made_id", sa.Uuid(), nullable=True),
        sa.Column(
            "linked_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("moment()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_link")),
        sa.UniqueConstraint(
            "organisation_id", "key", name=op.f("uq_source_link_organisation_id_key")
        ),
    )
    op.create_index(op.f("ix_source_link_client_id"), "source_link", ["client_id"])
