"""Rows of the ladder: the measurement, and beside it what was told, in another category."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.access.envelope.columns import sealed
from app.access.records import ClientRecord, Excerpt
from app.access.versions import VersionedRecord
from app.access.vocabulary import Category, Role
from app.platform.db import Base


class LadderMeasurement(VersionedRecord, Base):
    """A rung on a day. A correction is a new row; only the client's own answer is added later."""

    __tablename__ = "ladder_measurement"
    __category__ = Category.LADDER
    __open__ = ("occasion", "client_agrees", "client_answer", "imported_scheme")
    __mutable__ = ("client_answer", "client_answered_at")
    __moved_by__ = frozenset({Role.CLIENT})
    __excerpt__ = Excerpt(
        ("measured_on", "recorded_at", "id", "supersedes_id", "rung"),
        newest_by=("measured_on", "recorded_at"),
    )
    __table_args__ = (
        CheckConstraint("rung BETWEEN 1 AND 6", name="six_rungs"),
        Index(None, "supersedes_id"),
        Index(None, "trajectory_id", "measured_on", "recorded_at"),
    )
    rung: Mapped[int] = mapped_column(SmallInteger)
    measured_on: Mapped[date]
    occasion: Mapped[str]
    client_agrees: Mapped[str]
    client_answer: Mapped[str | None]
    client_answered_at: Mapped[datetime | None]
    imported_scheme: Mapped[str | None]
    imported_level: Mapped[int | None] = mapped_column(SmallInteger)


class LadderNote(ClientRecord, Base):
    """Answers to the criteria, context, the client's words and growth potential.

    Growth potential is an estimate that the client sees, never a ceiling.
    """

    __tablename__ = "ladder_note"
    __category__ = Category.LADDER_NOTES
    __open__ = ("support_instruments", "growth_by_role")
    __part_of__ = "measurement_id"
    __table_args__ = (
        Index(None, "measurement_id", unique=True),
        CheckConstraint("growth_rung BETWEEN 1 AND 6", name="six_rungs"),
    )
    measurement_id: Mapped[UUID]
    has_contract: Mapped[bool | None]
    self_employed: Mapped[bool | None]
    support_instruments: Mapped[list[str]] = mapped_column(ARRAY(Text))
    supplementary_benefit: Mapped[bool | None]
    responsibility_to_others: Mapped[bool | None]
    organised: Mapped[bool | None]
    weekly: Mapped[bool | None]
    in_person: Mapped[bool | None]
    reason: Mapped[str | None] = sealed()
    context: Mapped[str | None] = sealed()
    client_words: Mapped[str | None] = sealed()
    growth_rung: Mapped[int | None] = mapped_column(SmallInteger)
    growth_horizon_months: Mapped[int | None] = mapped_column(SmallInteger)
    growth_by_role: Mapped[str | None]
    growth_reasoning: Mapped[str | None] = sealed()


class LadderStatement(ClientRecord, Base):
    """What the client says of a measurement, in own words, with the answer."""

    __tablename__ = "ladder_statement"
    __category__ = Category.LADDER_NOTES
    __table_args__ = (Index(None, "measurement_id", unique=True),)
    measurement_id: Mapped[UUID]
    words: Mapped[str] = sealed()
