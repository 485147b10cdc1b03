"""Tables of imports. What was sent is sealed, and goes after a few days with its key."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, SmallInteger, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base


class Import(Base):
    """One file that somebody sent; `asker` is who, as the token said, for the calls it leads to.

    Moments are real ones: imports are worked off and destroyed by age, and demo time may jump.
    """

    __tablename__ = "bulk_import"
    __table_args__ = (Index(None, "organisation_id", "begun_at", "id"), Index(None, "state"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    organisation_id: Mapped[UUID]
    grantee_id: Mapped[UUID]
    machine_id: Mapped[UUID | None]
    asker: Mapped[str]
    source_system: Mapped[str]
    dry_run: Mapped[bool]
    form: Mapped[str]
    wrapped_key: Mapped[bytes]
    state: Mapped[str]
    emptied: Mapped[bool] = mapped_column(server_default="false")
    begun_at: Mapped[datetime] = mapped_column(server_default=func.now())
    ended_at: Mapped[datetime | None]


class ImportRow(Base):
    """One row of a file; rows with one `subject` are one record, made wholly or not at all."""

    __tablename__ = "bulk_row"
    __table_args__ = (
        Index(None, "import_id", "subject", "number"),
        Index(
            "ix_bulk_row_waiting",
            "import_id",
            "rank",
            "number",
            postgresql_where=text("state = 'waiting'"),
        ),
    )
    import_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID]
    rank: Mapped[int] = mapped_column(SmallInteger)
    subject: Mapped[bytes | None]
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    content: Mapped[bytes | None]
    outcome: Mapped[bytes | None]
