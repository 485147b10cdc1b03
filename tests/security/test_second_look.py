"""Two at once, seats that are reopened, and lists that say more than they showed."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import httpx
import psycopg
import pytest

from app.access import checking
from app.access.facts import Consent
from app.access.vocabulary import Category, Purpose
from tests.build.situations import wgb_at_uwv
from tests.build.stage import Stage
from tests.domain.reporting.test_reports import REPORT, alfa_in_july
from tests.domain.startconversation.table import Table
from tests.security.forgotten import changed_as
from tests.security.test_moves import seat_of, stored, with_coach
from tests.security.test_what_stays_closed import WORK

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


async def both_behind(
    stage: Stage, held: str, of: Any, *requests: Coroutine[Any, Any, httpx.Response]
) -> list[httpx.Response]:
    """Let these requests wait for the same lock, so that they go on at the same moment."""
    with stage.database.connect_as_superuser() as db, db.transaction(force_rollback=True):
        db.execute(held, [str(of)])
        running = [asyncio.ensure_future(request) for request in requests]
        with stage.database.connect_as_superuser() as other:
            for _ in range(200):
                await asyncio.sleep(0.02)
                found = other.execute(WAITING).fetchone()
                if found is not None and found[0] >= len(requests):
                    break
            else:
                pytest.fail("they did not wait")
    return list(await asyncio.gather(*running))


def moved_as(stage: Stage, party: str, statement: str, *values: object) -> int:
    """How many rows this party moves by a statement that forgot every check of the app."""
    try:
        return changed_as(stage, party, statement, *values)
    except psycopg.errors.InsufficientPrivilege:
        return 0


async def test_of_two_corrections_at_once_one_takes_the_place(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_trajectory}/ladder-measurements"
    body = {"rung": 2, "measuredOn": "2025-01-10", "occasion": "six_monthly"}
    first = await stage.made("coach", path, body)
    answers = await both_behind(
        stage,
        "SELECT pg_advisory_xact_lock(hashtextextended('client:' || %s, 0))",
        alfa.client,
        stage.post("coach", path, {**body, "rung": 3, "supersedes": first["id"]}),
        stage.post("coach", path, {**body, "rung": 5, "supersedes": first["id"]}),
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409]


async def test_two_authorities_are_not_let_in_by_asking_at_once(stage: Stage) -> None:
    table = Table(stage, await wgb_at_uwv(stage))
    stage.on("2025-04-03")
    await table.ask("clinician", "coach")
    path = f"{table.one}/invitations"
    answers = await both_behind(
        stage,
        "SELECT 1 FROM start_conversation WHERE id = %s FOR UPDATE",
        table.id,
        stage.post("clinician", path, {"invitations": [table.party("expert")]}),
        stage.post("clinician", path, {"invitations": [table.party("case_manager")]}),
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409]


async def test_a_seat_in_the_team_is_not_reopened_by_who_sees_it(stage: Stage) -> None:
    alfa = await with_coach(stage)
    await alfa.treat("colleague")
    member = stage.parties["colleague"].membership
    seat = stored(stage, "SELECT id FROM treatment_team_member WHERE membership_id = %s", member)
    with stage.database.connect_as_superuser() as db:
        db.execute("UPDATE treatment_team_member SET valid_until = moment() WHERE id = %s", [seat])
    await stage.recompile(alfa.client)
    reopen = "UPDATE treatment_team_member SET valid_until = NULL WHERE id = %s"
    counts = {p: moved_as(stage, p, reopen, seat) for p in ("psychologist", "clinician", "alfa")}
    assert counts == dict.fromkeys(counts, 0)


async def test_a_seat_that_closes_later_is_not_kept_longer(stage: Stage) -> None:
    alfa = await with_coach(stage)
    await alfa.move("clinician", "ended", reason="relocated")
    later = (
        "UPDATE participant SET valid_until = moment() + interval '50 years',"
        " keeps_own_records = true WHERE id = %s"
    )
    task = stored(stage, "SELECT id FROM responsibility")
    longer = "UPDATE responsibility SET valid_until = moment() + interval '50 years' WHERE id = %s"
    rows = ((later, seat_of(stage, "coach")), (longer, task))
    for party in ("coach", "expert", "clinician", "alfa"):
        assert [moved_as(stage, party, *row) for row in rows] == [0, 0], party


async def test_an_employer_does_not_lengthen_his_own_contract(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    work = {**WORK, "workplaceOrganisationId": str(stage.organisations["workplace"])}
    work.pop("employerName", None)
    await stage.made("coach", f"{alfa.of_trajectory}/placements", work)
    row = stored(stage, "SELECT id FROM placement_contract")
    longer = "UPDATE placement_contract SET valid_until = moment() + interval '9 years' WHERE id=%s"
    counts = {p: moved_as(stage, p, longer, row) for p in ("employer", "expert", "alfa")}
    assert counts == dict.fromkeys(counts, 0)


async def test_time_alone_is_no_difference(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    coach = stage.parties["clinician"]
    await alfa.put(
        Consent,
        trajectory_id=alfa.trajectory,
        recipient_organisation_id=coach.organisation,
        recipient_role=coach.role,
        recipient_membership_id=None,
        categories=Category.LADDER.bit | Category.STATUS.bit | Category.EXISTENCE.bit,
        purposes=Purpose.REINTEGRATION.bit | Purpose.TREATMENT.bit,
        valid_until="2025-01-20",
    )
    writer = stage.app.state.services.engines.writer
    assert await checking.differences(writer, alfa.client) == 0
    stage.on("2025-02-20")
    assert await checking.differences(writer, alfa.client) == 0


async def test_a_list_is_logged_with_the_same_grounds_as_its_record(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    body = {"rung": 2, "measuredOn": "2025-01-10", "occasion": "six_monthly"}
    await stage.made("coach", f"{alfa.of_trajectory}/ladder-measurements", body)
    await alfa.consent("clinician", Category.LADDER)

    grounds = []
    for path in (alfa.of_trajectory, "/v1/trajectories"):
        await stage.seen("clinician", path)
        with stage.database.connect_as_superuser() as db:
            grounds.append(
                db.execute(
                    "SELECT grounds, shown, withheld FROM access_log_entry"
                    " WHERE resource = 'Trajectory' ORDER BY xid::text::bigint DESC LIMIT 1"
                ).fetchone()
            )
    assert grounds[0] == grounds[1]


async def test_a_draft_is_not_released_past_the_client(stage: Stage) -> None:
    _, path = await alfa_in_july(stage)
    made = await stage.made("coach", path, REPORT)
    release = "UPDATE progress_report SET released_at = moment() WHERE id = %s"
    assert moved_as(stage, "coach", release, made["id"]) == 0
