"""Data keys of clients, what was destroyed, and decisions on requests of data subjects.

Only more: three new tables, one column without a default, and policies. A policy takes an ACCESS
EXCLUSIVE lock on its table for a moment, without reading a row; nothing is rewritten. What the
content columns hold stays as it is: sealed values are text that begins with a mark, so rows from
before are still read.
"""

import sqlalchemy as sa
from alembic import op

from migrations import row_security as rs

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CONSENT = 33554432
REQUEST = rs.Protected(
    "data_subject_request",
    CONSENT,
    compiled=True,
    mutable=("valid_until", "answer"),
    moved_by=("privacy_desk",),
)
DECISION = rs.Protected("data_subject_decision", CONSENT, compiled=True)
PROTECTED = (REQUEST, DECISION)
RECORDS = {
    "absence_acceptance": 16777216,
    "accommodation": 65536,
    "action_plan": 64,
    "action_plan_statement": 64,
    "benefit": 16384,
    "block": 33554432,
    "break_glass": 33554432,
    "break_glass_review": 33554432,
    "client": 4,
    "client_bsn": 2,
    "client_identity": 1,
    "consent": 33554432,
    "consent_answer": 33554432,
    "consent_request": 33554432,
    "consent_withdrawal": 33554432,
    "contact_day": 8,
    "contact_entry": 2097152,
    "conversation_appointment": 8,
    "conversation_attendance": 16777216,
    "conversation_confirmation": 16777216,
    "conversation_invitation": 8,
    "conversation_minutes": 16777216,
    "conversation_proposal": 8,
    "data_subject_request": 33554432,
    "disclosure_decision": 131072,
    "early_warning_plan": 524288,
    "feedback_entry": 8388608,
    "incapacity": 1024,
    "insurance_physician_note": 2048,
    "invitation_answer": 8,
    "ladder_measurement": 16,
    "ladder_note": 32,
    "ladder_statement": 32,
    "life_event": 1048576,
    "participant": 8,
    "pause_life_event": 1048576,
    "pause_reason": 2097152,
    "placement": 32768,
    "placement_contract": 32768,
    "progress_report": 4194304,
    "psychological_anamnesis": 4096,
    "question": 8,
    "question_answer": 8,
    "referral": 4,
    "representative": 33554432,
    "responsibility": 8,
    "restriction": 33554432,
    "start_conversation": 16777216,
    "supporter": 33554432,
    "trajectory": 4,
    "trajectory_course": 8,
    "trajectory_event": 8,
    "trajectory_pause": 8,
    "treatment_plan": 1024,
    "treatment_team_member": 1024,
    "treatment_work_goal": 64,
    "wellbeing": 262144,
    "work_advice": 8192,
    "work_capacity": 512,
    "work_history": 256,
    "work_question": 128,
    "data_subject_decision": CONSENT,
}
"""Each table with records, and the bit of its category."""
ALREADY_READ_BY_THE_COMPILER = (
    "SELECT polrelid::regclass::text FROM pg_policy WHERE polname = 'compiles'"
)
ONE = "client_id = (SELECT compiling_client())"
DESK = "(SELECT viewer_role()) = 'privacy_desk'"


def covered(table: str, bit: int | str, at: str = "recorded_at") -> str:
    """There is a tombstone for this row; only then can it be destroyed, by whomever."""
    return f"""(SELECT true FROM tombstone x
    WHERE x.client_id = {table}.client_id
      AND (x.everything OR ({table}.{at} <= x.recorded_until
           AND x.organisation_id IS NOT DISTINCT FROM {table}.controller_organisation_id
           AND (x.record_id = {table}.id OR (x.record_id IS NULL AND x.category = {bit}))))
    LIMIT 1)"""


HOLDS = f"""(SELECT true FROM access_grant g
    WHERE g.client_id = data_key.client_id
      AND (g.categories | g.creates) & data_key.category <> 0 AND {rs.IN_FORCE} LIMIT 1)"""
REGISTERED_NOW = """(SELECT true FROM client c WHERE c.id = data_key.client_id
    AND c.registered_in = pg_current_xact_id_if_assigned()
    AND c.controller_organisation_id = (SELECT viewer_organisation()) LIMIT 1)"""
