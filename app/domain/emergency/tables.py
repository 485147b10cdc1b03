"""The review of a broken glass: once, by another person than who broke it."""

from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.access.envelope.columns import sealed
from app.access.records import ClientRecord
from app.access.vocabulary import Category
from app.platform.db import Base


class BreakGlassReview(ClientRecord, Base):
    """What the privacy desk found; written by the compiler, whose row policy counts four eyes."""

    __tablename__ = "break_glass_review"
    __category__ = Category.CONSENT
    __open__ = ("outcome",)
    __scope__ = "break_glass_id"
    __table_args__ = (UniqueConstraint("break_glass_id"),)
    break_glass_id: Mapped[UUID] = mapped_column()
    outcome: Mapped[str]
    finding: Mapped[str] = sealed()
