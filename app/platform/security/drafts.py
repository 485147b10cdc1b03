"""What somebody was typing: kept for a day, sealed, for the same person with the same hat only."""

import hmac
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base
from app.platform.security.browser_sessions import BrowserSession
from app.platform.security.crypto import NONCE_BYTES, SealBrokenError, decrypt

KEPT = timedelta(hours=24)
LARGEST = 320 * 1024
"""More than a form may hold that is sent to us: whatever can be sent can be kept."""
LONGEST_PATH = 500
MOST = 20
"""So many of one person with one hat; of more, the oldest goes."""
NEVER_KEPT = ("bsn", "csrf", "password")

Fields = list[tuple[str, str]]


class KeptDraft(Base):
    """The fields of one unfinished form of one person; what was typed is sealed."""

    __tablename__ = "draft"

    issuer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    hat: Mapped[UUID] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes]
    saved_at: Mapped[datetime] = mapped_column(server_default=func.now(), index=True)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A form that somebody did not finish: where it stands and since when."""

    path: str
    saved_at: datetime


class TooLargeError(Exception):
    """More than one draft may hold; what was kept before stays."""


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts of this installation; each call stands in the caller's own transaction."""

    key: bytes

    async def keep(
        self,
        db: AsyncConnection,
        session: BrowserSession,
        path: str,
        fields: Iterable[tuple[str, str]],
    ) -> bool:
        """In the place of what was kept of this form before. Raises TooLargeError.

        A number that identifies somebody is not kept, and without a hat nothing is; False where
        nothing was left to keep.
        """
        keepable = [list(field) for field in fields if _may_be_kept(field[0])]
        if session.hat is None or not keepable:
            return False
        content = json.dumps(keepable).encode()
        if len(content) > LARGEST or len(path) > LONGEST_PATH:
            raise TooLargeError
        row = _place(session, path)
        values = {"content": self._seal(row, content), "saved_at": func.now()}
        kept = insert(KeptDraft).values(**row, **values)
        await db.execute(kept.on_conflict_do_update(constraint="pk_draft", set_=values))
        await _forget_beyond(db, session)
        return True

    async def recalled(
        self, db: AsyncConnection, session: BrowserSession, path: str
    ) -> Fields | None:
        """What this person had typed there with this hat; None when there is nothing (any more)."""
        row = _place(session, path)
        found = select(KeptDraft.content).filter_by(**row).where(_fresh())
        content = (await db.execute(found)).scalar_one_or_none()
        if content is None:
            return None
        try:
            return [(name, value) for name, value in json.loads(self._open(row, content))]
        except SealBrokenError:
            return None  # sealed under a root secret that is no longer ours

    async def unfinished(self, db: AsyncConnection, session: BrowserSession) -> list[Unfinished]:
        """What this person did not finish with this hat, the newest first."""
        found = select(KeptDraft.path, KeptDraft.saved_at).where(*_of(session), _fresh())
        rows = await db.execute(found.order_by(KeptDraft.saved_at.desc()))
        return [Unfinished(row.path, row.saved_at) for row in rows]

    async def forgotten(self, db: AsyncConnection, session: BrowserSession, path: str) -> None:
        """It was sent, or is no longer wanted."""
        await db.execute(delete(KeptDraft).filter_by(**_place(session, path)))

    def _seal(self, place: dict[str, Any], content: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher(place).encrypt(nonce, content, b"")

    def _open(self, place: dict[str, Any], sealed: bytes) -> bytes:
        return decrypt(self._cipher(place), sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], b"")

    def _cipher(self, place: dict[str, Any]) -> AESGCM:
        """A key for this one place: what is moved to another person or form does not open."""
        bound = json.dumps([str(part) for part in place.values()]).encode()
        return AESGCM(hmac.digest(self.key, bound, sha256))


async def forget_old(db: AsyncConnection) -> int:
    """Drop what nobody came back for within a day; returns how many."""
    gone = delete(KeptDraft).where(KeptDraft.saved_at < func.now() - KEPT)
    return (await db.execute(gone)).rowcount


async def _forget_beyond(db: AsyncConnection, session: BrowserSession) -> None:
    newest = select(KeptDraft.path).where(*_of(session)).order_by(KeptDraft.saved_at.desc())
    beyond = KeptDraft.path.not_in(newest.limit(MOST))
    await db.execute(delete(KeptDraft).where(*_of(session), beyond))


def _place(session: BrowserSession, path: str) -> dict[str, Any]:
    who = {"issuer": session.issuer, "subject": session.subject, "hat": session.hat}
    return {**who, "path": path}


def _of(session: BrowserSession) -> tuple[ColumnElement[bool], ...]:
    return (
        KeptDraft.issuer == session.issuer,
        KeptDraft.subject == session.subject,
        KeptDraft.hat == session.hat,
    )


def _fresh() -> ColumnElement[bool]:
    return KeptDraft.saved_at > func.now() - KEPT


def _may_be_kept(name: str) -> bool:
    return not any(word in name.lower() for word in NEVER_KEPT)
