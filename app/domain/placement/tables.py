"""Rows of placements, adjustments and support at work, and the coach's contacts."""

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
    __open__ = ("kind", "job_coach", "agreed_by_role", "end_reason", "contract_kind", "setting")
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
    employer_id: Mapped[UUID | None]
    workplace_scan_id: Mapped[UUID | None]
    scan_reason: Mapped[str | None] = sealed()
    contract_kind: Mapped[str | None]
    setting: Mapped[str | None]
    mixed: Mapped[bool | None]
    return_guarantee: Mapped[bool | None]
    open_to_anyone: Mapped[bool | None]
    paid_by_employer: Mapped[bool | None]
    wage_at_least_minimum: Mapped[bool | None]
    set_aside: Mapped[bool | None]
    normal_supervision: Mapped[bool | None]


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
    client_shares_on: Mapped[date | None]
    effect: Mapped[str | None] = sealed()


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
    __part_of__ = "contact_id"
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


class JobSearchContact(VersionedRecord, Base):
    """A contact with an employer for this client; no directory of employers tells of it."""

    __tablename__ = "job_search_contact"
    __category__ = Category.CONTACT_LOG
    __open__ = ("mode", "purpose", "spoken_by", "matches_plan", "outcome", "declined_reason")
    __table_args__ = (Index(None, "supersedes_id"),)
    employer_id: Mapped[UUID | None]
    employer_name: Mapped[str] = sealed()
    visit_id: Mapped[UUID | None]
    happened_on: Mapped[date]
    mode: Mapped[str]
    purpose: Mapped[str]
    spoken_by: Mapped[str]
    matches_plan: Mapped[str]
    outcome: Mapped[str]
    declined_reason: Mapped[str | None]
    note: Mapped[str | None] = sealed()


class PublicProvision(VersionedRecord, Base):
    """What an authority pays or insures so that a job is possible."""

    __tablename__ = "public_provision"
    __category__ = Category.BENEFIT
    __open__ = ("kind", "authority")
    __table_args__ = (Index(None, "supersedes_id"),)
    placement_id: Mapped[UUID | None]
    kind: Mapped[str]
    authority: Mapped[str]
    wage_value_percent: Mapped[float | None] = mapped_column(Float())
    hours_per_week: Mapped[float | None] = mapped_column(Float())
    starts_on: Mapped[date]
    until: Mapped[date | None]
    note: Mapped[str | None] = sealed()


class TargetGroupStatus(VersionedRecord, Base):
    """Whether this client is in the target-group register, on a day, by which source."""

    __tablename__ = "target_group_status"
    __category__ = Category.BENEFIT
    __open__ = ("registered", "source")
    __table_args__ = (Index(None, "supersedes_id"),)
    registered: Mapped[str]
    checked_on: Mapped[date]
    source: Mapped[str]


class WorkSupport(VersionedRecord, Base):
    """What is done at the workplace so that a job lasts."""

    __tablename__ = "work_support"
    __category__ = Category.PLACEMENT
    __open__ = ("kind", "sroi_region", "sroi_block")
    __table_args__ = (Index(None, "supersedes_id"),)
    placement_id: Mapped[UUID | None]
    kind: Mapped[str]
    internal: Mapped[bool | None]
    hours_per_week: Mapped[float | None] = mapped_column(Float())
    sroi_region: Mapped[str | None]
    sroi_block: Mapped[str | None]
    starts_on: Mapped[date]
    until: Mapped[date | None]


class RetainedJob(VersionedRecord, Base):
    """Work that someone has and returns to, and who answers for that; not why it stopped."""

    __tablename__ = "retained_job"
    __category__ = Category.PLACEMENT
    __open__ = ("answers_for_return",)
    __table_args__ = (Index(None, "supersedes_id"),)
    title: Mapped[str] = sealed()
    employer_name: Mapped[str] = sealed()
    hours_per_week: Mapped[float | None] = mapped_column(Float())
    answers_for_return: Mapped[str]
    health_service: Mapped[str | None] = sealed()
    starts_on: Mapped[date]
    until: Mapped[date | None]
