"""Who cannot receive fetches: in order, nothing passed, nothing told that a read would not show."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from app.platform.postgres import Server
from tests.build.receivers import URL, Road, post_office, receiving
from tests.build.situations import wgb_at_uwv
from tests.build.stage import Stage, on_stage
from tests.databases import copy_of_template
from tests.domain.consent.asking import QUESTION, consent
from tests.domain.event.subscribing import RECORDED, Subscriber, subscriber, telling
from tests.domain.event.test_faults import DAYS, later
from tests.domain.event.test_who_is_told import given_out

MEASURED = {"rung": 4, "measuredOn": "2025-01-14", "occasion": "start"}


async def test_the_feed_goes_on_where_it_stood_and_tells_each_event_once(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    who = await subscriber(stage)
    await given_out(stage)
    made = await who.subscribe(None, RECORDED)
    assert "secret" not in made
    assert made["state"] == "active"
    empty = await who.feed()
    assert (empty["items"], empty["hasMore"]) == ([], False)
    assert (await who.feed(empty["nextCursor"]))["nextCursor"] == empty["nextCursor"]
    wrote = []
    for _ in range(5):
        one = await stage.made("clinician", f"{alfa.of_client}/work-questions", QUESTION)
        wrote.append(one["id"])
    await given_out(stage)
    first = await who.feed(empty["nextCursor"], size=3)
    rest = await who.feed(first["nextCursor"], size=3)
    assert (first["hasMore"], rest["hasMore"]) == (True, False)
    found = [event["subject"] for event in first["items"] + rest["items"]]
    assert found == wrote
    assert (await who.feed(rest["nextCursor"]))["items"] == []


async def test_what_the_reader_may_no_longer_see_is_not_in_the_feed_nor_a_gap_in_it(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    who = await subscriber(stage, "coach", "company_admin")
    await who.subscribe(None, RECORDED)
    body = consent(alfa, "ggz", "coach", "work_question")
    given = await stage.made("alfa", f"{alfa.of_client}/consents", body)
    await stage.made("clinician", f"{alfa.of_client}/work-questions", QUESTION)
    await given_out(stage)
    before = await who.feed()
    assert [event["type"] for event in before["items"]] == [RECORDED]
    await stage.made("alfa", f"/v1/consents/{given['id']}/withdrawals", {})
    await given_out(stage)
    after = await who.feed()
    assert (after["items"], after["hasMore"]) == ([], False)


async def test_a_cursor_older_than_what_is_kept_is_refused_and_says_so(stage: Stage) -> None:
    async with telling(stage) as told:
        cursor = (await told.who.feed())["nextCursor"]
        later(stage, 31 * DAYS)
        path = f"/v1/events?subscriptionId={told.who.made['id']}&cursor={cursor}"
        answer = await told.who.call("GET", path)
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["code"] == "cursor_expired"


async def test_a_cursor_of_another_subscription_is_refused(stage: Stage) -> None:
    async with telling(stage) as told:
        cursor = (await told.who.feed())["nextCursor"]
        other = Subscriber(told.who.system, told.who.on_behalf_of)
        await other.subscribe(None)
        path = f"/v1/events?subscriptionId={other.made['id']}&cursor={cursor}"
        assert (await told.who.call("GET", path)).status_code == 400


async def test_who_is_called_can_fetch_the_same_to_see_whether_anything_lacks(
    stage: Stage,
) -> None:
    async with telling(stage) as told:
        made = await told.happen()
        await told.post.round()
        (event,) = (await told.who.feed())["items"]
        assert event == told.receiver.got[0].event
        assert event["subject"] == made


class Watched(Road):
    """Remembers every request that was about to be made."""

    def __init__(self, port: int, asked: list[str]) -> None:
        super().__init__(port)
        self._asked = asked

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._asked.append(f"{request.method} {request.url.path}")
        return await super().handle_async_request(request)


@asynccontextmanager
async def world(cluster: Server, folder: Path) -> AsyncIterator[Stage]:
    with copy_of_template(cluster) as database:
        async with on_stage(database, folder) as stage:
            yield stage


async def observed(stage: Stage, *, hidden: bool) -> dict[str, Any]:
    """All that a coach's system can observe while things happen, some of them hidden from it."""
    asked: list[str] = []
    async with (
        receiving() as receiver,
        post_office(stage, partial(Watched, receiver.port, asked)) as post,
    ):
        alfa = await wgb_at_uwv(stage)
        who = await subscriber(stage, "coach", "company_admin")
        fetching = Subscriber(who.system, who.on_behalf_of)
        await fetching.subscribe(None)
        await who.subscribe(URL)
        await post.round()
        await post.ask()
        for number in range(4):
            if hidden:
                await _hidden(stage, alfa.of_client, alfa.of_trajectory, number)
            await stage.made("coach", f"{alfa.of_trajectory}/ladder-measurements", MEASURED)
            if hidden:
                await _hidden(stage, alfa.of_client, alfa.of_trajectory, number + 10)
            await post.round()
        first = await fetching.feed(size=3)
        rest = await fetching.feed(first["nextCursor"], size=3)
        mine = await who.seen()
        return {
            "requests": asked,
            "types": receiver.types,
            "sizes": [len(got.body) for got in receiver.got],
            "headers": [sorted(got.headers) for got in receiver.got],
            "attributes": [sorted(got.event) for got in receiver.got],
            "feed": [[e["type"] for e in page["items"]] for page in (first, rest)],
            "more": [first["hasMore"], rest["hasMore"]],
            "cursors": [len(first["nextCursor"]), len(rest["nextCursor"])],
            "subscription": sorted(mine),
            "letters": await who.seen(f"{who.path}/dead-letters"),
        }


async def _hidden(stage: Stage, of_client: str, of_trajectory: str, number: int) -> None:
    """A question, a day of the client alone, and a client of another provider."""
    await stage.made("clinician", f"{of_client}/work-questions", QUESTION)
    days = {"attendedOn": "2025-01-13"}
    await stage.made("alfa", f"{of_trajectory}/peer-support-attendances", days)
    if number == 0:
        await stage.client("echo", by="other_clinician")


async def test_two_worlds_that_differ_in_what_is_hidden_look_alike_to_a_subscriber(
    cluster: Server, tmp_path: Path
) -> None:
    seen = []
    for hidden in (True, False):
        async with world(cluster, tmp_path / str(hidden)) as stage:
            seen.append(await observed(stage, hidden=hidden))
    assert seen[0] == seen[1]
    assert len(seen[0]["types"]) >= 4, "something was told"
