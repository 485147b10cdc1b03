"""Seeing a seat, a task or a referral is not yet moving it: the database knows who may."""

from typing import Any
from uuid import UUID

import psycopg
import pytest

from app.access.vocabulary import Role
from tests.build.stage import Party, Stage
from tests.domain.trajectory.courses import Course, started
from tests.security.forgotten import changed_as
from tests.security.test_self_service import LINKS, link

REFUSED = psycopg.errors.InsufficientPrivilege
LEAVE = "UPDATE participant SET valid_until = moment(), keeps_own_records = true WHERE id = %s"
STOP = "UPDATE responsibility SET valid_until = moment() WHERE id = %s"


async def with_coach(stage: Stage) -> Course:
    """At UWV with a coach, and the treatment and a friend look on."""
    alfa = await started(stage)
    await alfa.treat("psychologist")
    await alfa.with_coach()
    await with_friend(stage, alfa)
    return alfa


async def with_friend(stage: Stage, alfa: Course) -> None:
    friend = {"name": "Naaste-A1", "scope": ["existence", "status"]}
    made = await stage.made("alfa", f"{alfa.of_client}/supporters", friend)
    login = link(stage, alfa.client, "subject-friend")
    await stage.made("alfa", LINKS, {**login, "role": "supporter", "personId": made["id"]})
    hat = UUID(made["id"])
    stage.parties["friend"] = Party("friend", "subject-friend", hat, role=Role.SUPPORTER)


def stored(stage: Stage, statement: str, *values: Any) -> Any:
    with stage.database.connect_as_superuser() as db:
        found = db.execute(statement, values).fetchone()
    assert found is not None
    return found[0]


def seat_of(stage: Stage, party: str) -> Any:
    member = stage.parties[party].membership
    return stored(stage, "SELECT id FROM participant WHERE membership_id = %s", member)


async def test_a_seat_is_left_by_who_sits_there_or_the_organisation_that_gave_it(
    stage: Stage,
) -> None:
    await with_coach(stage)
    for party, of in (
        ("coach", "clinician"),
        ("coach", "expert"),
        ("clinician", "coach"),
        ("clinician", "expert"),
        ("expert", "clinician"),
        ("psychologist", "coach"),
        ("friend", "coach"),
    ):
        assert changed_as(stage, party, LEAVE, seat_of(stage, of)) == 0, (party, of)
    for party, of in (("physician", "coach"), ("psychologist", "clinician"), ("expert", "expert")):
        assert changed_as(stage, party, LEAVE, seat_of(stage, of)) == 1, (party, of)


async def test_a_seat_that_was_left_is_never_taken_again(stage: Stage) -> None:
    await with_coach(stage)
    seat = seat_of(stage, "coach")
    for change in ("valid_until = NULL", "valid_until = moment(), keeps_own_records = false"):
        with pytest.raises(REFUSED):
            changed_as(stage, "coach", f"UPDATE participant SET {change} WHERE id = %s", seat)
    assert changed_as(stage, "coach", LEAVE, seat) == 1
    later = "UPDATE participant SET valid_until = moment() + interval '1 year' WHERE id = %s"
    for party in ("coach", "expert", "alfa"):
        assert changed_as(stage, party, later, seat) == 0, party


async def test_a_task_is_stopped_by_the_client_alone(stage: Stage) -> None:
    await with_coach(stage)
    task = stored(stage, "SELECT id FROM responsibility")
    for party in ("expert", "physician", "clinician", "psychologist", "coach", "friend"):
        assert changed_as(stage, party, STOP, task) == 0, party
    with pytest.raises(REFUSED):
        changed_as(
            stage, "alfa", "UPDATE responsibility SET valid_until = NULL WHERE id = %s", task
        )
    assert changed_as(stage, "alfa", STOP, task) == 1
    assert changed_as(stage, "alfa", STOP, task) == 0


async def test_at_the_end_of_a_trajectory_seats_and_tasks_are_closed_by_who_ended_it(
    stage: Stage,
) -> None:
    alfa = await with_coach(stage)
    await alfa.move("clinician", "ended", reason="relocated")
    task = stored(stage, "SELECT id FROM responsibility")
    until = stored(stage, "SELECT valid_until FROM participant WHERE valid_until IS NOT NULL")
    assert until == stored(stage, "SELECT valid_until FROM responsibility")
    assert stored(stage, "SELECT count(*) FROM participant WHERE valid_until IS NULL") == 0
    for party in ("expert", "coach", "friend"):
        assert changed_as(stage, party, STOP, task) == 0, party
        assert changed_as(stage, party, LEAVE, seat_of(stage, "clinician")) == 0, party


async def test_a_referral_is_answered_by_the_receiver_and_taken_back_by_the_sender(
    stage: Stage,
) -> None:
    alfa = await started(stage)
    await alfa.treat("psychologist")
    await with_friend(stage, alfa)
    referral = UUID((await alfa.refer())["id"])

    def decided(party: str, what: str, by: str | None = None) -> int:
        statement = f"UPDATE referral SET {what} = moment(), decided_by = %s WHERE id = %s"
        return changed_as(stage, party, statement, stage.parties[by or party].membership, referral)

    for party in ("psychologist", "friend"):
        for what in ("accepted_at", "refused_at", "withdrawn_at"):
            assert decided(party, what) == 0, (party, what)
    for party, what in (
        ("clinician", "accepted_at"),
        ("clinician", "refused_at"),
        ("alfa", "accepted_at"),
        ("expert", "withdrawn_at"),
    ):
        with pytest.raises(REFUSED):
            decided(party, what)
    with pytest.raises(REFUSED):
        decided("expert", "accepted_at", by="expert_colleague")
    assert decided("expert", "accepted_at") == 1
    for party, what in (("clinician", "withdrawn_at"), ("expert", "refused_at")):
        assert decided(party, what) == 0, (party, what)


@pytest.mark.parametrize("table", ["participant", "responsibility", "referral"])
async def test_what_the_database_refuses_to_move_is_never_told_as_done(
    stage: Stage, table: str
) -> None:
    alfa = await started(stage)
    if table == "referral":
        sent = await alfa.refer()
        party, path, act = "expert", f"/v1/referrals/{sent['id']}", "acceptances"
    else:
        await alfa.with_coach()
        task = stored(stage, "SELECT id FROM responsibility")
        party, path, act = {
            "participant": ("coach", f"participants/{seat_of(stage, 'coach')}", "ends"),
            "responsibility": ("alfa", f"responsibilities/{task}", "stops"),
        }[table]
        path = f"{alfa.of_trajectory}/{path}"
    tag = (await stage.get(party, path)).headers["etag"]
    with stage.database.connect_as_superuser() as db:
        db.execute(f"ALTER POLICY moves ON {table} USING (false)")
    assert (await stage.post(party, f"{path}/{act}", if_match=tag)).status_code == 403
