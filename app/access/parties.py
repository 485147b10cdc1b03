"""Tables of the parties: organisations, practitioners, accounts and memberships. No client data."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Computed, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.clock import moment
from app.platform.db import Base


class Organisation(Base):
    """A GGZ provider, UWV district, municipality, company, employer; identifiers are checked."""

    __tablename__ = "organisation"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[str]
    name: Mapped[str]
    agb: Mapped[str | None] = mapped_column(unique=True)
    oin: Mapped[str | None] = mapped_column(unique=True)
    kvk: Mapped[str | None] = mapped_column(unique=True)
    municipality_code: Mapped[str | None]
    policy_version: Mapped[int] = mapped_column(server_default="1")
    created_at: Mapped[datetime] = mapped_column(server_default=moment())


class Practitioner(Base):
    """A professional; the name is directory data."""

    __tablename__ = "practitioner"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str]
    agb: Mapped[str | None]
    big: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=moment())


class Account(Base):
    """A login at an OpenID provider: a practitioner's, or a person's (client, representative).

    Which of both is decided when it is made, for good: links refer to persons' logins only.
    """

    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("issuer", "subject"),
        UniqueConstraint("id", "of_practitioner"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    issuer: Mapped[str]
    subject: Mapped[str]
    practitioner_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioner.id"))
    of_practitioner: Mapped[bool] = mapped_column(
        Computed("practitioner_id IS NOT NULL", persisted=True)
    )
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=moment())


class Inbox(Base):
    """The handle of an organisation and role, before a person is assigned."""

    __tablename__ = "inbox"
    __table_args__ = (UniqueConstraint("organisation_id", "role"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[str]


class Membership(Base):
    """A person works for an organisation in one role, from-until."""

    __tablename__ = "membership"
    __table_args__ = (Index(None, "practitioner_id"), Index(None, "organisation_id", "role"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    practitioner_id: Mapped[UUID] = mapped_column(ForeignKey("practitioner.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    inbox_id: Mapped[UUID] = mapped_column(ForeignKey("inbox.id"))
    role: Mapped[str]
    employed: Mapped[bool] = mapped_column(server_default="true")
    valid_from: Mapped[datetime] = mapped_column(server_default=moment())
    valid_until: Mapped[datetime | None]


class Supervision(Base):
    """A supervisor answers for the work of a colleague."""

    __tablename__ = "supervision"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    supervisor_membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"))
    supervised_membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    valid_from: Mapped[datetime] = mapped_column(server_default=moment())
    valid_until: Mapped[datetime | None]


class Substitution(Base):
    """A named, dated stand-in of the same organisation and role."""

    __tablename__ = "substitution"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    absent_membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    substitute_membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    recorded_by: Mapped[UUID]
    valid_from: Mapped[datetime] = mapped_column(server_default=moment())
    valid_until: Mapped[datetime]


class Machine(Base):
    """A client system of an organisation, authenticated with `private_key_jwt`."""

    __tablename__ = "machine"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str]
    jwks: Mapped[str | None]
    jwks_url: Mapped[str | None]
    algorithms: Mapped[str] = mapped_column(server_default="ES384 RS384 PS256")
    scope: Mapped[str]
    certificate_bound: Mapped[bool] = mapped_column(server_default="false")
    profile: Mapped[str] = mapped_column(server_default="smart")
    keys_renewed_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=moment())
