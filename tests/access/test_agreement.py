"""Policy, stored grants, WHERE clause and row security give one answer for every viewer.

The expected answer is worked out here, from the policy's grants and the records' own columns,
by a reading of the model that shares no code with either wall.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import CompoundSelect, Select, literal, select, text, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from app import tables
from app.access import grants, policy
from app.access.records import Addressed, ClientRecord, Confided, Released, Restrictable
from app.access.rows import shown
from app.access.vocabulary import (
    OWN_AFFAIRS,
    STATED_PURPOSES,
    Grant,
    Purpose,
    Reach,
    Role,
)
from app.access.world_loading import world_of
from app.platform.db import engine
from tests.build.stage import Stage
from tests.build.worlds import NOW, RandomWorld

WORLDS = 12
FEWER = {"controller": 5, "review": 5}
RECORDS = tables.client_records()
Seen = set[tuple[str, UUID]]


@dataclass(frozen=True)
class Eyes:
    """One viewer with one purpose."""

    name: str
    hat: UUID
    account: UUID
    grantees: tuple[UUID, ...]
    role: Role
    organisation: UUID | None
    purpose: int
    subject: str


async def eyes_of(stage: Stage, world: RandomWorld) -> list[Eyes]:
    found = []
    with stage.database.connect_as_superuser() as db:
        for name, party in {**stage.parties, **world.persons}.items():
            assert party.membership is not None
            assert party.role is not None
            account = db.execute(
                "SELECT id FROM account WHERE subject = %s", [party.subject]
            ).fetchone()
            assert account is not None
            purposes = [p.bit for p in STATED_PURPOSES[party.role]] or [OWN_AFFAIRS]
            grantees = (party.membership, party.inbox) if party.inbox else (party.membership,)
            found += [
                Eyes(
                    name,
                    party.membership,
                    account[0],
                    grantees,
                    party.role,
                    party.organisation,
                    p,
                    party.subject,
                )
                for p in purposes
            ]
    return found


def opens(  # noqa: C901, PLR0911, PLR0912 - one return per condition of the model, apart from the walls
    grant: Grant, eyes: Eyes, table: type[ClientRecord], row: dict[str, Any]
) -> bool:
    """Whether this one grant lets these eyes see this one record; plain reading of the model."""
    period = grant.period
    if grant.grantee_id not in eyes.grantees or not grant.purposes & eyes.purpose:
        return False
    if period.valid_from > NOW or (period.valid_until is not None and period.valid_until <= NOW):
        return False
    if not grant.categories & table.__category__.bit:
        return False
    if grant.trajectory_id and row["trajectory_id"] not in {None, grant.trajectory_id}:
        return False
    if grant.record_id and row[table.__scope__] != grant.record_id:
        return False
    if grant.sender_organisation_id and (
        row["controller_organisation_id"] != grant.sender_organisation_id
    ):
        return False
    if grant.reach is Reach.AUTHORED and row["author_id"] not in eyes.grantees:
        return False
    parties = {row[column] for column in table.__parties__} - {None}
    if grant.reach is Reach.OWN and eyes.organisation not in parties:
        return False
    following = eyes.role in {"insurance_physician", "labour_expert", "municipal_case_manager"}
    if table.__tablename__ == "referral" and following and eyes.organisation not in parties:
        return False
    if issubclass(table, Restrictable) and row["restricted_at"] is not None:
        answers = eyes.organisation in {row["controller_organisation_id"]} - {None}
        if grant.basis != "self" and not answers:
            return False
    told = {row["author_id"], row.get("recipient_id")} & set(eyes.grantees)
    if issubclass(table, Confided) and not told and grant.basis not in {"self", "request"}:
        return False
    if issubclass(table, Released) and row["released_at"] is None and not grant.ungated:
        return False
    return not (
        issubclass(table, Addressed) and eyes.role not in row["audience"] and not grant.ungated
    )


def stored_rows(db: psycopg.Connection, table: str) -> list[dict[str, Any]]:
    cursor = db.execute(f"SELECT * FROM {table}")
    names = [column.name for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def every_table(one: Callable[[type[ClientRecord]], Select[Any]]) -> CompoundSelect[Any]:
    """One statement over all tables: (table, id) of what it finds."""
    parts = []
    for table in RECORDS:
        found = one(table).subquery()
        parts.append(select(literal(table.__tablename__).label("place"), found.c.id))
    return union_all(*parts)


def wall_1(table: type[ClientRecord]) -> Select[Any]:
    return shown(table, table.id)


def forgotten_filter(table: type[ClientRecord]) -> Select[Any]:
    return select(table.id)


async def by_where(db: AsyncConnection, eyes: Eyes, statement: CompoundSelect[Any]) -> Seen:
    """Wall 1 alone: as the superuser, whom row security does not touch."""
    binds = {
        "viewer_grantees": list(eyes.grantees),
        "viewer_hat": eyes.hat,
        "viewer_inbox": eyes.grantees[1] if len(eyes.grantees) > 1 else None,
        "viewer_purpose": eyes.purpose,
        "viewer_role": eyes.role.value,
        "viewer_organisation": eyes.organisation,
    }
    return {(row.place, row.id) for row in await db.execute(statement, binds)}


_UNFILTERED = " UNION ALL ".join(
    f"SELECT '{table.__tablename__}', id FROM {table.__tablename__}" for table in RECORDS
)


def by_row_security(db: psycopg.Connection, eyes: Eyes) -> Seen:
    """Wall 2 alone: a forgotten filter, as the reader's login."""
    with db.transaction():
        db.execute("SELECT wear(%s, %s, %s)", [eyes.account, eyes.hat, str(eyes.purpose)])
        return set(db.execute(_UNFILTERED).fetchall())


