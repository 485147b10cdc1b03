"""Room for calls is shared: one slow host, organisation or system takes none of another's."""

import asyncio

import pytest

from app.domain.event.actions import calling
from app.domain.event.actions.subscribing import MOST
from app.domain.event.rules.trying import SubscriptionState
from tests.build.receivers import Got
from tests.build.stage import Stage
from tests.domain.consent.asking import consent
from tests.domain.event.subscribing import PATH, RECORDED, Subscriber, Told, subscriber, telling

PATIENCE = 120
"""Seconds before a test gives up; what is promised is that it comes about, not how soon."""
SLOW = "slow.example.org"


class Held:
    """A receiver that does not answer for these hosts before it is let go."""

    def __init__(self, told: Told) -> None:
        self.go, self.got = asyncio.Event(), list[str]()
        told.receiver.before_answer = told.receiver.before_consent = None
        self.told = told

    async def __call__(self, got: Got) -> None:
        host = got.headers["host"].partition(":")[0]
        if host.endswith(SLOW):
            self.got.append(host)
            await self.go.wait()


async def subscribe(who: Subscriber, hosts: list[str]) -> None:
    for at, host in enumerate(hosts):
        await who.subscribe(f"https://{host}/{at}", RECORDED)


async def quick(told: Told, events: int) -> None:
    """The receiver that does answer gets all that it is to be told."""
    async with asyncio.timeout(PATIENCE):
        while sum(got.path == "/events" for got in told.receiver.got) < events:
            await told.post.courier.send()
            await told.post.courier.rest(0.05)


async def begun(told: Told, events: int) -> None:
    for _ in range(events):
        await told.happen()
    await told.post.give_out()


@pytest.mark.parametrize(
    ("hosts", "most"),
    [([SLOW] * 8, 4), ([SLOW.upper() + ":8443"] * 8, 4), ([f"h{n}.{SLOW}" for n in range(9)], 16)],
    ids=["one host", "one host in capitals", "many hosts of one organisation"],
)
async def test_a_slow_host_or_organisation_holds_up_no_other(
    stage: Stage, hosts: list[str], most: int
) -> None:
    party, admin = ("coach", "company_admin") if most > 4 else ("clinician", "ggz_admin")
    async with telling(stage, party, admin, RECORDED) as told:
        if party == "coach":
            allowed = consent(told.alfa, "ggz", "coach", "work_question")
            await stage.made("alfa", f"{told.alfa.of_client}/consents", allowed)
        await subscribe(await subscriber(stage, "psychologist", "ggz_admin"), hosts)
        for _ in hosts:
            await told.post.ask()
        await told.post.round()
        told.receiver.got.clear()
        held = Held(told)
        told.receiver.before_answer = held
        await begun(told, 6)
        await quick(told, 6)
        assert 0 < len(held.got) <= most
        held.go.set()
        await told.post.courier.settle()
        await told.post.round()
        assert len({(got.path, got.event["id"]) for got in told.receiver.got}) == 6 * (
            1 + len(hosts)
        )


async def test_an_organisation_takes_no_room_of_another_at_the_same_host(stage: Stage) -> None:
    async with telling(stage) as told:
        first = await subscriber(stage, "psychologist")
        await subscribe(first, [SLOW] * 8)
        other = await subscriber(stage, "expert", "uwv_admin")
        await other.subscribe(f"https://{SLOW}/events", RECORDED)
        go = asyncio.Event()

        async def hold(got: Got) -> None:
            if got.path != "/events":
                await go.wait()

        told.receiver.before_consent = hold
        async with asyncio.timeout(PATIENCE):
            while (await other.seen())["state"] != SubscriptionState.ACTIVE:
                await told.post.courier.ask()
                await told.post.courier.rest(0.05)
        go.set()
        await told.post.courier.settle()


async def test_receivers_that_are_slow_to_agree_hold_up_no_other(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calling, "SECONDS", PATIENCE)
    async with telling(stage) as told:
        held = Held(told)
        told.receiver.before_consent = held
        slow = await subscriber(stage, "psychologist")
        await subscribe(slow, [f"h{n}.{SLOW}" for n in range(8)] + [SLOW] * 4)
        other = await subscriber(stage, "expert", "uwv_admin")
        await other.subscribe()
        async with asyncio.timeout(PATIENCE):
            while (await other.seen())["state"] != SubscriptionState.ACTIVE:
                await told.post.courier.ask()
                await told.post.courier.rest(0.05)
        assert len(held.got) <= 4
        held.go.set()
        await told.post.courier.settle()
        for _ in range(8):
            await told.post.ask()
        found = (await slow.seen(PATH))["items"]
        assert {one["state"] for one in found} == {SubscriptionState.ACTIVE}


async def test_no_more_subscriptions_than_allowed_however_many_are_asked_for_at_once(
    stage: Stage,
) -> None:
    who = await subscriber(stage)
    for _ in range(MOST - 1):
        await who.subscribe(None)
    token = await who.system.token()
    hat, body = {"on_behalf_of": who.on_behalf_of}, {"types": ["*"]}
    with stage.database.connect_as_superuser() as holding:
        holding.autocommit = False
        holding.execute("LOCK TABLE event_subscription IN SHARE MODE")  # read, and not yet written
        asked = [
            asyncio.create_task(who.system.call("POST", PATH, body, token=token, **hat))
            for _ in range(3)
        ]
        await until_all_wait(stage, len(asked))
        holding.rollback()
    answers = await asyncio.gather(*asked)
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]


async def until_all_wait(stage: Stage, many: int) -> None:
    for _ in range(PATIENCE * 20):
        if waiting(stage) >= many:
            return
        await asyncio.sleep(0.05)
    pytest.fail("they do not wait")


def waiting(stage: Stage) -> int:
    """How many wait for a lock."""
    with stage.database.connect_as_superuser() as db:
        found = db.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        ).fetchone()
    assert found is not None
    return int(found[0])
