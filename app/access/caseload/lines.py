"""One line per grant and trajectory, with the excerpts of records that the grant opens."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, SmallInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base


class CaseloadLine(Base):
    """One trajectory through one grant, for the time and the purposes of that grant.

    `mask` is empty where the grant opens records of the trajectory but not that it exists.
    """

    __tablename__ = "caseload_line"
    __table_args__ = (
        Index(None, "client_id"),
        Index(None, "grantee_id", "trajectory_id"),
        Index(None, "grantee_id", "bsn_index"),
    )
    grant_id: Mapped[UUID] = mapped_column(
        ForeignKey("access_grant.id", ondelete="CASCADE"), primary_key=True
    )
    trajectory_id: Mapped[UUID] = mapped_column(primary_key=True)
    client_id: Mapped[UUID]
    grantee_id: Mapped[UUID]
    purposes: Mapped[int] = mapped_column(SmallInteger)
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]
    mask: Mapped[int]
    ground: Mapped[str]
    bsn_index: Mapped[bytes | None]
    excerpts: Mapped[dict[str, list[list[Any]]]] = mapped_column(JSONB)
