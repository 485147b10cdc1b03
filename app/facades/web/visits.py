"""One request of one person who is logged in: what is read and done for its page."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from starlette.requests import Request

from app.access.vocabulary import Purpose
from app.facades.contract import Contract, contract_of
from app.facades.operations import Call, Json, RefusedError, Told, pages
from app.facades.web.gathering import all_of
from app.facades.web.incoming import Files
from app.facades.web.operations import carried_out
from app.platform.clock import AMSTERDAM
from app.platform.security.browser_sessions import BrowserSession

HIDDEN = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN})
NOWHERE = Told(HTTPStatus.NOT_FOUND, {}, b"")
BREAKING = "POST /emergency-accesses"
NOT_ALLOWED = Told(
    HTTPStatus.FORBIDDEN, {}, json.dumps({"detail": "Your role does not allow this act."}).encode()
)


@dataclass
class Visit:
    """The person, and the only way of a page to data: the operations of the API.

    `me` is the answer of `GET /v1/me`, `hat` the one that is worn. `form` holds what was sent with
    a POST, field by field; a field may stand there more than once.
    """

    request: Request
    session: BrowserSession
    me: Json
    form: list[tuple[str, str]] = field(default_factory=list)
    uploads: Files = field(default_factory=dict)
    _read: dict[tuple[str, str], Told] = field(default_factory=dict, init=False)

    @property
    def contract(self) -> Contract:
        return contract_of(self.request.app)

    @cached_property
    def hat(self) -> Json:
        return next((hat for hat in self.me["hats"] if hat["current"]), {})

    @property
    def role(self) -> str:
        return str(self.me.get("role") or "")

    @property
    def own_client_id(self) -> str | None:
        """The client whose own affairs these are: of the client, or of who acts for it."""
        found: str | None = self.hat.get("clientId")
        return found

    @property
    def organisation_id(self) -> str | None:
        """Where one works with the hat that is worn; None for who wears another kind."""
        found: str | None = (self.hat.get("organisation") or {}).get("id")
        return found

    @property
    def query(self) -> Mapping[str, str]:
        """What stands behind the question mark; the last of a name counts."""
        return self.request.query_params

    def field(self, name: str) -> str:
        """One field of what was sent; empty when it is not there."""
        return next((value for key, value in reversed(self.form) if key == name), "").strip()

    def several(self, name: str) -> list[str]:
        """All that was chosen under one name."""
        return [value for key, value in self.form if key == name and value]

    async def now(self) -> datetime:
        """By the clock of the database, which is that of all records; in Dutch time."""
        return self.session.moment.astimezone(AMSTERDAM)

    async def today(self) -> date:
        """The Dutch day by that clock."""
        return (await self.now()).date()

    def may(self, operation: str) -> bool:
        """Whether this role may call an operation at all; whose records is seen when it does.

        A broken glass opens what is to be read, and adds nothing.
        """
        if self.session.purpose == Purpose.EMERGENCY and not _under_emergency(operation):
            return False
        return self.role in self.contract.operation(operation).roles

    def require(self, operation: str) -> None:
        """Raises RefusedError, as the operation itself would."""
        if not self.may(operation):
            raise RefusedError(NOT_ALLOWED)

    async def call(self, call: Call) -> Told:
        """Whatever the operation answers; what was read before need not be so any more."""
        told = await carried_out(self.request, self.session, call)
        self._read.clear()
        return told

    async def look(self, path: str, **query: Any) -> Told:
        """Whatever a look gives. Two parts of a page that need the same thing look once.

        So it is one line on the log as well: a page is one look of one person.
        """
        which = path, urlencode(sorted(query.items()), doseq=True)
        if which not in self._read:
            self._read[which] = await carried_out(
                self.request, self.session, Call("GET", path, query)
            )
        return self._read[which]

    async def told(self, path: str, **query: Any) -> Told:
        """A look that must succeed, with its entity tag. Raises RefusedError."""
        return _must(await self.look(path, **query))

    async def see(self, path: str, **query: Any) -> Json:
        """The document at a path of the contract. Raises RefusedError."""
        return (await self.told(path, **query)).json

    async def maybe(self, path: str, **query: Any) -> Json | None:
        """The same; None where there is nothing that this person may see."""
        told = await self.look(path, **query)
        return None if told.status in HIDDEN else _must(told).json

    async def every(self, path: str, **query: Any) -> list[Json]:
        """All items of a list, page by page; none where the list is not theirs to see."""
        return [item async for page in pages(self.maybe, path, **query) for item in page]

    async def whole(self, path: str, **query: Any) -> list[Json]:
        """The same of a list that a page is about. Raises RefusedError."""
        return [item async for page in pages(self.see, path, **query) for item in page]

    async def together(self, *paths: str) -> list[Json | None]:
        """Several documents side by side, as `maybe`."""
        return await all_of(*(self.maybe(path) for path in paths))

    async def lists(self, *paths: str) -> list[list[Json]]:
        """Several whole lists side by side, as `every`."""
        return await all_of(*(self.every(path) for path in paths))

    async def search(self, path: str, body: Json) -> Json:
        """A search, whose words stand in the body and in no address. Raises RefusedError."""
        return _must(await self.call(Call("POST", path, body=body))).json

    async def sent(
        self, method: str, path: str, body: Json | None = None, *, key: str = "", match: str = ""
    ) -> Told:
        """Whatever an act answers; `key` makes that a repeat is not carried out twice."""
        headers = {"idempotency-key": key or str(uuid4())} if method == "POST" else {}
        headers |= {"if-match": match} if match else {}
        body = {} if body is None and method == "POST" else body
        return await self.call(Call(method, path, body=body, headers=headers))

    async def act(
        self, path: str, body: Json | None = None, *, key: str = "", match: str = ""
    ) -> Json:
        """An act that must succeed. Raises RefusedError."""
        return _must(await self.sent("POST", path, body, key=key, match=match)).json


def _under_emergency(operation: str) -> bool:
    return operation.startswith("GET ") or "/_" in operation or operation == BREAKING


def _must(told: Told) -> Told:
    if not told.ok:
        raise RefusedError(told)
    return told
