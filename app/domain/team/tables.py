"""Rows of teams and meetings (directory data), of trajectories handed on and who coordinates."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ARRAY, Float, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.access.records import ClientRecord
from app.access.vocabulary import Category
from app.platform.clock import moment
from app.platform.db import Base


class HandOver(ClientRecord, Base):
    """One trajectory went from one colleague to another; those of one act share `act_id`."""

    __tablename__ = "hand_over"
    __category__ = Category.STATUS
    __table_args__ = (Index(None, "act_id"),)
    act_id: Mapped[UUID]
    from_membership_id: Mapped[UUID]
    to_membership_id: Mapped[UUID]
    asked_again: Mapped[int]


class Coordinator(ClientRecord, Base):
    """Who keeps the threads together; the last one counts. It opens nothing."""

    __tablename__ = "coordinator"
    __category__ = Category.STATUS
    membership_id: Mapped[UUID]


class Team(Base):
    """People who work together around clients; directory data, it opens nothing."""

    __tablename__ = "team"
    __table_args__ = (Index(None, "organisation_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[str]
    name: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=moment())


class TeamMember(Base):
    """Somebody of whatever organisation is in this team, in an EXIT team in one of five places."""

    __tablename__ = "team_member"
    __table_args__ = (Index(None, "team_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    team_id: Mapped[UUID] = mapped_column(ForeignKey("team.id"))
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"))
    team_role: Mapped[str | None]
    valid_from: Mapped[datetime] = mapped_column(server_default=moment())


class TeamMeeting(Base):
    """That a team met, and who was there; never about whom."""

    __tablename__ = "team_meeting"
    __table_args__ = (Index(None, "team_id", "created_at"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    team_id: Mapped[UUID] = mapped_column(ForeignKey("team.id"))
    held_on: Mapped[date]
    attendees: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    recorded_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(server_default=moment())


class WorkingTime(Base):
    """Which part of a full week somebody works; the last one counts."""

    __tablename__ = "working_time"
    __table_args__ = (Index(None, "membership_id", "recorded_at"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"))
    fte: Mapped[float] = mapped_column(Float())
    recorded_at: Mapped[datetime] = mapped_column(server_default=moment())
