"""Who wants to be told of events, and which event waits for whom.

Only more: two new tables, an index on the events that wait, and what the worker may see of grants.
"""

import sqlalchemy as sa
from alembic import op

from migrations import row_security as rs

revision = "0018"
down_revision = "0020"
branch_labels = None
depends_on = None

WHOSE = """(SELECT true FROM event_subscription s
    WHERE s.id = event_delivery.subscription_id
      AND s.hat_id = (SELECT viewer_hat()) AND s.purpose_bit = (SELECT viewer_purpose())
    LIMIT 1)"""
HELD = f"""(SELECT true FROM access_grant g
    WHERE g.client_id = event_delivery.client_id
      AND g.categories & event_delivery.category <> 0
      AND {rs.IN_FORCE}
    LIMIT 1)"""
GONE = """(SELECT true FROM tombstone x
    WHERE x.client_id = event_delivery.client_id LIMIT 1)"""
RIGHTS = (
    "GRANT SELECT ON event_subscription TO trede_reader, trede_api",
    "GRANT INSERT, UPDATE (url, types, state, ended_why, ended_at, wanted_rate, allowed_rate,"
    " confirmed_at, wrapped_key, secret, previous_secret, previous_until, ask_at, asked,"
    " wait_until, failures, failing_since) ON event_subscription TO trede_api",
    "GRANT SELECT (id, organisation_id, machine_id, membership_id, hat_id, inbox_id, purpose,"
    " purpose_bit, url, types, state, ended_at, created_at, allowed_rate, wanted_rate, ask_at,"
    " asked, turn_at, wait_until, failures, failing_since), UPDATE (state, ended_why, ended_at,"
    " confirmed_at, allowed_rate, ask_at, asked, turn_at, wait_until, failures, failing_since,"
    " last_status, last_fault) ON event_subscription TO trede_worker",
    "GRANT SELECT, DELETE ON outbox_event TO trede_worker",
    "ALTER TABLE event_delivery ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE event_delivery FORCE ROW LEVEL SECURITY",
    f"CREATE POLICY sees ON event_delivery FOR SELECT TO {rs.APPS} USING ({WHOSE} AND {HELD})",
    "CREATE POLICY sends_again ON event_delivery FOR UPDATE TO trede_api"
    f" USING ({WHOSE} AND {HELD})",
    "CREATE POLICY works ON event_delivery TO trede_worker USING (true) WITH CHECK (true)",
    "CREATE POLICY erases ON event_delivery FOR DELETE TO trede_compiler"
    " USING (client_id = (SELECT compiling_client()))",
    "CREATE POLICY compiles ON event_delivery FOR SELECT TO trede_compiler"
    " USING (client_id = (SELECT compiling_client()))",
    f"CREATE POLICY buries ON event_delivery TO trede_owner USING ({GONE})",
    "GRANT SELECT ON event_delivery TO trede_reader, trede_api",
    "GRANT UPDATE (state, due_at, attempts, first_tried_at) ON event_delivery TO trede_api",
    "GRANT SELECT (id, place, subscription_id, event_id, subject_id, client_id, announced_at,"
    " state, due_at, attempts, first_tried_at), INSERT, DELETE, UPDATE (state, due_at, attempts,"
    " first_tried_at, last_tried_at, last_status, last_fault) ON event_delivery TO trede_worker",
    "GRANT SELECT (id, client_id, subject_id), DELETE ON event_delivery TO trede_compiler",
    """CREATE POLICY fans_out ON access_grant FOR SELECT TO trede_worker USING (
        (SELECT true FROM event_subscription s
          WHERE s.state = 'active' AND access_grant.grantee_id IN (s.hat_id, s.inbox_id)
          LIMIT 1))""",
    "GRANT SELECT (client_id, grantee_id, categories, purposes, valid_from, valid_until)"
    " ON access_grant TO trede_worker",
)
"""The worker sees of grants only whether a hat that wants events has one; never whose it is not."""


def upgrade() -> None:
    """New tables with their policies and rights."""
    _subscriptions()
    _deliveries()
    op.create_index("ix_outbox_event_occurred_at_id", "outbox_event", ["occurred_at", "id"])
    for statement in RIGHTS:
        op.execute(statement)


def _subscriptions() -> None:
    op.create_table(
        "event_subscription",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("machine_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=True),
        sa.Column("hat_id", sa.Uuid(), nullable=False),
        sa.Column("inbox_id", sa.Uuid(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("purpose_bit", sa.SmallInteger(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("types", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ended_why", sa.Text(), nullable=True),
        _moment("created_at", by_default=True),
        _moment("confirmed_at"),
        _moment("ended_at"),
        sa.Column("wanted_rate", sa.Integer(), nullable=True),
        sa.Column("allowed_rate", sa.Integer(), nullable=True),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("previous_secret", sa.LargeBinary(), nullable=True),
        _moment("previous_until"),
        _moment("ask_at"),
        sa.Column("asked", sa.Integer(), server_default="0", nullable=False),
        _moment("turn_at"),
        _moment("wait_until"),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        _moment("failing_since"),
        sa.Column("last_status", sa.Integer(), nullable=True),
        sa.Column("last_fault", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_subscription")),
        *(
            sa.ForeignKeyConstraint(
                [f"{of}_id"], [f"{of}.id"], name=op.f(f"fk_event_subscription_{of}_id_{of}")
            )
            for of in ("organisation", "machine", "membership")
        ),
    )
    for name, columns in (
        ("machine_id", ["machine_id"]),
        ("organisation_id_created_at", ["organisation_id", "created_at"]),
    ):
        op.create_index(op.f(f"ix_event_subscription_{name}"), "event_subscription", columns)


def _deliveries() -> None:
    op.create_table(
        "event_delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("subscription_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.Integer(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        _moment("announced_at", by_default=True),
        sa.Column("state", sa.Text(), nullable=False),
        _moment("due_at", by_default=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        _moment("first_tried_at"),
        _moment("last_tried_at"),
        sa.Column("last_status", sa.Integer(), nullable=True),
        sa.Column("last_fault", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_delivery")),
        sa.UniqueConstraint(
            "subscription_id", "event_id", name=op.f("uq_event_delivery_subscription_id_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["event_subscription.id"],
            name=op.f("fk_event_delivery_subscription_id_event_subscription"),
        ),
    )
    waiting = sa.text("state = 'open'")
    table, of = "event_delivery", "subscription_id"
    op.create_index("ix_event_delivery_place", table, [of, "place"])
    op.create_index(
        "ix_event_delivery_due", table, [of, "due_at", "place"], postgresql_where=waiting
    )
    op.create_index(
        "ix_event_delivery_order", table, [of, "subject_id", "place"], postgresql_where=waiting
    )
    for column in ("announced_at", "client_id", "subject_id"):
        op.create_index(op.f(f"ix_event_delivery_{column}"), table, [column])


def _moment(name: str, *, by_default: bool = False) -> sa.Column[object]:
    default = sa.text("moment()") if by_default else None
    return sa.Column(
        name, sa.DateTime(timezone=True), server_default=default, nullable=not by_default
    )
