"""Rows beside a request of the client: what was decided on each category or record, and why."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from app.access.envelope.columns import sealed
from app.access.records import ClientRecord
from app.access.vocabulary import Category
from app.platform.db import Base


class DataSubjectDecision(ClientRecord, Base):
    """Destroy, restrict until, or refuse with a ground; the last one on a record counts.

    Written by the compiler only, whose row policy lets the privacy desk of that organisation
    decide while the request is open.
    """

    __tablename__ = "data_subject_decision"
    __category__ = Category.CONSENT
    __open__ = ("of_category", "outcome", "ground")
    __table_args__ = (Index(None, "request_id"),)
    request_id: Mapped[UUID]
    of_category: Mapped[str]
    record_id: Mapped[UUID | None]
    outcome: Mapped[str]
    ground: Mapped[str]
    until: Mapped[date | None]
    explanation: Mapped[str | None] = sealed()
