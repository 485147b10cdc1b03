"""No byte of an event goes out after the answer to the withdrawal that ends what it leans on."""

import asyncio
import time
from typing import Any

import pytest

from app.domain.event.actions import calling, viewing
from app.platform.security.webhooks import Line
from tests.build.stage import Stage
from tests.domain.consent.asking import consent
from tests.domain.event.subscribing import RECORDED, Told, telling

ROUNDS = 12


async def opened(told: Told) -> str:
    """A consent by which the coach reads work questions; where it is withdrawn."""
    body = consent(told.alfa, "ggz", "coach", "work_question")
    made = await told.stage.made("alfa", f"{told.alfa.of_client}/consents", body)
    await told.post.round()
    told.receiver.got.clear()
    return f"/v1/consents/{made['id']}/withdrawals"


async def withdrawn(told: Told, where: str) -> float:
    """When the answer was there."""
    await told.stage.made("alfa", where, {})
    return time.monotonic()


async def test_a_withdrawal_after_the_first_decision_stops_what_was_about_to_be_sent(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with telling(stage, "coach", "company_admin", RECORDED) as told:
        where = await opened(told)
        decided = viewing.letter_for

        async def slowly(*about: Any) -> Any:
            letter = await decided(*about)
            await withdrawn(told, where)
            return letter

        monkeypatch.setattr(calling, "letter_for", slowly)
        await told.happen()
        await told.post.round()
        assert told.receiver.got == []
        log = (await stage.seen("alfa", f"{told.alfa.of_client}/access-log"))["items"]
        assert "event" not in {line["resource"] for line in log}, "what was not told is not there"


async def test_a_withdrawal_waits_until_what_was_decided_before_it_has_left(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with telling(stage, "coach", "company_admin", RECORDED) as told:
        where = await opened(told)
        decided, answers = viewing.release, list[asyncio.Task[float]]()

        async def slowly(*about: Any) -> None:
            await decided(*about)
            answers.append(asyncio.create_task(withdrawn(told, where)))
            await asyncio.sleep(0.5)
            assert not answers[0].done(), "its bytes are not out yet"

        monkeypatch.setattr(calling, "release", slowly)
        await told.happen()
        await told.post.round()
        await answers[0]
        assert told.receiver.types == [RECORDED]


async def test_a_receiver_that_does_not_answer_holds_up_no_withdrawal(stage: Stage) -> None:
    async with telling(stage, "coach", "company_admin", RECORDED) as told:
        where = await opened(told)
        there, on = asyncio.Event(), asyncio.Event()

        async def silent(_: Any) -> None:
            there.set()
            await on.wait()

        told.receiver.before_answer = silent
        await told.happen()
        await told.post.give_out()
        await told.post.courier.send()
        await there.wait()
        await withdrawn(told, where)
        on.set()
        await told.post.courier.settle()
        assert told.receiver.types == [RECORDED]


async def test_whatever_comes_first_nothing_leaves_after_the_answer(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[float] = []
    send = Line.send

    async def watched(self: Line, call: Any, *, before: Any, after: Any) -> Any:
        async def noted() -> None:
            left.append(time.monotonic())
            await after()

        return await send(self, call, before=before, after=noted)

    async with telling(stage, "coach", "company_admin", RECORDED) as told:
        monkeypatch.setattr(Line, "send", watched)
        outcomes = set()
        for number in range(ROUNDS):
            where = await opened(told)
            await told.happen()
            await told.post.give_out()
            await told.post.courier.send()
            await asyncio.sleep(number * 0.004)
            left.clear()
            answered = await withdrawn(told, where)
            await told.post.courier.settle()
            assert all(moment <= answered for moment in left)
            outcomes.add(bool(told.receiver.got))
            told.receiver.got.clear()
            assert await told.post.round() == 0
    assert outcomes, "it ran"
