"""What the caseload and the reminders of one coach touch does not grow with the other clients."""

from pathlib import Path

import psycopg
import pytest

from tests.bench.__main__ import Case, Ground, recorded, settings_for
from tests.bench.data import Population
from tests.bench.plans import plans_of
from tests.databases import TestDatabase

CLIENTS = 3_000
CASES = (
    (Case("caseload", "coach", "GET", "/v1/caseload?pageSize=20"), "caseload_line", 220),
    (Case("reminders", "coach", "GET", "/v1/reminders"), "reminder", 600),
)
"""Shared buffers of one statement: a page of lines; 20 reminders, each weighed by both walls."""
_FILL = """
INSERT INTO reminder (id, client_id, trajectory_id, controller_organisation_id, author_id,
    author_role, kind, due_on, for_id, audience)
SELECT gen_random_uuid(), p.client_id, p.trajectory_id, m.organisation_id, gen_random_uuid(),
    'job', 'measurement_due', '2025-06-09', m.id, ARRAY['client', m.role]
FROM participant p JOIN membership m ON m.id = p.membership_id
WHERE m.role = 'reintegration_coach';
INSERT INTO caseload_look SELECT id, '2025-01-01' FROM membership;
INSERT INTO caseload_look SELECT gen_random_uuid(), '2025-01-01' FROM generate_series(1, 2000);
"""


def _fill(db: psycopg.Connection) -> None:
    db.execute(_FILL.encode())
    for table in ("reminder", "caseload_look"):
        db.execute(f"VACUUM ANALYZE {table}".encode())


@pytest.fixture
async def ground(database: TestDatabase, tmp_path: Path) -> Ground:
    settings, issuer, vault = settings_for(tmp_path)
    population = Population(CLIENTS, issuer.url, vault)
    with database.connect_as_superuser() as db:
        population.fill(db)
        _fill(db)
        db.execute("UPDATE clock_offset SET shift = '2025-06-02'::timestamptz - now()")
    return Ground(CLIENTS, database.server, database.name, settings, population, issuer)


async def test_each_list_is_one_statement_that_scans_nothing(ground: Ground) -> None:
    for case, table, most in CASES:
        requests, answer = await recorded(ground, case, count=4)
        assert b'"items":[{' in answer, "the request found something"
        plans = await plans_of(ground.logins.reader, requests[-1])
        assert sum(f"FROM {table}" in plan.statement for plan in plans) == 1, case.name
        for plan in plans:
            assert plan.growing == (), f"{case.name}: {plan.growing}\n{plan.statement}"
        touched = max(plan.buffers for plan in plans)
        assert touched <= most, f"{case.name} touches {touched} buffers"
