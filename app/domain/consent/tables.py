"""Rows beside the facts: what was asked of a client, what they answered, why they withdrew."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.access.envelope.columns import sealed
from app.access.records import ClientRecord
from app.access.versions import VersionedRecord
from app.access.vocabulary import Category, Role
from app.platform.db import Base


class ConsentRequest(ClientRecord, Base):
    """Who asks for which consent, why and for which step; for the client and for who asked."""

    __tablename__ = "consent_request"
    __category__ = Category.CONSENT
    __open__ = ("kind", "recipient_role", "step")
    __parties__ = ("controller_organisation_id",)
    kind: Mapped[str]
    sender_organisation_id: Mapped[UUID | None]
    recipient_organisation_id: Mapped[UUID]
    recipient_role: Mapped[str]
    recipient_membership_id: Mapped[UUID | None]
    categories: Mapped[int]
    purposes: Mapped[int] = mapped_column(SmallInteger)
    record_id: Mapped[UUID | None]
    reason: Mapped[str] = sealed()
    step: Mapped[str | None]


class ConsentAnswer(ClientRecord, Base):
    """Yes, no or later; the last one counts. Whoever asked may know it."""

    __tablename__ = "consent_answer"
    __category__ = Category.CONSENT
    __open__ = ("answer",)
    __parties__ = ("asked_by_organisation_id",)
    __table_args__ = (Index(None, "request_id"),)
    request_id: Mapped[UUID]
    asked_by_organisation_id: Mapped[UUID | None]
    answer: Mapped[str]
    consent_id: Mapped[UUID | None]


class Restriction(ClientRecord, Base):
    """What is contested: one record, or all of a category, for which an organisation answers."""

    __tablename__ = "restriction"
    __category__ = Category.CONSENT
    __open__ = ("of_category", "ground")
    __parties__ = ("organisation_id",)
    __mutable__ = ("lifted_at", "lifted_by", "lifted_because")
    __moved_by__ = frozenset(Role)
    organisation_id: Mapped[UUID]
    of_category: Mapped[str]
    record_id: Mapped[UUID | None]
    ground: Mapped[str]
    explanation: Mapped[str] = sealed()
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[UUID | None]
    lifted_because: Mapped[str | None] = sealed()


class ConsentScan(VersionedRecord, Base):
    """The form that was signed, as a file: for the client, and for who sends what is shared."""

    __tablename__ = "consent_scan"
    __category__ = Category.CONSENT
    __open__ = ("media_type",)
    __parties__ = ("sender_organisation_id",)
    __table_args__ = (Index(None, "consent_id"),)
    consent_id: Mapped[UUID]
    sender_organisation_id: Mapped[UUID | None]
    media_type: Mapped[str]
    byte_count: Mapped[int]
    content: Mapped[str] = sealed()


class DiscussionWish(ClientRecord, Base):
    """Of which texts the client wants to speak first; the last one counts, for nobody else."""

    __tablename__ = "discussion_wish"
    __category__ = Category.CONSENT
    categories: Mapped[int]


class ConsentWithdrawal(ClientRecord, Base):
    """Why a consent was withdrawn, if the client said so; between no parties: for nobody else."""

    __tablename__ = "consent_withdrawal"
    __category__ = Category.CONSENT
    __table_args__ = (Index(None, "consent_id"),)
    consent_id: Mapped[UUID]
    reason: Mapped[str] = sealed()
