"""A subscription is of the client system that made it, and what waits for it is not lost."""

from datetime import datetime
from functools import partial
from uuid import UUID, uuid4

import httpx
import pytest

from app.domain.event.actions import lines
from app.domain.event.actions.calling import Caller
from app.domain.event.actions.lines import Lines
from app.domain.event.rules.trying import waiting
from app.platform.clock import AMSTERDAM
from tests.build.machines import system_of
from tests.build.receivers import URL, Got, Road, post_office
from tests.build.stage import Stage
from tests.domain.event.subscribing import Subscriber, Told, telling


def nowhere() -> httpx.AsyncBaseTransport:
    raise AssertionError("nothing is called")


async def test_another_system_that_acts_for_the_administrator_sees_and_ends_and_no_more(
    stage: Stage,
) -> None:
    async with telling(stage) as told:
        admin = str(stage.parties["ggz_admin"].membership)
        other = Subscriber(await system_of(stage, key="other"), admin, told.who.made)
        assert (await other.seen())["id"] == told.who.made["id"]
        for act, body in (("rotations", None), ("verifications", None)):
            await other.act(act, body, status=403)
        tag = (await other.call("GET", other.path)).headers["etag"]
        moved = {"url": f"{URL}/elsewhere"}
        answer = await other.call("PATCH", other.path, moved, if_match=tag)
        assert answer.status_code == 403
        again = await other.call("POST", f"{other.path}/redeliveries", {})
        assert again.status_code == 404
        found = await told.who.seen()
        assert (found["url"], found["state"]) == (URL, "active")
        await told.happen()
        assert await told.post.round() == 1
        assert told.receiver.got[-1].is_signed_with(told.who.made["secret"])
        assert (await other.act("ends"))["state"] == "ended"


async def test_what_is_on_its_way_when_the_address_changes_arrives_there(stage: Stage) -> None:
    async with telling(stage) as told:
        await told.happen()
        await told.post.give_out()
        with stage.straight() as db:
            ((delivery,),) = db.execute("SELECT id FROM event_delivery").fetchall()
        tag = (await told.who.call("GET", told.who.path)).headers["etag"]
        answer = await told.who.call("PATCH", told.who.path, {"url": f"{URL}/new"}, if_match=tag)
        assert answer.status_code == 200, answer.text
        caller = Caller(stage.app.state.services, told.post.worker, Lines(nowhere))
        await caller.deliver(UUID(told.who.made["id"]), delivery, 1)
        assert told.receiver.got == []
        await told.post.ask()
        with stage.straight() as db:
            db.execute("UPDATE event_delivery SET due_at = moment()")
        assert await told.post.round() == 1
        assert [got.path for got in told.receiver.got] == ["/events/new"]


async def test_an_address_that_was_left_while_it_was_being_called_is_told_nothing(
    stage: Stage,
) -> None:
    async with telling(stage) as told:

        class SlowRoad(Road):
            async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
                if request.method == "POST" and request.url.path == "/events":
                    await moved(told, f"{URL}/new")
                return await super().handle_async_request(request)

        await told.happen()
        async with post_office(stage, partial(SlowRoad, told.receiver.port)) as slow:
            await slow.round()
            assert told.receiver.got == []
            with stage.straight() as db:
                db.execute("UPDATE event_delivery SET due_at = moment()")
            await slow.round()
        assert [got.path for got in told.receiver.got] == ["/events/new"]


async def test_an_address_that_was_left_ends_nothing(stage: Stage) -> None:
    async with telling(stage) as told:

        async def move(_: Got) -> None:
            told.receiver.before_answer = None
            await moved(told, f"{URL}/new")

        told.receiver.before_answer = move
        told.receiver.statuses = {"/events": 410}
        await told.happen()
        await told.post.round()
        assert (await told.who.seen())["state"] == "active"
        with stage.straight() as db:
            db.execute("UPDATE event_delivery SET due_at = moment()")
            db.execute("UPDATE event_subscription SET wait_until = NULL")
        await told.post.round()
        assert [got.path for got in told.receiver.got] == ["/events", "/events/new"]


async def test_ways_out_are_closed_while_others_are_in_use(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lines, "MOST", 3)
    closed: list[int] = []

    class Way(httpx.AsyncBaseTransport):
        async def aclose(self) -> None:
            closed.append(1)

    kept = Lines(Way)
    subscription = uuid4()
    async with kept.to(subscription, URL) as busy:
        for number in range(10):
            async with kept.to(subscription, f"{URL}/{number}"):
                pass
        assert len(closed) == 8
        async with kept.to(subscription, URL) as again:
            assert again is busy


async def moved(told: Told, url: str) -> None:
    """To another address, which agrees at once."""
    tag = (await told.who.call("GET", told.who.path)).headers["etag"]
    answer = await told.who.call("PATCH", told.who.path, {"url": url}, if_match=tag)
    assert answer.status_code == 200, answer.text
    await told.post.ask()


@pytest.mark.parametrize(
    "said",
    ["Mon, 01 Jan 99999999999999999999 00:00:00 GMT", "Mon, 01 Jan 2026 00:00:00 +9999999999999"],
)
def test_a_wait_that_cannot_be_read_is_none(said: str) -> None:
    assert waiting(said, datetime.now(AMSTERDAM)) is None
