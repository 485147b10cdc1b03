"""Lists are compiled when something is written; they tell what the records themselves tell."""

import asyncio
from collections import Counter
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from app.access import checking
from tests.access.test_agreement import Eyes, eyes_of
from tests.build.situations import wgb_at_uwv
from tests.build.stage import Stage
from tests.build.worlds import NOW, RandomWorld

WORLDS, MOST_WORLDS = 4, 20
REACHED, ENOUGH = ("phase", "clock", "kind", "givenName", "responsibleFrom", "hidden"), 3
"""The ids of a world are random, so that four worlds do not always show all of these."""
_FIT = """
INSERT INTO trajectory_event SELECT (more).* FROM (
    SELECT jsonb_populate_record(
        e, jsonb_build_object('id', gen_random_uuid(), 'trajectory_id', t.id)) AS more
    FROM trajectory_event e JOIN trajectory t USING (client_id), generate_series(1, 4)
    WHERE client_id = 'CLIENT') x;
UPDATE trajectory_event SET occurred_on = DATE '2025-01-01' + get_byte(uuid_send(id), 1) % 90,
    milestone = (ARRAY['referred', 'referral_accepted', 'paused', 'resumed', 'start_conversation',
        'start_conversation_confirmed', 'extended', 'ended'])[1 + get_byte(uuid_send(id), 0) % 8];
UPDATE trajectory_event SET occurred_on = occurred_on - 100 WHERE milestone = 'start_conversation';
UPDATE trajectory_event SET audience = (SELECT array_agg(DISTINCT role) FROM membership)
    || ARRAY['client', 'representative', 'supporter'] WHERE milestone LIKE 'start_conversation%';
UPDATE trajectory_course SET kind = 'wgb', duration_months = 12,
    clock_start_basis = 'start_conversation';
DELETE FROM trajectory_course a USING trajectory_course b
    WHERE a.trajectory_id = b.trajectory_id AND a.id < b.id;
DELETE FROM client_identity a USING client_identity b
    WHERE a.client_id = b.client_id AND a.id < b.id;
"""
"""Random records made fit to be read: real words, one course and one name."""


async def world_of(stage: Stage, seed: int) -> RandomWorld:
    world = RandomWorld(stage, seed)
    world.put()
    with stage.database.connect_as_superuser() as db:
        db.execute(_FIT.replace("CLIENT", str(world.client)).encode())
    await stage.recompile(world.client)
    return world


