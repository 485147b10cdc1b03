"""The data protection officer reads the log of the own organisation; indexes for that.

Locks: each index holds writes to the log while it is built, and CREATE POLICY holds the log for a
moment. On a database with a long log, build the three by hand first with CREATE INDEX CONCURRENTLY
under these names: what is there already is passed over.
"""

import sqlalchemy as sa
from alembic import op

from migrations import row_security as rs

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SUPERVISES = f"""
CREATE POLICY supervises ON access_log_entry FOR SELECT TO {rs.APPS} USING (
    (SELECT viewer_role()) = 'data_protection_officer'
    AND (SELECT viewer_account()) IS NOT NULL
    AND organisation_id = (SELECT viewer_organisation())
    AND outcome = 'allowed');
"""
"""Gate 35: in person and never through a client system, of the own organisation only. Not what was
refused: whose record was asked for in vain may be known elsewhere only, and then is none of theirs.
Permissive policies are tried from the last name to the first; this one costs no look-up of a grant,
so its name stands after `sees`.
"""


def upgrade() -> None:
    log = "access_log_entry"
    for columns in (["membership_id", "client_id", "at"], ["organisation_id", "at"]):
        name = op.f(f"ix_{log}_{'_'.join(columns)}")
        op.create_index(name, log, columns, if_not_exists=True)
    op.create_index(
        op.f(f"ix_{log}_machine_id_client_id_at"),
        log,
        ["machine_id", "client_id", "at"],
        postgresql_where=sa.text("machine_id IS NOT NULL"),
        if_not_exists=True,
    )
    op.execute(SUPERVISES)
