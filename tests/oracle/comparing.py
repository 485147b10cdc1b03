"""The oracle beside every layer of the product, world by world; each comparison is counted."""

import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import CompoundSelect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from app import tables
from app.access import grants, policy
from app.access.records import Addressed, Confided, Released, Restrictable
from app.access.vocabulary import OWN_AFFAIRS, STATED_PURPOSES, Grant, Purpose, Role
from app.access.world_loading import world_of
from app.platform.db import engine
from tests.access.test_agreement import (
    Eyes,
    by_row_security,
    by_where,
    every_table,
    opens,
    stored_rows,
    wall_1,
)
from tests.build.receivers import VERBS
from tests.build.stage import Stage
from tests.build.worlds import NOW
from tests.oracle.asking import (
    decided_over_http,
    expected_in_overview,
    expected_over_http,
    found_over_http,
    purpose_of,
    told_over_http,
)
from tests.oracle.deciding import Decisions, Oracle
from tests.oracle.facts import MACHINE, stated
from tests.oracle.feeding import fed
from tests.oracle.grounds import GROUNDS, reasons
from tests.oracle.telling import AMONG_PARTIES
from tests.oracle.worlds import MACHINES, BoundaryWorld, more_machines, more_parties

RECORDS = tables.client_records()
FEEDS = 6
"""How many read their feed for one that reads the records."""
UNFIT = 0.3
"""How many hats also ask for a purpose that is not theirs."""
_SEATS = (
    "SELECT organisation_id, role FROM membership"
    " WHERE valid_from <= %s AND (valid_until IS NULL OR valid_until > %s)"
)
_STORED = text("SELECT * FROM access_grant WHERE client_id = :client")


@dataclass
class Tally:
    """What was tried, what disagreed, and how often each ground and each refusal was reached."""

    worlds: int = 0
    decisions: int = 0
    checks: Counter[str] = field(default_factory=Counter)
    grounds: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    decided: Counter[str] = field(default_factory=Counter)
    """How often each wish was answered with yes and with no."""
    told: int = 0
    """Events that were told."""

    def agree(self, layer: str, where: str, found: Any, wanted: Any) -> None:
        self.checks[layer] += 1
        if found != wanted:
            self.wrong.append(f"{where}: {layer}: {_difference(found, wanted)}")

    def reach(self, decided: Decisions) -> None:
        """One world is one example."""
        self.worlds += 1
        self.decisions += len(decided.records) * decided.viewers
        self.grounds.update({g for found in decided.allowed.values() for g, _ in found})
        self.reasons.update({reason for found in decided.refused.values() for reason in found})

    def with_checks_of(self, other: "Tally") -> "Tally":
        """What another run found, without its worlds: those were changed on purpose."""
        self.checks += other.checks
        self.wrong += other.wrong
        return self

    def rare(self, share: float = 0.01) -> dict[str, int]:
        """The grounds and reasons of refusal reached in no more than this share of the worlds."""
        least = share * self.worlds
        grounds = {ground.name for ground in GROUNDS}
        return {name: self.grounds[name] for name in grounds if self.grounds[name] <= least} | {
            name: self.reasons[name] for name in reasons() if self.reasons[name] <= least
        }


def _difference(found: Any, wanted: Any) -> str:
    if isinstance(found, set) and isinstance(wanted, set):
        return (
            f"too many {sorted(map(str, found - wanted))}, lacks {sorted(map(str, wanted - found))}"
        )
    return f"{found} and not {wanted}"


