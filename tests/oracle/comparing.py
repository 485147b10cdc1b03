"""The oracle beside every layer of the product, world by world; each comparison is counted."""

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from app import tables
from app.access import grants, policy
from app.access.vocabulary import FITTING_PURPOSES, OWN_AFFAIRS, Grant, Purpose
from app.access.world_loading import world_of
from app.platform.db import engine
from tests.access.test_agreement import (
    Eyes,
    Seen,
    by_row_security,
    by_where,
    every_table,
    opens,
    stored_rows,
    wall_1,
)
from tests.build.stage import Stage
from tests.build.worlds import NOW
from tests.oracle.deciding import Decisions, Oracle
from tests.oracle.worlds import BoundaryWorld

RECORDS = tables.client_records()
UNFIT = 0.3
"""How many hats also ask for a purpose that is not theirs."""


@dataclass
class Tally:
    """What was tried, what disagreed, and how often each ground and each refusal was reached."""

    worlds: int = 0
    examples: int = 0
    checks: Counter[str] = field(default_factory=Counter)
    grounds: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def agree(self, layer: str, where: str, found: Any, wanted: Any) -> None:
        self.checks[layer] += 1
        if found != wanted:
            self.wrong.append(f"{where}: {layer}: {_difference(found, wanted)}")

    def reach(self, decided: Decisions, eyes: Eyes) -> None:
        self.examples += 1
        self.grounds.update(decided.grounds(eyes.hat, purpose_of(eyes)))
        self.reasons.update(decided.reasons(eyes.hat, purpose_of(eyes)))

    def rare(self, names: set[str], counted: Counter[str], share: float = 0.01) -> dict[str, int]:
        """Which of these were reached in fewer than this share of the examples."""
        least = share * self.examples
        return {name: counted[name] for name in names if counted[name] < least}


def _difference(found: Any, wanted: Any) -> str:
    if isinstance(found, set) and isinstance(wanted, set):
        return (
            f"too many {sorted(map(str, found - wanted))}, lacks {sorted(map(str, wanted - found))}"
        )
    return f"{found} and not {wanted}"


def purpose_of(eyes: Eyes) -> str:
    return next((p.value for p in Purpose if p.bit == eyes.purpose), "none")


def eyes_in(stage: Stage, world: BoundaryWorld) -> list[Eyes]:
    """Every hat with every purpose that it may state, and with one that it may not."""
    chance = random.Random(world.seed)
    found = []
    with stage.database.connect_as_superuser() as db:
        accounts = dict(db.execute("SELECT subject, id FROM account").fetchall())
    for name, party in {**stage.parties, **world.persons}.items():
        assert party.membership is not None
        assert party.role is not None
        fitting = [p.bit for p in FITTING_PURPOSES[party.role]]
        unfit = [p.bit for p in Purpose if p.bit not in fitting]
        asked = [*fitting, *chance.sample(unfit, chance.random() < UNFIT)]
        purposes = asked if party.inbox else [OWN_AFFAIRS]
        grantees = (party.membership, party.inbox) if party.inbox else (party.membership,)
        for purpose in purposes:
            found.append(
                Eyes(
                    name,
                    party.membership,
                    accounts[party.subject],
                    grantees,
                    party.role,
                    party.organisation,
                    purpose,
                    party.subject,
                )
            )
    return found


def in_office(db: psycopg.Connection, hat: UUID) -> bool:
    """Whether the session lets this hat in at all; walls need not look again."""
    row = db.execute(
        "SELECT valid_from, valid_until FROM membership WHERE id = %s UNION ALL"
        " SELECT valid_from, valid_until FROM account_link WHERE id = %s",
        [hat, hat],
    ).fetchone()
    assert row is not None
    return bool(row[0] <= NOW and (row[1] is None or row[1] > NOW))


def stop_the_clock(stage: Stage) -> None:
    """Each edge of a period is hit to the microsecond."""
    stage.on(NOW)
    with stage.database.connect_as_superuser() as db:
        db.execute(
            "CREATE OR REPLACE FUNCTION moment() RETURNS timestamptz STABLE LANGUAGE sql AS"
            f" $$ SELECT '{NOW.isoformat()}'::timestamptz $$"
        )


def by_grants(
    wanted: set[Grant], eyes: Eyes, rows: list[tuple[Any, dict[str, Any]]]
) -> tuple[Seen, dict[tuple[str, UUID], set[str]]]:
    grounds: dict[tuple[str, UUID], set[str]] = {}
    for table, row in rows:
        by = {grant.basis.value for grant in wanted if opens(grant, eyes, table, row)}
        if by:
            grounds[table.__tablename__, row["id"]] = by
    return set(grounds), grounds


async def compare(stage: Stage, seed: int, tally: Tally) -> BoundaryWorld:
    """One world: oracle, policy, stored grants, WHERE and row security."""
    world = BoundaryWorld(stage, seed)
    world.put()
    await stage.recompile(world.client)
    superuser = stage.database.server.superuser_dsn(stage.database.name)
    system = engine(superuser.replace("postgresql", "postgresql+asyncpg", 1), pool_size=1)
    try:
        async with system.connect() as db:
            await _compare(stage, world, db, tally)
    finally:
        await system.dispose()
    tally.worlds += 1
    return world


async def _compare(stage: Stage, world: BoundaryWorld, db: AsyncConnection, tally: Tally) -> None:
    wanted = policy.grants(await world_of(db, world.client))
    stored = await db.execute(
        text("SELECT * FROM access_grant WHERE client_id = :client"), {"client": world.client}
    )
    where = f"world {world.seed}"
    tally.agree("stored grants", where, {grants.grant_of(row) for row in stored}, wanted)
    statement = every_table(wall_1)
    with (
        stage.database.connect_as_superuser() as plain,
        stage.database.connect("trede_reader") as reader,
    ):
        decided = Oracle(plain, world.client).at(NOW)
        rows = [
            (table, row)
            for table in RECORDS
            for row in stored_rows(plain, table.__tablename__)
            if row["client_id"] == world.client
        ]
        known = {(table.__tablename__, row["id"]) for table, row in rows}
        for eyes in eyes_in(stage, world):
            tally.reach(decided, eyes)
            where = f"world {world.seed}, {eyes.name} for {purpose_of(eyes)}"
            allowed = decided.seen_by(eyes.hat, purpose_of(eyes))
            if in_office(plain, eyes.hat):
                seen, grounds = by_grants(wanted, eyes, rows)
                tally.agree("policy", where, seen, allowed)
                found = await by_where(db, eyes, statement) & known
                tally.agree("WHERE", where, found, allowed)
                tally.agree("grounds", where, _flat(grounds), _grounds(decided, eyes))
            found = by_row_security(reader, eyes) & known
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


async def within(stage: Stage, seconds: float, first: int = 0) -> Tally:
    """As many worlds as fit in the time."""
    tally, end, seed = Tally(), time.monotonic() + seconds, first
    while time.monotonic() < end:
        await compare(stage, seed, tally)
        seed += 1
    return tally