async def compare(
    stage: Stage,
    seed: int,
    reached: Counter[str],
    where: Callable[[type[ClientRecord]], Select[Any]] = wall_1,
) -> list[str]:
    """The disagreements in one random world, in words."""
    world = RandomWorld(stage, seed)
    world.put()
    await stage.recompile(world.client)
    superuser = stage.database.server.superuser_dsn(stage.database.name)
    system = engine(superuser.replace("postgresql", "postgresql+asyncpg", 1), pool_size=1)
    try:
        async with system.begin() as db:
            return await _compare(stage, world, db, reached, every_table(where))
    finally:
        await system.dispose()


async def _compare(
    stage: Stage,
    world: RandomWorld,
    db: AsyncConnection,
    reached: Counter[str],
    statement: CompoundSelect[Any],
) -> list[str]:
    wrong: list[str] = []
    wanted = policy.grants(await world_of(db, world.client))
    stored = await db.execute(
        text("SELECT * FROM access_grant WHERE client_id = :client"), {"client": world.client}
    )
    if {grants.grant_of(row) for row in stored} != wanted:
        wrong.append(f"world {world.seed}: stored grants differ from the policy")
    with (
        stage.database.connect_as_superuser() as plain,
        stage.database.connect("trede_reader") as reader,
    ):
        rows = [
            (table, row)
            for table in RECORDS
            for row in stored_rows(plain, table.__tablename__)
            if row["client_id"] == world.client
        ]
        known = {(table.__tablename__, row["id"]) for table, row in rows}
        for eyes in await eyes_of(stage, world):
            expected = set()
            own = [grant for grant in wanted if grant.grantee_id in eyes.grantees]
            for table, row in rows:
                by = {grant.basis.value for grant in own if opens(grant, eyes, table, row)}
                reached.update(by or {"denied"})
                expected |= {(table.__tablename__, row["id"])} if by else set()
            answers = {
                "WHERE": await by_where(db, eyes, statement) & known,
                "row security": by_row_security(reader, eyes) & known,
            }
            for wall, answer in answers.items():
                if answer != expected:
                    wrong.append(
                        f"world {world.seed}, {eyes.name}: {wall} shows too many"
                        f" {_places(answer - expected)}, too few {_places(expected - answer)}"
                    )
    return wrong


LISTS = {
    "insurance_physician_note": "insurance-physician-notes",
    "psychological_anamnesis": "psychological-anamneses",
    "work_advice": "work-advice",
    "work_capacity": "work-capacity",
    "work_history": "work-history",
}
"""Tables whose random rows are fit to be answered over HTTP, with their lists."""


async def by_http(stage: Stage, world: RandomWorld, eyes: Eyes) -> Seen:
    """All three walls together: what this viewer finds when asking the API itself."""
    found: Seen = set()
    if await _asked(stage, eyes, f"/v1/clients/{world.client}") is not None:
        found.add(("client", world.client))
    for trajectory in world.trajectories:
        for table, path in LISTS.items():
            page = await _asked(stage, eyes, f"/v1/trajectories/{trajectory}/{path}?pageSize=100")
            if page is not None:
                found |= {(table, UUID(item["id"])) for item in page["items"]}
                found.add(("trajectory", trajectory))
    return found


