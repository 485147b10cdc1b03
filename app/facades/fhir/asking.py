"""One request of one caller: the only way of a resource to data is the operations of the API."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from app.access.login import VOUCHED, claims_of, count
from app.facades.fhir.names import PREFIX
from app.facades.operations import WORN, Call, Json, Told, carried_out, pages, worn
from app.platform.http.handlers import of_status
from app.platform.http.problems import Fault, Problem
from app.platform.security.tokens import Claims

HIDDEN = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN})


@dataclass
class Asked:
    """Who asks, and what was looked at for it: the same thing twice is one look."""

    request: Request
    claims: Claims
    carry: Callable[[Request, Claims, Call], Awaitable[Told]] = carried_out
    _looks: dict[tuple[str, str], Told] = field(default_factory=dict, init=False)

    @property
    def base(self) -> str:
        """The absolute address of this façade."""
        return f"{self.request.app.state.services.issuer.url}{PREFIX}"

    @property
    def caller(self) -> str:
        """Under what name our own cursors are bound: who asks, for whom, and for what."""
        handed = [self.request.headers.get(name, "") for name in WORN]
        return " ".join([self.claims.issuer, self.claims.subject, *handed])

    async def call(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Told:
        """Whatever the operation answers."""
        sent = {**worn(self.request), **(headers or {})}
        call = Call(method, path, query or {}, body, sent, tags=True)
        return await self.carry(self.request, self.claims, call)

    async def look(self, path: str, **query: Any) -> Told:
        """What a look gives; it is not looked twice for one request."""
        which = path, urlencode(sorted(query.items()), doseq=True)
        if which not in self._looks:
            self._looks[which] = await self.call("GET", path, query=query)
        return self._looks[which]

    def forget(self) -> None:
        """After an act, what was seen before need not be so any more."""
        self._looks.clear()

    async def told(self, path: str, **query: Any) -> Told:
        """A look that must succeed, with its entity tag. Raises Problem."""
        return must(await self.look(path, **query))

    async def see(self, path: str, **query: Any) -> Json:
        """The document at a path of the API. Raises Problem."""
        return (await self.told(path, **query)).json

    async def maybe(self, path: str, **query: Any) -> Json | None:
        """The same; None where there is nothing that this caller may see. Raises Problem."""
        told = await self.look(path, **query)
        return None if told.status in HIDDEN else must(told).json

    async def every(self, path: str, **query: Any) -> AsyncIterator[Json]:
        """All items of a list that is not long. Raises Problem."""
        async for page in pages(self.see, path, **query):
            for item in page:
                yield item


async def asked(request: Request) -> Asked:
    """Whoever comes with a token that holds. Raises Unauthorized."""
    return Asked(request, await claims_of(request))


async def sending(request: Request) -> Asked:
    """The same for who sends a resource: reading it is work, so it counts as a call by itself.

    Raises Unauthorized, TooManyRequests.
    """
    asks = await asked(request)
    if VOUCHED not in request.scope:
        count(request.app.state.services, asks.claims)
    return asks


def must(told: Told) -> Told:
    """What succeeded. Raises the refusal of the API as our own."""
    if told.ok:
        return told
    raise problem_of(told)


def problem_of(told: Told) -> Problem:
    """The refusal of an operation, with its words: they quote the contract and no value."""
    problem = of_status(told.status)
    content = json.loads(told.body) if told.body else {}
    problem.detail = content.get("detail", problem.detail)
    problem.errors = [
        Fault(each["in"], each["pointer"], each["code"], each["detail"])
        for each in content.get("errors", ())
    ]
    problem.headers |= told.hints
    return problem
