"""A client system that acts for the viewer on one side: it is called, and it fetches."""

import json
import random
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, UUID, uuid5

import httpx

from app.domain.event.actions.delivering import Courier
from app.domain.event.actions.fanning import fan_out
from app.domain.event.rules.catalogue import types
from app.platform.db import Engine, engine
from tests.build.receivers import URL, VERBS, Recorder
from tests.build.worlds import insert
from tests.leaks.sides import Seen, Side
from tests.leaks.world import NOW

if TYPE_CHECKING:
    from tests.leaks.script import Ask
    from tests.leaks.twins import Pair

SYSTEM = UUID(int=0xFEED, version=4)
ONWARD = "onward"
"""Stands in a path for the cursor that this side was given last."""
SIGNED = frozenset({"webhook-timestamp", "webhook-signature"})
"""Headers that tell the hour of the machine, and a digest over it and the body."""
SOME = 12
"""How many records something happens to at a time, of those in both worlds and of the others."""
Happened = Iterable[tuple[str, UUID]]


@dataclass
class Listener:
    """On one side; `headers` are those of the client system for the viewer."""

    side: Side
    worker: Engine
    headers: dict[str, str]
    subscription: str = ""
    got: list[httpx.Request] = field(default_factory=list)
    cursor: str = ""

    def __post_init__(self) -> None:
        services = self.side.app.state.services
        self.courier = Courier(services, self.worker, lambda: Recorder(self.got))

    async def subscribe(self, wanted: list[str]) -> bool:
        """Once to be called and once to fetch; whether this viewer may."""
        for more in ({"url": URL}, {}):
            answer = await self.side.http.post(
                "/v1/webhook-subscriptions", json={"types": wanted, **more}, headers=self.headers
            )
            if answer.status_code == 403:
                return False
            assert answer.status_code == 201, answer.text
            self.subscription = answer.json()["id"]
        self.side.system.execute(
            "UPDATE event_subscription SET state = 'active', confirmed_at = moment()"
        )
        return True

    def happen(self, name: str, records: Happened, at: datetime | None = None) -> None:
        """Each of these is announced, as the act would; now where nothing else is said."""
        for table, key in records:
            event = uuid5(NAMESPACE_URL, f"{name} {key}")
            self.side.system.execute(
                "INSERT INTO outbox_event (id, verb, subject_id, occurred_at)"
                " VALUES (%s, %s, %s, coalesce(%s, moment()))",
                [event, VERBS[table], key, at],
            )

    async def called(self, turn: str) -> Seen:
        """All that was sent to the receiver, each by itself; in the order of its body."""
        self.side.chance.turn(turn)
        self.got.clear()
        await fan_out(self.side.app.state.services, self.worker)
        while await self.courier.send():
            await self.courier.settle()
        told = json.dumps(sorted(map(_written, self.got))).encode()
        return Seen(204 if self.got else 200, (), told, (), ())

    async def fetched(self, turn: str, ask: "Ask") -> Seen:
        """A page of the feed. A cursor is sealed, so of it only this is seen: how long it is, and
        whether it moved; the tag is a digest over it."""
        await fan_out(self.side.app.state.services, self.worker)
        path = ask.path.replace(f"&cursor={ONWARD}", f"&cursor={self.cursor}" * bool(self.cursor))
        seen = await self.side.ask(turn, ask.method, path, ask.content, ask.headers)
        page = json.loads(seen.body) if seen.status == 200 else {}
        if "nextCursor" not in page:
            return seen
        before, self.cursor = self.cursor, page["nextCursor"]
        page["nextCursor"] = [len(self.cursor), self.cursor == before]
        hidden = self.cursor.encode(), json.dumps(page["nextCursor"]).encode()
        headers = tuple(each for each in seen.headers if each[0].lower() != "etag")
        return replace(seen, headers=headers, body=seen.body.replace(*hidden))


def _written(sent: httpx.Request) -> list[Any]:
    headers = sorted(each for each in sent.headers.items() if each[0] not in SIGNED)
    return [sent.content.decode(), sent.method, str(sent.url), headers]


@asynccontextmanager
async def listening(pair: "Pair", *, consents: bool) -> AsyncIterator[None]:
    """From here on the viewer's organisation has such a system, in both worlds alike.

    `consents`: whether it is told of consents, which a viewer may rightly know in one world only.
    """
    wanted = ["*"] if consents else [n for n, kind in types().items() if kind.table != "consent"]
    made = [await _listener(pair, side, wanted) for side in pair.sides]
    pair.listeners = {each.side.name: each for each in made if each is not None}
    try:
        yield
    finally:
        for each in pair.listeners.values():
            await each.courier.close()
            await each.worker.dispose()


async def _listener(pair: "Pair", side: Side, wanted: list[str]) -> Listener | None:
    """What was announced before is told to nobody."""
    viewer = side.stage.parties[pair.viewer]
    if viewer.organisation is None:
        return None
    row = {"id": SYSTEM, "organisation_id": viewer.organisation, "name": "Dossier"}
    insert(side.system, "machine", {**row, "scope": "trede.read trede.write"})
    side.chance.turn("listening")
    token = side.app.state.services.issuer.mint(
        str(SYSTEM),
        audience=side.stage.audience,
        client_id=str(SYSTEM),
        scope=("trede.read", "trede.write"),
    )
    headers = {"Authorization": f"Bearer {token}", "On-Behalf-Of": str(viewer.membership)}
    worker = engine(side.database.worker, pool_size=6)
    made = Listener(side, worker, headers)
    await fan_out(side.app.state.services, worker)
    if await made.subscribe(wanted):
        return made
    await made.courier.close()
    await worker.dispose()
    return None


def bustle(pair: "Pair", name: str) -> None:
    """Something happens to records in both worlds, and to others in one of them."""
    chance = random.Random(name)
    told = [(table, key) for table in sorted(VERBS) for key, _ in pair.ids.get(table, [])]
    either = pair.only["A"] | pair.only["B"]
    both = chance.sample([each for each in told if each[1] not in either], SOME)
    for side in pair.sides:
        if side.name in pair.listeners:
            own = [each for each in told if each[1] in pair.only[side.name]]
            some = chance.sample(own, min(SOME, len(own)))
            pair.listeners[side.name].happen(name, [*both, *some])


def of_client(side: Side, client: UUID) -> Happened:
    """Every record of one client."""
    for table in sorted(VERBS):
        found = side.system.execute(f'SELECT id FROM "{table}" WHERE client_id = %s', [client])
        yield from ((table, key) for (key,) in found.fetchall())


async def heard(pair: "Pair", name: str, client: UUID) -> None:
    """Something happens to every record of this client; where he is known it may be told."""
    for side in pair.sides:
        if side.name in pair.listeners:
            listener = pair.listeners[side.name]
            listener.happen(name, of_client(side, client), NOW - timedelta(minutes=4))
            await listener.called(f"{name} called")
            path = f"/v1/events?subscriptionId={listener.subscription}&pageSize=100"
            await side.ask(f"{name} fetched", "GET", path, None, listener.headers)
