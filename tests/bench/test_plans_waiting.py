"""What waits for one coach costs the same whatever the number of other clients; no timing."""

from pathlib import Path

import psycopg
import pytest

from tests.bench.__main__ import Case, Ground, recorded, settings_for
from tests.bench.bulk import OneCoach
from tests.bench.data import Copier, Population, uid
from tests.bench.plans import Plan, plans_of
from tests.databases import TestDatabase

SIZES = (500, 3_000)
CASES = (
    (Case("caseload", "coach", "GET", "/v1/caseload?pageSize=20"), "caseload_line", 60),
    (Case("reminders", "coach", "GET", "/v1/reminders"), "reminder", 300),
    (Case("tasks", "coach", "GET", "/v1/tasks"), "reminder", 1_200),
)
"""One member's page; the table that its list is read from, in one statement; and the shared buffers
that one statement may touch: a page of lines, 20 reminders, or what waits for others of the same
clients, each weighed by both walls."""
STATEMENTS = {"caseload": 3, "reminders": 3, "tasks": 8}
"""All that the request runs, also who is asking and the log."""
PAGE_OF_ALL = 90
"""Shared buffers of one page of twenty trajectories, read once for where it ends and once whole."""

ELSEWHERE = (
    *("conversation_attendance", "conversation_invitation", "invitation_answer"),
    *("question", "question_answer", "referral"),
)
"""What waits for others, of every client."""


def _fill(db: psycopg.Connection, population: Population) -> None:
    population.fill(db)
    db.execute("SET session_replication_role = replica")  # nobody's inbox, nobody's question
    copy = Copier(db)
    for table in ELSEWHERE:
        parts = [name for name in copy.needed[table] if name.endswith("_id")]
        copy.rows(table, (_of_another(population, table, parts, n) for n in range(population.size)))
    db.execute("VACUUM ANALYZE")


def _of_another(
    population: Population, table: str, parts: list[str], number: int
) -> dict[str, object]:
    """Hanging on things of its own."""
    return {
        **{name: uid(table, name, number) for name in parts},
        **population._stamp(number, table, "clinician"),
    }


def growing(plan: Plan) -> tuple[str, ...]:
    """The directory is as large as the organisations are; a small one is read whole."""
    return tuple(node for node in plan.growing if not node.endswith(" account"))


@pytest.fixture
async def ground(database: TestDatabase, tmp_path: Path, request: pytest.FixtureRequest) -> Ground:
    settings, issuer, vault = settings_for(tmp_path)
    population = Population(request.param, issuer.url, vault)
    with database.connect_as_superuser() as db:
        _fill(db, population)
        db.execute("UPDATE clock_offset SET shift = '2025-06-02'::timestamptz - now()")
    return Ground(request.param, database.server, database.name, settings, population, issuer)


@pytest.mark.parametrize("ground", SIZES, indirect=True)
async def test_each_list_is_one_statement_that_scans_nothing(ground: Ground) -> None:
    for case, table, most in CASES:
        requests, answer = await recorded(ground, case, count=4)
        assert b'"items":[{' in answer, "the request found something"
        plans = await plans_of(ground.logins.reader, requests[-1])
        assert sum(f"FROM {table}" in plan.statement for plan in plans) == 1, case.name
        for plan in plans:
            assert growing(plan) == (), f"{case.name}: {plan.growing}\n{plan.statement}"
        touched = max(plan.buffers for plan in plans)
        assert touched <= most, f"{case.name} touches {touched} buffers"
        assert len({len(one) for one in requests}) == 1, case.name
        assert len(requests[-1]) <= STATEMENTS[case.name], (case.name, len(requests[-1]))


@pytest.mark.parametrize("size", SIZES)
async def test_a_page_of_who_sees_everybody_costs_the_same_whatever_their_number(
    database: TestDatabase, tmp_path: Path, size: int
) -> None:
    """An export reads such pages one after the other: else each costs what all of them hold."""
    settings, issuer, vault = settings_for(tmp_path)
    population = OneCoach(size, issuer.url, vault)
    with database.connect_as_superuser() as db:
        population.fill(db)
        db.execute("VACUUM ANALYZE")
        db.execute("UPDATE clock_offset SET shift = '2025-06-02'::timestamptz - now()")
    ground = Ground(size, database.server, database.name, settings, population, issuer)
    for path in ("trajectories", "caseload"):
        case = Case(path, "coach", "GET", f"/v1/{path}?pageSize=20")
        requests, answer = await recorded(ground, case, count=4)
        assert b'"nextCursor":"' in answer, "there is more than a page"
        plans = await plans_of(ground.logins.reader, requests[-1])
        touched = max(plan.buffers for plan in plans)
        assert touched <= PAGE_OF_ALL, f"{path} touches {touched} buffers of {size} clients"
