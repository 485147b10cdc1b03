"""Rows of progress reports and reminders, and when a hat last looked."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.access.envelope.columns import sealed
from app.access.records import Addressed, ClientRecord, Excerpt, Released
from app.access.versions import VersionedRecord
from app.access.vocabulary import Category, Role
from app.domain.reporting.rules.reminders import REMINDED
from app.platform.db import Base


class ProgressReport(VersionedRecord, Released, Base):
    """Written for the funder; released by the client's own reading (gate 34).

    The client's statement is set once, by the reading, and stands beside the text.
    """

    __tablename__ = "progress_report"
    __category__ = Category.PROGRESS_REPORT
    __mutable__ = ("released_at", "client_statement")
    __moved_by__ = frozenset({Role.CLIENT, Role.REPRESENTATIVE})
    __table_args__ = (Index(None, "supersedes_id"),)
    period_from: Mapped[date]
    period_until: Mapped[date]
    activities: Mapped[str] = sealed()
    progress: Mapped[str] = sealed()
    prognosis: Mapped[str | None] = sealed()
    client_statement: Mapped[str | None] = sealed()


class Reminder(ClientRecord, Addressed, Base):
    """What somebody is to think of, made by the job from the process; its words are codes only.

    For a membership, or for the inbox of a role. It comes to rest by the act itself, by hand, or
    dropped with a reason; nothing else follows from it.
    """

    __tablename__ = "reminder"
    __category__ = Category.STATUS
    __open__ = ("kind", "outcome", "reason")
    __mutable__ = ("closed_on", "outcome", "reason", "closed_by")
    __moved_by__ = REMINDED
    __excerpt__ = Excerpt(("kind", "due_on", "for_id", "closed_on"))
    __table_args__ = (Index(None, "for_id", "due_on"),)
    kind: Mapped[str]
    about_id: Mapped[UUID | None]
    due_on: Mapped[date]
    for_id: Mapped[UUID]
    closed_on: Mapped[date | None]
    outcome: Mapped[str | None]
    reason: Mapped[str | None]
    closed_by: Mapped[UUID | None]


class CaseloadLook(Base):
    """When this hat last looked at its caseload; nothing about anybody else."""

    __tablename__ = "caseload_look"
    grantee_id: Mapped[UUID] = mapped_column(primary_key=True)
    looked_at: Mapped[datetime]
