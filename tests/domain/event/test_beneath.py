"""Beneath the application: what waits is guarded by row security, and goes with its client."""

from uuid import uuid4

import psycopg
import pytest

from app.platform.postgres import API, READER, WORKER
from tests.build.stage import BSN, Stage
from tests.domain.event.subscribing import PATH, Subscriber, telling
from tests.domain.event.test_faults import rows
from tests.domain.event.test_who_is_told import given_out


@pytest.mark.parametrize("login", [READER, API])
async def test_what_waits_is_seen_under_the_hat_it_waits_for_and_no_other(
    stage: Stage, login: str
) -> None:
    async with telling(stage) as told:
        await told.happen()
        await given_out(stage)
        machine, hat = told.who.system.id, told.who.on_behalf_of
        other = str(stage.parties["colleague"].membership)
        count = "SELECT count(*) FROM event_delivery"
        treatment = rows(stage, "event_subscription")[0]["purpose_bit"]
        wear = "SELECT wear(%s, %s, %s)"
        with stage.database.connect(login) as db:
            assert db.execute(count).fetchone() == (0,), "without a hat"
            found = {}
            for name, worn in {"other": other, "mine": hat, "another purpose": hat}.items():
                purpose = str(treatment * 2 if name == "another purpose" else treatment)
                with db.transaction():
                    db.execute(wear, [machine, worn, purpose])
                    found[name] = db.execute(count).fetchone()
        assert found == {"other": (0,), "mine": (1,), "another purpose": (0,)}


async def test_the_worker_reads_no_secret_and_of_grants_only_those_of_who_wants_events(
    stage: Stage,
) -> None:
    async with telling(stage) as told:
        with stage.database.connect(WORKER) as db:
            for columns in ("secret", "wrapped_key", "previous_secret"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    db.execute(f"SELECT {columns} FROM event_subscription")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute("SELECT basis_id FROM access_grant")
            seen = db.execute("SELECT DISTINCT grantee_id FROM access_grant").fetchall()
        assert [str(grantee) for (grantee,) in seen] == [told.who.on_behalf_of]


async def test_the_secret_is_nowhere_in_the_tables(stage: Stage) -> None:
    async with telling(stage) as told:
        await told.who.act("rotations")
        assert told.who.made["secret"].removeprefix("whsec_") not in str(
            rows(stage, "event_subscription")
        )


async def test_a_system_without_a_colleague_is_told_of_what_it_registered(stage: Stage) -> None:
    async with telling(stage) as told:
        alone = told.who.system
        answer = await alone.call("POST", PATH, {"types": ["nl.trede.clients.registered"]})
        assert answer.status_code == 201
        body = {"bsn": BSN["echo"], "givenName": "T", "familyName": "Echo"}
        made = await alone.call("POST", "/v1/clients", {**body, "birthDate": "1990-05-17"})
        assert made.status_code == 201
        await given_out(stage)
        feed = await alone.call("GET", f"/v1/events?subscriptionId={answer.json()['id']}")
        assert [event["subject"] for event in feed.json()["items"]] == [made.json()["id"]]


async def test_a_request_sent_twice_subscribes_once_and_tells_the_secret_once(
    stage: Stage,
) -> None:
    async with telling(stage) as told:
        key, body = str(uuid4()), {"url": "https://hooks.example.org/again"}
        first = await told.who.call("POST", PATH, body, idempotency_key=key)
        again = await told.who.call("POST", PATH, body, idempotency_key=key)
        assert (first.status_code, again.status_code) == (201, 201)
        assert first.json()["id"] == again.json()["id"]
        assert "secret" in first.json()
        assert "secret" not in again.json()


async def test_there_is_an_end_to_how_much_one_system_subscribes(stage: Stage) -> None:
    async with telling(stage) as told:
        who = Subscriber(told.who.system, told.who.on_behalf_of)
        for _ in range(19):
            await who.subscribe(None)
        assert (await who.call("POST", PATH, {})).status_code == 409


async def test_another_address_is_asked_before_it_is_called(stage: Stage) -> None:
    async with telling(stage) as told:
        tag = (await told.who.call("GET", told.who.path)).headers["etag"]
        change = {
            "url": "https://hooks.example.org/moved",
            "types": ["nl.trede.clients.registered"],
        }
        answer = await told.who.call("PATCH", told.who.path, change, if_match=tag)
        assert (answer.status_code, answer.json()["state"]) == (200, "pending")
        await told.happen()
        assert await told.post.round() == 0
        await told.post.ask()
        found = await told.who.seen()
        assert (found["state"], found["url"]) == ("active", change["url"])
