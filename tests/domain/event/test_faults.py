"""Whatever a receiver or a worker does: nothing is lost, and ordinarily nothing comes twice."""

import asyncio
import inspect
import socket
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from psycopg.rows import dict_row

from app.domain.event.actions import calling, running
from app.domain.event.actions.delivering import Courier
from app.domain.event.actions.fanning import sweep
from app.domain.event.queries import sending
from app.platform.security.outward import PublicTransport
from tests.build.receivers import URL, Got, Road, post_office
from tests.build.stage import Stage
from tests.domain.event.subscribing import Told, subscriber, telling

DAYS = timedelta(days=1)


def later(stage: Stage, by: timedelta) -> None:
    """The database clock goes on."""
    with stage.straight() as db:
        db.execute("UPDATE clock_offset SET shift = shift + %s", [by])


def rows(stage: Stage, table: str = "event_delivery") -> list[dict[str, Any]]:
    with stage.database.connect_as_superuser() as db:
        return db.cursor(row_factory=dict_row).execute(f"SELECT * FROM {table}").fetchall()


async def tried(told: Told, times: int) -> None:
    """So many more rounds, each when the next attempt is due."""
    for _ in range(times):
        later(told.stage, timedelta(hours=10))
        await told.post.round()


@pytest.mark.parametrize("status", [500, 400, 302, 429, 503])
async def test_what_is_refused_comes_again_under_the_same_id(stage: Stage, status: int) -> None:
    async with telling(stage) as told:
        told.receiver.status = status
        told.receiver.headers = {"Location": URL + "/elsewhere"}
        await told.happen()
        await told.post.round()
        assert await told.post.round() == 0, "not before its time"
        assert [got.path for got in told.receiver.got] == ["/events"], "no redirect is followed"
        found = await told.who.seen()
        assert found["lastStatus"] == status
        assert found["failingSince"]
        told.receiver.status = 204
        await tried(told, 1)
        assert len(told.receiver.got) == 2
        assert len(set(told.receiver.ids)) == 1
        assert [row["state"] for row in rows(stage)] == ["delivered"]
        assert "failingSince" not in await told.who.seen()


async def test_a_busy_receiver_is_left_alone_as_long_as_it_asks(stage: Stage) -> None:
    async with telling(stage) as told:
        told.receiver.status, told.receiver.headers = 429, {"Retry-After": "7200"}
        await told.happen()
        await told.post.round()
        told.receiver.status = 204
        await told.happen()
        later(stage, timedelta(seconds=7000))
        assert await told.post.round() == 0, "nor is anything else sent meanwhile"
        later(stage, timedelta(seconds=300))
        assert await told.post.round() == 2


async def test_a_receiver_that_is_down_for_a_day_loses_nothing(
    stage: Stage,
) -> None:
    async with telling(stage) as told:
        await told.post.courier._lines.close()
        told.post.courier._lines._transport = partial(Road, 1)
        made = [await told.happen() for _ in range(5)]
        for _ in range(24):
            later(stage, timedelta(hours=1))
            await told.post.round()
        assert told.receiver.got == []
        assert sum(row["attempts"] for row in rows(stage)) < 24 * 5, "one tries for all"
        await told.post.courier._lines.close()
        told.post.courier._lines._transport = partial(Road, told.receiver.port)
        await tried(told, 2)
        assert sorted(got.event["subject"] for got in told.receiver.got) == sorted(made)
        assert len(set(told.receiver.ids)) == 5


async def test_a_receiver_that_is_gone_ends_its_subscription(stage: Stage) -> None:
    async with telling(stage) as told:
        told.receiver.status = 410
        await told.happen()
        await told.post.round()
        found = await told.who.seen()
        assert (found["state"], found["endedWhy"]) == ("ended", "gone")
        await tried(told, 1)
        assert len(told.receiver.got) == 1
        await sweep(told.post.worker)
        assert rows(stage) == []