def eyes_in(stage: Stage, world: BoundaryWorld) -> list[Eyes]:
    """Every hat with every purpose that it may state, and with one that it may not."""
    chance = random.Random(world.seed)
    found = []
    with stage.database.connect_as_superuser() as db:
        accounts: dict[str, UUID] = dict(db.execute("SELECT subject, id FROM account").fetchall())
    for name, party in {**stage.parties, **world.persons}.items():
        assert party.membership is not None
        assert party.role is not None
        fitting = [p.bit for p in STATED_PURPOSES[party.role]]
        unfit = [p.bit for p in Purpose if p.bit not in fitting]
        asks = [*fitting, *chance.sample(unfit, chance.random() < UNFIT)]
        purposes = asks if party.inbox else [OWN_AFFAIRS]
        grantees = (party.membership, party.inbox) if party.inbox else (party.membership,)
        who = (name, party.membership, accounts[party.subject], grantees, party.role)
        found += [Eyes(*who, party.organisation, asked, party.subject) for asked in purposes]
    for machine, organisation in world.machines.items():
        who = (MACHINE, machine, machine, (machine,), Role.CLINICIAN)
        found += [Eyes(*who, organisation, purpose.bit, str(machine)) for purpose in Purpose]
    return found


def in_office(db: psycopg.Connection, hat: UUID) -> bool:
    """Whether the session lets this hat in at all; walls need not look again."""
    row: Any = db.execute(
        "SELECT valid_from, valid_until FROM membership WHERE id = %(hat)s UNION ALL"
        " SELECT valid_from, valid_until FROM account_link WHERE id = %(hat)s UNION ALL"
        " SELECT '2000-01-01', disabled_at FROM machine WHERE id = %(hat)s",
        {"hat": hat},
    ).fetchone()
    return bool(row and row[0] <= NOW and (row[1] is None or row[1] > NOW))


def stop_the_clock(stage: Stage) -> None:
    """Each edge of a period is hit to the microsecond."""
    stage.on(NOW)
    with stage.database.connect_as_superuser() as db:
        db.execute(
            "CREATE OR REPLACE FUNCTION moment() RETURNS timestamptz STABLE LANGUAGE sql AS"
            f" $$ SELECT '{NOW.isoformat()}'::timestamptz $$"
        )


def by_grants(
    wanted: set[Grant] | frozenset[Grant], eyes: Eyes, rows: list[tuple[Any, dict[str, Any]]]
) -> dict[tuple[str, UUID], set[str]]:
    """What the policy's grants open when they are applied, by a plain reading; with the grounds."""
    own = [grant for grant in wanted if grant.grantee_id in eyes.grantees]
    grounds: dict[tuple[str, UUID], set[str]] = {}
    for table, row in rows:
        by = {grant.basis.value for grant in own if opens(grant, eyes, table, row)}
        if by:
            grounds[table.__tablename__, row["id"]] = by
    return grounds


def gated(table: Any, row: dict[str, Any], eyes: Eyes) -> bool:
    """Whether this one record may be held back for what stands in it: a draft, for others."""
    return (
        (issubclass(table, Released) and row["released_at"] is None)
        or (issubclass(table, Addressed) and eyes.role not in row["audience"])
        or (issubclass(table, Restrictable) and row["restricted_at"] is not None)
        or issubclass(table, Confided)
    )


@asynccontextmanager
async def layers(stage: Stage) -> AsyncIterator["Layers"]:
    """A stage with a clock that stands still and with every role on it."""
    more_parties(stage)
    more_machines(stage)
    stop_the_clock(stage)
    superuser = stage.database.server.superuser_dsn(stage.database.name)
    system = engine(superuser.replace("postgresql", "postgresql+asyncpg", 1), pool_size=1)
    try:
        async with system.begin() as db:
            with (
                stage.database.connect_as_superuser() as plain,
                stage.database.connect("trede_reader") as reader,
            ):
                yield Layers(stage, db, plain, reader)
    finally:
        await system.dispose()