async def asked(stage: Stage, eyes: Eyes, path: str) -> dict[str, Any] | None:
    token = stage.issuer.mint(
        eyes.subject, audience=stage.audience, client_id="trede-demo", membership=eyes.hat
    )
    answer = await stage.http.get(path, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code in {200, 404}, answer.text
    return dict(answer.json()) if answer.status_code == 200 else None


async def test_a_list_tells_each_viewer_what_reading_one_by_one_tells(stage: Stage) -> None:
    stage.on(NOW)
    reached: Counter[str] = Counter()
    for seed in count():
        if seed >= WORLDS and all(reached[name] > ENOUGH for name in REACHED):
            break
        assert seed < MOST_WORLDS, f"the worlds hardly reached some of these: {reached}"
        world = await world_of(stage, seed)
        for eyes in {eyes.hat: eyes for eyes in await eyes_of(stage, world)}.values():
            listed = await asked(stage, eyes, f"/v1/trajectories?clientId={world.client}")
            assert listed is not None
            one_by_one = [
                found
                for trajectory in sorted(world.trajectories)
                if (found := await asked(stage, eyes, f"/v1/trajectories/{trajectory}"))
            ]
            assert listed["items"] == one_by_one, eyes.name
            for item in one_by_one:
                reached.update(key for key, value in item.items() if value not in (None, []))
            reached["hidden"] += len(world.trajectories) - len(one_by_one)


async def test_the_database_alone_gives_a_viewer_only_lines_of_grants_in_force(
    stage: Stage,
) -> None:
    stage.on(NOW)
    seen_at_all = 0
    for seed in range(WORLDS):
        world = await world_of(stage, seed)
        with stage.database.connect_as_superuser() as db:
            stored = db.execute(
                "SELECT l.grant_id, l.trajectory_id, g.grantee_id, g.purposes, g.valid_from,"
                " g.valid_until FROM caseload_line l JOIN access_grant g ON g.id = l.grant_id"
            ).fetchall()
        with stage.database.connect("trede_reader") as reader:
            assert reader.execute("SELECT count(*) FROM caseload_line").fetchone() == (0,)
            for eyes in await eyes_of(stage, world):
                with reader.transaction():
                    reader.execute(
                        "SELECT wear(%s, %s, %s)", [eyes.account, eyes.hat, str(eyes.purpose)]
                    )
                    [(at,)] = reader.execute("SELECT moment()").fetchall()
                    found = reader.execute("SELECT grant_id, trajectory_id FROM caseload_line")
                    seen = set(found.fetchall())
                assert seen == {
                    (grant, trajectory)
                    for grant, trajectory, grantee, purposes, since, until in stored
                    if grantee in eyes.grantees
                    and purposes & eyes.purpose
                    and since <= at
                    and (until is None or at < until)
                }, eyes.name
                seen_at_all += len(seen)
    assert seen_at_all > 50


async def test_a_line_goes_with_its_grant_even_where_nobody_thinks_of_it(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    assert (await stage.seen("coach", "/v1/trajectories"))["items"] != []
    with stage.database.connect_as_superuser() as db:
        db.execute("DELETE FROM access_grant WHERE client_id = %s", [alfa.client])
        assert db.execute("SELECT count(*) FROM caseload_line").fetchone() == (0,)
    assert (await stage.seen("coach", "/v1/trajectories"))["items"] == []


_SOME = "WHERE ground LIKE 'assignment:%%' AND client_id = %s"


@pytest.mark.parametrize(
    "sabotage",
    [
        "DELETE FROM caseload_line",
        "UPDATE caseload_line SET mask = 134217727",
        "UPDATE caseload_line SET excerpts = '{}'",
    ],
    ids=["lost", "widened", "stale"],
)
async def test_lines_that_differ_from_the_records_are_told_and_mended(
    stage: Stage, sabotage: str
) -> None:
    alfa = await wgb_at_uwv(stage)
    writer = stage.app.state.services.engines.writer
    assert await checking.differences(writer, alfa.client) == 0
    with stage.database.connect_as_superuser() as db:
        assert db.execute(f"{sabotage} {_SOME}", [alfa.client]).rowcount
    assert await checking.differences(writer, alfa.client) > 0
    assert await checking.differences(writer, alfa.client, repair=True) > 0
    assert await checking.differences(writer, alfa.client) == 0


async def test_what_is_written_stands_in_the_lists_of_the_next_moment(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    rung = {"rung": 4, "measuredOn": "2025-01-10", "occasion": "six_monthly"}
    await stage.made("coach", f"{alfa.of_trajectory}/ladder-measurements", rung)
    [status] = (
        await stage.made("expert", "/v1/trajectory-statuses/_search", {"bsn": "999990019"})
    )["items"]
    assert status["rung"] == 4


async def test_two_who_write_at_once_both_stand_in_the_lists(stage: Stage) -> None:
    """The second waits for the first before it writes the lines, so that none is lost."""
    alfa = await wgb_at_uwv(stage)
    writer = stage.app.state.services.engines.writer
    path = f"{alfa.of_trajectory}/ladder-measurements"
    days = [str((NOW - timedelta(days=200 + n)).date()) for n in range(4)]
    stage.on(NOW)
    await asyncio.gather(
        *(
            stage.made("coach", path, {"rung": 2, "measuredOn": day, "occasion": "six_monthly"})
            for day in days
        )
    )
    assert await checking.differences(writer, alfa.client) == 0