async def test_after_five_days_it_is_a_dead_letter_that_can_be_seen_and_sent_again(
    stage: Stage,
) -> None:
    async with telling(stage) as told:
        told.receiver.status = 500
        made = await told.happen()
        await told.post.round()
        await tried(told, 14)
        (letter,) = (await told.who.seen(f"{told.who.path}/dead-letters"))["items"]
        assert letter["event"]["subject"] == made
        assert (letter["lastStatus"], letter["lastFault"]) == (500, "refused")
        assert letter["attempts"] > 5
        before = len(told.receiver.got)
        await tried(told, 2)
        assert len(told.receiver.got) == before, "a dead letter is not tried"
        told.receiver.status = 204
        one = {"deadLetterId": letter["id"]}
        answer = await told.who.call("POST", f"{told.who.path}/redeliveries", one)
        assert answer.status_code == 200
        await told.post.round()
        assert told.receiver.got[-1].event["id"] == letter["event"]["id"]
        assert (await told.who.seen(f"{told.who.path}/dead-letters"))["items"] == []


async def test_each_subject_is_told_of_in_order(stage: Stage) -> None:
    async with telling(stage) as told:
        told.receiver.status = 500
        first = await told.happen()
        with stage.straight() as db:
            db.execute(
                "INSERT INTO outbox_event (id, verb, subject_id, occurred_at) SELECT"
                " gen_random_uuid(), 'work_question.recorded', %s, moment()"
                " FROM generate_series(1, 3)",
                [first],
            )
        await told.post.round()
        mine = [got for got in told.receiver.got if got.event["subject"] == first]
        assert len({got.event["id"] for got in mine}) == 1, "the others wait behind the first"
        told.receiver.status = 204
        await tried(told, 2)
        mine = [got for got in told.receiver.got if got.event["subject"] == first]
        order = [row["event_id"] for row in sorted(rows(stage), key=lambda row: row["place"])]
        arrived = list(dict.fromkeys(got.event["id"] for got in mine))
        assert arrived == [str(one) for one in order if str(one) in arrived]
        assert len(arrived) == 4


async def test_a_worker_that_dies_after_sending_sends_the_same_event_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with telling(stage) as told:
        await told.happen()

        async def dies(*_: Any) -> None:
            raise ConnectionError

        with monkeypatch.context() as broken:
            broken.setattr(sending, "arrived", dies)
            await told.post.round()
        assert await told.post.round() == 0, "it may be on its way still"
        later(stage, timedelta(seconds=100))
        assert await told.post.round() == 1
        assert len(told.receiver.got) == 2
        assert len(set(told.receiver.ids)) == 1
        assert told.receiver.got[0].body == told.receiver.got[1].body


async def test_two_workers_at_once_tell_everything_once(stage: Stage) -> None:
    async with telling(stage) as told, post_office(stage, partial(Road, told.receiver.port)) as two:
        made = [await told.happen() for _ in range(12)]
        for _ in range(4):
            await asyncio.gather(told.post.round(), two.round())
        assert sorted(got.event["subject"] for got in told.receiver.got) == sorted(made)


async def test_what_is_announced_by_a_transaction_that_commits_late_is_not_passed(
    stage: Stage,
) -> None:
    async with telling(stage) as told:
        first = await told.happen()
        await told.post.round()
        told.receiver.got.clear()
        with stage.database.connect_as_superuser() as late, late.transaction():
            late.execute(
                "INSERT INTO outbox_event (id, verb, subject_id, occurred_at) VALUES"
                " (gen_random_uuid(), 'work_question.recorded', %s,"
                " moment() - interval '1 minute')",
                [first],
            )
            await told.happen()
            await told.post.round()
            assert len(told.receiver.got) == 1
        await told.post.round()
        assert [got.event["subject"] for got in told.receiver.got].count(first) == 1


async def test_one_slow_receiver_holds_up_no_other(stage: Stage) -> None:
    async with telling(stage) as told:
        release = asyncio.Event()

        async def slow(got: Got) -> None:
            if got.path.endswith("/slow"):
                await release.wait()

        told.receiver.before_answer = slow
        other = await subscriber(stage, "psychologist")
        await other.subscribe("https://slow.example.org/slow")
        await told.post.ask()
        for _ in range(8):
            await told.happen()
        await told.post.give_out()
        while await told.post.courier.send():
            pass
        while sum(not got.path.endswith("/slow") for got in told.receiver.got) < 8:
            await told.post.courier.rest(0.05)
            await told.post.courier.send()
        held = [got for got in told.receiver.got if got.path.endswith("/slow")]
        assert len(held) <= 4, "no more at once than one receiver may have"
        release.set()
        await told.post.courier.settle()
        await told.post.round()
        assert len({(got.path, got.event["id"]) for got in told.receiver.got}) == 16


