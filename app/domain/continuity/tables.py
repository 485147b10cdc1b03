"""Rows of support that goes on."""

from datetime import date
from typing import Any

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped

from app.access.envelope.columns import sealed
from app.access.records import Addressed, ClientRecord
from app.access.versions import VersionedRecord
from app.access.vocabulary import Category
from app.platform.db import Base


class TransitionSupport(VersionedRecord, Base):
    """One phase of support through a transition: where in life, how often, who does what when.

    It stands with life events, which it follows: never for a funder, for others by consent.
    """

    __tablename__ = "transition_support"
    __category__ = Category.LIFE_EVENT
    phase: Mapped[str] = sealed()
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    contacts_per_month: Mapped[float]
    areas: Mapped[list[str]] = sealed(JSONB())
    agreements: Mapped[list[dict[str, Any]]] = sealed(JSONB())


class Aftercare(ClientRecord, Addressed, Base):
    """A pilot light after the end: so many hours a month, and a way back without a new intake."""

    __tablename__ = "aftercare"
    __category__ = Category.STATUS
    starts_on: Mapped[date]
    until: Mapped[date | None]
    hours_per_month: Mapped[float]
