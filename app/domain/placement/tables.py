"""Rows of placements, adjustments at work and the coach's contacts."""

from datetime import date
from uuid import UUID

from sqlalchemy import Float, ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.access.envelope.columns import sealed
from app.access.records import Addressed, Excerpt
from app.access.versions import VersionedRecord
from app.access.vocabulary import Category, Role
from app.platform.db import Base


class Placement(VersionedRecord, Base):
    """Work with an employer; only the agreement of the authority and the end come later."""

    __tablename__ = "placement"
    __category__ = Category.PLACEMENT
    __open__ = ("kind", "job_coach", "agreed_by_role", "end_reason")
    __mutable__ = ("agreed_on", "agreed_by_role", "ended_on", "end_reason")
    __moved_by__ = frozenset(
        {
            Role.IPS_COACH,
            Role.REINTEGRATION_COACH,
            Role.LABOUR_EXPERT,
            Role.MUNICIPAL_CASE_MANAGER,
        }
    )
    __table_args__ = (Index(None, "supersedes_id"),)
    kind: Mapped[str]
    title: Mapped[str] = sealed()
    workplace_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    employer_name: Mapped[str | None] = sealed()
    hours_per_week: Mapped[float | None] = mapped_column(Float())
    schedule: Mapped[str | None] = sealed()
    starts_on: Mapped[date]
    planned_end_on: Mapped[date | None]
    trial_months: Mapped[int | None] = mapped_column(SmallInteger)
    trial_exceptionally_long: Mapped[bool | None]
    trial_intent_months: Mapped[int | None] = mapped_column(SmallInteger)
    trial_intent_same_hours: Mapped[bool | None]
    job_coach: Mapped[str]
    agreed_on: Mapped[date | None]
    agreed_by_role: Mapped[str | None]
    ended_on: Mapped[date | None]
    end_reason: Mapped[str | None]


class Accommodation(VersionedRecord, Base):
    """What is adjusted so that the work fits; a later date or change is a new version."""

    __tablename__ = "accommodation"
    __category__ = Category.ACCOMMODATION
    __open__ = ("kind", "requested_by")
    __table_args__ = (Index(None, "supersedes_id"), Index(None, "placement_id"))
    placement_id: Mapped[UUID | None]
    kind: Mapped[str]
    what: Mapped[str] = sealed()
    requested_by: Mapped[str]
    requested_on: Mapped[date]
    agreed_on: Mapped[date | None]
    in_place_on: Mapped[date | None]


class ContactEntry(VersionedRecord, Base):
    """One contact of the coach; never for funders."""

    __tablename__ = "contact_entry"
    __category__ = Category.CONTACT_LOG
    __open__ = ("kind", "mode", "place", "funding")
    __table_args__ = (Index(None, "supersedes_id"),)
    kind: Mapped[str]
    happened_on: Mapped[date]
    mode: Mapped[str]
    place: Mapped[str]
    minutes: Mapped[int] = mapped_column(SmallInteger)
    funding: Mapped[str | None]
    note: Mapped[str | None] = sealed()


class ContactDay(VersionedRecord, Addressed, Base):
    """That the coach and the client had contact on this day, and nothing else of it.

    Without a day: the entry it belonged to was corrected, and there was no such contact.
    """

    __tablename__ = "contact_day"
    __category__ = Category.STATUS
    __table_args__ = (
        Index(None, "trajectory_id", "happened_on"),
        Index(None, "contact_id"),
        Index(None, "supersedes_id"),
    )
    __excerpt__ = Excerpt(
        ("happened_on", "recorded_at", "id", "supersedes_id"),
        newest_by=("happened_on", "recorded_at"),
    )
    contact_id: Mapped[UUID]
    happened_on: Mapped[date | None]
