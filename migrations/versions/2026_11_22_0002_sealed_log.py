"""The access log as a tree: leaves, hashes, signed checkpoints, and who may grow or read it."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import UserDefinedType

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


class Xid8(UserDefinedType[int]):
    """A transaction id that never wraps."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "xid8"


RIGHTS = """
-- An entry that claims an older transaction would be passed over by the sealer.
CREATE POLICY of_this_transaction ON access_log_entry AS RESTRICTIVE FOR INSERT
    TO trede_reader, trede_api, trede_worker, trede_owner WITH CHECK (xid = pg_current_xact_id());
CREATE POLICY seals ON access_log_entry FOR SELECT TO trede_worker USING (true);
GRANT SELECT (id, xid, leaf_hash) ON access_log_entry TO trede_worker;
-- The operator's export: one organisation, or all for the auditor of the whole; itself logged.
CREATE POLICY exports ON access_log_entry FOR SELECT TO trede_owner
    USING ((SELECT current_setting('trede.exporting', true)) IN ('all', organisation_id::text));
CREATE POLICY logs_its_export ON access_log_entry FOR INSERT TO trede_owner
    WITH CHECK (resource = 'AccessLogExport');

ALTER TABLE log_leaf ENABLE ROW LEVEL SECURITY;
ALTER TABLE log_leaf FORCE ROW LEVEL SECURITY;
CREATE POLICY sees ON log_leaf FOR SELECT TO trede_reader, trede_api USING (
    (SELECT true FROM access_log_entry e WHERE e.id = log_leaf.entry_id LIMIT 1));
CREATE POLICY seals ON log_leaf FOR SELECT TO trede_worker USING (true);
CREATE POLICY grows ON log_leaf FOR INSERT TO trede_worker WITH CHECK (true);
CREATE POLICY exports ON log_leaf FOR SELECT TO trede_owner
    USING ((SELECT current_setting('trede.exporting', true)) <> '');
GRANT SELECT ON log_leaf, log_node, log_checkpoint TO trede_reader, trede_api;
GRANT SELECT, INSERT ON log_leaf, log_node, log_checkpoint TO trede_worker;
"""


def upgrade() -> None:
    op.create_index(op.f("ix_access_log_entry_xid_id"), "access_log_entry", ["xid", "id"])
    op.create_table(
        "log_leaf",
        sa.Column("leaf_index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("xid", Xid8(), nullable=False),
        sa.PrimaryKeyConstraint("leaf_index", name=op.f("pk_log_leaf")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_log_leaf_entry_id")),
    )
    op.create_table(
        "log_node",
        sa.Column("level", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", postgresql.BYTEA(), nullable=False),
        sa.PrimaryKeyConstraint("level", "position", name=op.f("pk_log_node")),
    )
    op.create_table(
        "log_checkpoint",
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column(
            "sealed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_log_checkpoint")),
    )
    op.execute(RIGHTS)
