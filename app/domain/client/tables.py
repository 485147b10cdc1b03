"""Rows of a client: the bare existence, the identity beside it, and how to be reached."""

from datetime import date
from typing import Any

from sqlalchemy import ARRAY, CheckConstraint, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.access.envelope.columns import sealed
from app.access.log import Xid8
from app.access.records import ClientRecord, Excerpt
from app.access.versions import VersionedRecord
from app.access.vocabulary import Category
from app.platform.db import Base


class Client(ClientRecord, Base):
    """A bare id at a registering organisation.

    `registered_in` lets that very transaction add the first records, before any grant can exist.
    """

    __tablename__ = "client"
    __category__ = Category.EXISTENCE
    __table_args__ = (CheckConstraint("id = client_id", name="own_client"),)
    registered_in: Mapped[int] = mapped_column(Xid8(), server_default=text("pg_current_xact_id()"))


class ClientIdentity(ClientRecord, Base):
    """Name, birth date and how to reach the client; the newest version counts, all stay.

    `changed` names what this version told otherwise than the one before; empty in the first.
    """

    __tablename__ = "client_identity"
    __category__ = Category.IDENTITY
    __open__ = ("given_name", "family_name", "name_key", "changed")
    __table_args__ = (Index(None, "birth_date", "name_key"),)
    __excerpt__ = Excerpt(
        ("given_name", "family_name", "birth_date", "recorded_at"), newest_by=("recorded_at",)
    )
    given_name: Mapped[str]
    family_name: Mapped[str]
    name_key: Mapped[str]
    birth_date: Mapped[date]
    email: Mapped[str | None] = sealed()
    telephone: Mapped[str | None] = sealed()
    changed: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))


class ContactPreference(VersionedRecord, Base):
    """How and when the client wants to be reached, and whether texts must stay neutral."""

    __tablename__ = "contact_preference"
    __category__ = Category.IDENTITY
    __open__ = ("channels",)
    channels: Mapped[list[str]] = mapped_column(ARRAY(Text))
    neutral_texts: Mapped[bool]
    voicemail: Mapped[bool]
    safe_times: Mapped[list[dict[str, Any]]] = sealed(JSONB())
    note: Mapped[str | None] = sealed()
