"""Rows of employers as one organisation knows them; row security keeps them to that one.

No client data: not who works there, not whom a contact was for. So they carry no category.
"""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.clock import moment
from app.platform.db import Base


class Kept(Base):
    """What an organisation keeps for itself, and which of its people wrote it."""

    __abstract__ = True
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    author_id: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=moment())


class OfEmployer(Kept):
    """Something of one employer."""

    __abstract__ = True
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("employer.id"), index=True)


class Employer(Kept):
    """An employer in the directory of the organisation that made the entry."""

    __tablename__ = "employer"
    __table_args__ = (
        UniqueConstraint("organisation_id", "kvk"),
        Index(None, "organisation_id", "name", "id"),
    )
    name: Mapped[str]
    kvk: Mapped[str | None]
    sector: Mapped[str | None]
    sroi: Mapped[bool | None]
    recognised_for_training: Mapped[bool | None]
    inclusion_advice_on: Mapped[date | None]


class EmployerSite(OfEmployer):
    __tablename__ = "employer_site"
    name: Mapped[str]
    street: Mapped[str | None]
    postal_code: Mapped[str | None]
    town: Mapped[str]
    closed_on: Mapped[date | None]


class EmployerPerson(OfEmployer):
    """Someone to speak with, as business data; who left keeps no name here."""

    __tablename__ = "employer_person"
    site_id: Mapped[UUID | None]
    name: Mapped[str | None]
    position: Mapped[str | None]
    telephone: Mapped[str | None]
    email: Mapped[str | None]
    harrie_trained_on: Mapped[date | None]
    left_on: Mapped[date | None]


class Worded(OfEmployer):
    """With free words, that can be taken out: somebody may be named in them."""

    __abstract__ = True
    withdrawn_on: Mapped[date | None]


class EmployerNote(Worded):
    """What the organisation remembers of an employer."""

    __tablename__ = "employer_note"
    text: Mapped[str | None]


class EmployerContact(Worded):
    """One contact with an employer, about nobody."""

    __tablename__ = "employer_contact"
    site_id: Mapped[UUID | None]
    happened_on: Mapped[date]
    mode: Mapped[str]
    purpose: Mapped[str]
    outcome: Mapped[str]
    declined_reason: Mapped[str | None]
    note: Mapped[str | None]


class WorkplaceScan(Worded):
    """How a workplace was found on a day; looked at again, it is another scan."""

    __tablename__ = "workplace_scan"
    site_id: Mapped[UUID | None]
    scanned_on: Mapped[date]
    stimuli: Mapped[str]
    stimuli_why: Mapped[str | None]
    team_cohesion: Mapped[str]
    team_cohesion_why: Mapped[str | None]
    colleagues: Mapped[str]
    colleagues_why: Mapped[str | None]
    supervisor: Mapped[str]
    supervisor_why: Mapped[str | None]
    customer: Mapped[str]
    customer_why: Mapped[str | None]
