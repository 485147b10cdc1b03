"""Rows of a client: the bare existence, and the identity beside it."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.access.envelope.columns import sealed
from app.access.log import Xid8
from app.access.records import ClientRecord, Excerpt
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
    """Name, birth date and how to reach the client."""

    __tablename__ = "client_identity"
    __category__ = Category.IDENTITY
    __open__ = ("given_name", "family_name", "name_key")
    __table_args__ = (Index(None, "birth_date", "name_key"),)
    __excerpt__ = Excerpt(("given_name", "family_name", "birth_date"))
    given_name: Mapped[str]
    family_name: Mapped[str]
    name_key: Mapped[str]
    birth_date: Mapped[date]
    email: Mapped[str | None] = sealed()
    telephone: Mapped[str | None] = sealed()
