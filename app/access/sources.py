"""What another system calls what it brought here: so that bringing it twice makes it once."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.clock import moment
from app.platform.db import Base


class SourceLink(Base):
    """One record of another system and what it became; `key` is a keyed digest of its id there.

    It goes with its client: what was erased can be brought again as somebody new.
    """

    __tablename__ = "source_link"
    __table_args__ = (UniqueConstraint("organisation_id", "key"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    organisation_id: Mapped[UUID]
    key: Mapped[bytes]
    grantee_id: Mapped[UUID]
    client_id: Mapped[UUID | None] = mapped_column(index=True)
    made_id: Mapped[UUID | None]
    linked_at: Mapped[datetime] = mapped_column(server_default=moment())