DATA_KEY = f"""
ALTER TABLE data_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE data_key FORCE ROW LEVEL SECURITY;
CREATE POLICY sees ON data_key FOR SELECT TO {rs.APPS} USING (
    {HOLDS} OR {REGISTERED_NOW});
CREATE POLICY makes ON data_key FOR INSERT TO trede_api WITH CHECK (
    (organisation_id IS NOT DISTINCT FROM (SELECT viewer_organisation())
     OR (SELECT viewer_role()) IN ('client', 'representative'))
    AND ({HOLDS} OR {REGISTERED_NOW}));
CREATE POLICY compiles ON data_key FOR SELECT TO trede_compiler USING ({ONE});
CREATE POLICY makes_too ON data_key FOR INSERT TO trede_compiler WITH CHECK ({ONE});
CREATE POLICY erases ON data_key FOR DELETE TO trede_compiler, trede_owner USING (
    (SELECT true FROM tombstone x WHERE x.client_id = data_key.client_id
        AND (x.everything OR (x.record_id IS NULL AND x.category = data_key.category
             AND x.organisation_id IS NOT DISTINCT FROM data_key.organisation_id
             AND data_key.made_at <= x.recorded_until)) LIMIT 1));
CREATE POLICY keeps ON data_key FOR SELECT TO trede_owner USING (true);
CREATE POLICY rewraps ON data_key FOR UPDATE TO trede_owner USING (true);
GRANT SELECT ON data_key TO {rs.APPS}, trede_compiler;
GRANT INSERT ON data_key TO trede_api, trede_compiler;
GRANT DELETE ON data_key TO trede_compiler;
"""
"""A key is seen by whoever holds its category of that client; it can go, and never change."""
TOMBSTONE = f"""
ALTER TABLE tombstone ENABLE ROW LEVEL SECURITY;
ALTER TABLE tombstone FORCE ROW LEVEL SECURITY;
CREATE POLICY sees ON tombstone FOR SELECT TO trede_compiler USING ({ONE});
CREATE POLICY decides ON tombstone FOR INSERT TO trede_compiler WITH CHECK ({ONE} AND {DESK}
    AND recorded_until <= (SELECT moment())
    AND (SELECT true FROM data_subject_request r
          WHERE r.id = tombstone.request_id AND r.client_id = tombstone.client_id
            AND r.kind = 'erasure' AND r.organisation_id = (SELECT viewer_organisation())
            AND (r.valid_until IS NULL OR (SELECT moment()) < r.valid_until) LIMIT 1)
    AND (everything OR organisation_id = (SELECT viewer_organisation())
         OR (organisation_id IS NULL AND (SELECT true FROM client c
              WHERE c.id = tombstone.client_id
                AND c.controller_organisation_id = (SELECT viewer_organisation()) LIMIT 1))));
CREATE POLICY falls_due ON tombstone FOR INSERT TO trede_compiler WITH CHECK ({ONE}
    AND NOT everything AND recorded_until <= (SELECT moment())
    AND (SELECT true FROM data_subject_decision d
          WHERE d.client_id = tombstone.client_id AND d.request_id = tombstone.request_id
            AND d.outcome = 'restrict'
            AND d.until <= ((SELECT moment()) AT TIME ZONE 'Europe/Amsterdam')::date
            AND d.controller_organisation_id = (SELECT r.organisation_id
                FROM data_subject_request r WHERE r.id = d.request_id AND r.valid_until IS NOT NULL)
            AND tombstone.organisation_id = d.controller_organisation_id
            AND (d.record_id IS NULL OR d.record_id = tombstone.record_id)
            AND EXISTS (SELECT FROM restriction x WHERE x.client_id = d.client_id
                 AND x.record_id = tombstone.record_id AND x.of_category = d.of_category
                 AND x.organisation_id = d.controller_organisation_id
                 AND x.ground = 'kept_by_law' AND x.lifted_at IS NULL)
          LIMIT 1));
CREATE POLICY restores ON tombstone TO trede_owner USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON tombstone TO trede_compiler;
"""
"""Whoever answers for data has it destroyed, on an open request of the client, and no other; what
was restricted until a day goes on that day, unless the restriction was lifted."""
REQUESTS = f"""
CREATE POLICY by_the_client ON data_subject_request AS RESTRICTIVE FOR INSERT TO trede_api
    WITH CHECK ({rs.PERSONS});
CREATE POLICY by_its_desk ON data_subject_request AS RESTRICTIVE FOR UPDATE TO trede_api
    USING (organisation_id = (SELECT viewer_organisation())
           AND (valid_until IS NULL OR (SELECT moment()) < valid_until))
    WITH CHECK (valid_until <= (SELECT moment()));
REVOKE INSERT ON data_subject_decision FROM trede_api;
GRANT INSERT ON data_subject_decision TO trede_compiler;
CREATE POLICY decides ON data_subject_decision FOR INSERT TO trede_compiler WITH CHECK ({ONE}
    AND {DESK} AND author_id = (SELECT viewer_hat())
    AND controller_organisation_id = (SELECT viewer_organisation())
    AND (SELECT true FROM data_subject_request r
          WHERE r.id = data_subject_decision.request_id
            AND r.client_id = data_subject_decision.client_id
            AND r.organisation_id = (SELECT viewer_organisation())
            AND (r.valid_until IS NULL OR (SELECT moment()) < r.valid_until) LIMIT 1));
CREATE POLICY restricts ON restriction FOR INSERT TO trede_compiler WITH CHECK ({ONE}
    AND {DESK} AND author_id = (SELECT viewer_hat())
    AND organisation_id = (SELECT viewer_organisation()));
GRANT SELECT, INSERT ON restriction TO trede_compiler;
"""
BESIDE = ("access_grant", "caseload_line", "account_link", "registration")
"""What hangs on a client and is no record: it goes when everything goes."""
TRACES = """
GRANT SELECT (subject_id), DELETE ON outbox_event TO trede_compiler;
GRANT SELECT (created_id), DELETE ON idempotency_key TO trede_compiler;
GRANT SELECT (id, client_id), DELETE ON compilation_due TO trede_compiler;
GRANT UPDATE (asked_index) ON access_refusal TO trede_worker;
GRANT SELECT (outcome, until) ON data_subject_decision TO trede_worker;
"""


