"""An event reaches who may know of it: signed, poor in information, once in the ordinary course."""

import asyncio
from datetime import datetime
from functools import partial

import pytest
from cloudevents.core.bindings.http import HTTPMessage, from_structured_event
from cloudevents.core.formats.json import JSONFormat

from app.domain.event.actions import running
from app.domain.event.actions.delivering import Courier
from app.platform.db import engine
from tests.build.receivers import URL, Got, Road, receiving
from tests.build.situations import wgb_at_uwv
from tests.build.stage import BSN, Stage
from tests.domain.consent.asking import QUESTION
from tests.domain.event.subscribing import PATH, RECORDED, subscriber, telling

PLAIN = {"specversion", "id", "source", "type", "subject", "time", "dataref"}


async def test_an_event_arrives_signed_and_tells_an_opaque_id_and_a_verb(stage: Stage) -> None:
    async with telling(stage) as told:
        made = await told.happen()
        assert await told.post.round() == 1
        (got,) = told.receiver.got
        assert got.headers["content-type"] == "application/cloudevents+json"
        assert got.is_signed_with(told.who.made["secret"])
        assert got.headers["webhook-id"] == got.event["id"]
        message = HTTPMessage(headers=got.headers, body=got.body)
        event = from_structured_event(message, JSONFormat())
        assert event.get_type() == RECORDED
        assert event.get_subject() == made
        assert event.get_source().startswith("urn:nld:")
        assert isinstance(event.get_time(), datetime)
        assert event.get_data() is None
        assert got.event.keys() == PLAIN
        assert len(got.body) < 64 * 1024
        assert BSN["alfa"] not in got.body.decode() + str(got.headers)
        path = got.event["dataref"].removeprefix(str(stage.http.base_url))
        assert (await told.who.call("GET", path)).json()["id"] == made
        assert await told.post.round() == 0


async def test_nothing_is_sent_before_the_receiver_agrees(stage: Stage) -> None:
    async with telling(stage) as told:
        told.receiver.consents = {}
        made = await told.who.subscribe(URL + "/other", wantedRate=120)
        assert made["state"] == "pending"
        await told.post.ask()
        question = told.receiver.asked[-1]
        assert question.headers["webhook-request-origin"] == stage.http.base_url.host
        assert question.headers["webhook-request-rate"] == "120"
        assert (await told.who.seen())["state"] == "pending"
        await told.happen()
        await told.post.round()
        assert [got.path for got in told.receiver.got] == ["/events"]
        told.receiver.consents = {
            "WebHook-Allowed-Origin": stage.http.base_url.host,
            "WebHook-Allowed-Rate": "60",
        }
        assert (await told.who.act("verifications"))["state"] == "pending"
        await told.post.ask()
        found = await told.who.seen()
        assert (found["state"], found["allowedRate"]) == ("active", 60)


async def test_what_happens_while_a_receiver_is_asked_anew_is_told_when_it_agrees(
    stage: Stage,
) -> None:
    async with telling(stage) as told:
        agrees, told.receiver.consents = told.receiver.consents, {}
        await told.who.act("verifications")
        await told.post.ask()
        await told.happen()
        await told.post.round()
        assert told.receiver.got == []
        told.receiver.consents = agrees
        await told.who.act("verifications")
        await told.post.ask()
        await told.post.round()
        assert len(told.receiver.got) == 1


async def test_a_person_does_not_subscribe(stage: Stage) -> None:
    answer = await stage.post("clinician", PATH, {"url": URL})
    assert answer.status_code == 403


async def test_in_a_running_process_an_event_arrives_by_itself(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    alfa = await wgb_at_uwv(stage)
    async with receiving() as receiver:
        courier = partial(Courier, transport=partial(Road, receiver.port))
        monkeypatch.setattr(running, "Courier", courier)
        there = asyncio.Event()

        async def arrived(_: Got) -> None:
            there.set()

        receiver.before_answer = arrived
        worker = engine(stage.database.worker, pool_size=4)
        who = await subscriber(stage)
        async with running.told(stage.app.state.services, worker, 0.05):
            await who.subscribe(URL, RECORDED)
            while (await who.seen())["state"] != "active":  # noqa: ASYNC110 - told in no other way
                await asyncio.sleep(0.05)
            made = await stage.made("clinician", f"{alfa.of_client}/work-questions", QUESTION)
            await there.wait()
        assert [got.event["subject"] for got in receiver.got] == [made["id"]]
