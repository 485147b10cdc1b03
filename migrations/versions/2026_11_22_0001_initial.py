"""The first schema: parties, facts, grants, records, log; row security on all client data."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import UserDefinedType

from migrations import row_security as rs

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

EXISTENCE = 4
STATUS = 8
CONSENT = 33554432
ACCESS_LOG = 67108864
REGISTRARS = "('clinician', 'ips_coach', 'municipal_case_manager')"
EVERYONE = (
    "client",
    "representative",
    "supporter",
    "clinician",
    "psychologist",
    "ips_coach",
    "reintegration_coach",
    "insurance_physician",
    "labour_expert",
    "municipal_case_manager",
    "employer",
    "job_coach",
    "health_insurer",
    "supervisor",
    "privacy_desk",
    "data_protection_officer",
    "organisation_admin",
    "reporting",
    "system_admin",
)
PROTECTED = (
    rs.Protected("absence_acceptance", 16777216, scope="conversation_id"),
    rs.Protected("accommodation", 65536),
    rs.Protected(
        "action_plan", 64, mutable=("agreed_on", "agreed_by"), moved_by=("client", "representative")
    ),
    rs.Protected("action_plan_statement", 64),
    rs.Protected("benefit", 16384),
    rs.Protected(
        "block",
        33554432,
        compiled=True,
        mutable=("valid_until",),
        moved_by=("client", "representative"),
    ),
    rs.Protected("client_bsn", 2, compiled=True, registering=True),
    rs.Protected("client_identity", 1, registering=True, compiled=True),
    rs.Protected(
        "consent",
        33554432,
        parties=("sender_organisation_id", "recipient_organisation_id"),
        compiled=True,
        mutable=("withdrawn_at", "withdrawn_by"),
        moved_by=("client", "representative"),
    ),
    rs.Protected("consent_answer", 33554432, parties=("asked_by_organisation_id",)),
    rs.Protected("consent_request", 33554432, parties=("controller_organisation_id",)),
    rs.Protected("consent_withdrawal", 33554432),
    rs.Protected("contact_day", 8, addressed=True, compiled=True),
    rs.Protected("contact_entry", 2097152),
    rs.Protected("conversation_appointment", 8, addressed=True),
    rs.Protected("conversation_attendance", 16777216, scope="conversation_id"),
    rs.Protected(
        "conversation_confirmation",
        16777216,
        scope="conversation_id",
        compiled=True,
        mutable=("valid_until",),
        moved_by=(
            "clinician",
            "psychologist",
            "ips_coach",
            "reintegration_coach",
            "labour_expert",
            "municipal_case_manager",
        ),
    ),
    rs.Protected("conversation_invitation", 8, addressed=True),
    rs.Protected("conversation_minutes", 16777216, scope="conversation_id"),
    rs.Protected("conversation_proposal", 8, addressed=True),
    rs.Protected(
        "data_subject_request", 33554432, compiled=True, mutable=("valid_until", "answer")
    ),
    rs.Protected("disclosure_decision", 131072),
    rs.Protected("early_warning_plan", 524288, addressed=True),
    rs.Protected("feedback_entry", 8388608, addressed=True),
    rs.Protected("insurance_physician_note", 2048),
    rs.Protected("invitation_answer", 8, addressed=True),
    rs.Protected(
        "ladder_measurement",
        16,
        compiled=True,
        mutable=("client_answer", "client_answered_at"),
        moved_by=("client",),
    ),
    rs.Protected("ladder_note", 32),
    rs.Protected("ladder_statement", 32),
    rs.Protected("life_event", 1048576),
    rs.Protected(
        "participant",
        8,
        compiled=True,
        mutable=("valid_until", "keeps_own_records"),
        moved_by=EVERYONE,
    ),
    rs.Protected("pause_life_event", 1048576),
    rs.Protected("pause_reason", 2097152),
    rs.Protected(
        "placement",
        32768,
        mutable=("agreed_on", "agreed_by_role", "ended_on", "end_reason"),
        moved_by=("ips_coach", "reintegration_coach", "labour_expert", "municipal_case_manager"),
    ),
    rs.Protected(
        "placement_contract",
        32768,
        scope="placement_id",
        compiled=True,
        mutable=("valid_until",),
        moved_by=("ips_coach", "reintegration_coach"),
    ),
    rs.Protected(
        "progress_report",
        4194304,
        released=True,
        mutable=("released_at", "client_statement"),
        moved_by=("client", "representative"),
    ),
    rs.Protected("psychological_anamnesis", 4096),
    rs.Protected("question", 8, addressed=True),
    rs.Protected("question_answer", 8, addressed=True),
    rs.Protected(
        "referral",
        4,
        compiled=True,
        mutable=("accepted_at", "refused_at", "withdrawn_at", "refusal_reason", "decided_by"),
        moved_by=EVERYONE,
    ),
    rs.Protected(
        "representative",
        33554432,
        parties=("controller_organisation_id",),
        compiled=True,
        mutable=("valid_until",),
        moved_by=("client", "clinician"),
    ),
    rs.Protected("responsibility", 8, compiled=True, mutable=("valid_until",), moved_by=EVERYONE),
    rs.Protected(
        "start_conversation",
        16777216,
        mutable=("first_confirmed_at", "confirmed_at"),
        moved_by=EVERYONE,
    ),
    rs.Protected(
        "supporter", 33554432, compiled=True, mutable=("valid_until",), moved_by=("client",)
    ),
    rs.Protected("trajectory", 4, compiled=True),
    rs.Protected("trajectory_course", 8, compiled=True),
    rs.Protected("trajectory_event", 8, addressed=True, compiled=True),
    rs.Protected("trajectory_pause", 8, addressed=True, mutable=("resumed_on",), moved_by=EVERYONE),
    rs.Protected("treatment_plan", 1024),
    rs.Protected(
        "treatment_team_member",
        1024,
        compiled=True,
        registering=True,
        mutable=("valid_until",),
        moved_by=("clinician", "psychologist"),
    ),
    rs.Protected("treatment_work_goal", 64),
    rs.Protected("wellbeing", 262144),
    rs.Protected(
        "work_advice",
        8192,
        released=True,
        mutable=("released_at", "released_by"),
        moved_by=("client", "representative"),
    ),
    rs.Protected(
        "work_capacity",
        512,
        released=True,
        mutable=("released_at",),
        moved_by=("insurance_physician",),
    ),
    rs.Protected("work_history", 256),
    rs.Protected("work_question", 128),
)
SYSTEM_RIGHTS = (
    ("SELECT, INSERT, UPDATE (created_id, status)", "idempotency_key", "trede_api"),
    ("SELECT (created_at), DELETE", "idempotency_key", "trede_worker"),
    ("SELECT, INSERT", "spent_assertion", "trede_api"),
    ("SELECT (expires_at), DELETE", "spent_assertion", "trede_worker"),
    ("INSERT", "outbox_event", "trede_api"),
)


class Xid8(UserDefinedType[int]):
    """A transaction id that never wraps."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "xid8"


