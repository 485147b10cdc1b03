"""The access log (NEN 7513): each decision that touched a client, in the reader's transaction."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import ARRAY, Index, Text, text
from sqlalchemy.dialects.postgresql import BYTEA
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import UserDefinedType

from app.access.ceilings import POLICY_VERSION
from app.access.vocabulary import Category, Verb, Viewer
from app.platform.db import Base, Prepared
from app.platform.http.exchange import Exchange
from app.platform.transparency.tree import leaf_hash


class Xid8(UserDefinedType[int]):
    """A transaction id that never wraps: the sealer must respect commit order, not id order."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "xid8"


@dataclass(frozen=True)
class Entry:
    """One decision about one client: what was shown, what was withheld by rule, and why."""

    client_id: UUID
    resource: str
    record_id: UUID | None
    verb: Verb
    shown: int = 0
    withheld: int = 0
    grounds: tuple[str, ...] = ()
    trajectory_id: UUID | None = None
    listed: bool = False
    outcome: str = field(default="allowed")


class AccessLogEntry(Base):
    """Append-only; no name, no content. The client reads it as [access_log]."""

    __tablename__ = "access_log_entry"
    __table_args__ = (
        Index(None, "client_id", "at"),
        Index(None, "xid", "id"),
        Index(None, "membership_id", "client_id", "at"),
        Index(None, "organisation_id", "at"),
        Index(
            None,
            "machine_id",
            "client_id",
            "at",
            postgresql_where=text("machine_id IS NOT NULL"),
        ),
    )
    __category__: ClassVar[Category] = Category.ACCESS_LOG
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    xid: Mapped[int] = mapped_column(Xid8(), server_default=text("pg_current_xact_id()"))
    at: Mapped[datetime]
    client_id: Mapped[UUID]
    trajectory_id: Mapped[UUID | None]
    grantee_id: Mapped[UUID]
    membership_id: Mapped[UUID | None]
    machine_id: Mapped[UUID | None]
    organisation_id: Mapped[UUID | None]
    role: Mapped[str]
    purpose: Mapped[str | None]
    resource: Mapped[str]
    record_id: Mapped[UUID | None]
    verb: Mapped[str]
    listed: Mapped[bool]
    outcome: Mapped[str]
    shown: Mapped[int]
    withheld: Mapped[int]
    grounds: Mapped[list[str]] = mapped_column(ARRAY(Text))
    policy_version: Mapped[int]
    request_id: Mapped[str]
    trace_id: Mapped[str | None] = mapped_column(index=True)
    span_id: Mapped[str | None]
    parent_span_id: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    salt: Mapped[bytes] = mapped_column(BYTEA)
    leaf_hash: Mapped[bytes] = mapped_column(BYTEA)


_UUIDS = (
    "id", "client_id", "trajectory_id", "grantee_id", "membership_id", "machine_id",
    "organisation_id", "record_id",
)  # fmt: skip
_TEXTS = ("role", "purpose", "resource", "verb", "outcome", "request_id", "trace_id")
_KINDS = {
    "grounds": "text[]",
    **dict.fromkeys(_UUIDS, "uuid"),
    **dict.fromkeys(_TEXTS, "text"),
    **dict.fromkeys(("shown", "withheld", "policy_version"), "integer"),
    **dict.fromkeys(("salt", "leaf_hash"), "bytea"),
    "at": "timestamptz",
    "listed": "boolean",
}
_BESIDE = {"span_id": "text", "parent_span_id": "text"}
"""Which part of which chain of requests it was, for the processing log; no leaf commits to it."""
UNCOMMITTED = frozenset({*_BESIDE, "ended_at"})
_ALL = _KINDS | _BESIDE
_INSERT = Prepared(
    text(
        f"INSERT INTO access_log_entry ({', '.join(_ALL)}, ended_at)"  # noqa: S608 - constants
        f" SELECT {', '.join(_ALL)}, moment() FROM jsonb_to_recordset(CAST(:rows AS jsonb))"
        f" AS entry ({', '.join(f'{name} {kind}' for name, kind in _ALL.items())})"
    )
)
"""Entries go in as one JSON value: one statement, whatever their number. It is the last one of a
request but for what can only fail whole, so its moment is when the request ends."""
CONTENT = tuple(name for name in _KINDS if name not in {"salt", "leaf_hash"})
"""What a leaf commits to."""


def canonical(row: Mapping[str, Any]) -> str:
    """What a leaf commits to: the entry without its salt, as JSON in its one spelling."""
    content = {key: _plain(value) for key, value in row.items() if key not in {"salt", "leaf_hash"}}
    return json.dumps(content, sort_keys=True, separators=(",", ":"))


def leaf_of(row: Mapping[str, Any]) -> bytes:
    """RFC 6962 leaf hash over a salted commitment of the entry in canonical JSON."""
    content = {name: value for name, value in row.items() if name not in UNCOMMITTED}
    return leaf_hash(commitment(row["salt"], canonical(content)))


def commitment(salt: bytes, content: str) -> bytes:
    """Tells nothing of the content to who does not know the salt."""
    return hashlib.sha256(salt + content.encode()).digest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value) if isinstance(value, UUID) else value


def row_of(viewer: Viewer, exchange: Exchange, entry: Entry) -> dict[str, Any]:
    """The stored form of an entry; the person answerable is the membership, also for machines."""
    row = {
        "id": uuid4(),
        "at": viewer.moment,
        "client_id": entry.client_id,
        "trajectory_id": entry.trajectory_id,
        "grantee_id": viewer.grantee_id,
        "membership_id": viewer.membership_id,
        "machine_id": viewer.machine_id,
        "organisation_id": viewer.organisation_id,
        "role": viewer.role.value,
        "purpose": None if viewer.purpose is None else viewer.purpose.value,
        "resource": entry.resource,
        "record_id": entry.record_id,
        "verb": entry.verb.value,
        "listed": entry.listed,
        "outcome": entry.outcome,
        "shown": entry.shown,
        "withheld": entry.withheld,
        "grounds": sorted(entry.grounds),
        "policy_version": POLICY_VERSION,
        "request_id": exchange.request_id,
        "trace_id": exchange.trace_id,
        "salt": secrets.token_bytes(16),
    }
    beside = {"span_id": exchange.span_id, "parent_span_id": exchange.parent_span_id}
    return {**row, "leaf_hash": leaf_of(row), **beside}


async def write(
    db: AsyncConnection, viewer: Viewer, exchange: Exchange, entries: Sequence[Entry]
) -> None:
    """All entries of one request in one statement; if this fails nothing is served."""
    if entries:
        await put(db, [row_of(viewer, exchange, entry) for entry in entries])


async def put(db: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows with their leaf hash, in one statement."""
    await _INSERT.run(db, {"rows": json.dumps(rows, default=_written)})


def _written(value: Any) -> str:
    """How PostgreSQL reads this value out of JSON."""
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    return value.isoformat() if isinstance(value, datetime) else str(value)
