"""What a period of one client's access log touches: its own lines, however many there are."""

import psycopg
import pytest

from tests.bench.plans import plans_of
from tests.bench.raw import Recorder
from tests.build.stage import Stage

LOOKS = 20_000
AT_MOST = 250
"""Shared buffers of one statement for a page of 20 lines, each of which row security weighs."""
_LOOKS = """
INSERT INTO access_log_entry (id, at, client_id, grantee_id, role, resource, verb, listed, outcome,
    shown, withheld, grounds, policy_version, request_id, salt, leaf_hash)
SELECT gen_random_uuid(), '2020-01-01'::timestamptz + n * interval '1 hour', %s, gen_random_uuid(),
    'clinician', 'Client', 'read', false, 'allowed', 7, 0, '{}', 1, 'r', 's', 'l'
FROM generate_series(1, %s) n
"""


def looked(db: psycopg.Connection, client: object) -> None:
    """Of this client a look in each hour, for more than two years."""
    db.execute(_LOOKS, [client, LOOKS])
    db.execute("ANALYZE access_log_entry")


@pytest.mark.parametrize("order", ["", "&newestFirst=true"])
async def test_a_period_of_the_log_costs_its_own_lines_wherever_in_time_it_lies(
    stage: Stage, order: str
) -> None:
    client = await stage.client("alfa")
    with stage.straight() as db:
        looked(db, client)
    recorder = Recorder()
    for day in ("2020-01-02", "2021-02-01", "2022-04-01"):
        path = f"/v1/clients/{client}/access-log?periodFrom={day}&periodUntil={day}{order}"
        with recorder.listening(stage.app.state.services.engines.reader):
            items = (await stage.seen("alfa", path))["items"]
        assert len(items) == 20
        for plan in await plans_of(stage.database.reader, recorder.take()):
            assert not [node for node in plan.nodes if node == "Seq Scan on access_log_entry"]
            assert plan.buffers <= AT_MOST, f"{day} touches {plan.buffers}: {plan.statement}"