def upgrade() -> None:
    """Tables first, then who may see and add what; everything is new, so nothing waits."""
    op.execute(rs.FUNCTIONS)
    _tables()
    op.execute(rs.VIEWER_FUNCTIONS)
    op.execute(rs.ONCE)
    sees = rs.visible_to(rs.Protected("client", EXISTENCE))
    op.execute(rs.CLIENT.replace("{sees}", sees).replace("{registrars}", REGISTRARS))
    op.execute(rs.ACCESS_GRANT)
    op.execute(rs.CASELOAD_LINE)
    op.execute(rs.ACCOUNT_LINK.replace("{consent}", str(CONSENT)))
    op.execute(rs.ACCESS_LOG.replace("{access_log}", str(ACCESS_LOG)))
    op.execute(rs.REGISTRATION)
    for table in PROTECTED:
        for statement in rs.statements(table):
            op.execute(statement)
    op.execute(rs.CONSENT)
    moves = rs.MOVES.replace("{existence}", str(EXISTENCE)).replace("{status}", str(STATUS))
    op.execute(moves)
    op.execute(rs.WORKER)
    for statement in rs.DIRECTORY_RIGHTS:
        op.execute(statement)
    for rights, table, login in SYSTEM_RIGHTS:
        op.execute(f"GRANT {rights} ON {table} TO {login}")


