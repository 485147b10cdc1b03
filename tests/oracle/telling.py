"""What client systems are told of events, judged at the moment that it is told."""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx

from app.domain.event.actions.delivering import Courier
from app.domain.event.actions.fanning import fan_out
from app.domain.event.rules.catalogue import kinds
from app.platform.db import Engine
from tests.build.receivers import HOST, Recorder
from tests.build.stage import Party, Stage
from tests.build.worlds import insert

Who = tuple[UUID, str]
"""A hat for one purpose."""
Records = set[tuple[str, str]]
"""Tables with ids."""
AMONG_PARTIES = frozenset({"start_conversation", "conversation_invitation"})
"""Of these an event tells a date, which is for the parties alone (gate 28)."""
FETCHING = 2
"""How many of the subscribers fetch after each act; all of them are called."""
PATH = "/v1/webhook-subscriptions"


@dataclass
class Subscriber:
    """One hat for one purpose, which is called and which fetches."""

    name: str
    party: Party
    called_at: str
    fetches: str
    given: set[str] = field(default_factory=set)
    """Events about what this hat might read when they happened."""


@dataclass
class Telling:
    """Every hat subscribes; what is announced is given out at once, and sent after the next act."""

    stage: Stage
    worker: Engine
    seed: int
    counted: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    systems: dict[UUID, str] = field(default_factory=dict)
    subscribers: dict[Who, Subscriber] = field(default_factory=dict)
    about: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Of each event its record."""
    fresh: set[str] = field(default_factory=set)
    got: list[httpx.Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(f"telling {self.seed}")
        services = self.stage.app.state.services
        self.courier = Courier(services, self.worker, lambda: Recorder(self.got))

    async def subscribe(self, name: str, party: Party, purpose: str) -> None:
        """Once per hat and purpose; the receiver counts as one that agreed."""
        hat, of = party.membership, party.organisation
        if hat is None or of is None or (hat, purpose) in self.subscribers:
            return
        if of not in self.systems:
            self.systems[of] = str(uuid4())
            row = {"id": self.systems[of], "organisation_id": of, "name": "System"}
            with self.stage.straight() as db:
                insert(db, "machine", {**row, "scope": "trede.read trede.write"})
        where = f"/{hat}/{purpose}"
        made = []
        for more in ({"url": f"https://{HOST}{where}"}, {}):
            body = {"types": ["*"], **more}
            answer = await self._as_system(party, purpose, "POST", PATH, body)
            if answer.status_code == 403:
                self.counted["hats that may not subscribe"] += 1
                return
            assert answer.status_code == 201, answer.text
            made.append(answer.json()["id"])
        with self.stage.straight() as db:
            db.execute(
                "UPDATE event_subscription SET state = 'active', confirmed_at = moment()"
                " WHERE id = %s",
                made[:1],
            )
        self.subscribers[hat, purpose] = Subscriber(f"{name} for {purpose}", party, where, made[1])

    async def _as_system(
        self, party: Party, purpose: str, method: str, path: str, body: Any = None
    ) -> httpx.Response:
        assert party.organisation is not None
        system = self.systems[party.organisation]
        token = self.stage.app.state.services.issuer.mint(
            system,
            audience=self.stage.audience,
            client_id=system,
            purpose=purpose,
            scope=("trede.read", "trede.write"),
        )
        sent = {"Authorization": f"Bearer {token}", "On-Behalf-Of": str(party.membership)}
        return await self.stage.http.request(method, path, json=body, headers=sent)

    async def after(self, allowed: Mapping[Who, Records]) -> None:
        """An act was done, and by it each hat may read this much now."""
        await self._call(allowed)
        self._announced()
        await fan_out(self.stage.app.state.services, self.worker)
        for who, each in self.subscribers.items():
            seen = allowed.get(who, set())
            each.given |= {event for event in self.fresh if self.about[event] in seen}
        asked = sorted(allowed.keys() & self.subscribers.keys(), key=str)
        for who in self.chance.sample(asked, min(FETCHING, len(asked))):
            await self._fetch(who, allowed[who])

    def _announced(self) -> None:
        with self.stage.straight() as db:
            rows = db.execute("SELECT id::text, verb, subject_id::text FROM outbox_event")
            known = kinds()
            told = {event: (known[v].table, of) for event, v, of in rows if v in known}
        self.about |= told
        self.fresh = set(told)

    async def _call(self, allowed: Mapping[Who, Records]) -> None:
        """What was given out after the act before this one is sent; since then much may be over."""
        self.got.clear()
        while await self.courier.send():
            await self.courier.settle()
        for who, each in self.subscribers.items():
            mine = [sent for sent in self.got if sent.url.path == each.called_at]
            found = {sent.headers["webhook-id"] for sent in mine}
            due = each.given & self.fresh
            self.counted["delivered"] += len(found)
            self.counted["withheld at the last moment"] += len(due - found)
            self._judge(f"{each.name} is called", found, due, allowed.get(who, set()))

    async def _fetch(self, who: Who, seen: Records) -> None:
        each, cursor, more = self.subscribers[who], "", True
        found: set[str] = set()
        while more:
            path = f"/v1/events?subscriptionId={each.fetches}&pageSize=100{cursor}"
            answer = await self._as_system(each.party, who[1], "GET", path)
            if answer.status_code in {401, 403, 404}:
                break
            assert answer.status_code == 200, answer.text
            page = answer.json()
            found |= {item["id"] for item in page["items"]}
            cursor, more = f"&cursor={page['nextCursor']}", page["hasMore"]
        self.counted["fetched"] += len(found)
        self.counted["withheld from the feed"] += len(each.given - found)
        self._judge(f"{each.name} fetches", found, each.given, seen)

    def _judge(self, what: str, found: set[str], given: set[str], seen: Records) -> None:
        """Nothing beyond what may be read now; all of it that might be read when it happened."""
        must = {
            event
            for event in given
            if self.about[event] in seen and self.about[event][0] not in AMONG_PARTIES
        }
        self.counted["judged"] += 1
        many = sorted({self.about.get(event, ("?", event)) for event in found} - seen)
        lacks = sorted(self.about[event] for event in must - found)
        if many or lacks:
            self.wrong.append(f"{what}: too many {many}, lacks {lacks}")
