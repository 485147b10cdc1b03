"""A random script of requests of one viewer, who asks for what is in both worlds and in neither."""

import json
import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote
from uuid import UUID

from app.access.vocabulary import FITTING_PURPOSES, Role
from tests.build.contract import METHODS, Called, document, operations
from tests.leaks import channels
from tests.leaks.kept import PLACES
from tests.leaks.sides import Seen
from tests.leaks.twins import FOREIGN_KEY, Pair
from tests.leaks.world import NUMBERS
from tests.security.test_every_operation import table_of

KINDS = {
    "read": 5, "list": 5, "page": 3, "filter": 3, "search": 4, "conditional": 3, "create": 4,
    "register": 3, "replay": 3, "move": 2, "error": 2, "method": 3, "unoffered": 3, "fhir": 0,
    "beforehand": 4, **dict.fromkeys(("export", "bulk", "fetched", "called"), 0),
}  # fmt: skip
"""What a request is, and how often; what is asked of the other channels comes after all others
(`channels.py`). Creating with the number of a hidden client has its own kind, for a conflict shows
only there."""
LEFT_OUT = {"POST /emergency-accesses"}
"""Glass that is broken opens what is behind it, and tells whether there is anything."""
SIZES = (1, 2, 3, 5, 100)
ABSENT = UUID(int=0xABCDEF, version=4)
HIDDEN_FIELDS = ("familyName", "familyName", "bsn", "wish", "sort", "include")
OFFERED = [op for op in operations() if str(op) not in LEFT_OUT]
HAT = "5d1c6a50-1c1c-4b6f-8a53-6c4b7d0e4a01"
"""In examples, who wants to see something."""
PURPOSES = ("treatment", "emergency", "nonsense")


@dataclass(frozen=True)
class Ask:
    """One request; `about` are the ids, names and numbers that it asks for."""

    kind: str
    method: str
    path: str
    content: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    about: frozenset[Any] = frozenset()


def queries_of(op: Called) -> list[tuple[str, dict[str, Any]]]:
    listed = document()["paths"][op.path][op.method.lower()].get("parameters", [])
    return [(q["name"], q.get("schema", {})) for q in listed if q.get("in") == "query"]


READS = [op for op in OFFERED if op.method == "GET" and op.verb in {"read", "search"}]
LISTS = [op for op in READS if any(name == "pageSize" for name, _ in queries_of(op))]
FILTERED = [
    op for op in READS if {name for name, _ in queries_of(op)} - {"pageSize", "cursor", "names"}
]
TASKS = next(op for op in READS if op.path == "/tasks")
SINGLE = [op for op in READS if op not in LISTS]
SEARCHES = [op for op in OFFERED if op.verb == "search"]
BY_NAME = next(op for op in SEARCHES if op.path == "/clients/_search")
ABOUT_MANY = {"/access/v1/evaluation", "/access/v1/evaluations", "/access-decisions/_evaluate"}
BEFOREHAND = [op for op in SEARCHES if op.path in ABOUT_MANY | {"/trajectory-statuses/_batch"}]
CREATES = [op for op in OFFERED if op.verb == "create"]
MOVES = [op for op in OFFERED if op.verb == "update"]