async def test_a_receiver_that_takes_too_long_is_tried_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with telling(stage) as told:
        monkeypatch.setattr(calling, "SECONDS", 0.5)

        async def sleeps(_: Got) -> None:
            await asyncio.sleep(3)

        told.receiver.before_answer = sleeps
        await told.happen()
        await told.post.round()
        assert (await told.who.seen())["lastFault"] == "timeout"
        told.receiver.before_answer = None
        monkeypatch.setattr(calling, "SECONDS", 30)
        await tried(told, 1)
        assert [row["state"] for row in rows(stage)] == ["delivered"]


@pytest.mark.parametrize("resolves", ["127.0.0.1", "10.0.0.8", "169.254.169.254", None])
async def test_a_name_that_leads_into_a_network_or_nowhere_is_not_called(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, resolves: str | None
) -> None:
    async with telling(stage) as told:

        def lookup(*_: Any, **__: Any) -> list[Any]:
            if resolves is None:
                raise socket.gaierror
            return [(socket.AF_INET, 0, 0, "", (resolves, told.receiver.port))]

        monkeypatch.setattr(socket, "getaddrinfo", lookup)
        await told.post.courier._lines.close()
        told.post.courier._lines._transport = PublicTransport
        with stage.straight() as db:
            where = f"https://inside.example.org:{told.receiver.port}/events"
            db.execute("UPDATE event_subscription SET url = %s", [where])
        await told.happen()
        await told.post.round()
        assert told.receiver.got == []
        assert (await told.who.seen())["lastFault"] == "unreachable"


@pytest.mark.parametrize(
    "url", ["http://hooks.example.org/", "https://127.0.0.1/", "https://[::ffff:10.0.0.8]/"]
)
async def test_an_address_within_a_network_cannot_be_subscribed(stage: Stage, url: str) -> None:
    who = await subscriber(stage)
    answer = await who.call("POST", "/v1/webhook-subscriptions", {"url": url})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/url"


async def test_during_a_rotation_both_secrets_sign_and_afterwards_the_new_one_alone(
    stage: Stage,
) -> None:
    async with telling(stage) as told:
        old = told.who.made["secret"]
        new = (await told.who.act("rotations"))["secret"]
        assert "secret" not in await told.who.seen()
        await told.happen()
        await told.post.round()
        assert told.receiver.got[0].is_signed_with(old)
        assert told.receiver.got[0].is_signed_with(new)
        later(stage, 2 * DAYS)
        await told.happen()
        await told.post.round()
        assert told.receiver.got[1].is_signed_with(new)
        assert not told.receiver.got[1].is_signed_with(old)


async def test_a_rate_that_the_receiver_named_is_kept(stage: Stage) -> None:
    async with telling(stage) as told:
        told.receiver.consents["WebHook-Allowed-Rate"] = "60"
        await told.who.act("verifications")
        await told.post.ask()
        for _ in range(3):
            await told.happen()
        assert await told.post.round() == 1
        later(stage, timedelta(seconds=2))
        assert await told.post.round() == 1


async def test_the_answer_of_a_receiver_is_not_read_beyond_a_bound_nor_kept(stage: Stage) -> None:
    async with telling(stage) as told:
        told.receiver.words = b"geheim " * 200_000
        await told.happen()
        await told.post.round()
        assert [row["state"] for row in rows(stage)] == ["delivered"]
        assert "geheim" not in str(rows(stage)) + str(rows(stage, "event_subscription"))


async def test_nothing_is_kept_longer_than_is_said(stage: Stage) -> None:
    async with telling(stage) as told:
        await told.happen()
        await told.post.round()
        later(stage, 31 * DAYS)
        await sweep(told.post.worker)
        assert rows(stage) == []


def test_the_application_has_no_other_way_out_than_the_guarded_one() -> None:
    """Only a test can put another one in its place: no setting leads to it."""
    source = inspect.getsource(running)
    assert "Courier(services, worker)" in source
    assert inspect.signature(Courier).parameters["transport"].default is PublicTransport
