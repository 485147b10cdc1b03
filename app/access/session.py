"""One request of one viewer in one transaction: the only way to the database for client data."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel
from sqlalchemy import Executable, Row
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from app.access import grants, log, refusals
from app.access.viewers import viewer_of
from app.access.vocabulary import Viewer
from app.platform.db import Engines
from app.platform.http.etag import Etags
from app.platform.http.exchange import Exchange, exchange_of
from app.platform.http.limits import Limiter
from app.platform.http.paging import Cursors
from app.platform.http.problems import TooManyRequests, Unauthorized
from app.platform.security.crypto import Vault
from app.platform.security.issuer import Issuer
from app.platform.security.tokens import Verifier


@dataclass(frozen=True)
class Services:
    """What main puts together once and every session may use."""

    engines: Engines
    verifier: Verifier
    own_issuer: str
    issuer: Issuer
    audience: str
    etags: Etags
    cursors: Cursors
    vault: Vault
    limiter: Limiter
    reading_days_after_end: int = 30


@dataclass
class Session:
    """The viewer, its transaction and what it is shown; the log is written before the answer."""

    db: AsyncConnection
    viewer: Viewer
    exchange: Exchange
    services: Services
    entries: list[log.Entry] = field(default_factory=list)
    binds: Mapping[str, Any] = field(default_factory=dict)

    @property
    def caller(self) -> str:
        """Under what name keys, cursors and entity tags are bound: this hat and purpose."""
        return f"{self.viewer.grantee_id}:{self.viewer.purpose_bit}"

    async def execute(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Any:
        """Run a statement with the viewer bound into it (see `rows.py`)."""
        return await self.db.execute(statement, {**self.binds, **(values or {})})

    async def row(self, statement: Executable, **values: Any) -> Row[Any] | None:
        return (await self.execute(statement, values)).first()  # type: ignore[no-any-return]

    async def rows(self, statement: Executable, **values: Any) -> Sequence[Row[Any]]:
        return (await self.execute(statement, values)).all()  # type: ignore[no-any-return]

    async def add(self, statement: Executable, values: Any) -> None:
        """Run a write; `values` is one row or a list of rows."""
        await self.db.execute(statement, values)

    def seen(self, entry: log.Entry) -> None:
        """Put one decision on the access log of this request."""
        self.entries.append(entry)

    async def refuse(
        self, *, asked_index: bytes | None = None, asked_id: UUID | None = None
    ) -> None:
        """A look that found nothing: on the record, alike for hidden and for absent."""
        await refusals.add(
            self.db, self.viewer, self.exchange, 200, asked_id=asked_id, asked_index=asked_index
        )

    def require_match(self, current: BaseModel) -> None:
        """If-Match against what this viewer would be shown now; call it under the lock."""
        self.services.etags.require_match(self.exchange, self.caller, current)

    async def hold(self, client_id: UUID) -> None:
        """Hold the facts of this client still until commit: the write leans on them."""
        await grants.share(self.db, client_id)

    async def recompile(self, client_id: UUID) -> None:
        """A fact of this client changed: bring its grants in line in this transaction."""
        await grants.recompile(self.db, client_id)

    async def flush_log(self) -> None:
        await log.write(self.db, self.viewer, self.exchange, self.entries)
        self.entries.clear()


def binds_of(viewer: Viewer) -> dict[str, Any]:
    """The viewer as the bind parameters of wall 1."""
    return {
        "viewer_grantees": list(viewer.grantees),
        "viewer_purpose": viewer.purpose_bit,
        "viewer_role": viewer.role.value,
        "viewer_organisation": viewer.organisation_id,
    }


@asynccontextmanager
async def opened(request: Request, engine: AsyncEngine) -> AsyncIterator[Session]:
    """Verify the token, look up the viewer, open the transaction; log and commit at the end."""
    services: Services = request.app.state.services
    token = _bearer(request)
    claims = await services.verifier.verify(token)
    exchange = exchange_of(request)
    retry_after = services.limiter.allow(f"{claims.issuer} {claims.subject}")
    if retry_after is not None:
        raise TooManyRequests(retry_after)
    async with engine.begin() as db:
        viewer = await viewer_of(
            db,
            claims,
            services.own_issuer,
            exchange.purpose_of_use,
            request.headers.get("on-behalf-of"),
        )
        request.state.viewer = viewer
        session = Session(db, viewer, exchange, services, binds=binds_of(viewer))
        yield session
        await session.flush_log()


def _bearer(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorized
    return token.strip()


async def _reading(request: Request) -> AsyncIterator[Session]:
    async with opened(request, request.app.state.services.engines.reader) as session:
        yield session


async def _writing(request: Request) -> AsyncIterator[Session]:
    async with opened(request, request.app.state.services.engines.writer) as session:
        yield session


# scope="function": log and commit come before the status line, so a failed commit is no 200.
Reading = Annotated[Session, Depends(_reading, scope="function")]
Writing = Annotated[Session, Depends(_writing, scope="function")]
