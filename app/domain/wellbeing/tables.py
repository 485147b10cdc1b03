"""Rows of the client's own records."""

from datetime import date
from typing import Any

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.access.versions import VersionedRecord
from app.access.vocabulary import Category
from app.platform.db import Base


class Wellbeing(VersionedRecord, Base):
    """How it goes, in words, on an own scale or on a known wheel; also reflections."""

    __tablename__ = "wellbeing"
    __category__ = Category.WELLBEING
    kind: Mapped[str]
    measured_on: Mapped[date]
    own_words: Mapped[str | None]
    scores: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)


class DisclosureDecision(VersionedRecord, Base):
    """What the client chose to tell at work, to whom and when; never for an employer."""

    __tablename__ = "disclosure_decision"
    __category__ = Category.DISCLOSURE_CHOICE
    discussed_on: Mapped[list[str]] = mapped_column(JSONB)
    choice: Mapped[str]
    to_whom: Mapped[list[str]] = mapped_column(JSONB)
    what: Mapped[str | None]
    when_to_tell: Mapped[str | None]
    considerations: Mapped[str | None]


class LifeEvent(VersionedRecord, Base):
    """Something in life, and the extra support around it; never for a funder."""

    __tablename__ = "life_event"
    __category__ = Category.LIFE_EVENT
    kind: Mapped[str]
    happens_on: Mapped[date]
    note: Mapped[str | None]
    extra_support_from: Mapped[date | None]
    extra_support_until: Mapped[date | None]
