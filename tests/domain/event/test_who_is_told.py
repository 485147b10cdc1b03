"""Nobody is told more than a read would show: not of others, not by count, not after it ended."""

import psycopg

from app.domain.event.actions.fanning import fan_out
from app.platform.db import engine
from tests.build.machines import System
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage
from tests.domain.consent.asking import consent
from tests.domain.event.subscribing import RECORDED, Subscriber, subscriber, telling
from tests.leaks.world import World

HATS = (
    *(("clinician", "ggz_admin"), ("psychologist", "ggz_admin"), ("coach", "company_admin")),
    *(("expert", "uwv_admin"), ("physician", "uwv_admin"), ("case_manager", "municipality_admin")),
    *(("other_expert", "other_uwv_admin"), ("colleague", "ggz_admin")),
)


async def given_out(stage: Stage) -> int:
    worker = engine(stage.database.worker, pool_size=1)
    try:
        return await fan_out(stage.app.state.services, worker)
    finally:
        await worker.dispose()


async def everything(who: Subscriber) -> list[dict[str, str]]:
    """The whole feed, page by page."""
    found, cursor, more = list[dict[str, str]](), None, True
    while more:
        page = await who.feed(cursor, size=7)
        found += page["items"]
        cursor, more = page["nextCursor"], page["hasMore"]
    return found


async def test_who_is_told_of_something_can_read_it_and_all_that_was_written_is_told(
    stage: Stage,
) -> None:
    who = {party: await subscriber(stage, party, admin) for party, admin in HATS}
    for each in who.values():
        await each.subscribe(None)
    world = World(stage)
    await world.put()
    await given_out(stage)
    told = {party: await everything(each) for party, each in who.items()}
    wrong = []
    for party, events in told.items():
        token = await who[party].system.token()
        for event in events:
            path = event["dataref"].removeprefix(str(stage.http.base_url))
            answer = await who[party].system.call(
                "GET", path, token=token, on_behalf_of=who[party].on_behalf_of
            )
            if answer.status_code != 200:
                wrong.append((party, event["type"], path, answer.status_code))
    assert wrong == []
    assert told["case_manager"] == told["other_expert"] == []
    assert len({event["type"] for events in told.values() for event in events}) > 25
    assert min(len(told[party]) for party in ("clinician", "coach", "expert", "physician")) > 5


async def test_a_system_of_another_organisation_is_told_nothing_and_sees_no_subscription(
    stage: Stage,
) -> None:
    async with telling(stage) as told:
        stranger = await subscriber(stage, "other_clinician", "other_ggz_admin")
        await stranger.subscribe(None)
        await told.happen()
        await told.post.round()
        assert (await stranger.feed())["items"] == []
        foreign = Subscriber(stranger.system, stranger.on_behalf_of, told.who.made)
        for path in (
            foreign.path,
            f"{foreign.path}/dead-letters",
            f"/v1/events?subscriptionId={told.who.made['id']}",
        ):
            assert (await foreign.call("GET", path)).status_code == 404, path
        assert (await foreign.call("POST", f"{foreign.path}/redeliveries", {})).status_code == 404
        mine = (await stranger.seen("/v1/webhook-subscriptions"))["items"]
        assert [one["id"] for one in mine] == [stranger.made["id"]]


async def test_another_hat_or_purpose_of_the_same_system_is_another_subscriber(
    stage: Stage,
) -> None:
    async with telling(stage) as told:
        colleague = str(stage.parties["colleague"].membership)
        other = Subscriber(told.who.system, colleague, told.who.made)
        assert (await other.call("GET", other.path)).status_code == 404
        alone = await told.who.system.call("GET", told.who.path)
        assert alone.status_code == 404


async def test_an_administrator_sees_and_ends_what_the_systems_of_the_organisation_want(
    stage: Stage,
) -> None:
    async with telling(stage) as told:
        listed = (await stage.seen("ggz_admin", "/v1/webhook-subscriptions"))["items"]
        assert [one["id"] for one in listed] == [told.who.made["id"]]
        assert "secret" not in listed[0]
        letters = await stage.get("ggz_admin", f"{told.who.path}/dead-letters")
        assert letters.status_code == 403
        assert (await stage.act("ggz_admin", told.who.path, "ends"))["state"] == "ended"
        await told.happen()
        assert await told.post.round() == 0


