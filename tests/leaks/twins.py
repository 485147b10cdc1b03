"""Two copies of one world, made to differ in what one viewer may not see, and in nothing else."""

import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tests.bench.data import bsn_of
from tests.build.situations import Situation
from tests.build.stage import Stage
from tests.databases import TestDatabase, copy_of_template
from tests.leaks import kept
from tests.leaks.listening import Listener, listening
from tests.leaks.rewriting import Hidden, remove, rewrite
from tests.leaks.sides import Side
from tests.leaks.world import NOW, NUMBERS, all_records, later
from tests.oracle.deciding import Oracle
from tests.oracle.facts import FITTING

ELSEWHERE = {
    "A": (("vos", "other_clinician", 11), ("vink", "colleague", 21)),
    "B": (
        ("das", "other_clinician", 12),
        ("mol", "other_clinician", 13),
        ("mees", "colleague", 22),
        ("spiegel", "other_clinician", 1),
    ),
}
"""Clients of one world only, who registers them, and their number; the last has that of alfa."""
FOREIGN_KEY = "0a0a0a0a-1b1b-4c1c-8d1d-2e2e2e2e2e2e"
"""An idempotency key that somebody else used in one world, and the viewer in both."""


@dataclass
class Pair:
    """Two worlds for one viewer, and what a script may ask for."""

    form: str
    viewer: str
    a: Side
    b: Side
    rows: bool = True
    """Whether the rows examined are compared: not where hidden records of a client whom the viewer
    knows are more or of another day in one world, for the database passes by them (see THREATS)."""
    ids: dict[str, list[tuple[UUID, UUID]]] = field(default_factory=dict)
    only: dict[str, set[Any]] = field(default_factory=lambda: {"A": set(), "B": set()})
    seen: list[UUID] = field(default_factory=list)
    """The clients of whom this viewer may know."""
    hidden: set[UUID] = field(default_factory=set)
    numbers: list[str] = field(default_factory=lambda: [*NUMBERS.values(), bsn_of(99)])
    """Of the clients, those of other organisations, and one that nobody has."""
    names: list[tuple[str, str]] = field(default_factory=list)
    employers: list[tuple[str, str | None]] = field(default_factory=list)
    listeners: dict[str, Listener] = field(default_factory=dict)
    """By side, where the viewer has a client system."""
    silent: tuple[str, ...] = ()
    """Parts of paths where the viewer may learn something in one world only; each form says why."""

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.a, self.b

    def names_one_world(self, about: frozenset[Any]) -> bool:
        """Whether a request names an opaque id of one world only. Who knows 122 random bits makes
        the database touch that row before it is refused; see THREATS. Numbers, names, filters and
        lists have no such excuse."""
        ids = {key for only in self.only.values() for key in only if isinstance(key, UUID)}
        return bool(about & ids)

    def know(self) -> None:
        """All ids, names and numbers of both worlds, and which are of one only."""
        found = [{**all_records(side.system), **kept.all_kept(side.system)} for side in self.sides]
        for table in found[0]:
            mine, theirs = (set(each[table]) for each in found)
            self.ids[table] = sorted(mine | theirs)
            self.only["A"] |= {key for key, _ in mine - theirs}
            self.only["B"] |= {key for key, _ in theirs - mine}
        employers = {one for side in self.sides for one in kept.known(side.system)}
        self.employers = sorted(employers, key=str)
        allowed = seen_by(self.b, self.viewer)
        self.seen = [key for key, _ in self.ids["client"] if key in allowed]
        names = "SELECT family_name, birth_date::text FROM client_identity ORDER BY 1, 2"
        called: list[set[tuple[str, str]]] = [
            set(side.system.execute(names).fetchall()) for side in self.sides
        ]
        self.names = sorted(called[0] | called[1])
        self.only["A"] |= {name for name, _ in called[0] - called[1]}
        self.only["B"] |= {name for name, _ in called[1] - called[0]}


@dataclass(frozen=True)
class Source:
    """What every pair of worlds is copied from."""

    stage: Stage
    databases: dict[str, TestDatabase]


def seen_by(side: Side, viewer: str) -> set[UUID]:
    """What the oracle lets this viewer see for any purpose, told apart from the application."""
    party = side.stage.parties[viewer]
    assert party.membership is not None
    purposes = FITTING.get(party.role or "", ("reintegration",))
    asking = [(party.membership, purpose) for purpose in purposes]
    found = set()
    for (client,) in side.system.execute("SELECT id FROM client").fetchall():
        decided = Oracle(side.system, client).at(NOW, asking)
        for hat, purpose in asking:
            found |= {key for _, key in decided.seen_by(hat, purpose)}
    return found


