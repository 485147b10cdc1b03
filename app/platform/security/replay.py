"""Assertions that were used, so that none counts twice, on any node."""

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base

MARGIN = timedelta(minutes=10)
"""How far the database's clock may be ahead of ours before a spent one is forgotten too soon."""


class SpentAssertion(Base):
    """One use of one `jti` of one issuer; only a digest is kept."""

    __tablename__ = "spent_assertion"

    issuer: Mapped[str] = mapped_column(primary_key=True)
    jti_hash: Mapped[bytes] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)


async def spend(db: AsyncConnection, issuer: str, jti: str, expires_at: datetime) -> bool:
    """Use an assertion up; False when it was used before.

    Holds when the transaction commits: a second use waits for the first to end.
    """
    statement = (
        insert(SpentAssertion)
        .values(issuer=issuer, jti_hash=sha256(jti.encode()).digest(), expires_at=expires_at)
        .on_conflict_do_nothing()
        .returning(SpentAssertion.issuer)
    )
    return (await db.execute(statement)).first() is not None


async def forget_expired(db: AsyncConnection) -> int:
    """Drop what no verifier would take any more, by real time; returns how many."""
    gone = delete(SpentAssertion).where(SpentAssertion.expires_at < func.now() - MARGIN)
    return (await db.execute(gone)).rowcount
