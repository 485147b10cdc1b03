"""Rows of trajectories that were handed on, and of who coordinates."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.access.records import ClientRecord
from app.access.vocabulary import Category
from app.platform.db import Base


class HandOver(ClientRecord, Base):
    """One trajectory went from one colleague to another; those of one act share `act_id`."""

    __tablename__ = "hand_over"
    __category__ = Category.STATUS
    __table_args__ = (Index(None, "act_id"),)
    act_id: Mapped[UUID]
    from_membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"))
    to_membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"))
    asked_again: Mapped[int]


class Coordinator(ClientRecord, Base):
    """Who keeps the threads together; the last one counts. It opens nothing."""

    __tablename__ = "coordinator"
    __category__ = Category.STATUS
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"))