def hidden_from(side: Side, viewer: str) -> Hidden:
    seen = seen_by(side, viewer)
    records = all_records(side.system)
    return {table: [key for key, _ in rows if key not in seen] for table, rows in records.items()}


async def elsewhere(side: Side) -> None:
    """Clients that this viewer has nothing to do with, registered and written about over HTTP."""
    for place, (key, by, number) in enumerate(ELSEWHERE[side.name]):
        side.at(later(-900 + 60 * place))
        side.chance.turn(f"elsewhere {side.name} {key}")
        client = await side.stage.client(key, by=by, bsn=bsn_of(number))
        body = {"clientId": str(client), "kind": "wgb", "workQuestionAskedOn": "2026-01-02"}
        made = await side.stage.made(by, "/v1/trajectories", body)
        question = {"askedOn": "2026-01-02", "workStatus": "no_work", "wantsWork": "yes"}
        question |= {"benefitStatus": "wia", "wish": f"Iets voor {key}."}
        await side.stage.made(by, f"/v1/clients/{client}/work-questions", question)
        life = {"happensOn": "2026-02-01", "kind": "moving"}
        await side.stage.made(key, f"/v1/trajectories/{made['id']}/life-events", life)
        await kept.place(Situation(side.stage, client, UUID(made["id"])), by)
    side.chance.turn(f"kept elsewhere {side.name}")
    await kept.know(side.stage, *kept.ELSEWHERE[side.name])
    await kept.team_up(side.stage, "other_admin", f"Elders {side.name}", "other_clinician")
    if side.name == "B":
        used = {"idempotency_key": FOREIGN_KEY}
        person = {
            "bsn": bsn_of(14),
            "givenName": "T",
            "familyName": "Uil",
            "birthDate": "1990-01-01",
        }
        await side.stage.made("other_clinician", "/v1/clients", person, **used)


async def recompiled(side: Side) -> None:
    for (client,) in side.system.execute("SELECT id FROM client ORDER BY id").fetchall():
        side.chance.turn(f"recompiled {client}")
        await side.stage.recompile(client)


@asynccontextmanager
async def twins(
    form: str, viewer: str, sides: tuple[Side, Side], source: Source, seed: int
) -> AsyncIterator[Pair]:
    """A copy of each of the two databases; what more they come to differ in, the form does."""
    async with AsyncExitStack() as stack:
        sides[0].chance.turn()
        for side in sides:
            database = source.databases[side.name]
            copy = copy_of_template(database.server, database.name)
            await stack.enter_async_context(side.onto(stack.enter_context(copy), source.stage))
        pair = Pair(form, viewer, *sides)
        await stack.enter_async_context(listening(pair, consents=form not in TOLD_ONCE))
        await FORMS[form](pair, random.Random(seed))
        for side in sides:
            await recompiled(side)
            side.at(later(0))
        pair.know()
        yield pair


@asynccontextmanager
async def two_sources(stage: Stage, sides: tuple[Side, Side]) -> AsyncIterator[Source]:
    """The world of the stage twice, each with its own clients elsewhere; nobody is connected."""
    with ExitStack() as stack:
        databases = {}
        stage.database.leave()
        for side in sides:
            side.chance.turn()
            copy = copy_of_template(stage.database.server, stage.database.name)
            databases[side.name] = stack.enter_context(copy)
            async with side.onto(databases[side.name], stage):
                await elsewhere(side)
            databases[side.name].leave()
        yield Source(stage, databases)


async def rewritten(pair: Pair, chance: random.Random) -> None:
    """The same hidden records with other content, beside the other clients elsewhere."""
    await _rewritten(pair, chance, dated=True)


async def _rewritten(pair: Pair, chance: random.Random, *, dated: bool) -> None:
    hidden = hidden_from(pair.b, pair.viewer)
    records, seen = all_records(pair.b.system), seen_by(pair.b, pair.viewer)
    known = {key for rows in records.values() for key, client in rows if client in seen}
    assert await rewrite(pair.b, hidden, chance, known if dated else set())
    pair.hidden = {key for keys in hidden.values() for key in keys}
    pair.numbers += [bsn_of(number) for number in (11, 12, 13, 14)]


async def removed(pair: Pair, chance: random.Random) -> None:
    """Hidden records that one world does not have, and others of another day."""
    await _rewritten(pair, chance, dated=False)
    assert remove(pair.b.system, hidden_from(pair.b, pair.viewer), chance)
    pair.rows = False


TOLD_ONCE = {"withdrawn"}
"""Forms in which the viewer rightly learns of a consent in one world only."""
FORMS: dict[str, Any] = {"rewritten": rewritten, "removed": removed}
