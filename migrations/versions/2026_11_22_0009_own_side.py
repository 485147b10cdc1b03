"""The client's own side: meaning, peer support, counselling, contact, transition, aftercare.

Also what was recorded on the wrong client: its author withdraws it. Only more: seven new tables with
their policies, and one more policy on `tombstone` (CREATE POLICY takes an ACCESS EXCLUSIVE lock on it
for a moment, without reading a row); grants on one column each of parts of records.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import row_security as rs

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

IDENTITY, STATUS, LADDER_NOTES, BENEFIT = 1, 8, 32, 16384
WELLBEING, LIFE_EVENT, CONSENT = 262144, 1048576, 33554432
RESTRICTABLE = (
    "benefits_counselling",
    "contact_preference",
    "meaning_view",
    "transition_support",
)
PROTECTED = (
    rs.Protected("aftercare", STATUS, addressed=True),
    rs.Protected("benefits_counselling", BENEFIT, restrictable=True),
    rs.Protected("contact_preference", IDENTITY, restrictable=True),
    rs.Protected("meaning_view", LADDER_NOTES, restrictable=True),
    rs.Protected("misplaced_record", CONSENT, parties=("controller_organisation_id",)),
    rs.Protected("peer_support_attendance", WELLBEING),
    rs.Protected("transition_support", LIFE_EVENT, restrictable=True),
)
ONE = "client_id = (SELECT compiling_client())"
PARTS = {
    "ladder_note": "measurement_id",
    "treatment_work_goal": "plan_id",
}
"""What goes along with the record that it is a part of, whoever may read it."""
MISPLACED = f"""
CREATE POLICY misplaces ON tombstone FOR INSERT TO trede_compiler WITH CHECK ({ONE}
    AND NOT everything AND category IS NULL AND recorded_until <= (SELECT moment())
    AND organisation_id = (SELECT viewer_organisation())
    AND (SELECT true FROM misplaced_record m
          WHERE m.id = tombstone.request_id AND m.client_id = tombstone.client_id
            AND m.author_id = (SELECT viewer_hat())
            AND m.controller_organisation_id = tombstone.organisation_id
            AND tombstone.record_id = ANY (m.record_ids) LIMIT 1));
GRANT SELECT (author_id, record_ids) ON misplaced_record TO trede_compiler;
"""
"""Whoever answers for a record withdraws it from a client whom it was never about; no other."""


def upgrade() -> None:
    """New tables and policies; what was there stays as it was."""
    _tables()
    for table in PROTECTED:
        for statement in rs.statements(table):
            op.execute(statement)
        _erasable(table)
    op.execute(MISPLACED)
    for name, column in PARTS.items():
        op.execute(f"GRANT SELECT ({column}) ON {name} TO trede_compiler")


def _erasable(t: rs.Protected) -> None:
    """What has a tombstone can be destroyed; what is contested can be closed and opened again."""
    name = t.table
    dead = f"""(SELECT true FROM tombstone x
    WHERE x.client_id = {name}.client_id
      AND (x.everything OR ({name}.recorded_at <= x.recorded_until
           AND x.organisation_id IS NOT DISTINCT FROM {name}.controller_organisation_id
           AND (x.record_id = {name}.id OR (x.record_id IS NULL AND x.category = {t.bit}))))
    LIMIT 1)"""
    read = "id, client_id, controller_organisation_id, recorded_at"
    for statement in (
        f"CREATE POLICY compiles ON {name} FOR SELECT TO trede_compiler USING ({ONE})",
        f"CREATE POLICY erases ON {name} FOR DELETE TO trede_compiler, trede_owner USING ({dead})",
        f"CREATE POLICY buries ON {name} FOR SELECT TO trede_owner USING ({dead})",
        f"GRANT SELECT ({read}), DELETE ON {name} TO trede_compiler",
    ):
        op.execute(statement)
    if not t.restrictable:
        return
    op.execute(
        f"CREATE POLICY restricts ON {name} FOR UPDATE TO trede_compiler USING ({ONE} AND"
        " ((SELECT viewer_role()) = 'client'"
        " OR controller_organisation_id = (SELECT viewer_organisation())))"
    )
    op.execute(f"GRANT SELECT (restricted_at), UPDATE (restricted_at) ON {name} TO trede_compiler")


def _record(name: str, *columns: sa.schema.SchemaItem, versioned: bool = False) -> None:
    told: list[sa.schema.SchemaItem] = []
    if versioned:
        restricted = sa.Column("restricted_at", sa.DateTime(timezone=True), nullable=True)
        told = [sa.Column("supersedes_id", sa.Uuid()), restricted]
    op.create_table(
        name,
        *columns,
        *told,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("trajectory_id", sa.Uuid(), nullable=True),
        sa.Column("controller_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_role", sa.Text(), nullable=False),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("moment()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    for column in ("client_id", "trajectory_id"):
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column], unique=False)


def _text(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _list(name: str) -> sa.Column[object]:
    return sa.Column(name, postgresql.JSONB(astext_type=sa.Text()), nullable=False)


def _date(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _flag(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Boolean(), nullable=nullable)


def _hours(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Float(), nullable=False)


def _tables() -> None:
    texts, ids = postgresql.ARRAY(sa.Text()), postgresql.ARRAY(sa.Uuid())
    _record(
        "contact_preference",
        sa.Column("channels", texts, nullable=False),
        _flag("neutral_texts"),
        _flag("voicemail"),
        _list("safe_times"),
        _text("note", nullable=True),
        versioned=True,
    )
    _record(
        "benefits_counselling",
        _date("held_on"),
        _text("held_by"),
        _flag("before_first_job"),
        _flag("fallback_right", nullable=True),
        _date("fallback_until", nullable=True),
        _text("explained", nullable=True),
        versioned=True,
    )
    _record(
        "meaning_view",
        _date("seen_on"),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        _text("words", nullable=True),
        sa.CheckConstraint("score BETWEEN 1 AND 10", name=op.f("ck_meaning_view_one_to_ten")),
        versioned=True,
    )
    _record("peer_support_attendance", _date("attended_on"))
    _record(
        "transition_support",
        _text("phase"),
        _date("starts_on"),
        _date("ends_on", nullable=True),
        _hours("contacts_per_month"),
        _list("areas"),
        _list("agreements"),
        versioned=True,
    )
    _record(
        "aftercare",
        _date("starts_on"),
        _date("until", nullable=True),
        _hours("hours_per_month"),
        sa.Column("audience", texts, nullable=False),
    )
    _record(
        "misplaced_record",
        _text("of_category"),
        sa.Column("record_ids", ids, nullable=False),
        sa.Column("made_anew", sa.Boolean(), nullable=False),
    )
