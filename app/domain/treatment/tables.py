"""Rows of the treatment: work questions, plans with their work goals, early-warning plans."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.access.envelope.columns import sealed
from app.access.records import Addressed, ClientRecord
from app.access.versions import VersionedRecord
from app.access.vocabulary import Category
from app.platform.db import Base


class WorkQuestion(VersionedRecord, Base):
    """Work was asked about: what is now, what is wished for, in the client's own words."""

    __tablename__ = "work_question"
    __category__ = Category.WORK_QUESTION
    __open__ = (
        "occasion",
        "work_status",
        "benefit_status",
        "wants_work",
        "intake_model",
        "attended_by",
    )
    asked_on: Mapped[date]
    occasion: Mapped[str]
    work_status: Mapped[str]
    without_work_since: Mapped[date | None]
    benefit_status: Mapped[str]
    wants_work: Mapped[str]
    wish: Mapped[str | None] = sealed()
    possibilities: Mapped[str | None] = sealed()
    intake_model: Mapped[str | None]
    attended_by: Mapped[list[str] | None] = mapped_column(ARRAY(Text))


class TreatmentPlan(VersionedRecord, Base):
    """The medical part of a plan; `version` counts the versions of one plan."""

    __tablename__ = "treatment_plan"
    __category__ = Category.MEDICAL
    version: Mapped[int]
    made_on: Mapped[date]
    review_on: Mapped[date | None]
    standard: Mapped[str | None] = sealed()
    goals: Mapped[list[dict[str, Any]]] = sealed(JSONB())
    interventions: Mapped[list[dict[str, Any]]] = sealed(JSONB())


class TreatmentWorkGoal(ClientRecord, Base):
    """A work-directed goal of a plan: a record of its own, so that it can be shared apart."""

    __tablename__ = "treatment_work_goal"
    __category__ = Category.ACTION_PLAN
    __open__ = ("owner",)
    __part_of__ = "plan_id"
    __table_args__ = (Index(None, "plan_id"),)
    plan_id: Mapped[UUID]
    position: Mapped[int]
    goal: Mapped[str] = sealed()
    steps: Mapped[list[str]] = sealed(JSONB())
    owner: Mapped[str]
    due_on: Mapped[date | None]


class EarlyWarningPlan(VersionedRecord, Addressed, Base):
    """A signal plan, WRAP, crisis or help card, or the work excerpt: each a record of its own."""

    __tablename__ = "early_warning_plan"
    __category__ = Category.EARLY_WARNING_PLAN
    __open__ = ("kind",)
    kind: Mapped[str]
    made_on: Mapped[date]
    review_on: Mapped[date | None]
    content: Mapped[dict[str, Any]] = sealed(JSONB())
