"""Rows of progress reports."""

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from app.access.envelope.columns import sealed
from app.access.records import Released
from app.access.versions import VersionedRecord
from app.access.vocabulary import Category, Role
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