async def _asked(stage: Stage, eyes: Eyes, path: str) -> dict[str, Any] | None:
    purpose = next((p for p in Purpose if p.bit == eyes.purpose), None)
    token = stage.issuer.mint(
        eyes.subject,
        audience=stage.audience,
        client_id="trede-demo",
        membership=eyes.hat,
        purpose=None if purpose is None else purpose.value,
    )
    answer = await stage.http.get(path, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code in {200, 404}, answer.text
    return dict(answer.json()) if answer.status_code == 200 else None


def _places(seen: Seen) -> list[str]:
    return sorted({place for place, _ in seen})


async def test_policy_grants_where_and_row_security_agree_in_random_worlds(stage: Stage) -> None:
    stage.on(NOW)
    with stage.database.connect_as_superuser() as db:
        # A frozen clock: each edge of a period is hit to the microsecond.
        db.execute(
            "CREATE OR REPLACE FUNCTION moment() RETURNS timestamptz STABLE LANGUAGE sql AS"
            f" $$ SELECT '{NOW.isoformat()}'::timestamptz $$"
        )
    stage.member("desk", Role.PRIVACY_DESK, "ggz", "Loket-A1")
    reached: Counter[str] = Counter()
    for seed in range(WORLDS):
        assert await compare(stage, seed, reached) == []
    for ground in [
        "self",
        "mandate",
        "supporter",
        "treatment",
        "assignment",
        "statutory",
        "consent",
        "author",
        "own",
        "controller",
        "break_glass",
        "review",
        "denied",
    ]:
        least = FEWER.get(ground, 20)
        assert reached[ground] > least, f"the worlds hardly reached {ground}: {reached}"


@pytest.mark.parametrize(
    ("wall", "sabotage"),
    [
        ("row security", "ALTER POLICY sees ON participant USING (true)"),
        ("row security", "ALTER TABLE client_identity DISABLE ROW LEVEL SECURITY"),
        ("stored grants", "DELETE FROM access_grant WHERE basis = 'treatment'"),
    ],
)
async def test_a_wall_that_is_taken_away_is_noticed(
    stage: Stage, wall: str, sabotage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.on(NOW)
    compiled = stage.recompile

    async def then_sabotage(client: UUID) -> None:
        await compiled(client)
        with stage.database.connect_as_superuser() as db:
            db.execute(sabotage)

    monkeypatch.setattr(stage, "recompile", then_sabotage)
    wrong = [line for seed in range(2) for line in await compare(stage, seed, Counter())]
    assert any(wall in line for line in wrong), wrong


async def test_the_api_answers_what_the_policy_allows_and_nothing_else(stage: Stage) -> None:
    stage.on(NOW)
    shown_over_http = 0
    for seed in range(2):
        world = RandomWorld(stage, seed)
        world.put()
        await stage.recompile(world.client)
        async with stage.app.state.services.engines.writer.begin() as db:
            wanted = policy.grants(await grants.world(db, world.client))
        with stage.database.connect_as_superuser() as plain:
            rows = [
                (table, row)
                for table in RECORDS
                if table.__tablename__ in {*LISTS, "client", "trajectory"}
                for row in stored_rows(plain, table.__tablename__)
                if row["client_id"] == world.client
            ]
        for eyes in await eyes_of(stage, world):
            opened = [(t, r) for t, r in rows if any(opens(g, eyes, t, r) for g in wanted)]
            roots = {r["id"] for t, r in opened if t.__tablename__ in {"client", "trajectory"}}
            expected = {
                (t.__tablename__, r["id"])
                for t, r in opened
                if t.__tablename__ == "client" or r["trajectory_id"] in roots
            }
            assert await by_http(stage, world, eyes) == expected, eyes.name
            shown_over_http += len(expected)
    assert shown_over_http > 40, "the worlds hardly showed anything"


async def test_a_where_clause_that_forgets_the_grants_is_noticed(stage: Stage) -> None:
    stage.on(NOW)
    wrong = await compare(stage, 0, Counter(), where=forgotten_filter)
    assert any("WHERE" in line for line in wrong), wrong
