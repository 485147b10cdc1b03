"""A receiver that is asked anew misses nothing of what happens meanwhile.

One policy is altered: a short lock on the grants, which waits for nobody longer than is allowed.
"""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The worker also sees the grants of a hat whose receiver agreed before."""
    op.execute("GRANT SELECT (confirmed_at) ON event_subscription TO trede_worker")
    op.execute(
        """ALTER POLICY fans_out ON access_grant USING (
            (SELECT true FROM event_subscription s
              WHERE (s.state = 'active' OR s.state = 'pending' AND s.confirmed_at IS NOT NULL)
                AND access_grant.grantee_id IN (s.hat_id, s.inbox_id)
              LIMIT 1))"""
    )
