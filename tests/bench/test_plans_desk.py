"""What looking back touches in the database: looks of that member or day, never the rest."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import httpx
import psycopg
import pytest

from app.access.vocabulary import Role
from tests.bench.__main__ import Ground, settings_for
from tests.bench.data import START, Population, uid
from tests.bench.plans import Plan, plans_of
from tests.bench.raw import Recorder
from tests.databases import TestDatabase

LOOKS_PER_CLIENT = 6
CLIENTS_PER_DAY = 10
SIZES = (600, 2_400)
DAY = "2025-01-20"
AT_MOST = {"breach impact": 350, "sample": 200}
"""Shared buffers of one statement: a page of 20 clients with their looks; a day of 10 clients with
their 120 looks, each of which row security weighs."""
_LOG = """
INSERT INTO access_log_entry (id, at, client_id, grantee_id, membership_id, organisation_id, role,
    purpose, resource, verb, listed, outcome, shown, withheld, grounds, policy_version, request_id,
    salt, leaf_hash)
SELECT gen_random_uuid(),
    %(start)s::timestamptz + p.n / %(daily)s * interval '1 day' + turn * interval '1 minute',
    p.client, p.member, p.member, p.organisation, p.role, p.purpose, 'Client', 'read', turn = 1,
    'allowed', 7, 0, ARRAY['treatment:' || p.client], 1, 'r', 's', 'l'
FROM unnest(%(n)s::int[], %(clients)s::uuid[], %(members)s::uuid[], %(organisations)s::uuid[],
            %(roles)s::text[], %(purposes)s::text[])
        AS p (n, client, member, organisation, role, purpose),
    generate_series(1, %(turns)s) turn
"""


def officer(db: psycopg.Connection, population: Population) -> None:
    """A data protection officer of the GGZ provider."""
    inbox = uid("inbox", "ggz", Role.DATA_PROTECTION_OFFICER)
    key, own = uid("officer"), population.organisations["ggz"]
    db.execute("INSERT INTO practitioner (id, name) VALUES (%s, 'Officer-0')", [key])
    db.execute(
        "INSERT INTO account (id, issuer, subject, practitioner_id) VALUES (%s, %s, %s, %s)",
        [key, population.issuer, "bench-officer", key],
    )
    db.execute(
        "INSERT INTO membership (id, practitioner_id, organisation_id, inbox_id, role, valid_from)"
        " VALUES (%s, %s, %s, %s, 'data_protection_officer', '2020-01-01')",
        [key, key, own, inbox],
    )


def log(db: psycopg.Connection, population: Population) -> None:
    """Every client was looked at by its clinician and by its labour expert, a few clients a day."""
    rows = [
        (
            number,
            population.client(number),
            population.member(kind, population.whose(kind, number)),
            population.organisations[place],
            role,
            purpose,
        )
        for number in range(population.size)
        for kind, place, role, purpose in (
            ("clinician", "ggz", Role.CLINICIAN.value, "treatment"),
            ("expert", "uwv", Role.LABOUR_EXPERT.value, "reintegration"),
        )
    ]
    names = ("n", "clients", "members", "organisations", "roles", "purposes")
    columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    values = {**columns, "turns": LOOKS_PER_CLIENT, "start": START, "daily": CLIENTS_PER_DAY}
    db.execute(_LOG.encode(), values)
    db.execute("VACUUM ANALYZE access_log_entry")


def filled(database: TestDatabase, folder: Path, size: int) -> Ground:
    settings, issuer, vault = settings_for(folder)
    population = Population(size, issuer.url, vault)
    with database.connect_as_superuser() as db:
        population.fill(db)
        officer(db, population)
        log(db, population)
        db.execute("UPDATE clock_offset SET shift = '2026-06-02'::timestamptz - now()")
    return Ground(size, database.server, database.name, settings, population, issuer)


async def asked(ground: Ground, method: str, path: str, body: object = None) -> list[Plan]:
    """The plans of what this request of the officer runs; it must find something."""
    app, recorder = ground.app(), Recorder()
    engines = app.state.services.engines
    engine = engines.reader if method == "GET" else engines.writer
    token = ground.issuer.mint(
        "bench-officer", audience=ground.settings.audience, client_id="trede-demo"
    )
    headers = {"Authorization": f"Bearer {token}"}
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 1))
    async with httpx.AsyncClient(transport=transport, base_url=ground.settings.url) as http:
        with recorder.listening(engine):
            answer = await http.request(method, path, headers=headers, json=body)
    await engines.dispose()
    assert answer.status_code == 200, answer.text
    assert b"clientId" in answer.content, "the request found something"
    login = ground.logins.reader if method == "GET" else ground.logins.writer
    return await plans_of(login, recorder.take())


def buffers(plans: Sequence[Plan]) -> int:
    return max(plan.buffers for plan in plans)


def growing(plan: Plan) -> tuple[str, ...]:
    """The directory is as large as the organisations are; the log grows with their clients."""
    return tuple(node for node in plan.growing if "access_log_entry" in node or "SubPlan" in node)


@pytest.mark.parametrize("size", SIZES)
async def test_looking_back_costs_what_was_done_and_nothing_for_all_other_clients(
    database: TestDatabase, tmp_path: Path, size: int
) -> None:
    ground = filled(database, tmp_path, size)
    desk = "/v1/privacy-desk"
    member = ground.population.member("clinician", 0)
    day = (START + timedelta(days=14)).date().isoformat()
    assert day == DAY
    requests = {
        "breach impact": ("GET", f"{desk}/memberships/{member}/breach-impact?pageSize=20", None),
        "sample": ("POST", f"{desk}/access-log/_sample", {"day": day, "drawn": 50}),
    }
    for name, request in requests.items():
        plans = await asked(ground, *request)
        for plan in plans:
            assert growing(plan) == (), f"{name}: {plan.nodes}\n{plan.statement}"
        assert buffers(plans) <= AT_MOST[name], f"{name} touches {buffers(plans)} buffers"
