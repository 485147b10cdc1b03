"""Rows of meaning: a professional's view, and peer support that was attended."""

from datetime import date

from sqlalchemy import CheckConstraint, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.access.envelope.columns import sealed
from app.access.records import ClientRecord
from app.access.versions import VersionedRecord
from app.access.vocabulary import Category
from app.platform.db import Base


class MeaningView(VersionedRecord, Base):
    """How meaningful a professional finds the client's days; the client's own is [wellbeing].

    It is kept as what is said beside the ladder: for the client and the coach, never for a funder.
    """

    __tablename__ = "meaning_view"
    __category__ = Category.LADDER_NOTES
    __table_args__ = (CheckConstraint("score BETWEEN 1 AND 10", name="one_to_ten"),)
    seen_on: Mapped[date]
    score: Mapped[int] = mapped_column(SmallInteger)
    words: Mapped[str | None] = sealed()


class PeerSupportAttendance(ClientRecord, Base):
    """The client was with peers that day. There is no room for a word about it."""

    __tablename__ = "peer_support_attendance"
    __category__ = Category.WELLBEING
    attended_on: Mapped[date]
