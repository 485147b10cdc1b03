"""Rows of an application to UWV or the municipality, and of every paper that follows it."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from app.access.records import Addressed, ClientRecord
from app.access.vocabulary import Category
from app.platform.db import Base


class Application(ClientRecord, Addressed, Base):
    """One request to pay for a trajectory, signed by the candidate.

    Of the target groups of the schemes, which would tell of an illness, nothing is kept.
    """

    __tablename__ = "application"
    __category__ = Category.STATUS
    __open__ = ("scheme",)
    scheme: Mapped[str]
    applied_on: Mapped[date]
    signed_on: Mapped[date]


class ApplicationPaper(ClientRecord, Addressed, Base):
    """What follows an application: a cost request, a decision, a stop notice, a determination."""

    __tablename__ = "application_paper"
    __category__ = Category.STATUS
    __open__ = ("kind", "outcome", "reason")
    __table_args__ = (Index(None, "application_id"),)
    application_id: Mapped[UUID]
    kind: Mapped[str]
    dated_on: Mapped[date]
    outcome: Mapped[str | None]
    reason: Mapped[str | None]
    starts_on: Mapped[date | None]
    funded_until: Mapped[date | None]
