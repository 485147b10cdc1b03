"""Rows of a conversation: the invitation to it is [status], what was said [start_conversation].

Gate 28, in rows. A conversation and its parts (attendance, minutes, confirmations) carry the
conversation as their scope, so that one conversation consent opens them all, whoever wrote them.
Before that consent they are for their author and the client. An invited party learns kind, dates
and place from its invitation, which has an audience of its own; it holds no text on content.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Date, ForeignKey, Index, SmallInteger, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.access.envelope.columns import sealed
from app.access.records import Addressed, ClientRecord
from app.access.vocabulary import Category, Role
from app.platform.db import Base


class _Part:
    conversation_id: Mapped[UUID] = mapped_column(index=True)


class StartConversation(ClientRecord, Base):
    """One conversation. Only the days on which it was confirmed are added to it later."""

    __tablename__ = "start_conversation"
    __category__ = Category.START_CONVERSATION
    __open__ = ("kind",)
    __mutable__ = ("first_confirmed_at", "confirmed_at")
    __moved_by__ = frozenset(Role)
    kind: Mapped[str]
    first_confirmed_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]


class ConversationProposal(_Part, ClientRecord, Addressed, Base):
    """A moment and place on offer; new rounds are new rows."""

    __tablename__ = "conversation_proposal"
    __category__ = Category.STATUS
    __open__ = ("mode",)
    starts_at: Mapped[datetime]
    mode: Mapped[str]
    place: Mapped[str | None] = sealed()


class ConversationInvitation(_Part, ClientRecord, Addressed, Base):
    """A party asked to come: the client, or a role of an organisation, if wished one person."""

    __tablename__ = "conversation_invitation"
    __category__ = Category.STATUS
    __open__ = ("kind", "role")
    kind: Mapped[str]
    role: Mapped[str]
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    membership_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))


class InvitationAnswer(_Part, ClientRecord, Addressed, Base):
    """Which dates suit a party, or that it does not come; the last answer counts."""

    __tablename__ = "invitation_answer"
    __category__ = Category.STATUS
    invitation_id: Mapped[UUID] = mapped_column(index=True)
    declined: Mapped[bool]
    accepts: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))


class ConversationAppointment(_Part, ClientRecord, Addressed, Base):
    """Which of the proposed moments was chosen; the last choice counts."""

    __tablename__ = "conversation_appointment"
    __category__ = Category.STATUS
    proposal_id: Mapped[UUID]


class ConversationAttendance(_Part, ClientRecord, Base):
    """Who was really there, and on which day; a corrected list is a new row."""

    __tablename__ = "conversation_attendance"
    __category__ = Category.START_CONVERSATION
    __scope__ = "conversation_id"
    held_on: Mapped[date]
    present: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    absent: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))


class AbsenceAcceptance(_Part, ClientRecord, Base):
    """The client accepts that a party was not there."""

    __tablename__ = "absence_acceptance"
    __category__ = Category.START_CONVERSATION
    __scope__ = "conversation_id"
    invitation_id: Mapped[UUID]


class ConversationMinutes(_Part, ClientRecord, Base):
    """What was agreed: short fields, and none for anything medical. Versions follow each other."""

    __tablename__ = "conversation_minutes"
    __category__ = Category.START_CONVERSATION
    __scope__ = "conversation_id"
    __table_args__ = (Index(None, "supersedes_id"),)
    supersedes_id: Mapped[UUID | None]
    success_definition: Mapped[str | None] = sealed()
    agreements: Mapped[list[dict[str, Any]]] = sealed(JSONB())
    review_dates: Mapped[list[date]] = mapped_column(ARRAY(Date))
    duration_months: Mapped[int | None] = mapped_column(SmallInteger)
    sharing: Mapped[list[dict[str, Any]]] = sealed(JSONB())
    points: Mapped[list[str]] = sealed(ARRAY(Text()))
    ladder_measurement_id: Mapped[UUID | None]
    goal_met: Mapped[bool | None]
    client_verdict: Mapped[str | None] = sealed()
    next_step: Mapped[str | None] = sealed()
