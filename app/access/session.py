"""One request of one viewer in one transaction: the only way to the database for client data."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel
from sqlalchemy import Executable, Insert, Row
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access import caseload, directory_changes, due, grants, log, refusals, switching
from app.access.envelope.columns import Owner, Place
from app.access.envelope.opening import Envelopes
from app.access.login import Anyone, Login, claims_of, count
from app.access.services import Services
from app.access.viewers import is_machine
from app.access.vocabulary import Role, Viewer
from app.platform.db import Engine, within
from app.platform.http.exchange import Exchange, exchange_of
from app.platform.http.problems import NotAllowed

MAY_READ, MAY_WRITE = "trede.read", "trede.write"
"""Scopes of client systems: what the machine may do at most, whoever it acts for."""
JOINED = "trede.transaction"
"""In the scope of a call within this process: an open transaction that it becomes a part of."""


@dataclass
class Session:
    """The viewer, its transaction and what it is shown; the log is written before the answer."""

    db: AsyncConnection
    viewer: Viewer
    exchange: Exchange
    services: Services
    entries: list[log.Entry] = field(default_factory=list)
    binds: Mapping[str, Any] = field(default_factory=dict)
    touched: set[UUID] = field(default_factory=set)
    buried: list[Mapping[str, Any]] = field(default_factory=list)
    envelopes: Envelopes = field(init=False)

    def __post_init__(self) -> None:
        self.envelopes = Envelopes(self.db, self.services.key_keeper)

    @property
    def caller(self) -> str:
        """Under what name keys, cursors and entity tags are bound: this hat and purpose."""
        return f"{self.viewer.grantee_id}:{self.viewer.purpose_bit}"

    async def execute(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Any:
        """Run a statement with the viewer bound into it (see `rows.py`); content stays sealed."""
        return await self.db.execute(statement, {**self.binds, **(values or {})})

    async def row(self, statement: Executable, **values: Any) -> Row[Any] | None:
        found = (await self.execute(statement, values)).first()
        opened = [] if found is None else await self.envelopes.opened([found])
        return next(iter(opened), None)

    async def rows(self, statement: Executable, **values: Any) -> Sequence[Row[Any]]:
        return await self.envelopes.opened((await self.execute(statement, values)).all())

    async def add(self, statement: Insert, row: Mapping[str, Any]) -> None:
        """Insert this row, its content sealed."""
        await self.db.execute(statement, await self.envelopes.closed_row(statement.table, row))

    async def closed(self, column: Any, row: Row[Any], content: Any) -> Any:
        """Content that an act sets later on a row (of `client_id`, and who answers for it)."""
        if content is None:
            return None
        place = Place(column.class_.__tablename__, column.key)
        category = column.class_.__category__
        owner = Owner(row.client_id, row.controller_organisation_id, category)
        return await self.envelopes.closed(place, owner, row.id, content)

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

    async def refuse_all(
        self, *, asked_indexes: Sequence[bytes] = (), asked_ids: Sequence[UUID] = ()
    ) -> None:
        """The same for each of many, in one statement."""
        asked = [(None, index) for index in asked_indexes] + [(each, None) for each in asked_ids]
        if asked:
            await refusals.add_all(self.db, self.viewer, self.exchange, 200, asked)

    def require_match(self, current: BaseModel) -> None:
        """If-Match against what this viewer would be shown now; call it under the lock."""
        self.services.etags.require_match(self.exchange, self.caller, current)

    async def hold(self, client_id: UUID) -> None:
        """Hold the facts of this client still until commit: the write leans on them."""
        await grants.share(self.db, client_id)

    async def recompile(self, client_id: UUID) -> None:
        """A fact of this client changed: bring its grants in line in this transaction."""
        await grants.recompile(self.db, client_id)
        self.touched.add(client_id)

    async def recompile_of(self, members: Iterable[UUID]) -> list[UUID]:
        """The place of these members in the directory changed: the same for all their clients."""
        clients = await directory_changes.recompile_of(self.db, members)
        self.touched.update(clients)
        return clients

    async def switch_policy(self, members: Mapping[UUID, Role], version: int) -> None:
        """Another policy for these members: what it takes away now, the rest by the worker."""
        await switching.switch(self.db, members, version)

    async def settle(self) -> None:
        """What the end of a request owes: lists in line with what was written, and the log.

        Last of all, when nothing but the commit can fail: the list of what was destroyed.
        """
        for client_id in sorted(self.touched):
            await caseload.renew(self.db, client_id)
        await due.note(self.db, sorted(self.touched))
        await log.write(self.db, self.viewer, self.exchange, self.entries)
        self.entries.clear()
        if self.buried:
            await asyncio.to_thread(self.services.ledger.append, self.buried)


def binds_of(viewer: Viewer) -> dict[str, Any]:
    """The viewer as the bind parameters of wall 1."""
    return {
        "viewer_grantees": list(viewer.grantees),
        "viewer_hat": viewer.grantee_id,
        "viewer_inbox": viewer.inbox_id,
        "viewer_purpose": viewer.purpose_bit,
        "viewer_role": viewer.role.value,
        "viewer_organisation": viewer.organisation_id,
    }


@asynccontextmanager
async def logged_in(request: Request, engine: Engine, scope: str) -> AsyncIterator[Login]:
    """Verify the token, count the call, open the transaction."""
    services: Services = request.app.state.services
    claims = await claims_of(request)
    exchange, joined = exchange_of(request), request.scope.get(JOINED)
    if joined is None:  # a job in turns is bounded by them; its asker keeps what they may call
        count(services, claims)
    if is_machine(claims) and scope not in claims.scope:
        challenge = {"WWW-Authenticate": 'Bearer realm="trede", error="insufficient_scope"'}
        raise NotAllowed("The scope of this token does not cover this act.", headers=challenge)
    async with engine.begin() if joined is None else within(joined) as db:
        yield Login(db, claims, exchange, services, request.headers.get("on-behalf-of"))


@asynccontextmanager
async def opened(request: Request, engine: Engine, scope: str = MAY_READ) -> AsyncIterator[Session]:
    """Look up the viewer behind the token; log what was shown and commit at the end."""
    async with logged_in(request, engine, scope) as login:
        viewer = await login.chosen()
        request.state.viewer = viewer
        services, exchange = login.services, login.exchange
        session = Session(login.db, viewer, exchange, services, binds=binds_of(viewer))
        yield session
        await session.settle()


async def _reading(request: Request) -> AsyncIterator[Session]:
    async with opened(request, request.app.state.services.engines.reader) as session:
        yield session


async def _writing(request: Request) -> AsyncIterator[Session]:
    writer = request.app.state.services.engines.writer
    async with opened(request, writer, MAY_WRITE) as session:
        yield session


async def _knowing(request: Request) -> AsyncIterator[Login]:
    async with logged_in(request, request.app.state.services.engines.reader, MAY_READ) as login:
        yield login


async def _passing(request: Request) -> AsyncIterator[Anyone]:
    services: Services = request.app.state.services
    async with services.engines.reader.begin() as db:
        yield Anyone(db, services)


# scope="function": log and commit come before the status line, so a failed commit is no 200.
Reading = Annotated[Session, Depends(_reading, scope="function")]
Writing = Annotated[Session, Depends(_writing, scope="function")]
Knowing = Annotated[Login, Depends(_knowing, scope="function")]
Passing = Annotated[Anyone, Depends(_passing, scope="function")]
