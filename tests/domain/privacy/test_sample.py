"""One day of the log: what is drawn by chance, what is odd, and what the officer learns of it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.access.attribution import NOBODY
from app.access.facts import TreatmentTeamMember
from app.access.vocabulary import Role
from app.domain.privacy.queries.sampling import EXAMINED
from app.domain.privacy.rules.oddities import MOST_OPENED
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage
from tests.domain.privacy.officers import SAMPLE, lines_of, looked, officers

DAY = "2025-01-10"
NOON = f"{DAY}T11:00:00+00:00"


@pytest.fixture
async def alfa(stage: Stage) -> Situation:
    officers(stage)
    return await wgb_at_uwv(stage)


async def drawn(stage: Stage, by: str = "officer", **asked: Any) -> dict[str, Any]:
    return await stage.made(by, SAMPLE, {"day": DAY, "drawn": 0, "seed": "s", **asked})


async def flags(stage: Stage, **asked: Any) -> dict[str, list[str]]:
    found = await drawn(stage, **asked)
    return {item["clientId"]: item["flags"] for item in found["items"]}


def many(stage: Stage, party: str, count: int, **values: Any) -> None:
    """This party opened so many clients on that day, each one look with a relation on the log."""
    looked(stage, party, uuid4(), NOON, **values)
    with stage.database.connect_as_superuser() as db:
        db.execute(
            "INSERT INTO access_log_entry (id, at, client_id, grantee_id, membership_id,"
            " organisation_id, role, purpose, resource, verb, listed, outcome, shown, withheld,"
            " grounds, policy_version, request_id, salt, leaf_hash)"
            " SELECT gen_random_uuid(), at, gen_random_uuid(), grantee_id, membership_id,"
            " organisation_id, role, purpose, resource, verb, listed, outcome, shown, withheld,"
            " grounds, policy_version, request_id, salt, leaf_hash"
            " FROM access_log_entry, generate_series(2, %s) WHERE membership_id = %s",
            [count, stage.parties[party].membership],
        )


async def test_a_look_without_a_relation_at_that_moment_is_put_forward(
    stage: Stage, alfa: Situation
) -> None:
    """By the facts, whatever ground stands on the line; half-open to the microsecond."""
    begin, end = (datetime.fromisoformat(f"{DAY}T{hour}:00:00+00:00") for hour in ("08", "16"))
    tick = timedelta(microseconds=1)
    edges = {begin - tick: True, begin: False, end - tick: False, end: True}
    odd = set()
    for at, is_odd in edges.items():
        client = uuid4()
        await alfa.put(
            TreatmentTeamMember,
            client_id=client,
            membership_id=stage.parties["colleague"].membership,
            valid_from=begin,
            valid_until=end,
        )
        looked(stage, "colleague", client, at)
        if is_odd:
            odd.add(str(client))
    assert await flags(stage) == {client: ["no_relation"] for client in odd}


async def test_who_stands_in_for_a_colleague_has_the_relation_of_that_colleague(
    stage: Stage, alfa: Situation
) -> None:
    looked(stage, "colleague", alfa.client, NOON)
    assert await flags(stage) == {str(alfa.client): ["no_relation"]}
    with stage.database.connect_as_superuser() as db:
        db.execute(
            "INSERT INTO substitution (id, absent_membership_id, substitute_membership_id,"
            " recorded_by, valid_from, valid_until) VALUES (%s, %s, %s, %s, %s, %s)",
            [
                uuid4(),
                stage.parties["psychologist"].membership,
                stage.parties["colleague"].membership,
                uuid4(),
                "2025-01-10",
                "2025-01-11",
            ],
        )
    assert await flags(stage) == {}


async def test_a_look_at_someone_of_the_same_name_is_put_forward_and_tells_no_name_of_the_client(
    stage: Stage, alfa: Situation
) -> None:
    stage.member("namesake", Role.CLINICIAN, "ggz", "S. van Alfa")
    for party in ("namesake", "psychologist"):
        await alfa.treat(party)
        looked(stage, party, alfa.client, NOON)
    found = await drawn(stage, drawn=50)
    assert {item["name"]: item["flags"] for item in found["items"]} == {
        "S. van Alfa": ["own_name"],
        "Psycholoog-A1": [],
    }
    assert "Testclient" not in str(found)
    assert str(found).count("Alfa") == 1


@pytest.mark.parametrize(("clients", "told"), [(39, []), (40, []), (41, [41])])
async def test_who_opens_more_than_forty_clients_on_a_day_reads_in_bulk(
    stage: Stage, clients: int, told: list[int]
) -> None:
    assert MOST_OPENED == 40
    officers(stage)
    many(stage, "colleague", clients)
    many(stage, "clinician", 60, listed=True)
    many(stage, "other_clinician", 60)
    found = await drawn(stage)
    assert [reader["opened"] for reader in found["bulkReaders"]] == told
    assert {reader["name"] for reader in found["bulkReaders"]} <= {"Behandelaar-A2"}


async def test_a_draw_is_by_chance_repeatable_and_as_large_as_was_asked(stage: Stage) -> None:
    officers(stage)
    many(stage, "colleague", 40, grounds=["referral:" + str(uuid4())])
    first, again, other = [
        {item["clientId"] for item in (await drawn(stage, drawn=5, seed=seed))["items"]}
        for seed in ("a", "a", "b")
    ]
    assert first == again
    assert first != other
    assert len(first) == len(other) == 5
    found = await stage.made("officer", SAMPLE, {"day": DAY, "drawn": 5})
    assert found["seed"]
    assert all(item["drawn"] for item in found["items"])


@pytest.mark.parametrize(("pairs", "complete"), [(EXAMINED, True), (EXAMINED + 1, False)])
async def test_it_says_when_not_all_was_looked_into_and_goes_by_the_odd_ones_first(
    stage: Stage, pairs: int, complete: bool
) -> None:
    officers(stage)
    many(stage, "colleague", pairs - 1, grounds=[f"treatment:{uuid4()}"])
    looked(stage, "psychologist", odd := uuid4(), NOON, grounds=[f"author:{uuid4()}"])
    found = await drawn(stage)
    assert found["complete"] is complete
    assert str(odd) in {item["clientId"] for item in found["items"]}
    of_one = await drawn(stage, membershipId=str(stage.parties["psychologist"].membership))
    assert of_one["complete"] is True
    assert [item["clientId"] for item in of_one["items"]] == [str(odd)]


async def test_a_day_is_a_dutch_one_and_night_is_odd(stage: Stage, alfa: Situation) -> None:
    for at in ("2025-01-09T22:59:59.999999+00:00", "2025-01-10T23:00:00+00:00"):
        looked(stage, "psychologist", alfa.client, at)
    assert await flags(stage) == {}
    looked(stage, "psychologist", alfa.client, "2025-01-09T23:00:00+00:00")
    assert await flags(stage) == {str(alfa.client): ["out_of_hours"]}


async def test_a_broken_glass_is_put_forward_until_the_desk_has_reviewed_it(
    stage: Stage, alfa: Situation
) -> None:
    why = {"reason": "psychiatric_crisis", "explanation": "x", "clientId": str(alfa.client)}
    path = "/v1/emergency-accesses"
    glass = await stage.made("colleague", path, why, purpose_of_use="emergency")
    today = {"day": "2025-01-14", "membershipId": str(stage.parties["colleague"].membership)}
    assert await flags(stage, **today) == {str(alfa.client): ["unreviewed_emergency"]}
    due = f"{SAMPLE.removesuffix('/access-log/_sample')}/reviews-due"
    assert [item["id"] for item in (await stage.seen("desk", due))["items"]] == [glass["id"]]
    for party in ("officer", "clinician", "alfa"):
        assert (await stage.get(party, due)).status_code == 403, party
    verdict = {"outcome": "justified", "finding": "Crisis."}
    await stage.made("desk", f"{path}/{glass['id']}/reviews", verdict)
    assert await flags(stage, **today) == {}
    assert (await stage.seen("desk", due))["items"] == []


async def test_a_sample_stands_on_the_log_of_who_is_in_it_and_of_nobody_else(
    stage: Stage, alfa: Situation
) -> None:
    await alfa.treat("colleague")
    looked(stage, "colleague", alfa.client, NOON)
    looked(stage, "psychologist", odd := uuid4(), NOON)
    assert set(await flags(stage)) == {str(odd)}
    assert {(client, what) for client, what, _ in lines_of(stage, "officer")} == {
        (NOBODY, "LogSample"),
        (odd, "LogSample"),
    }


async def test_a_member_elsewhere_is_as_one_that_is_not(stage: Stage, alfa: Situation) -> None:
    looked(stage, "expert", alfa.client, NOON)
    for member in (stage.parties["expert"].membership, uuid4(), UUID(int=0)):
        body = {"day": DAY, "membershipId": str(member)}
        assert (await stage.post("officer", SAMPLE, body)).status_code == 404
    assert await flags(stage) == {}
    assert await flags(stage, by="other_officer") == {}
