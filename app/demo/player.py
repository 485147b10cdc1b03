"""Plays the parties over HTTP: requests in their names, on days of the database clock."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Protocol
from uuid import uuid4

import httpx
import psycopg

from app.platform.clock import AMSTERDAM
from app.platform.postgres.addresses import for_libpq, parse

PATIENCE = 90
"""Seconds in which a service that is away must be back."""
AWAY = frozenset({429, 502, 503, 504})
MADE, SEEN = frozenset({200, 201}), frozenset({200})


class Player(Protocol):
    """What a play needs; the stage of the tests offers the same."""

    def on(self, day: str | date) -> None:
        """Move the clock to noon of a day."""

    async def get(self, party: str, path: str, **headers: str) -> httpx.Response: ...

    async def post(
        self, party: str, path: str, body: Any = None, **headers: str
    ) -> httpx.Response: ...

    async def made(
        self, party: str, path: str, body: Any = None, **headers: str
    ) -> dict[str, Any]: ...

    async def seen(self, party: str, path: str) -> dict[str, Any]: ...

    async def act(
        self, party: str, resource: str, act: str, body: Any = None
    ) -> dict[str, Any]: ...


class UnexpectedAnswerError(Exception):
    """A party was refused what the play expects; the message holds path and problem."""


class HttpPlayer:
    """Each POST carries a key, so what an outage interrupted is sent again and done once."""

    def __init__(self, http: httpx.AsyncClient, token: Callable[[str], str], owner: str) -> None:
        self._http = http
        self._fresh = token
        self._tokens: dict[str, tuple[str, float]] = {}
        self._owner = for_libpq(parse(owner))

    def on(self, day: str | date) -> None:
        """Move the clock to noon (Dutch time) of a day; only the owner of the database can."""
        noon = datetime.combine(date.fromisoformat(str(day)), time(12), AMSTERDAM)
        self.at(noon.astimezone(UTC))

    def at(self, moment: datetime) -> None:
        """Move the clock; from there it runs on."""
        with psycopg.connect(self._owner, autocommit=True) as db:
            db.execute("UPDATE clock_offset SET shift = %s - now()", [moment])

    async def get(self, party: str, path: str, **headers: str) -> httpx.Response:
        return await self._call("GET", party, path, None, headers)

    async def post(self, party: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        keyed = {} if path.endswith("_search") else {"idempotency_key": str(uuid4())}
        return await self._call("POST", party, path, body or {}, keyed | headers)

    async def made(self, party: str, path: str, body: Any = None, **headers: str) -> dict[str, Any]:
        """A POST that must succeed; what it made."""
        return _expected(await self.post(party, path, body, **headers), MADE)

    async def seen(self, party: str, path: str) -> dict[str, Any]:
        """A GET that must succeed."""
        return _expected(await self.get(party, path), SEEN)

    async def act(self, party: str, resource: str, act: str, body: Any = None) -> dict[str, Any]:
        """A transition of a resource: read it, then POST with its ETag in If-Match."""
        answer = await self.get(party, resource)
        _expected(answer, SEEN)
        return await self.made(party, f"{resource}/{act}", body, if_match=answer.headers["etag"])

    def _token(self, party: str) -> str:
        """The same for a minute, as any client would keep it."""
        now = asyncio.get_running_loop().time()
        token, until = self._tokens.get(party, ("", now))
        if until <= now:
            token, until = self._fresh(party), now + 60
            self._tokens[party] = (token, until)
        return token

    async def _call(
        self, method: str, party: str, path: str, body: Any, headers: Mapping[str, str]
    ) -> httpx.Response:
        """Again and again while the service or its database is away, for a while."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while True:
            named["Authorization"] = f"Bearer {self._token(party)}"
            try:
                answer = await self._http.request(method, path, json=body, headers=named)
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code not in AWAY:
                return answer
            if asyncio.get_running_loop().time() > deadline:
                raise UnexpectedAnswerError(f"{method} {path}: the service stays away")
            await asyncio.sleep(0.3)


def _expected(answer: httpx.Response, statuses: frozenset[int]) -> dict[str, Any]:
    if answer.status_code not in statuses:
        asked = answer.request
        raise UnexpectedAnswerError(f"{asked.method} {asked.url.path}: {answer.text}")
    content: dict[str, Any] = answer.json()
    return content


async def patiently(act: Callable[[], None]) -> None:
    """Something with the database directly, again while it is away; it must bear repeating."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while True:
        try:
            return act()
        except psycopg.OperationalError:
            if asyncio.get_running_loop().time() > deadline:
                raise
        await asyncio.sleep(0.3)
