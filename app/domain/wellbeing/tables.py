"""Rows of the client's own records."""

from datetime import date
from typing import Any

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped

from app.access.envelope.columns import sealed
from app.access.versions import VersionedRecord
from app.access.vocabulary import Category
from app.platform.db import Base


class Wellbeing(VersionedRecord, Base):
    """How it goes, in words, on an own scale or on a known wheel; also reflections."""

    __tablename__ = "wellbeing"
    __category__ = Category.WELLBEING
    __open__ = ("kind",)
    kind: Mapped[str]
    measured_on: Mapped[date]
    own_words: Mapped[str | None] = sealed()
    scores: Mapped[list[dict[str, Any]]] = sealed(JSONB())
    recovery_phase: Mapped[str | None] = sealed()


class DisclosureDecision(VersionedRecord, Base):
    """What the client chose to tell at work, to whom and when; never for an employer."""

    __tablename__ = "disclosure_decision"
    __category__ = Category.DISCLOSURE_CHOICE
    discussed_on: Mapped[list[str]] = sealed(JSONB())
    choice: Mapped[str] = sealed()
    to_whom: Mapped[list[str]] = sealed(JSONB())
    what: Mapped[str | None] = sealed()
    when_to_tell: Mapped[str | None] = sealed()
    considerations: Mapped[str | None] = sealed()


class LifeEvent(VersionedRecord, Base):
    """Something in life, and the extra support around it; never for a funder."""

    __tablename__ = "life_event"
    __category__ = Category.LIFE_EVENT
    kind: Mapped[str] = sealed()
    happens_on: Mapped[date]
    note: Mapped[str | None] = sealed()
    extra_support_from: Mapped[date | None]
    extra_support_until: Mapped[date | None]
