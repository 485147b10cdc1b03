"""Rows of day activity and of contracts in green work; both are [placement]."""

from datetime import date
from typing import Any

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped

from app.access.envelope.columns import sealed
from app.access.versions import VersionedRecord
from app.access.vocabulary import Category
from app.platform.db import Base


class DayActivity(VersionedRecord, Base):
    """How often someone comes, in which form and setting, and what is learnt there.

    A change is a new version from its day on, so the growth can be followed.
    """

    __tablename__ = "day_activity"
    __category__ = Category.PLACEMENT
    __open__ = ("form", "setting", "activity", "building_block")
    __table_args__ = (Index(None, "supersedes_id"),)
    form: Mapped[str]
    setting: Mapped[str]
    mixed: Mapped[bool | None]
    since: Mapped[date]
    half_days_per_week: Mapped[float]
    hours_per_week: Mapped[float | None]
    tasks: Mapped[list[str]] = sealed(JSONB())
    skills: Mapped[list[dict[str, Any]]] = sealed(JSONB())
    wage_value_percent: Mapped[int | None]
    activity: Mapped[str | None]
    building_block: Mapped[str | None]


class GreenContract(VersionedRecord, Base):
    """A contract of some months in a green group, with a foreman and a job coach of the house."""

    __tablename__ = "green_contract"
    __category__ = Category.PLACEMENT
    __table_args__ = (Index(None, "supersedes_id"),)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    days_per_week: Mapped[float]
    hours_per_week: Mapped[float]
    foreman: Mapped[str | None] = sealed()
    internal_job_coach: Mapped[str | None] = sealed()