def _tables() -> None:  # noqa: PLR0915 - a list of tables
    op.create_table(
        "absence_acceptance",
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence_acceptance")),
    )
    op.create_index(
        op.f("ix_absence_acceptance_client_id"), "absence_acceptance", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_absence_acceptance_conversation_id"),
        "absence_acceptance",
        ["conversation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_absence_acceptance_trajectory_id"),
        "absence_acceptance",
        ["trajectory_id"],
        unique=False,
    )
    op.create_table(
        "access_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("grantee_id", sa.Uuid(), nullable=False),
        sa.Column("trajectory_id", sa.Uuid(), nullable=True),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("sender_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("categories", sa.Integer(), nullable=False),
        sa.Column("creates", sa.Integer(), nullable=False),
        sa.Column("purposes", sa.SmallInteger(), nullable=False),
        sa.Column("reach", sa.Text(), nullable=False),
        sa.Column("ungated", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("basis_id", sa.Uuid(), nullable=False),
        sa.Column("bsn_index", sa.LargeBinary(), nullable=True),
        sa.Column("policy_version", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_grant")),
    )
    op.create_index(
        op.f("ix_access_grant_client_id_grantee_id"),
        "access_grant",
        ["client_id", "grantee_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_access_grant_grantee_id_bsn_index"),
        "access_grant",
        ["grantee_id", "bsn_index"],
        unique=False,
    )
    op.create_index(
        op.f("ix_access_grant_grantee_id_trajectory_id"),
        "access_grant",
        ["grantee_id", "trajectory_id"],
        unique=False,
    )
    op.create_table(
        "caseload_line",
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("trajectory_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("grantee_id", sa.Uuid(), nullable=False),
        sa.Column("purposes", sa.SmallInteger(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mask", sa.Integer(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("bsn_index", sa.LargeBinary(), nullable=True),
        sa.Column("excerpts", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["grant_id"],
            ["access_grant.id"],
            name=op.f("fk_caseload_line_grant_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("grant_id", "trajectory_id", name=op.f("pk_caseload_line")),
    )
    op.create_index(
        op.f("ix_caseload_line_client_id"), "caseload_line", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_caseload_line_grantee_id_trajectory_id"),
        "caseload_line",
        ["grantee_id", "trajectory_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_caseload_line_grantee_id_bsn_index"),
        "caseload_line",
        ["grantee_id", "bsn_index"],
        unique=False,
    )
    op.create_table(
        "access_log_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("xid", Xid8(), server_default=sa.text("pg_current_xact_id()"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("trajectory_id", sa.Uuid(), nullable=True),
        sa.Column("grantee_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=True),
        sa.Column("machine_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("resource", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("withheld", sa.Integer(), nullable=False),
        sa.Column("grounds", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("trace_id", sa.Text(), nullable=True),
        sa.Column("salt", postgresql.BYTEA(), nullable=False),
        sa.Column("leaf_hash", postgresql.BYTEA(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_log_entry")),
    )
    op.create_index(
        op.f("ix_access_log_entry_client_id_at"),
        "access_log_entry",
        ["client_id", "at"],
        unique=False,
    )
    op.create_table(
        "access_refusal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("grantee_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=True),
        sa.Column("machine_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("asked_id", sa.Uuid(), nullable=True),
        sa.Column("asked_index", postgresql.BYTEA(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("trace_id", sa.Text(), nullable=True),
        sa.Column("attributed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_refusal")),
    )
    op.create_index(
        op.f("ix_access_refusal_attributed_at_at"),
        "access_refusal",
        ["attributed_at", "at"],
        unique=False,
    )
    op.create_table(
        "accommodation",
        sa.Column("placement_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.Text(), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("in_place_on", sa.Date(), nullable=True),
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
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accommodation")),
    )
    op.create_index(
        op.f("ix_accommodation_client_id"), "accommodation", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_accommodation_placement_id"), "accommodation", ["placement_id"], unique=False
    )
    op.create_index(
        op.f("ix_accommodation_supersedes_id"), "accommodation", ["supersedes_id"], unique=False
    )
    op.create_index(
        op.f("ix_accommodation_trajectory_id"), "accommodation", ["trajectory_id"], unique=False
    )
    op.create_table(
        "action_plan",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("goals", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("agreed_by", sa.Text(), nullable=True),
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
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_plan")),
    )
    op.create_index(op.f("ix_action_plan_client_id"), "action_plan", ["client_id"], unique=False)
    op.create_index(
        op.f("ix_action_plan_trajectory_id"), "action_plan", ["trajectory_id"], unique=False
    )
    op.create_table(
        "action_plan_statement",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_plan_statement")),
    )
    op.create_index(
        op.f("ix_action_plan_statement_client_id"),
        "action_plan_statement",
        ["client_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_action_plan_statement_plan_id"), "action_plan_statement", ["plan_id"], unique=False
    )
    op.create_index(
        op.f("ix_action_plan_statement_trajectory_id"),
        "action_plan_statement",
        ["trajectory_id"],
        unique=False,
    )
    op.create_table(
        "benefit",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("hours_per_week", sa.Double(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
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
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benefit")),
    )
    op.create_index(op.f("ix_benefit_client_id"), "benefit", ["client_id"], unique=False)
    op.create_index(op.f("ix_benefit_trajectory_id"), "benefit", ["trajectory_id"], unique=False)
    op.create_table(
        "client",
        sa.Column(
            "registered_in", Xid8(), server_default=sa.text("pg_current_xact_id()"), nullable=False
        ),
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
        sa.CheckConstraint("id = client_id", name=op.f("ck_client_own_client")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
    )
    op.create_index(op.f("ix_client_client_id"), "client", ["client_id"], unique=False)
    op.create_index(op.f("ix_client_trajectory_id"), "client", ["trajectory_id"], unique=False)
    op.create_table(
        "client_bsn",
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("bsn_index", sa.LargeBinary(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_bsn")),
    )
    op.create_index(op.f("ix_client_bsn_client_id"), "client_bsn", ["client_id"], unique=False)
    op.create_index(
        op.f("ix_client_bsn_trajectory_id"), "client_bsn", ["trajectory_id"], unique=False
    )
    op.create_index(
        "uq_client_bsn_confirmed",
        "client_bsn",
        ["controller_organisation_id", "bsn_index"],
        unique=True,
        postgresql_where=sa.text("confirmed"),
    )
    op.create_table(
        "client_identity",
        sa.Column("given_name", sa.Text(), nullable=False),
        sa.Column("family_name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("telephone", sa.Text(), nullable=True),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_identity")),
    )
    op.create_index(
        op.f("ix_client_identity_birth_date_name_key"),
        "client_identity",
        ["birth_date", "name_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_client_identity_client_id"), "client_identity", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_client_identity_trajectory_id"), "client_identity", ["trajectory_id"], unique=False
    )
    op.create_table(
        "consent_answer",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=True),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_answer")),
    )
    op.create_index(
        op.f("ix_consent_answer_client_id"), "consent_answer", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_consent_answer_request_id"), "consent_answer", ["request_id"], unique=False
    )
    op.create_index(
        op.f("ix_consent_answer_trajectory_id"), "consent_answer", ["trajectory_id"], unique=False
    )
    op.create_table(
        "consent_request",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sender_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("recipient_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_role", sa.Text(), nullable=False),
        sa.Column("recipient_membership_id", sa.Uuid(), nullable=True),
        sa.Column("categories", sa.Integer(), nullable=False),
        sa.Column("purposes", sa.SmallInteger(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=True),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_request")),
    )
    op.create_index(
        op.f("ix_consent_request_client_id"), "consent_request", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_consent_request_trajectory_id"), "consent_request", ["trajectory_id"], unique=False
    )
    op.create_table(
        "consent_withdrawal",
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_withdrawal")),
    )
    op.create_index(
        op.f("ix_consent_withdrawal_client_id"), "consent_withdrawal", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_consent_withdrawal_consent_id"), "consent_withdrawal", ["consent_id"], unique=False
    )
    op.create_index(
        op.f("ix_consent_withdrawal_trajectory_id"),
        "consent_withdrawal",
        ["trajectory_id"],
        unique=False,
    )
    op.create_table(
        "contact_day",
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=True),
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
        sa.Column("audience", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_day")),
    )
    op.create_index(op.f("ix_contact_day_client_id"), "contact_day", ["client_id"], unique=False)
    op.create_index(op.f("ix_contact_day_contact_id"), "contact_day", ["contact_id"], unique=False)
    op.create_index(
        op.f("ix_contact_day_supersedes_id"), "contact_day", ["supersedes_id"], unique=False
    )
    op.create_index(
        op.f("ix_contact_day_trajectory_id"), "contact_day", ["trajectory_id"], unique=False
    )
    op.create_index(
        op.f("ix_contact_day_trajectory_id_happened_on"),
        "contact_day",
        ["trajectory_id", "happened_on"],
        unique=False,
    )
    op.create_table(
        "contact_entry",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("minutes", sa.SmallInteger(), nullable=False),
        sa.Column("funding", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
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
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_entry")),
    )
    op.create_index(
        op.f("ix_contact_entry_client_id"), "contact_entry", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_contact_entry_supersedes_id"), "contact_entry", ["supersedes_id"], unique=False
    )
    op.create_index(
        op.f("ix_contact_entry_trajectory_id"), "contact_entry", ["trajectory_id"], unique=False
    )
    op.create_table(
        "conversation_appointment",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
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
        sa.Column("audience", sa.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_appointment")),
    )
    op.create_index(
        op.f("ix_conversation_appointment_client_id"),
        "conversation_appointment",
        ["client_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_conversation_appointment_conversation_id"),
        "conversation_appointment",
        ["conversation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_conversation_appointment_trajectory_id"),
        "conversation_appointment",
        ["trajectory_id"],
        unique=False,
    )
    op.create_table(
        "conversation_attendance",
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("present", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("absent", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_attendance")),
    )
    op.create_index(
        op.f("ix_conversation_attendance_client_id"),
        "conversation_attendance",
        ["client_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_conversation_attendance_conversation_id"),
        "conversation_attendance",
        ["conversation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_conversation_attendance_trajectory_id"),
        "conversation_attendance",
        ["trajectory_id"],
        unique=False,
    )
    op.create_table(
        "conversation_minutes",
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column("success_definition", sa.Text(), nullable=True),
        sa.Column("agreements", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("review_dates", sa.ARRAY(sa.Date()), nullable=False),
        sa.Column("duration_months", sa.SmallInteger(), nullable=True),
        sa.Column("sharing", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("points", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("ladder_measurement_id", sa.Uuid(), nullable=True),
        sa.Column("goal_met", sa.Boolean(), nullable=True),
        sa.Column("client_verdict", sa.Text(), nullable=True),
        sa.Column("next_step", sa.Text(), nullable=True),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_minutes")),
    )
    op.create_index(
        op.f("ix_conversation_minutes_client_id"),
        "conversation_minutes",
        ["client_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_conversation_minutes_conversation_id"),
        "conversation_minutes",
        ["conversation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_conversation_minutes_supersedes_id"),
        "conversation_minutes",
        ["supersedes_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_conversation_minutes_trajectory_id"),
        "conversation_minutes",
        ["trajectory_id"],
        unique=False,
    )
    op.create_table(
        "conversation_proposal",
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
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
        sa.Column("audience", sa.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_proposal")),
    )
    op.create_index(
        op.f("ix_conversation_proposal_client_id"),
        "conversation_proposal",
        ["client_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_conversation_proposal_conversation_id"),
        "conversation_proposal",
        ["conversation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_conversation_proposal_trajectory_id"),
        "conversation_proposal",
        ["trajectory_id"],
        unique=False,
    )
    op.create_table(
        "disclosure_decision",
        sa.Column("discussed_on", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("to_whom", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("what", sa.Text(), nullable=True),
        sa.Column("when_to_tell", sa.Text(), nullable=True),
        sa.Column("considerations", sa.Text(), nullable=True),
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
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_decision")),
    )
    op.create_index(
        op.f("ix_disclosure_decision_client_id"), "disclosure_decision", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_disclosure_decision_trajectory_id"),
        "disclosure_decision",
        ["trajectory_id"],
        unique=False,
    )
    op.create_table(
        "early_warning_plan",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
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
        sa.Column("audience", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_early_warning_plan")),
    )
    op.create_index(
        op.f("ix_early_warning_plan_client_id"), "early_warning_plan", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_early_warning_plan_trajectory_id"),
        "early_warning_plan",
        ["trajectory_id"],
        unique=False,
    )
    op.create_table(
        "feedback_entry",
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reply_to_id", sa.Uuid(), nullable=True),
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
        sa.Column("audience", sa.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_entry")),
    )
    op.create_index(
        op.f("ix_feedback_entry_client_id"), "feedback_entry", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_feedback_entry_trajectory_id"), "feedback_entry", ["trajectory_id"], unique=False
    )
    op.create_table(
        "idempotency_key",
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("body_hmac", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("created_id", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("caller", "route", "key", name=op.f("pk_idempotency_key")),
    )
    op.create_index(
        op.f("ix_idempotency_key_created_at"), "idempotency_key", ["created_at"], unique=False
    )
    op.create_table(
        "insurance_physician_note",
        sa.Column("talk_on", sa.Date(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
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
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insurance_physician_note")),
    )
    op.create_index(
        op.f("ix_insurance_physician_note_client_id"),
        "insurance_physician_note",
        ["client_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_insurance_physician_note_trajectory_id"),
        "insurance_physician_note",
        ["trajectory_id"],
        unique=False,
    )
    op.create_table(
        "invitation_answer",
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("declined", sa.Boolean(), nullable=False),
        sa.Column("accepts", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
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
        sa.Column("audience", sa.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_answer")),
    )
    op.create_index(
        op.f("ix_invitation_answer_client_id"), "invitation_answer", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_invitation_answer_conversation_id"),
        "invitation_answer",
        ["conversation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_invitation_answer_invitation_id"),
        "invitation_answer",
        ["invitation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_invitation_answer_trajectory_id"),
        "invitation_answer",
        ["trajectory_id"],
        unique=False,
    )
    op.create_table(
        "ladder_measurement",
        sa.Column("rung", sa.SmallInteger(), nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("client_agrees", sa.Text(), nullable=False),
        sa.Column("client_answer", sa.Text(), nullable=True),
        sa.Column("client_answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("imported_scheme", sa.Text(), nullable=True),
        sa.Column("imported_level", sa.SmallInteger(), nullable=True),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
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
        sa.CheckConstraint("rung BETWEEN 1 AND 6", name=op.f("ck_ladder_measurement_six_rungs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_measurement")),
    )
    op.create_index(
        op.f("ix_ladder_measurement_client_id"), "ladder_measurement", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_ladder_measurement_supersedes_id"),
        "ladder_measurement",
        ["supersedes_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_ladder_measurement_trajectory_id"),
        "ladder_measurement",
        ["trajectory_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_ladder_measurement_trajectory_id_measured_on_recorded_at"),
        "ladder_measurement",
        ["trajectory_id", "measured_on", "recorded_at"],
        unique=False,
    )
    op.create_table(
        "ladder_note",
        sa.Column("measurement_id", sa.Uuid(), nullable=False),
        sa.Column("has_contract", sa.Boolean(), nullable=True),
        sa.Column("self_employed", sa.Boolean(), nullable=True),
        sa.Column("support_instruments", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("supplementary_benefit", sa.Boolean(), nullable=True),
        sa.Column("responsibility_to_others", sa.Boolean(), nullable=True),
        sa.Column("organised", sa.Boolean(), nullable=True),
        sa.Column("weekly", sa.Boolean(), nullable=True),
        sa.Column("in_person", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("client_words", sa.Text(), nullable=True),
        sa.Column("growth_rung", sa.SmallInteger(), nullable=True),
        sa.Column("growth_horizon_months", sa.SmallInteger(), nullable=True),
        sa.Column("growth_by_role", sa.Text(), nullable=True),
        sa.Column("growth_reasoning", sa.Text(), nullable=True),
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
        sa.CheckConstraint("growth_rung BETWEEN 1 AND 6", name=op.f("ck_ladder_note_six_rungs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_note")),
    )
    op.create_index(op.f("ix_ladder_note_client_id"), "ladder_note", ["client_id"], unique=False)
    op.create_index(
        op.f("ix_ladder_note_measurement_id"), "ladder_note", ["measurement_id"], unique=True
    )
    op.create_index(
        op.f("ix_ladder_note_trajectory_id"), "ladder_note", ["trajectory_id"], unique=False
    )
    op.create_table(
        "ladder_statement",
        sa.Column("measurement_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_statement")),
    )
    op.create_index(
        op.f("ix_ladder_statement_client_id"), "ladder_statement", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_ladder_statement_measurement_id"),
        "ladder_statement",
        ["measurement_id"],
        unique=True,
    )
    op.create_index(
        op.f("ix_ladder_statement_trajectory_id"),
        "ladder_statement",
        ["trajectory_id"],
        unique=False,
    )
    op.create_table(
        "life_event",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happens_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("extra_support_from", sa.Date(), nullable=True),
        sa.Column("extra_support_until", sa.Date(), nullable=True),
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
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_life_event")),
    )
    op.create_index(op.f("ix_life_event_client_id"), "life_event", ["client_id"], unique=False)
    op.create_index(
        op.f("ix_life_event_trajectory_id"), "life_event", ["trajectory_id"], unique=False
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("agb", sa.Text(), nullable=True),
        sa.Column("oin", sa.Text(), nullable=True),
        sa.Column("kvk", sa.Text(), nullable=True),
        sa.Column("municipality_code", sa.Text(), nullable=True),
        sa.Column("policy_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("moment()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("agb", name=op.f("uq_organisation_agb")),
        sa.UniqueConstraint("kvk", name=op.f("uq_organisation_kvk")),
        sa.UniqueConstraint("oin", name=op.f("uq_organisation_oin")),
    )
    op.create_table(
        "outbox_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column(
            "occurred_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("moment()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_event")),
    )
    op.create_table(
        "pause_life_event",
        sa.Column("pause_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pause_life_event")),
    )
    op.create_index(
        op.f("ix_pause_life_event_client_id"), "pause_life_event", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_pause_life_event_pause_id"), "pause_life_event", ["pause_id"], unique=False
    )
    op.create_index(
        op.f("ix_pause_life_event_trajectory_id"),
        "pause_life_event",
        ["trajectory_id"],
        unique=False,
    )
    op.create_table(
        "pause_reason",
        sa.Column("pause_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pause_reason")),
    )
    op.create_index(op.f("ix_pause_reason_client_id"), "pause_reason", ["client_id"], unique=False)
    op.create_index(op.f("ix_pause_reason_pause_id"), "pause_reason", ["pause_id"], unique=False)
    op.create_index(
        op.f("ix_pause_reason_trajectory_id"), "pause_reason", ["trajectory_id"], unique=False
    )
    op.create_table(
        "practitioner",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("agb", sa.Text(), nullable=True),
        sa.Column("big", sa.Text(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("moment()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practitioner")),
    )
    op.create_table(
        "progress_report",
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_until", sa.Date(), nullable=False),
        sa.Column("activities", sa.Text(), nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("prognosis", sa.Text(), nullable=True),
        sa.Column("client_statement", sa.Text(), nullable=True),
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
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_report")),
    )
    op.create_index(
        op.f("ix_progress_report_client_id"), "progress_report", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_progress_report_supersedes_id"), "progress_report", ["supersedes_id"], unique=False
    )
    op.create_index(
        op.f("ix_progress_report_trajectory_id"), "progress_report", ["trajectory_id"], unique=False
    )
    op.create_table(
        "psychological_anamnesis",
        sa.Column("talk_on", sa.Date(), nullable=False),
        sa.Column("coping", sa.Text(), nullable=False),
        sa.Column("interpersonal_relations", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=True),
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
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_psychological_anamnesis")),
    )
    op.create_index(
        op.f("ix_psychological_anamnesis_client_id"),
        "psychological_anamnesis",
        ["client_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_psychological_anamnesis_trajectory_id"),
        "psychological_anamnesis",
        ["trajectory_id"],
        unique=False,
    )
    op.create_table(
        "question",
        sa.Column("to_role", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
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
        sa.Column("audience", sa.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
    )
    op.create_index(op.f("ix_question_client_id"), "question", ["client_id"], unique=False)
    op.create_index(op.f("ix_question_trajectory_id"), "question", ["trajectory_id"], unique=False)
    op.create_table(
        "question_answer",
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
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
        sa.Column("audience", sa.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_answer")),
    )
    op.create_index(
        op.f("ix_question_answer_client_id"), "question_answer", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_question_answer_question_id"), "question_answer", ["question_id"], unique=False
    )
    op.create_index(
        op.f("ix_question_answer_trajectory_id"), "question_answer", ["trajectory_id"], unique=False
    )
    op.create_table(
        "representative",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("scope", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column(
            "valid_from",
            sa.DateTime(timezone=True),
            server_default=sa.text("moment()"),
            nullable=False,
        ),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_representative")),
    )
    op.create_index(
        op.f("ix_representative_client_id"), "representative", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_representative_trajectory_id"), "representative", ["trajectory_id"], unique=False
    )
    op.create_table(
        "spent_assertion",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("jti_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("issuer", "jti_hash", name=op.f("pk_spent_assertion")),
    )
    op.create_index(
        op.f("ix_spent_assertion_expires_at"), "spent_assertion", ["expires_at"], unique=False
    )
    op.create_table(
        "start_conversation",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("first_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_start_conversation")),
    )
    op.create_index(
        op.f("ix_start_conversation_client_id"), "start_conversation", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_start_conversation_trajectory_id"),
        "start_conversation",
        ["trajectory_id"],
        unique=False,
    )
    op.create_table(
        "supporter",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scope", sa.Integer(), nullable=False),
        sa.Column(
            "valid_from",
            sa.DateTime(timezone=True),
            server_default=sa.text("moment()"),
            nullable=False,
        ),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supporter")),
    )
    op.create_index(op.f("ix_supporter_client_id"), "supporter", ["client_id"], unique=False)
    op.create_index(
        op.f("ix_supporter_trajectory_id"), "supporter", ["trajectory_id"], unique=False
    )
    op.create_table(
        "trajectory",
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
        sa.CheckConstraint("id = trajectory_id", name=op.f("ck_trajectory_own_trajectory")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trajectory")),
    )
    op.create_index(op.f("ix_trajectory_client_id"), "trajectory", ["client_id"], unique=False)
    op.create_index(
        op.f("ix_trajectory_trajectory_id"), "trajectory", ["trajectory_id"], unique=False
    )
    op.create_table(
        "trajectory_course",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("legal_frame", sa.Text(), nullable=True),
        sa.Column("funding", sa.Text(), nullable=True),
        sa.Column("duration_months", sa.Integer(), nullable=False),
        sa.Column("clock_start_basis", sa.Text(), nullable=False),
        sa.Column("voluntary", sa.Boolean(), server_default="true", nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trajectory_course")),
    )
    op.create_index(
        op.f("ix_trajectory_course_client_id"), "trajectory_course", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_trajectory_course_trajectory_id"),
        "trajectory_course",
        ["trajectory_id"],
        unique=False,
    )
    op.create_table(
        "trajectory_event",
        sa.Column("milestone", sa.Text(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
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
        sa.Column("audience", sa.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trajectory_event")),
    )
    op.create_index(
        op.f("ix_trajectory_event_client_id"), "trajectory_event", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_trajectory_event_trajectory_id"),
        "trajectory_event",
        ["trajectory_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_trajectory_event_trajectory_id_occurred_on"),
        "trajectory_event",
        ["trajectory_id", "occurred_on"],
        unique=False,
    )
    op.create_table(
        "trajectory_pause",
        sa.Column("coarse_reason", sa.Text(), nullable=False),
        sa.Column("paused_on", sa.Date(), nullable=False),
        sa.Column("resumed_on", sa.Date(), nullable=True),
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
        sa.Column("audience", sa.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trajectory_pause")),
    )
    op.create_index(
        op.f("ix_trajectory_pause_client_id"), "trajectory_pause", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_trajectory_pause_trajectory_id"),
        "trajectory_pause",
        ["trajectory_id"],
        unique=False,
    )
    op.create_table(
        "treatment_plan",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("standard", sa.Text(), nullable=True),
        sa.Column("goals", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("interventions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
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
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_treatment_plan")),
    )
    op.create_index(
        op.f("ix_treatment_plan_client_id"), "treatment_plan", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_treatment_plan_trajectory_id"), "treatment_plan", ["trajectory_id"], unique=False
    )
    op.create_table(
        "treatment_work_goal",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("steps", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_treatment_work_goal")),
    )
    op.create_index(
        op.f("ix_treatment_work_goal_client_id"), "treatment_work_goal", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_treatment_work_goal_plan_id"), "treatment_work_goal", ["plan_id"], unique=False
    )
    op.create_index(
        op.f("ix_treatment_work_goal_trajectory_id"),
        "treatment_work_goal",
        ["trajectory_id"],
        unique=False,
    )
    op.create_table(
        "wellbeing",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("own_words", sa.Text(), nullable=True),
        sa.Column("scores", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
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
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wellbeing")),
    )
    op.create_index(op.f("ix_wellbeing_client_id"), "wellbeing", ["client_id"], unique=False)
    op.create_index(
        op.f("ix_wellbeing_trajectory_id"), "wellbeing", ["trajectory_id"], unique=False
    )
    op.create_table(
        "work_advice",
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("advice", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("released_by", sa.Text(), nullable=True),
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
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_advice")),
    )
    op.create_index(op.f("ix_work_advice_client_id"), "work_advice", ["client_id"], unique=False)
    op.create_index(
        op.f("ix_work_advice_trajectory_id"), "work_advice", ["trajectory_id"], unique=False
    )
    op.create_table(
        "work_capacity",
        sa.Column("talk_on", sa.Date(), nullable=False),
        sa.Column("hours_per_day", sa.Double(), nullable=True),
        sa.Column("hours_per_week", sa.Double(), nullable=True),
        sa.Column("nights", sa.Text(), nullable=True),
        sa.Column("kinds_of_work", sa.Text(), nullable=True),
        sa.Column("workplace", sa.Text(), nullable=True),
        sa.Column("manager", sa.Text(), nullable=True),
        sa.Column("instructions", sa.Text(), nullable=True),
        sa.Column("pace", sa.Text(), nullable=True),
        sa.Column("other_conditions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
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
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_capacity")),
    )
    op.create_index(
        op.f("ix_work_capacity_client_id"), "work_capacity", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_work_capacity_trajectory_id"), "work_capacity", ["trajectory_id"], unique=False
    )
    op.create_table(
        "work_history",
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("jobs", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("education", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
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
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_history")),
    )
    op.create_index(op.f("ix_work_history_client_id"), "work_history", ["client_id"], unique=False)
    op.create_index(
        op.f("ix_work_history_trajectory_id"), "work_history", ["trajectory_id"], unique=False
    )
    op.create_table(
        "work_question",
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("work_status", sa.Text(), nullable=False),
        sa.Column("without_work_since", sa.Date(), nullable=True),
        sa.Column("benefit_status", sa.Text(), nullable=False),
        sa.Column("wants_work", sa.Text(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=True),
        sa.Column("possibilities", sa.Text(), nullable=True),
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
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_question")),
    )
    op.create_index(
        op.f("ix_work_question_client_id"), "work_question", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_work_question_trajectory_id"), "work_question", ["trajectory_id"], unique=False
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("practitioner_id", sa.Uuid(), nullable=True),
        sa.Column(
            "of_practitioner",
            sa.Boolean(),
            sa.Computed("practitioner_id IS NOT NULL", persisted=True),
            nullable=False,
        ),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("moment()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["practitioner.id"], name=op.f("fk_account_practitioner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("id", "of_practitioner", name=op.f("uq_account_id_of_practitioner")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_account_issuer_subject")),
    )
    op.create_table(
        "inbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_inbox_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("organisation_id", "role", name=op.f("uq_inbox_organisation_id_role")),
    )
    op.create_table(
        "machine",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("jwks", sa.Text(), nullable=True),
        sa.Column("jwks_url", sa.Text(), nullable=True),
        sa.Column("algorithms", sa.Text(), server_default="ES384 RS384 PS256", nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("moment()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_machine_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_machine")),
    )
    op.create_table(
        "placement",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("workplace_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("employer_name", sa.Text(), nullable=True),
        sa.Column("hours_per_week", sa.Float(), nullable=True),
        sa.Column("schedule", sa.Text(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("planned_end_on", sa.Date(), nullable=True),
        sa.Column("trial_months", sa.SmallInteger(), nullable=True),
        sa.Column("trial_exceptionally_long", sa.Boolean(), nullable=True),
        sa.Column("trial_intent_months", sa.SmallInteger(), nullable=True),
        sa.Column("trial_intent_same_hours", sa.Boolean(), nullable=True),
        sa.Column("job_coach", sa.Text(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("agreed_by_role", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
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
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workplace_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_placement_workplace_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
    )
    op.create_index(op.f("ix_placement_client_id"), "placement", ["client_id"], unique=False)
    op.create_index(
        op.f("ix_placement_supersedes_id"), "placement", ["supersedes_id"], unique=False
    )
    op.create_index(
        op.f("ix_placement_trajectory_id"), "placement", ["trajectory_id"], unique=False
    )
    op.create_table(
        "responsibility",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("legal_frame", sa.Text(), nullable=True),
        sa.Column(
            "valid_from",
            sa.DateTime(timezone=True),
            server_default=sa.text("moment()"),
            nullable=False,
        ),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
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
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_responsibility_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responsibility")),
    )
    op.create_index(
        op.f("ix_responsibility_client_id"), "responsibility", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_responsibility_trajectory_id"), "responsibility", ["trajectory_id"], unique=False
    )
    op.create_table(
        "account_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "of_practitioner", sa.Boolean(), sa.Computed("false", persisted=True), nullable=False
        ),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("oversees", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("linked_by", sa.Uuid(), nullable=False),
        sa.Column(
            "valid_from",
            sa.DateTime(timezone=True),
            server_default=sa.text("moment()"),
            nullable=False,
        ),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id", "of_practitioner"],
            ["account.id", "account.of_practitioner"],
            name=op.f("fk_account_link_account_id_of_practitioner"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_link")),
    )
    op.create_index(
        op.f("ix_account_link_account_id"), "account_link", ["account_id"], unique=False
    )
    op.create_index(op.f("ix_account_link_client_id"), "account_link", ["client_id"], unique=False)
    op.create_index(
        "uq_account_link_client",
        "account_link",
        ["account_id", "client_id"],
        unique=True,
        postgresql_where=sa.text("role = 'client' AND valid_until IS NULL"),
    )
    op.create_table(
        "data_subject_request",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("inbox_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column(
            "valid_from",
            sa.DateTime(timezone=True),
            server_default=sa.text("moment()"),
            nullable=False,
        ),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
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
        sa.ForeignKeyConstraint(
            ["inbox_id"], ["inbox.id"], name=op.f("fk_data_subject_request_inbox_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_data_subject_request_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_subject_request")),
    )
    op.create_index(
        op.f("ix_data_subject_request_client_id"),
        "data_subject_request",
        ["client_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_data_subject_request_trajectory_id"),
        "data_subject_request",
        ["trajectory_id"],
        unique=False,
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("practitioner_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("inbox_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("employed", sa.Boolean(), server_default="true", nullable=False),
        sa.Column(
            "valid_from",
            sa.DateTime(timezone=True),
            server_default=sa.text("moment()"),
            nullable=False,
        ),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_membership_inbox_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_membership_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["practitioner.id"], name=op.f("fk_membership_practitioner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    op.create_index(
        op.f("ix_membership_organisation_id_role"),
        "membership",
        ["organisation_id", "role"],
        unique=False,
    )
    op.create_index(
        op.f("ix_membership_practitioner_id"), "membership", ["practitioner_id"], unique=False
    )
    op.create_table(
        "placement_contract",
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("inbox_id", sa.Uuid(), nullable=False),
        sa.Column(
            "valid_from",
            sa.DateTime(timezone=True),
            server_default=sa.text("moment()"),
            nullable=False,
        ),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
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
        sa.ForeignKeyConstraint(
            ["inbox_id"], ["inbox.id"], name=op.f("fk_placement_contract_inbox_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_placement_contract_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement_contract")),
    )
    op.create_index(
        op.f("ix_placement_contract_client_id"), "placement_contract", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_placement_contract_placement_id"),
        "placement_contract",
        ["placement_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_placement_contract_trajectory_id"),
        "placement_contract",
        ["trajectory_id"],
        unique=False,
    )
    op.create_table(
        "referral",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("inbox_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("client_agreed_on", sa.Date(), nullable=False),
        sa.Column("responsible_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal_reason", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
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
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_referral_inbox_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_referral_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    op.create_index(op.f("ix_referral_client_id"), "referral", ["client_id"], unique=False)
    op.create_index(op.f("ix_referral_trajectory_id"), "referral", ["trajectory_id"], unique=False)
    op.create_table(
        "registration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("machine_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "valid_from",
            sa.DateTime(timezone=True),
            server_default=sa.text("moment()"),
            nullable=False,
        ),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["machine_id"], ["machine.id"], name=op.f("fk_registration_machine_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_registration_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
    )
    op.create_index(op.f("ix_registration_client_id"), "registration", ["client_id"], unique=False)
    op.create_table(
        "block",
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("membership_id", sa.Uuid(), nullable=True),
        sa.Column("categories", sa.Integer(), nullable=False),
        sa.Column(
            "valid_from",
            sa.DateTime(timezone=True),
            server_default=sa.text("moment()"),
            nullable=False,
        ),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
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
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_block_membership_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_block_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block")),
    )
    op.create_index(op.f("ix_block_client_id"), "block", ["client_id"], unique=False)
    op.create_index(op.f("ix_block_trajectory_id"), "block", ["trajectory_id"], unique=False)
    op.create_table(
        "consent",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("sender_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("recipient_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_role", sa.Text(), nullable=False),
        sa.Column("recipient_membership_id", sa.Uuid(), nullable=True),
        sa.Column("categories", sa.Integer(), nullable=False),
        sa.Column("purposes", sa.SmallInteger(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("act_id", sa.Uuid(), nullable=True),
        sa.Column("text_version", sa.Text(), nullable=False),
        sa.Column("given_how", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column(
            "valid_from",
            sa.DateTime(timezone=True),
            server_default=sa.text("moment()"),
            nullable=False,
        ),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
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
        sa.ForeignKeyConstraint(
            ["recipient_membership_id"],
            ["membership.id"],
            name=op.f("fk_consent_recipient_membership_id"),
        ),
        sa.ForeignKeyConstraint(
            ["recipient_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_consent_recipient_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["sender_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_consent_sender_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_client_id"), "consent", ["client_id"], unique=False)
    op.create_index(op.f("ix_consent_trajectory_id"), "consent", ["trajectory_id"], unique=False)
    op.create_table(
        "conversation_confirmation",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("minutes_id", sa.Uuid(), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=True),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("witness", sa.Text(), nullable=True),
        sa.Column(
            "valid_from",
            sa.DateTime(timezone=True),
            server_default=sa.text("moment()"),
            nullable=False,
        ),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
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
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_conversation_confirmation_membership_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_confirmation")),
    )
    op.create_index(
        op.f("ix_conversation_confirmation_client_id"),
        "conversation_confirmation",
        ["client_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_conversation_confirmation_conversation_id"),
        "conversation_confirmation",
        ["conversation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_conversation_confirmation_trajectory_id"),
        "conversation_confirmation",
        ["trajectory_id"],
        unique=False,
    )
    op.create_table(
        "conversation_invitation",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("membership_id", sa.Uuid(), nullable=True),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
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
        sa.Column("audience", sa.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_conversation_invitation_membership_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_conversation_invitation_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_invitation")),
    )
    op.create_index(
        op.f("ix_conversation_invitation_client_id"),
        "conversation_invitation",
        ["client_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_conversation_invitation_conversation_id"),
        "conversation_invitation",
        ["conversation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_conversation_invitation_trajectory_id"),
        "conversation_invitation",
        ["trajectory_id"],
        unique=False,
    )
    op.create_table(
        "participant",
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("commissioned_by", sa.Text(), nullable=True),
        sa.Column("assignment_number", sa.Text(), nullable=True),
        sa.Column("client_agreed_on", sa.Date(), nullable=True),
        sa.Column("agreement_how", sa.Text(), nullable=True),
        sa.Column("agreement_evidence", sa.Text(), nullable=True),
        sa.Column("keeps_own_records", sa.Boolean(), server_default="false", nullable=False),
        sa.Column(
            "valid_from",
            sa.DateTime(timezone=True),
            server_default=sa.text("moment()"),
            nullable=False,
        ),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
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
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_participant_membership_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
    )
    op.create_index(op.f("ix_participant_client_id"), "participant", ["client_id"], unique=False)
    op.create_index(
        op.f("ix_participant_membership_id"), "participant", ["membership_id"], unique=False
    )
    op.create_index(
        op.f("ix_participant_trajectory_id"), "participant", ["trajectory_id"], unique=False
    )
    op.create_table(
        "substitution",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("absent_membership_id", sa.Uuid(), nullable=False),
        sa.Column("substitute_membership_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column(
            "valid_from",
            sa.DateTime(timezone=True),
            server_default=sa.text("moment()"),
            nullable=False,
        ),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["absent_membership_id"],
            ["membership.id"],
            name=op.f("fk_substitution_absent_membership_id"),
        ),
        sa.ForeignKeyConstraint(
            ["substitute_membership_id"],
            ["membership.id"],
            name=op.f("fk_substitution_substitute_membership_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitution")),
    )
    op.create_index(
        op.f("ix_substitution_absent_membership_id"),
        "substitution",
        ["absent_membership_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_substitution_substitute_membership_id"),
        "substitution",
        ["substitute_membership_id"],
        unique=False,
    )
    op.create_table(
        "supervision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("supervisor_membership_id", sa.Uuid(), nullable=False),
        sa.Column("supervised_membership_id", sa.Uuid(), nullable=False),
        sa.Column(
            "valid_from",
            sa.DateTime(timezone=True),
            server_default=sa.text("moment()"),
            nullable=False,
        ),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["supervised_membership_id"],
            ["membership.id"],
            name=op.f("fk_supervision_supervised_membership_id"),
        ),
        sa.ForeignKeyConstraint(
            ["supervisor_membership_id"],
            ["membership.id"],
            name=op.f("fk_supervision_supervisor_membership_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision")),
    )
    op.create_index(
        op.f("ix_supervision_supervised_membership_id"),
        "supervision",
        ["supervised_membership_id"],
        unique=False,
    )
    op.create_table(
        "treatment_team_member",
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column(
            "valid_from",
            sa.DateTime(timezone=True),
            server_default=sa.text("moment()"),
            nullable=False,
        ),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
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
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_treatment_team_member_membership_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_treatment_team_member")),
    )
    op.create_index(
        op.f("ix_treatment_team_member_client_id"),
        "treatment_team_member",
        ["client_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_treatment_team_member_membership_id"),
        "treatment_team_member",
        ["membership_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_treatment_team_member_trajectory_id"),
        "treatment_team_member",
        ["trajectory_id"],
        unique=False,
    )
