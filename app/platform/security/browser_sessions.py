"""Who is logged in with which browser: sessions on our side, found by the digest of a token.

The browser holds the token, the table its digest: who reads the table can be nobody. Real time
counts here, not `moment()`: a demo may move that, and nobody may be logged in longer by it.
A page asks by the clock of the records what day it is, so that is looked up along with it.
"""

import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.clock import moment
from app.platform.db import Base

TOKEN_BYTES = 32
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
TOUCH = timedelta(minutes=1)
"""How precisely it is kept when somebody was last seen: a page must not cost a write."""
LONGEST_KEPT = timedelta(days=1)
"""No session lasts longer, whatever the settings say; after it nothing of it is kept."""


class KeptSession(Base):
    """One login of one browser, and the hat it wears; `purpose` only for a broken glass."""

    __tablename__ = "browser_session"

    id: Mapped[bytes] = mapped_column(primary_key=True)
    issuer: Mapped[str]
    subject: Mapped[str]
    hat: Mapped[UUID | None]
    purpose: Mapped[str | None]
    provider_session: Mapped[str | None]
    began_at: Mapped[datetime] = mapped_column(server_default=func.now(), index=True)
    seen_at: Mapped[datetime] = mapped_column(server_default=func.now())


_FOUND = select(
    KeptSession.issuer,
    KeptSession.subject,
    KeptSession.hat,
    KeptSession.purpose,
    (func.now() - KeptSession.seen_at).label("seen_ago"),
    (func.now() - KeptSession.began_at).label("began_ago"),
    moment().label("moment"),
)


@dataclass(frozen=True, slots=True)
class BrowserSession:
    """Who is at this browser, as which hat, and for how long without another sign of life.

    `moment` is when this was looked up, by the clock of the records.
    """

    token: str
    issuer: str
    subject: str
    hat: UUID | None
    purpose: str | None
    csrf: str
    seconds_left: int
    moment: datetime


@dataclass(frozen=True, slots=True)
class BrowserSessions:
    """The sessions of this installation; each call stands in the caller's own transaction."""

    csrf_key: bytes
    idle: timedelta = timedelta(minutes=15)
    longest: timedelta = timedelta(hours=10)

    async def begin(
        self,
        db: AsyncConnection,
        issuer: str,
        subject: str,
        *,
        hat: UUID | None = None,
        provider_session: str | None = None,
    ) -> str:
        """A new session under a new token, whatever was there before; returns the token."""
        token = token_urlsafe(TOKEN_BYTES)
        row = {"issuer": issuer, "subject": subject, "hat": hat}
        row["provider_session"] = provider_session
        await db.execute(insert(KeptSession).values(id=_digest(token), **row))
        return token

    async def found(
        self, db: AsyncConnection, token: str, *, active: bool = True
    ) -> BrowserSession | None:
        """The session behind a token; None when there is none or its time is over.

        Without `active` (a draft that is saved, a poll) nobody is taken to be at the screen.
        """
        if not TOKEN.fullmatch(token):
            return None
        row: Any = (await db.execute(_FOUND.where(*self._stands(token)))).first()
        if row is None:
            return None
        touched = active and row.seen_ago >= min(TOUCH, self.idle / 4)
        if touched:
            seen = update(KeptSession).where(KeptSession.id == _digest(token))
            await db.execute(seen.values(seen_at=func.now()))
        return self._told(token, row, touched=touched)

    async def former(self, db: AsyncConnection, token: str) -> BrowserSession | None:
        """Whose session this was, its time over or not: only to keep what that person typed."""
        if not TOKEN.fullmatch(token):
            return None
        was = KeptSession.id == _digest(token), KeptSession.began_at > func.now() - LONGEST_KEPT
        row: Any = (await db.execute(_FOUND.where(*was))).first()
        return None if row is None else self._told(token, row, touched=False)

    async def wear(
        self, db: AsyncConnection, token: str, hat: UUID | None, purpose: str | None = None
    ) -> str | None:
        """Another hat under a new token; forms of pages of the earlier hat no longer count.

        None when the session is over, or another page changed its hat at the same time.
        """
        fresh = token_urlsafe(TOKEN_BYTES)
        changed = update(KeptSession).where(*self._stands(token)).returning(KeptSession.id)
        values: dict[str, Any] = {"id": _digest(fresh), "hat": hat, "purpose": purpose}
        done = await db.execute(changed.values(**values, seen_at=func.now()))
        return None if done.first() is None else fresh

    async def end(self, db: AsyncConnection, token: str) -> None:
        """Log out: from now on the token is nobody's, in every process."""
        await db.execute(delete(KeptSession).where(KeptSession.id == _digest(token)))

    def csrf(self, token: str) -> str:
        """What the forms of this session carry; it follows from the token and gives none away."""
        digest = hmac.digest(self.csrf_key, token.encode(), sha256)
        return urlsafe_b64encode(digest).rstrip(b"=").decode()

    def _stands(self, token: str) -> tuple[ColumnElement[bool], ...]:
        return (
            KeptSession.id == _digest(token),
            KeptSession.seen_at > func.now() - self.idle,
            KeptSession.began_at > func.now() - min(self.longest, LONGEST_KEPT),
        )

    def _told(self, token: str, row: Any, *, touched: bool) -> BrowserSession:
        idle = self.idle - (timedelta() if touched else row.seen_ago)
        longest = min(self.longest, LONGEST_KEPT) - row.began_ago
        return BrowserSession(
            token=token,
            issuer=row.issuer,
            subject=row.subject,
            hat=row.hat,
            purpose=row.purpose,
            csrf=self.csrf(token),
            seconds_left=max(0, int(min(idle, longest).total_seconds())),
            moment=row.moment,
        )


async def forget_ended(db: AsyncConnection) -> int:
    """Drop what can be nobody's session any more; returns how many."""
    gone = delete(KeptSession).where(KeptSession.began_at < func.now() - LONGEST_KEPT)
    return (await db.execute(gone)).rowcount


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