async def test_what_is_told_stands_on_the_log_of_the_client(stage: Stage) -> None:
    async with telling(stage) as told:
        made = await told.happen()
        await told.post.round()
        log = (await stage.seen("alfa", f"{told.alfa.of_client}/access-log"))["items"]
        lines = [line for line in log if line["resource"] == "event"]
        assert [line["recordId"] for line in lines] == [made]


async def test_a_disabled_system_and_an_ended_membership_are_told_nothing(stage: Stage) -> None:
    async with telling(stage) as told:
        await told.happen()
        with stage.straight() as db:
            db.execute(
                "UPDATE membership SET valid_until = moment() WHERE id = %s",
                [told.who.on_behalf_of],
            )
        await told.post.round()
        assert told.receiver.got == []
        assert ended(stage) == [("ended", "not_authorised")]


async def test_a_system_that_lost_its_access_is_told_nothing(stage: Stage) -> None:
    async with telling(stage) as told:
        await told.happen()
        system: System = told.who.system
        await stage.act("ggz_admin", f"/v1/machines/{system.id}", "ends")
        await told.post.round()
        assert told.receiver.got == []
        assert ended(stage) == [("ended", "not_authorised")]


def ended(stage: Stage) -> list[tuple[str, str]]:
    with stage.straight() as db:
        found = db.execute("SELECT state, ended_why FROM event_subscription")
        return [(state, why) for state, why in found]


async def test_what_was_hidden_while_it_waited_leaves_no_trace(stage: Stage) -> None:
    async with telling(stage, "coach", "company_admin") as told:
        given = await stage.made(
            "alfa",
            f"{told.alfa.of_client}/consents",
            consent(told.alfa, "ggz", "coach", "work_question"),
        )
        await told.post.round()
        told.receiver.got.clear()
        await told.happen()
        assert await given_out(stage) == 1
        await stage.made("alfa", f"/v1/consents/{given['id']}/withdrawals", {})
        await told.post.round()
        assert RECORDED not in told.receiver.types
        with stage.straight() as db:
            assert waiting(db, told.alfa) == 0


async def test_what_a_subscriber_could_not_read_when_it_happened_does_not_wait_for_it(
    stage: Stage,
) -> None:
    """Else its feed would cost more to read by what is hidden from it."""
    async with telling(stage, "coach", "company_admin") as told:
        given = consent(told.alfa, "ggz", "coach", "work_question")
        await stage.made("alfa", f"{told.alfa.of_client}/consents", given)
        await told.happen()
        restricted = await told.happen()
        with stage.straight() as db:
            mark = "UPDATE work_question SET restricted_at = moment() WHERE id = %s"
            db.execute(mark, [restricted])
            await told.post.give_out()
            assert waiting(db, told.alfa) == 1


def waiting(db: psycopg.Connection, of: Situation) -> int:
    row = db.execute(
        "SELECT count(*) FROM event_delivery"
        " WHERE client_id = %s AND verb = 'work_question.recorded'",
        [of.client],
    ).fetchone()
    assert row is not None
    return int(row[0])


async def test_that_a_name_or_number_changed_is_told_to_who_may_see_it_and_without_it(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    hats = (
        ("clinician", "ggz_admin"),
        ("coach", "company_admin"),
        ("other_expert", "other_uwv_admin"),
    )
    who = {party: await subscriber(stage, party, admin) for party, admin in hats}
    for each in who.values():
        await each.subscribe(None, "nl.trede.clients.changed")
    tag = (await stage.get("alfa", alfa.of_client)).headers["etag"]
    body = {"telephone": "0687654321"}
    answer = await stage.call("PATCH", "alfa", alfa.of_client, body, if_match=tag)
    assert answer.status_code == 200
    await given_out(stage)
    told = {party: await everything(each) for party, each in who.items()}
    assert {party: len(found) for party, found in told.items()} == {
        "clinician": 1,
        "coach": 1,
        "other_expert": 0,
    }
    assert told["coach"][0]["dataref"].endswith(f"/v1/clients/{alfa.client}")
    assert "0687654321" not in str(told)
