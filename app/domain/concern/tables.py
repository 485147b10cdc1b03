"""Rows of concern signals: what was seen, apart from it what one makes of it, and what followed."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from app.access.envelope.columns import sealed
from app.access.records import ClientRecord, Confided
from app.access.vocabulary import Category
from app.domain.concern.rules import PARTIES
from app.platform.db import Base


class Concern(ClientRecord, Confided, Base):
    """One signal; told to one person at most, and what that person did is set once."""

    __tablename__ = "concern"
    __category__ = Category.FEEDBACK
    __mutable__ = ("followed_up_on", "follow_up", "outcome", "recipient_id", "reported_at")
    __moved_by__ = PARTIES
    __table_args__ = (Index(None, "recipient_id"),)
    noticed_on: Mapped[date]
    signaller: Mapped[str] = sealed()
    observation: Mapped[str] = sealed()
    interpretation: Mapped[str | None] = sealed()
    reported_at: Mapped[datetime | None]
    followed_up_on: Mapped[date | None]
    follow_up: Mapped[str | None] = sealed()
    outcome: Mapped[str | None] = sealed()