@dataclass
class Layers:
    """Where each layer of the product is asked."""

    stage: Stage
    db: AsyncConnection
    plain: psycopg.Connection
    reader: psycopg.Connection
    tally: Tally = field(default_factory=Tally)
    thorough: bool = False
    statement: CompoundSelect[Any] = field(default_factory=lambda: every_table(wall_1))
    _stored: dict[UUID, list[Any]] = field(default_factory=dict)

    async def put(self, seed: int) -> BoundaryWorld:
        world = BoundaryWorld(self.stage, seed)
        world.put()
        await self.stage.recompile(world.client)
        return world

    async def compare(self, world: BoundaryWorld, viewers: int = 1000) -> Decisions:
        """Oracle, policy, stored grants, WHERE and row security in one world."""
        await self.db.rollback()
        wanted = policy.grants(await world_of(self.db, world.client))
        stored = await self.db.execute(_STORED, {"client": world.client})
        where = f"world {world.seed}"
        found = {grants.grant_of(row) for row in stored}
        self.tally.agree("stored grants", where, found, wanted)
        self._stored.clear()  # facts may have changed, and some of them are records
        rows = self._rows(world)
        looking = eyes_in(self.stage, world)
        decided = self.decided(world)
        self.tally.reach(decided)
        for eyes in random.Random(world.seed).sample(looking, min(viewers, len(looking))):
            await self._through(eyes, world, decided, wanted, rows)
        return decided

    def decided(self, world: BoundaryWorld) -> Decisions:
        asking = [(eyes.hat, purpose_of(eyes)) for eyes in eyes_in(self.stage, world)]
        return Oracle(self.plain, world.client).at(NOW, asking)

    async def over_http(self, world: BoundaryWorld, decided: Decisions, viewers: int) -> None:
        """Some viewers ask the API itself, and the client reads why."""
        looking = eyes_in(self.stage, world)
        chosen = random.Random(world.seed).sample(looking, min(viewers, len(looking)))
        for eyes in chosen:
            where = f"world {world.seed}, {eyes.name} for {purpose_of(eyes)}"
            found = await found_over_http(self.stage, world, eyes)
            wanted = expected_over_http(decided, eyes) if self._is_let_in(eyes) else None
            self.tally.agree("HTTP", where, found, wanted)
            await self._beforehand(world, eyes, decided, where)
        await self._told(world, looking, decided, viewers)
        client = next(eyes for eyes in looking if eyes.role is Role.CLIENT)
        if in_office(self.plain, client.hat):
            told = await told_over_http(self.stage, world.client, client)
            seats = {(str(row[0]), row[1]) for row in self.plain.execute(_SEATS, [NOW, NOW])}
            seats |= {(str(body), "clinician") for body in world.machines.values()}
            # What waits in an inbox where nobody works is told to the client all the same.
            told = {line for line in told if line[0] is None or (line[0], line[1]) in seats}
            wanted_told = expected_in_overview(decided)
            self.tally.agree("explanation", f"world {world.seed}", told, wanted_told)

    async def _told(
        self, world: BoundaryWorld, looking: list[Eyes], decided: Decisions, viewers: int
    ) -> None:
        """Some viewers fetch what happened to each record of this world."""
        systems = [eyes for eyes in looking if eyes.organisation is not None and eyes.purpose]
        count = min(FEEDS * viewers, len(systems))
        chosen = random.Random(f"told {world.seed}").sample(systems, count)
        for eyes, found in await fed(self.stage, world, chosen):
            where = f"world {world.seed}, {eyes.name} for {purpose_of(eyes)}"
            let_in = self._is_let_in(eyes)
            self.tally.agree("events, who is told", where, found is not None, let_in)
            if found is None:
                continue
            allowed = {
                each for each in decided.seen_by(eyes.hat, purpose_of(eyes)) if each[0] in VERBS
            }
            self.tally.told += len(found)
            among = {each for each in allowed if each[0] in AMONG_PARTIES} - found
            self.tally.agree("events", where, found, allowed - among)

    def _is_let_in(self, eyes: Eyes) -> bool:
        fits = purpose_of(eyes) in stated(eyes.role)
        unfit = eyes.name == "misfit" or eyes.hat == MACHINES["uwv"]
        return fits and not unfit and in_office(self.plain, eyes.hat)

    async def _beforehand(
        self, world: BoundaryWorld, eyes: Eyes, decided: Decisions, where: str
    ) -> None:
        """What AuthZEN said about all of it, or any of it, against each record that is there.

        A yes to all of it: every record but those with a gate of their own is shown. A no to any
        of it: none is.
        """
        answers = await decided_over_http(self.stage, world, eyes)
        if answers is None:
            return
        allowed = decided.seen_by(eyes.hat, purpose_of(eyes))
        for (resource, key, category, wish), said in answers.items():
            self.tally.decided[f"{wish} {said}"] += 1
            rows = [
                (table, row)
                for table, row in self._rows(world)
                if table.__category__ == category
                and (resource == "client" or row["trajectory_id"] == key)
            ]
            seen = {(t.__tablename__, row["id"]) for t, row in rows} & allowed
            known = (resource, key) in allowed
            what = f"{where}, {wish} {category} of {resource} {key}"
            free = {(t.__tablename__, row["id"]) for t, row in rows if not gated(t, row, eyes)}
            wrong = {
                "yes, of what is not known to be there": said and not known,
                "no, and it is shown": wish == "read_any" and known and seen and not said,
                "yes, and it is not shown": wish == "read" and said and free - allowed,
            }
            found = [words for words, holds in wrong.items() if holds]
            self.tally.agree("decisions", what, found, [])

    def _rows(self, world: BoundaryWorld) -> list[tuple[Any, dict[str, Any]]]:
        if world.client not in self._stored:
            self._stored[world.client] = [
                (table, row)
                for table in RECORDS
                for row in stored_rows(self.plain, table.__tablename__)
                if row["client_id"] == world.client
            ]
        return self._stored[world.client]

    async def _through(
        self,
        eyes: Eyes,
        world: BoundaryWorld,
        decided: Decisions,
        wanted: set[Grant] | frozenset[Grant],
        rows: list[tuple[Any, dict[str, Any]]],
    ) -> None:
        tally, known = self.tally, {(table.__tablename__, row["id"]) for table, row in rows}
        where = f"world {world.seed}, {eyes.name} for {purpose_of(eyes)}"
        allowed = decided.seen_by(eyes.hat, purpose_of(eyes))
        if in_office(self.plain, eyes.hat):
            grounds = by_grants(wanted, eyes, rows)
            tally.agree("policy", where, set(grounds), allowed)
            tally.agree("grounds", where, _flat(grounds), _grounds(decided, eyes))
            found = await by_where(self.db, eyes, self.statement) & known
            tally.agree("WHERE", where, found, allowed)
        found = by_row_security(self.reader, eyes) & known
        tally.agree("row security", where, found, allowed)


