"""The calls that one record of an import leads to, all in one transaction."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from uuid import UUID

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access.vocabulary import Viewer
from app.domain.bulk.actions import work
from app.domain.bulk.actions.sender import Sender
from app.domain.bulk.rules.forms import dotted
from app.domain.bulk.rules.imports import RowFault, RowKind, named
from app.facades.bulk.cells import typed
from app.facades.contract import Contract
from app.facades.operations import Call, Json, Told, carried_out
from app.platform.db import within
from app.platform.security.crypto import Vault

REFUSED_AS_A_WHOLE = frozenset({400, 403, 404, 409, 412})
REFERENCE = "SourceId"
OF_CLIENTS = {RowKind.CLIENT: "/clients", RowKind.TRAJECTORY: "/trajectories"}


class FaultyError(Exception):
    """Something is wrong with the record; nothing of it is made."""

    def __init__(self, *faults: RowFault) -> None:
        self.faults = faults
        super().__init__([fault.code for fault in faults])


class NotNowError(Exception):
    """Something went wrong on our side; the record is tried again."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a row is here, by the names of the ids; `anew` where something of it was made now."""

    ids: Json
    anew: bool = True


UNTOLD = Made({}, anew=False)
"""Brought before, and hidden from who brings it now, or not of whom this row is."""


@dataclass
class Recorder:
    """Who sent it, what they brought before, and where a call goes; `hat` is whom it is for."""

    db: AsyncConnection
    request: Request
    contract: Contract
    vault: Vault
    viewer: Viewer
    sender: Sender
    hat: str | None
    source_system: str
    texts: bool
    local: dict[str, str] = field(default_factory=dict)
    tried: set[str] = field(default_factory=set)
    first: "Callable[[Recorder, str], Awaitable[None]] | None" = None

    async def post(self, path: str, body: Json, at: str, *, of: Mapping[str, str]) -> Json:
        """One act at a path of the contract, filled in. Raises FaultyError, NotNowError."""
        operation = self.contract.operation(f"POST {path}")
        if self.texts and operation.body is not None:
            body = typed(self.contract, self.contract.schema(operation.body), body)
        headers = self._headers()
        if operation.matches:
            owner = Call("GET", path.rpartition("/")[0].format(**of), headers=headers)
            read = await carried_out(self.request, self.sender.claims, owner)
            self._check(read, at)
            headers["if-match"] = read.etag
        call = Call("POST", path.format(**of), body=body, headers=headers)
        told = await carried_out(self.request, self.sender.claims, call)
        self._check(told, at)
        return told.json

    def _headers(self) -> dict[str, str]:
        given = {"on-behalf-of": self.hat, "purpose-of-use": self.sender.purpose_of_use}
        return {name: value for name, value in given.items() if value is not None}

    def _check(self, told: Told, at: str) -> None:
        if told.ok:
            return
        if told.status not in REFUSED_AS_A_WHOLE:
            raise NotNowError(HTTPStatus(told.status).name)
        problem = told.json
        code = str(problem.get("type", "")).rpartition(":")[2].replace("-", "_")
        whole = RowFault(at, code, str(problem.get("detail", "")))
        faults = [
            RowFault(joined(at, dotted(each["pointer"])), each["code"], each["detail"])
            for each in problem.get("errors", [])
            if each["in"] == "body"
        ]
        raise FaultyError(*(faults or [whole]))

    async def resolved(self, body: Mapping[str, Any], at: str) -> Json:
        """The body with ids of ours in the place of those of the source. Raises FaultyError."""
        found: Json = {}
        for name, value in body.items():
            if isinstance(value, dict):
                found[name] = await self.resolved(value, joined(at, name))
            elif isinstance(value, list):
                found[name] = [await self._item(each, joined(at, name)) for each in value]
            elif name.endswith(REFERENCE) and isinstance(value, str):
                kind = RowKind.TRAJECTORY if "rajectory" in name else RowKind.PRACTITIONER
                found[f"{name.removesuffix(REFERENCE)}Id"] = await self.meant(kind, value, at, name)
            else:
                found[name] = value
        return found

    async def _item(self, value: Any, at: str) -> Any:
        return await self.resolved(value, at) if isinstance(value, dict) else value

    async def meant(self, kind: RowKind, source_id: str, at: str, name: str) -> str:
        """What a thing of the source is here, as far as the hat sees it. Raises FaultyError."""
        made = self.local.get(source_id) or await self.brought(kind, source_id)
        if made is not None and not await self.sees(kind, made):
            made = None
        if (
            made is None
            and kind is RowKind.PRACTITIONER
            and self.first is not None
            and source_id not in self.tried
        ):
            self.tried.add(source_id)
            await self.first(self, source_id)
            made = await self.brought(kind, source_id)
        if made is None:
            detail = "Nothing was brought under this id."
            raise FaultyError(RowFault(joined(at, name), "unknown_reference", detail))
        return str(made)

    async def sees(self, kind: RowKind, id_: UUID | str) -> bool:
        """Whether the hat may know of it; colleagues may know of each other."""
        return kind not in OF_CLIENTS or await self.seen(f"{OF_CLIENTS[kind]}/{id_}") is not None

    async def seen(self, path: str) -> Json | None:
        """What the hat is shown there."""
        call = Call("GET", path, headers=self._headers())
        told = await carried_out(self.request, self.sender.claims, call)
        return told.json if told.ok else None

    async def undone(self, make: Callable[[], Awaitable[Any]]) -> None:
        """Faults are told as of something new; nothing of it stays. Raises FaultyError."""
        async with within(self.db, keep=False):
            await make()

    async def brought(self, kind: RowKind, source_id: str) -> UUID | None:
        return await work.brought(self.db, self.organisation, self.key(kind, source_id))

    async def claimed(self, kind: RowKind, source_id: str) -> bool:
        """Whether this is the first time; another who brings it now waits for our commit."""
        key = self.key(kind, source_id)
        return await work.claim(self.db, self.organisation, key, self.viewer.grantee_id)

    async def became(
        self, kind: RowKind, source_id: str, made: str, client: str | None = None
    ) -> None:
        owner = None if client is None else UUID(client)
        key = self.key(kind, source_id)
        await work.link(self.db, self.organisation, key, client=owner, made=UUID(made))

    def key(self, kind: RowKind, source_id: str) -> bytes:
        return self.vault.blind_index(named(self.source_system, kind, source_id), self.organisation)

    @property
    def organisation(self) -> UUID:
        if self.viewer.organisation_id is None:
            raise LookupError("only members of an organisation import")
        return self.viewer.organisation_id


def joined(at: str, name: str) -> str:
    return ".".join(part for part in (at, name) if part)