def upgrade() -> None:
    """New tables and policies; every table that holds records can lose what has a tombstone."""
    _tables()
    for statement in rs.statements(DECISION):
        op.execute(statement)
    sees = rs.visible_to(REQUEST)
    op.execute(f"ALTER POLICY moves ON data_subject_request USING ({rs.moves(REQUEST, sees)})")
    for statements in (DATA_KEY, TOMBSTONE, REQUESTS, TRACES):
        op.execute(statements)
    compiled = {name for (name,) in op.get_bind().execute(sa.text(ALREADY_READ_BY_THE_COMPILER))}
    for table, bit in RECORDS.items():
        if table not in compiled:
            op.execute(
                f"CREATE POLICY compiles ON {table} FOR SELECT TO trede_compiler USING ({ONE})"
            )
        _erasable(table, covered(table, bit))
    for table in BESIDE:
        _erasable(
            table,
            f"""(SELECT true FROM tombstone x
            WHERE x.client_id = {table}.client_id AND x.everything LIMIT 1)""",
        )


def _erasable(table: str, dead: str) -> None:
    op.execute(
        f"CREATE POLICY erases ON {table} FOR DELETE TO trede_compiler, trede_owner USING ({dead})"
    )
    op.execute(f"CREATE POLICY buries ON {table} FOR SELECT TO trede_owner USING ({dead})")
    if table in RECORDS:
        read = "id, client_id, controller_organisation_id, recorded_at"
        op.execute(f"GRANT SELECT ({read}), DELETE ON {table} TO trede_compiler")
    else:
        op.execute(f"GRANT SELECT, DELETE ON {table} TO trede_compiler")


def _moment(name: str) -> sa.Column[object]:
    now = sa.text("moment()")
    return sa.Column(name, sa.DateTime(timezone=True), server_default=now, nullable=False)


def _tables() -> None:
    op.create_table(
        "data_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("category", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        _moment("made_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_key")),
    )
    op.create_index(
        "uq_data_key_owner",
        "data_key",
        ["client_id", "organisation_id", "category"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "tombstone",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("category", sa.Integer(), nullable=True),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("everything", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        _moment("recorded_until"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tombstone")),
    )
    op.create_index(op.f("ix_tombstone_client_id"), "tombstone", ["client_id"], unique=False)
    op.create_table(
        "data_subject_decision",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("of_category", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("explanation", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("trajectory_id", sa.Uuid(), nullable=True),
        sa.Column("controller_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_role", sa.Text(), nullable=False),
        _moment("recorded_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_subject_decision")),
    )
    for column in ("request_id", "client_id", "trajectory_id"):
        op.create_index(
            op.f(f"ix_data_subject_decision_{column}"),
            "data_subject_decision",
            [column],
            unique=False,
        )
    op.add_column("data_subject_request", sa.Column("wish", sa.Text(), nullable=True))
