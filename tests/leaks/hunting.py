"""The hunt: the same script in both worlds, request by request, until an answer differs."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from app.platform.db import Base
from tests.leaks.listening import bustle
from tests.leaks.script import Ask, Script
from tests.leaks.sides import Seen, Side
from tests.leaks.twins import ELSEWHERE, Pair
from tests.leaks.world import later

OTHERS = ("alfa", "alfa", "clinician", "other_clinician")
"""Who asks beside the viewer, so that whatever remembers answers has some to remember."""
HOLDS = {
    "fhir": b'"resourceType":"',
    "export": b'"kind":"trajectory"',
    "bulk": b'"resourceType": "',
    "beforehand": b'"decision":true',
    "fetched": b'"specversion"',
    "called": b"specversion",
}
"""What shows that an answer of such a channel held anything."""
OF_CLIENTS = {name for name, table in Base.metadata.tables.items() if "client_id" in table.columns}


@dataclass(frozen=True)
class Leak:
    """The first answer that was not alike."""

    form: str
    viewer: str
    number: int
    asked: str
    what: str

    def __str__(self) -> str:
        return f"{self.form}, {self.viewer}, request {self.number}: {self.asked}: {self.what}"


@dataclass
class Tally:
    """What the hunt did, so that nobody takes an empty one for a clean one."""

    worlds: int = 0
    scripts: int = 0
    requests: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    """Requests for what is of world A only, of B only, and for what is hidden in both."""
    told: Counter[str] = field(default_factory=Counter)
    """What the other channels held, where they held anything."""
    items: int = 0
    statements: int = 0
    rows: int = 0
    scanned: Counter[str] = field(default_factory=Counter)
    """Tables with data about clients that were read whole, for lack of an index on what was asked.

    What is read of such a table is what everybody has in it, in each world alike or not."""
    forms: Counter[str] = field(default_factory=Counter)
    viewers: set[str] = field(default_factory=set)

    def count(self, pair: Pair, ask: Ask, seen: Seen) -> None:
        self.requests += 1
        self.kinds[ask.kind] += 1
        self.statuses[seen.status] += 1
        self.forms[pair.form] += 1
        self.viewers.add(pair.viewer)
        for name, only in pair.only.items():
            self.asked[name] += bool(ask.about & only)
        self.asked["hidden"] += bool(ask.about & pair.hidden)
        if ask.kind in HOLDS:
            self.told[ask.kind] += seen.body.count(HOLDS[ask.kind])
        self.items += seen.body.count(b'"id":')
        self.statements += len(seen.statements)
        self.scanned.update(row[0] for row in seen.rows if row[0] in OF_CLIENTS and row[1])
        self.rows += sum(sum(row[1:]) for row in seen.rows if len(row) > 1)

    @property
    def failures(self) -> int:
        """Answers that tell of a fault of ours; the viewer's own requests meet none."""
        return sum(count for status, count in self.statuses.items() if status >= 500)

    def figures(self) -> dict[str, Any]:
        return {
            "worlds": self.worlds,
            "scripts": self.scripts,
            "requests": self.requests,
            "kinds": dict(sorted(self.kinds.items())),
            "forms": dict(sorted(self.forms.items())),
            "statuses": {str(key): self.statuses[key] for key in sorted(self.statuses)},
            "asked": dict(sorted(self.asked.items())),
            "items": self.items,
            "told": dict(sorted(self.told.items())),
            "statements": self.statements,
            "rowsExamined": self.rows,
            "scanned": dict(sorted(self.scanned.items())),
            "viewers": sorted(self.viewers),
        }


async def hunt(
    pair: Pair,
    seed: int,
    tally: Tally,
    *,
    opening: bool = False,
    requests: int = 0,
    elsewhere: int = 0,
    channel: str = "",
    name: str = "",
) -> Leak | None:
    """Run one script on both sides; the first difference, or None.

    `opening` puts the searches for everybody before what chance draws, `elsewhere` as many requests
    of the other channels, or of one, behind it. A script that runs again in the same worlds needs
    another `name`, or it would draw ids that are there already.
    """
    script = Script(pair, seed)
    tally.scripts += 1
    await _busy(pair, f"{seed}{name}")
    first = script.opening() if opening else []
    own = len(first) + requests
    for number in range(own + elsewhere):
        turn = f"{seed}{name}:{number}"
        drawn = script.elsewhere(channel) if number >= own else None
        ask = drawn or (first[number] if number < len(first) else script.next())
        for side in pair.sides:
            side.at(later(number))
        if ask.method == "GET" and ask.kind != "fetched" and script.chance.random() < 0.35:
            await _asked_by(pair, script.chance.choice(OTHERS), ask, turn)
        mine, theirs = [await asked(pair, side, turn, ask) for side in pair.sides]
        tally.count(pair, ask, mine)
        counted = pair.rows and not pair.names_one_world(ask.about)
        tally.asked["rows compared"] += counted
        what = mine.differs(theirs, rows=counted)
        if what is not None and what.startswith("rows"):
            what = await _once_more(pair, turn, ask, (mine, theirs))
        if what is not None:
            return Leak(pair.form, pair.viewer, number, f"{ask.kind} {ask.method} {ask.path}", what)
        script.learn(ask, mine)
    return None


async def _once_more(pair: Pair, turn: str, ask: Ask, seen: tuple[Seen, Seen]) -> str | None:
    """What differs where the grants lie in order. What was written is not asked for again: of that
    alone how many grants it passed by does not count."""
    if ask.method != "GET":
        mine, theirs = (each.without_grants for each in seen)
        return mine.differs(theirs)
    for side in pair.sides:
        side.in_order()
    mine, theirs = [await asked(pair, side, f"{turn} in order", ask) for side in pair.sides]
    return mine.differs(theirs)


async def asked(pair: Pair, side: Side, turn: str, ask: Ask) -> Seen:
    if ask.kind == "called":
        return await pair.listeners[side.name].called(turn)
    if ask.kind == "fetched":
        return await pair.listeners[side.name].fetched(turn, ask)
    return await side.ask(turn, ask.method, ask.path, ask.content, ask.headers)


async def _asked_by(pair: Pair, other: str, ask: Ask, turn: str) -> None:
    """The same is asked by somebody else before, in both worlds."""
    headers = {"Authorization": f"Bearer {pair.a.stage.token(other)}"}
    for side in pair.sides:
        await side.ask(f"{turn} by {other}", "GET", ask.path, None, headers)


async def _busy(pair: Pair, script: str) -> None:
    """Each world has its own bustle among others, about what the viewer may not see."""
    headers = {"Authorization": f"Bearer {pair.a.stage.token('other_clinician')}"}
    for side in pair.sides:
        for place in range(2 * len(ELSEWHERE[side.name])):
            await side.ask(f"{script} busy {place}", "GET", "/v1/trajectories", None, headers)
    bustle(pair, script)
