"""What was destroyed: opaque ids, so that it can be destroyed again after a restore."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Mapped, mapped_column

from app.platform.clock import moment
from app.platform.db import Base


class Tombstone(Base):
    """One decision to destroy, carried out: a record, a category, or all there is of a client.

    A record or category is that of the organisation which answers for it (None: of no
    organisation, the client's own), as far as it was recorded until then: what is recorded later
    stands. `everything` is for ever: nothing of this client can come back.
    """

    __tablename__ = "tombstone"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    client_id: Mapped[UUID] = mapped_column(index=True)
    organisation_id: Mapped[UUID | None]
    category: Mapped[int | None]
    record_id: Mapped[UUID | None]
    everything: Mapped[bool] = mapped_column(server_default="false")
    request_id: Mapped[UUID | None]
    recorded_until: Mapped[datetime] = mapped_column(server_default=moment())
