"""Which entry is which leaf, the tree itself, and the signed checkpoints of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, SmallInteger, func
from sqlalchemy.dialects.postgresql import BYTEA
from sqlalchemy.orm import Mapped, mapped_column

from app.access.log import Xid8
from app.platform.db import Base


class LogLeaf(Base):
    """The place of an entry in the tree; seen by who may see the entry."""

    __tablename__ = "log_leaf"
    leaf_index: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    entry_id: Mapped[UUID] = mapped_column(unique=True)
    xid: Mapped[int] = mapped_column(Xid8())


class LogNode(Base):
    """Hashes only: each leaf, and the root of each complete subtree of 256, 256 squared, ...

    Any other subtree follows from at most 255 of these, so no proof hashes the whole log.
    """

    __tablename__ = "log_node"
    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(BYTEA)


class LogCheckpoint(Base):
    """A signed note for one size; the key makes that there are never two."""

    __tablename__ = "log_checkpoint"
    size: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    note: Mapped[str]
    sealed_at: Mapped[datetime] = mapped_column(server_default=func.now())
