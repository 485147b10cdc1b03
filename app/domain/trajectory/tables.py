"""Rows of a trajectory: the bare existence, its course, and the moments that were reached."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Float, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.access.envelope.columns import sealed
from app.access.records import Addressed, ClientRecord, Excerpt
from app.access.vocabulary import Category, Role
from app.domain.trajectory.rules.milestones import LEFT_ASIDE
from app.platform.db import Base


class Trajectory(ClientRecord, Base):
    """A bare id; that it exists says that someone is treated, what it is says more."""

    __tablename__ = "trajectory"
    __category__ = Category.EXISTENCE
    __table_args__ = (CheckConstraint("id = trajectory_id", name="own_trajectory"),)
    __excerpt__ = Excerpt(("controller_organisation_id", "recorded_at"))


class TrajectoryCourse(ClientRecord, Base):
    """Kind and funding as agreed at the start; what changes later is an event."""

    __tablename__ = "trajectory_course"
    __category__ = Category.STATUS
    __open__ = ("kind", "legal_frame", "funding", "clock_start_basis")
    __excerpt__ = Excerpt(("kind", "legal_frame", "funding", "duration_months", "voluntary"))
    kind: Mapped[str]
    legal_frame: Mapped[str | None]
    funding: Mapped[str | None]
    duration_months: Mapped[int | None]
    clock_start_basis: Mapped[str]
    voluntary: Mapped[bool] = mapped_column(server_default="true")


class PreviousTrajectory(ClientRecord, Base):
    """This trajectory follows an earlier one; told only to who may know of both."""

    __tablename__ = "previous_trajectory"
    __category__ = Category.STATUS
    previous_id: Mapped[UUID]


class Transfer(ClientRecord, Addressed, Base):
    """The coach steps back and someone else takes over; it counts once the client agrees."""

    __tablename__ = "transfer"
    __category__ = Category.STATUS
    __open__ = ("to_role",)
    __mutable__ = ("agreed_on",)
    __moved_by__ = frozenset({Role.CLIENT})
    to_role: Mapped[str]
    to_membership_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    steps_down_on: Mapped[date]
    hours_per_month: Mapped[float | None] = mapped_column(Float())
    agreed_on: Mapped[date | None]


class TrajectoryEvent(ClientRecord, Addressed, Base):
    """A milestone was reached; never overwritten, only followed. `detail` is a code."""

    __tablename__ = "trajectory_event"
    __category__ = Category.STATUS
    __open__ = ("milestone", "detail")
    __table_args__ = (Index(None, "trajectory_id", "occurred_on"),)
    __excerpt__ = Excerpt(
        ("milestone", "occurred_on", "recorded_at", "detail"), leaving_out=LEFT_ASIDE
    )
    milestone: Mapped[str]
    occurred_on: Mapped[date]
    detail: Mapped[str | None]


class TrajectoryPause(ClientRecord, Addressed, Base):
    """The trajectory rests; placements are held and nothing ends. Why is told coarsely here."""

    __tablename__ = "trajectory_pause"
    __category__ = Category.STATUS
    __open__ = ("coarse_reason",)
    __mutable__ = ("resumed_on",)
    __moved_by__ = frozenset(Role)
    coarse_reason: Mapped[str]
    paused_on: Mapped[date]
    resumed_on: Mapped[date | None]


class PauseReasonOfCoach(ClientRecord, Base):
    """The precise reason as the coach wrote it: part of the contact log, never for a funder."""

    __tablename__ = "pause_reason"
    __category__ = Category.CONTACT_LOG
    pause_id: Mapped[UUID] = mapped_column(index=True)
    reason: Mapped[str] = sealed()


class PauseReasonOfCare(ClientRecord, Base):
    """The precise reason as client or clinician wrote it: for a coach only by consent."""

    __tablename__ = "pause_life_event"
    __category__ = Category.LIFE_EVENT
    pause_id: Mapped[UUID] = mapped_column(index=True)
    reason: Mapped[str] = sealed()
