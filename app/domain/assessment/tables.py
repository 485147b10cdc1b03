"""Rows of the assessment; one category each, content never overwritten."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Date, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.access.envelope.columns import sealed
from app.access.records import ClientRecord, Released
from app.access.versions import VersionedRecord
from app.access.vocabulary import Category, Role
from app.platform.db import Base


class WorkHistory(VersionedRecord, Base):
    """Jobs and education; there is no place for remarks on health (gate 9)."""

    __tablename__ = "work_history"
    __category__ = Category.WORK_HISTORY
    taken_on: Mapped[date]
    jobs: Mapped[list[dict[str, Any]]] = sealed(JSONB())
    education: Mapped[list[dict[str, Any]]] = sealed(JSONB())


class WorkCapacity(VersionedRecord, Released, Base):
    """Conditions for suitable work; a draft until the physician releases it (gate 12)."""

    __tablename__ = "work_capacity"
    __category__ = Category.WORK_CAPACITY
    __mutable__ = ("released_at",)
    __moved_by__ = frozenset({Role.INSURANCE_PHYSICIAN})
    talk_on: Mapped[date]
    hours_per_day: Mapped[float | None]
    hours_per_week: Mapped[float | None]
    nights: Mapped[str | None] = sealed()
    kinds_of_work: Mapped[str | None] = sealed()
    workplace: Mapped[str | None] = sealed()
    manager: Mapped[str | None] = sealed()
    instructions: Mapped[str | None] = sealed()
    pace: Mapped[str | None] = sealed()
    other_conditions: Mapped[list[str]] = sealed(JSONB())
    review_on: Mapped[date | None]


class InsurancePhysicianNote(VersionedRecord, Base):
    """The physician's own medical notes; for nobody else at the body (the medical filter)."""

    __tablename__ = "insurance_physician_note"
    __category__ = Category.INSURANCE_PHYSICIAN_NOTES
    talk_on: Mapped[date]
    notes: Mapped[str] = sealed()


class PsychologicalAnamnesis(VersionedRecord, Base):
    """Coping and interpersonal relations; stays in the GGZ."""

    __tablename__ = "psychological_anamnesis"
    __category__ = Category.PSYCHOLOGICAL_ANAMNESIS
    talk_on: Mapped[date]
    coping: Mapped[str] = sealed()
    interpersonal_relations: Mapped[str] = sealed()
    other: Mapped[str | None] = sealed()


class WorkAdvice(VersionedRecord, Released, Base):
    """What helps at work, in plain words; a draft until the client releases it (gate 30)."""

    __tablename__ = "work_advice"
    __category__ = Category.WORK_ADVICE
    __open__ = ("released_by",)
    __mutable__ = ("released_at", "released_by")
    __moved_by__ = frozenset({Role.CLIENT, Role.REPRESENTATIVE})
    made_on: Mapped[date]
    advice: Mapped[list[str]] = sealed(JSONB())
    released_by: Mapped[str | None]


class ActionPlan(VersionedRecord, Base):
    """One version of the plan; the client agrees to each."""

    __tablename__ = "action_plan"
    __category__ = Category.ACTION_PLAN
    __open__ = ("agreed_by",)
    __mutable__ = ("agreed_on", "agreed_by")
    __moved_by__ = frozenset({Role.CLIENT, Role.REPRESENTATIVE})
    version: Mapped[int]
    made_on: Mapped[date]
    goals: Mapped[list[dict[str, Any]]] = sealed(JSONB())
    agreed_on: Mapped[date | None]
    agreed_by: Mapped[str | None]


class ActionPlanStatement(ClientRecord, Base):
    """What the client says about a version, in the own words."""

    __tablename__ = "action_plan_statement"
    __category__ = Category.ACTION_PLAN
    __table_args__ = (Index(None, "plan_id"),)
    plan_id: Mapped[UUID]
    words: Mapped[str] = sealed()


class CareerProfile(VersionedRecord, Base):
    """What someone likes, can and has done, over a few talks; a new version after every job."""

    __tablename__ = "career_profile"
    __category__ = Category.WORK_HISTORY
    __table_args__ = (Index(None, "supersedes_id"),)
    version: Mapped[int]
    sessions: Mapped[list[date]] = mapped_column(ARRAY(Date()))
    preferences: Mapped[list[str]] = sealed(JSONB())
    experience: Mapped[list[str]] = sealed(JSONB())
    skills: Mapped[list[str]] = sealed(JSONB())
    strengths: Mapped[list[str]] = sealed(JSONB())
    network: Mapped[list[str]] = sealed(JSONB())
    lessons: Mapped[list[str]] = sealed(JSONB())


class JobSearchPlan(VersionedRecord, Base):
    """One version of where and how to look for work; the client agrees to each."""

    __tablename__ = "job_search_plan"
    __category__ = Category.ACTION_PLAN
    __open__ = ("travels_by", "agreed_by")
    __mutable__ = ("agreed_on", "agreed_by")
    __moved_by__ = frozenset({Role.CLIENT, Role.REPRESENTATIVE})
    __table_args__ = (Index(None, "supersedes_id"),)
    version: Mapped[int]
    made_on: Mapped[date]
    profile_id: Mapped[UUID]
    kinds_of_work: Mapped[list[str]] = sealed(JSONB())
    preferences: Mapped[list[str]] = sealed(JSONB())
    steps: Mapped[list[dict[str, Any]]] = sealed(JSONB())
    travels_by: Mapped[str | None]
    travel_minutes: Mapped[int | None]
    hours_per_week: Mapped[float | None]
    agreed_on: Mapped[date | None]
    agreed_by: Mapped[str | None]


class Benefit(VersionedRecord, Base):
    """The benefit as the responsible body confirmed it."""

    __tablename__ = "benefit"
    __category__ = Category.BENEFIT
    __open__ = ("kind",)
    kind: Mapped[str]
    hours_per_week: Mapped[float | None]
    confirmed_on: Mapped[date]
    ends_on: Mapped[date | None]


class BenefitsCounselling(VersionedRecord, Base):
    """What working does to the benefit was explained, and the right to fall back on it."""

    __tablename__ = "benefits_counselling"
    __category__ = Category.BENEFIT
    __open__ = ("held_by",)
    held_on: Mapped[date]
    held_by: Mapped[str]
    before_first_job: Mapped[bool]
    fallback_right: Mapped[bool | None]
    fallback_until: Mapped[date | None]
    explained: Mapped[str | None] = sealed()