def _flat(grounds: dict[tuple[str, UUID], set[str]]) -> set[tuple[str, UUID, str]]:
    return {(place, record, g) for (place, record), found in grounds.items() for g in found}


def _grounds(decided: Decisions, eyes: Eyes) -> set[tuple[str, UUID, str]]:
    wanted = (str(eyes.hat), purpose_of(eyes))
    return {
        (place, UUID(record), ground)
        for (hat, purpose, place, record), found in decided.allowed.items()
        if (hat, purpose) == wanted
        for ground, _ in found
    }


async def reach(stage: Stage, *, worlds: int, first: int = 1000) -> Tally:
    """How often the generator reaches what, by the oracle alone; cheap."""
    async with layers(stage) as every:
        for seed in range(first, first + worlds):
            world = BoundaryWorld(stage, seed)
            world.put()
            every.tally.reach(every.decided(world))
        return every.tally


async def agreement(
    stage: Stage, *, worlds: int = 0, seconds: float = 0, first: int = 0, viewers: int = 2
) -> Tally:
    """So many worlds, or as many as fit in the time; what was counted and what disagreed.

    In each world every layer below HTTP is asked as everybody, HTTP as some viewers.
    """
    end, seed = time.monotonic() + seconds, first
    async with layers(stage) as every:
        while seed < first + worlds or time.monotonic() < end:
            world = await every.put(seed)
            await every.over_http(world, await every.compare(world), viewers)
            seed += 1
        return every.tally