class Script:
    """Draws one request after another; what was answered (alike in both worlds) leads it on."""

    def __init__(self, pair: Pair, seed: int) -> None:
        self.pair = pair
        self.chance = random.Random(seed)
        self.role = pair.a.stage.parties[pair.viewer].role
        self.cursors: deque[str] = deque(maxlen=5)
        self.tags: deque[tuple[str, str]] = deque(maxlen=8)
        self.posts: deque[Ask] = deque(maxlen=5)
        self.jobs: deque[str] = deque(maxlen=2)
        self.files: deque[str] = deque(maxlen=6)
        self.clients = [client for _, client in pair.ids["client"]]
        only = pair.only["A"] | pair.only["B"]
        self.single = [client for client in self.clients if client in only]
        self.about: set[Any] = set()

    def next(self) -> Ask:
        while True:
            kind = self.chance.choices([*KINDS], [*KINDS.values()])[0]
            self.about = set()
            draw = self.beforehand if kind == "beforehand" else getattr(self, f"_{kind}")
            made: Ask | None = draw()
            if made is not None and not any(part in made.path for part in self.pair.silent):
                return made

    def elsewhere(self, channel: str = "") -> Ask:
        """The next request of the other channels, or of one."""
        self.about = set()
        return channels.drawn(self, channel)

    def opening(self) -> list[Ask]:
        """Before chance begins: everybody's name is searched for once, and every number.

        And a client whom most know is registered once more, and another one under the same key,
        which is a conflict. Then every list that this role has, of some client.
        """
        asks = []
        for name, born in self.pair.names:
            self.about = {(name, born)}
            asks.append(self._ask("search", BY_NAME, {"familyName": name, "birthDate": born}))
        for number in self.pair.numbers:
            self.about = {number}
            asks.append(self._ask("search", BY_NAME, {"bsn": number}))
        key = self._fresh()
        asks += [self._registering(number, key) for number in NUMBERS.values()]
        return [*asks, *self._lists()]

    def _lists(self) -> Iterator[Ask]:
        for op in [*LISTS, TASKS]:
            if self.role in op.roles and not any(part in op.path for part in self.pair.silent):
                self.about = set()
                ask = self._ask("list", op)
                size = self.chance.choice((1, 100))
                yield ask if op is TASKS else self._with(ask, path=f"{ask.path}?pageSize={size}")

    def learn(self, ask: Ask, seen: Seen) -> None:
        """What a caller keeps of an answer: cursors, tags, what it may send again."""
        headers = {name.lower(): value for name, value in seen.headers}
        if ask.method == "GET" and "etag" in headers:
            self.tags.append((ask.path, headers["etag"]))
        if ask.method == "POST" and "Idempotency-Key" in ask.headers:
            self.posts.append(ask)
        if "content-location" in headers:
            self.jobs.append(headers["content-location"])
        if ask.kind == "bulk" and b'"output"' in seen.body:
            self.files += [output["url"] for output in json.loads(seen.body)["output"]]
        if b"nextCursor" in seen.body and ask.kind != "fetched":
            cursor = json.loads(seen.body)["nextCursor"]
            path = ask.path.partition("&cursor=")[0]
            self.cursors.append(f"{path}{'&' if '?' in path else '?'}cursor={cursor}")

    # --- kinds -------------------------------------------------------------------------------

    def _read(self) -> Ask:
        return self._ask("read", self._some(SINGLE))

    def _list(self) -> Ask:
        op = self._some(LISTS)
        ask = self._ask("list", op)
        size = self.chance.choice(SIZES)
        return self._with(ask, path=f"{ask.path}?pageSize={size}")

    def _page(self) -> Ask | None:
        if not self.cursors:
            return None
        path = self.chance.choice(self.cursors)
        if self.chance.random() < 0.1:
            path = path[:-2] + self.chance.choice("AQgw") + path[-1]
        return Ask("page", "GET", path, headers=self._headers())

    def _filter(self) -> Ask:
        op = self.chance.choice(FILTERED)
        ask = self._ask("filter", op)
        chosen = [
            f"{name}={self._value(name, schema)}"
            for name, schema in queries_of(op)
            if name not in {"cursor", "pageSize"} and self.chance.random() < 0.7
        ]
        return self._with(ask, path="?".join([ask.path, "&".join(chosen)]).rstrip("?"))

    def _search(self) -> Ask:
        op = BY_NAME if self.chance.random() < 0.5 else self._some(SEARCHES)
        if op is BY_NAME and self.chance.random() < 0.6:
            name, born = self.chance.choice(self.pair.names)
            self.about.add((name, born))
            return self._ask("search", op, {"familyName": name, "birthDate": born})
        return self._ask("search", op, self._body(op.body))

    def beforehand(self) -> Ask:
        """Whether somebody may see something, and where many stand at once."""
        op = self._some(BEFOREHAND)
        return self._ask("beforehand", op, self._body(op.body))

    def _conditional(self) -> Ask | None:
        if not self.tags:
            return None
        path, tag = self.chance.choice(self.tags)
        held = self.chance.choice((tag, tag, '"x"', "*"))
        return Ask("conditional", "GET", path, headers=self._headers(If_None_Match=held))

    def _create(self) -> Ask:
        op = self._some(CREATES)
        return self._ask("create", op, self._body(op.body), **self._key())

    def _register(self) -> Ask:
        """A client with a number of somebody, also of whom this caller may not know."""
        return self._registering(self.number(), self._key(0.5))

    def _registering(self, number: str, key: dict[str, str]) -> Ask:
        name, _ = self.chance.choice(self.pair.names)
        body = {"bsn": number, "givenName": "T", "familyName": name}
        op = next(op for op in CREATES if op.path == "/clients")
        return self._ask("register", op, {**body, "birthDate": "1991-02-03"}, **key)

    def _replay(self) -> Ask | None:
        if not self.posts:
            return None
        before = self.chance.choice(self.posts)
        if self.chance.random() < 0.7:
            return self._with(before, kind="replay")
        return self._with(before, kind="replay", content=b'{"other": 1}')

    def _move(self) -> Ask:
        op = self._some(MOVES)
        tags = [tag for _, tag in self.tags] or ['"x"']
        matched: dict[str, str] = {}
        if self.chance.random() < 0.8:
            matched["If_Match"] = self.chance.choice(tags)
        return self._ask("move", op, self._body(op.body), **matched)

    def _error(self) -> Ask:
        op = self._some(READS if self.chance.random() < 0.6 else CREATES)
        ask = self._ask("error", op, self._body(op.body))
        wrong = self.chance.randrange(1, 5)
        if wrong == 1:
            return self._with(ask, content=b'{"bsn": ')
        if wrong == 2:
            return self._with(ask, path=ask.path[:-1] + "%zz")
        if wrong == 3:
            purpose = self.chance.choice(PURPOSES)
            return self._with(ask, headers={**ask.headers, "Purpose-Of-Use": purpose})
        return self._with(ask, path=f"{ask.path}?pageSize=0&cursor=x")

    def _unoffered(self) -> Ask:
        """A list asked by what no contract offers: what somebody is called, or wrote."""
        top = [op for op in LISTS if "{" not in op.path]
        ask = self._ask("unoffered", self._some(LISTS if self.chance.random() < 0.3 else top))
        name = self.chance.choice(HIDDEN_FIELDS)
        called = self.chance.choice(self.pair.names)
        self.about.add(called)
        value = self.number() if name == "bsn" else called[0]
        return self._with(ask, path=f"{ask.path}?{name}={quote(value)}")

    def _method(self) -> Ask:
        """Half of it HEAD of a client or trajectory itself."""
        if self.chance.random() < 0.5:
            roots = [op for op in READS if op.path.count("/") == 2 and "{" in op.path]
            roots = [op for op in roots if op.path.startswith(("/clients", "/trajectories"))]
            return self._with(self._ask("method", self.chance.choice(roots)), method="HEAD")
        methods = [method.upper() for method in METHODS[1:]]
        ask = self._ask("method", self._some(READS))
        return self._with(ask, method=self.chance.choice([*methods, "OPTIONS"]))

    # --- parts -------------------------------------------------------------------------------

    def _some(self, ops: list[Called]) -> Called:
        """Mostly what this role may do at all, and half of it about a client."""
        mine = [op for op in ops if self.role in op.roles]
        if mine and self.chance.random() < 0.8:
            ops = mine
        under = [op for op in ops if "{" in op.path]
        return self.chance.choice(under if under and self.chance.random() < 0.6 else ops)

    def _ask(self, kind: str, op: Called, body: Any = None, **headers: str) -> Ask:
        path = op.at(self.ids(op))
        content = None if body is None else json.dumps(body).encode()
        sent = self._headers(**headers)
        if content is not None:
            sent["Content-Type"] = "application/json"
        return Ask(kind, op.method, path, content, sent, frozenset(self.about))

    def asking(
        self, kind: str, method: str, path: str, content: bytes | None, **headers: str
    ) -> Ask:
        """A request of another channel, for what was drawn."""
        return Ask(kind, method, path, content, self._headers(**headers), frozenset(self.about))

    def _with(self, ask: Ask, **more: Any) -> Ask:
        return Ask(**{**vars(ask), "about": frozenset(self.about) or ask.about, **more})

    def _headers(self, **more: str) -> dict[str, str]:
        sent = {"Authorization": f"Bearer {self.pair.a.stage.token(self.pair.viewer)}"}
        purposes = FITTING_PURPOSES.get(self.role or Role.CLIENT, ())
        if len(purposes) > 1 and self.chance.random() < 0.5:
            sent["Purpose-Of-Use"] = self.chance.choice(purposes).value
        return sent | {name.replace("_", "-"): value for name, value in more.items()}

    def _key(self, foreign: float = 0.1) -> dict[str, str]:
        chance = self.chance.random()
        if chance < foreign:
            return {"Idempotency_Key": FOREIGN_KEY}
        return self._fresh() if chance < 0.9 else {}

    def _fresh(self) -> dict[str, str]:
        return {"Idempotency_Key": str(UUID(int=self.chance.getrandbits(128), version=4))}

    def ids(self, op: Called) -> dict[str, UUID]:
        """Mostly of one client, from the outside in; now and then of nobody or of several."""
        known = self.chance.choices((self.pair.seen, self.single, self.clients), (2, 1, 1))[0]
        of = self.chance.choice(known or self.clients)
        top = op.path.split("/")[1]
        if top == "employers":
            of = self.chance.choice(self.pair.ids["employer"])[0]
        return {
            name: self.id(PLACES.get((top, segment)) or table_of(segment), of)
            for segment, name in op.parameters
        }

    def id(self, table: str, of: UUID | None = None) -> UUID:
        known = self.pair.ids.get(table, [])
        own = [key for key, client in known if client == of] or [key for key, _ in known]
        if not own or self.chance.random() < 0.1:
            return ABSENT
        chosen = self.chance.choice(own)
        self.about.add(chosen)
        return chosen

    def number(self) -> str:
        chosen = self.chance.choice(self.pair.numbers)
        self.about.add(chosen)
        return chosen

    def _value(self, name: str, schema: dict[str, Any]) -> str:
        of = {"clientId": "client", "trajectoryId": "trajectory"}.get(name)
        if of is not None:
            return str(self.id(of))
        stage = self.pair.a.stage
        if name == "organisationId":
            return str(self.chance.choice([*stage.organisations.values()]))
        words = [
            *schema.get("enum", ()),
            *(word for part in schema.get("anyOf", ()) for word in part.get("enum", ())),
        ]
        if words:
            return str(self.chance.choice(words))
        if name == "name":
            return quote(
                self.chance.choice([*(name[:9] for name, _ in self.pair.employers), "GGZ"])
            )
        return {"names": "true", "newestFirst": "true"}.get(name, "2026-01-05")

    def _body(self, example: Any) -> Any:
        """The example, with ids and numbers of these worlds put in where it has such."""
        if isinstance(example, list):
            return [self._body(part) for part in example]
        if not isinstance(example, dict):
            return example
        return {name: self._part(name, value) for name, value in example.items()}

    def _part(self, name: str, value: Any) -> Any:
        stage = self.pair.a.stage
        if name == "bsn":
            return self.number()
        if name == "bsns":
            return [self.number() for _ in range(self.chance.randrange(1, 6))]
        if name == "kvk":
            return self.chance.choice([kvk for _, kvk in self.pair.employers if kvk])
        if name == "hatId" or (name == "id" and value == HAT):
            others = [party.membership for party in stage.parties.values()]
            own = stage.parties[self.pair.viewer].membership
            return str(own if self.chance.random() < 0.5 else self.chance.choice(others))
        table = {"clientId": "client", "trajectoryId": "trajectory", "id": "trajectory"}.get(name)
        table = table or {"consentId": "consent", "withdrawConsentId": "consent"}.get(name)
        if table is not None:
            return str(self.id(table))
        if name.lower().endswith("organisationid"):
            return str(self.chance.choice([*stage.organisations.values()]))
        if name.lower().endswith("membershipid"):
            members = [p.membership for p in stage.parties.values() if p.inbox is not None]
            return str(self.chance.choice(members))
        return self._body(value)
