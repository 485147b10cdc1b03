"""The log once more: a desk reads its own part of it, and an export leaves out what was refused.

Locks: each ALTER POLICY holds the log for a moment; no row is read or rewritten.
"""

from alembic import op

from migrations import row_security as rs

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ACCESS_LOG = 67108864
NARROWER = f"""
ALTER POLICY sees ON access_log_entry USING (
    (SELECT true FROM access_grant g
      WHERE g.client_id = access_log_entry.client_id AND g.categories & {ACCESS_LOG} <> 0
        AND {rs.IN_FORCE} AND g.trajectory_id IS NULL AND g.record_id IS NULL AND g.reach = 'all'
        AND (g.sender_organisation_id IS NULL
             OR g.sender_organisation_id = access_log_entry.organisation_id)
      LIMIT 1));
ALTER POLICY exports ON access_log_entry USING (
    (SELECT current_setting('trede.exporting', true)) = 'all'
    OR (organisation_id::text = (SELECT current_setting('trede.exporting', true))
        AND outcome = 'allowed'));
"""
"""Gate 33: of a client with an open request the desk reads what its own organisation did. Gate 35:
what was refused may be about a client elsewhere, also in an export for an officer."""


def upgrade() -> None:
    op.execute(NARROWER)
