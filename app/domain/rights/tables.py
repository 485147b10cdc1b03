"""Rows of what leaves a record: on a request of the client, or as it was never about them."""

from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

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


class MisplacedRecord(ClientRecord, Base):
    """A record was made on the wrong client, and its party withdrew it; ids only, no content.

    The row policy of tombstones leans on it: a party destroys by it what it answers for itself.
    """

    __tablename__ = "misplaced_record"
    __category__ = Category.CONSENT
    __open__ = ("of_category",)
    __parties__ = ("controller_organisation_id",)
    of_category: Mapped[str]
    record_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    made_anew: Mapped[bool]
