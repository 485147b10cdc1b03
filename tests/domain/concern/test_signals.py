"""A concern is for the client, its author and the one recipient, where a practice keeps signals."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from app.access.vocabulary import Category
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage
from tests.domain.consent.asking import consent
from tests.domain.consent.test_act_for_a_client import with_mandate

REQUEST = "11111111-2222-4333-8444-555555555555"
SEEN = {
    "noticedOn": "2025-06-18",
    "signaller": "professional",
    "observation": "Drie dagen niet verschenen en niet afgebeld.",
    "interpretation": "Misschien gaat het tempo te snel.",
}
FEEDBACK = {"audience": ["clinician"], "text": "Een derde dag is te veel."}
DONE = {
    "followedUpOn": "2025-06-20",
    "done": "Samen gebeld.",
    "outcome": "talked_with_client",
}


@pytest.fixture
async def kept(stage: Stage, tmp_path: Path) -> AsyncIterator[Stage]:
    """Where the provider keeps concern signals."""
    services = stage.app.state.services
    stage.app.state.services = replace(services, practices=practice(stage, tmp_path, "on"))
    yield stage
    stage.app.state.services = services


def practice(stage: Stage, folder: Path, value: str) -> Path:
    file, provider = folder / f"{value}.csv", stage.parties["clinician"].organisation
    file.write_text(
        f"organisation,setting,value\n*,offers,wgb\n{provider},offers,wgb\n"
        f"{provider},concerns,{value}\n"
    )
    return file


async def alfa_in_june(stage: Stage) -> tuple[Situation, str]:
    alfa = await wgb_at_uwv(stage)
    await alfa.treat("clinician")
    stage.on("2025-06-19")
    return alfa, f"{alfa.of_trajectory}/concerns"


def to(stage: Stage, party: str) -> dict[str, str]:
    return {"to": str(stage.parties[party].membership)}


async def reported(stage: Stage, path: str) -> dict[str, Any]:
    """By the coach, to the clinician."""
    made = await stage.made("coach", path, SEEN)
    return await stage.act("coach", f"{path}/{made['id']}", "reports", to(stage, "clinician"))


async def sees(stage: Stage, party: str, path: str, concern: str) -> bool:
    """By id and in the list alike; one that is hidden reads as one that is not there."""
    found = await stage.get(party, f"{path}/{concern}", x_request_id=REQUEST)
    listed = await stage.get(party, path)
    in_list = listed.status_code == 200 and concern in [i["id"] for i in listed.json()["items"]]
    assert in_list == (found.status_code == 200), party
    if not in_list:
        absent = await stage.get(party, f"{path}/{uuid4()}", x_request_id=REQUEST)
        assert found.status_code == 404, party
        assert found.content == absent.content, party
    return in_list


async def test_where_no_practice_asks_for_it_every_route_is_as_an_unknown_path(
    stage: Stage, tmp_path: Path
) -> None:
    alfa, path = await alfa_in_june(stage)
    unknown = await stage.get("coach", f"{alfa.of_trajectory}/nothing", x_request_id=REQUEST)
    services = stage.app.state.services
    for off in (None, practice(stage, tmp_path, "off")):
        stage.app.state.services = replace(services, practices=off)
        for party in ("coach", "clinician", "alfa", "expert"):
            answers = [
                await stage.post(party, path, SEEN, x_request_id=REQUEST),
                await stage.get(party, path, x_request_id=REQUEST),
                await stage.get(party, f"{path}/{uuid4()}", x_request_id=REQUEST),
                await stage.post(
                    party, f"{path}/{uuid4()}/reports", to(stage, "expert"),
                    x_request_id=REQUEST, if_match='"x"',
                ),
                await stage.post(
                    party, f"{path}/{uuid4()}/follow-ups", DONE,
                    x_request_id=REQUEST, if_match='"x"',
                ),
            ]  # fmt: skip
            for answer in answers:
                assert answer.status_code == 404, party
                assert answer.content == unknown.content, party
    stage.app.state.services = services


async def test_what_was_noticed_is_for_the_author_and_the_client_apart_from_what_it_means(
    kept: Stage,
) -> None:
    _, path = await alfa_in_june(kept)
    made = await kept.made("coach", path, SEEN)
    for party in ("coach", "alfa"):
        found = await kept.seen(party, f"{path}/{made['id']}")
        assert {name: found[name] for name in SEEN} == SEEN
        assert (found["reportedTo"], found["followedUpOn"], found["outcome"]) == (None, None, None)
    for party in ("clinician", "psychologist", "expert", "physician"):
        assert not await sees(kept, party, path, made["id"])


async def test_the_one_recipient_reads_it_by_consent_and_no_colleague_by_the_same_consent(
    kept: Stage,
) -> None:
    alfa, path = await alfa_in_june(kept)
    await alfa.treat("colleague")
    before = await kept.made("coach", path, SEEN)
    made = await reported(kept, path)
    assert made["reportedTo"]["membershipId"] == to(kept, "clinician")["to"]
    assert not await sees(kept, "clinician", path, made["id"])
    await alfa.consent("clinician", Category.FEEDBACK)
    await alfa.consent("expert", Category.FEEDBACK)
    assert await sees(kept, "clinician", path, made["id"])
    assert not await sees(kept, "clinician", path, before["id"])
    for party in ("colleague", "psychologist", "expert", "physician"):
        assert not await sees(kept, party, path, made["id"]), party
    assert (await kept.seen("alfa", f"{path}/{made['id']}"))["reportedTo"]["role"] == "clinician"


async def test_the_client_opens_one_signal_to_its_recipient_with_a_consent_on_that_record(
    kept: Stage,
) -> None:
    alfa, path = await alfa_in_june(kept)
    first, second = await reported(kept, path), await reported(kept, path)
    body = consent(alfa, "company", "clinician", "feedback")
    body |= {"purposes": ["treatment"], "recordId": first["id"]}
    given = await kept.made("alfa", f"{alfa.of_client}/consents", body)
    assert await sees(kept, "clinician", path, first["id"])
    assert not await sees(kept, "clinician", path, second["id"])
    await kept.act("alfa", f"/v1/consents/{given['id']}", "withdrawals", {})
    assert not await sees(kept, "clinician", path, first["id"])


async def test_it_is_reported_once_by_its_author_to_another_and_never_to_a_funder(
    kept: Stage,
) -> None:
    _, path = await alfa_in_june(kept)
    made = await kept.made("coach", path, SEEN)
    one = f"{path}/{made['id']}"
    tag = (await kept.get("coach", one)).headers["etag"]
    unfit = [to(kept, party) for party in ("expert", "physician")]
    for body in (*unfit, {"to": str(uuid4())}):
        answer = await kept.post("coach", f"{one}/reports", body, if_match=tag)
        assert [fault["code"] for fault in answer.json()["errors"]] == ["unknown_reference"]
    own = await kept.post("coach", f"{one}/reports", to(kept, "coach"), if_match=tag)
    assert own.json()["errors"][0]["code"] == "not_to_yourself"
    by_client = await kept.post("alfa", f"{one}/reports", to(kept, "clinician"), if_match=tag)
    assert by_client.status_code == 403
    await kept.act("coach", one, "reports", to(kept, "clinician"))
    tag = (await kept.get("coach", one)).headers["etag"]
    again = await kept.post("coach", f"{one}/reports", to(kept, "psychologist"), if_match=tag)
    assert again.json()["errors"][0]["code"] == "reported_before"
    for party in ("expert", "physician", "alfa"):
        assert (await kept.post(party, path, SEEN)).status_code == 403, party


async def test_the_recipient_follows_it_up_once_and_nothing_else_follows(kept: Stage) -> None:
    alfa, path = await alfa_in_june(kept)
    await alfa.consent("clinician", Category.FEEDBACK)
    made = await reported(kept, path)
    one = f"{path}/{made['id']}"
    kept.on("2025-06-20")
    tag = (await kept.get("coach", one)).headers["etag"]
    assert (await kept.post("coach", f"{one}/follow-ups", DONE, if_match=tag)).status_code == 403
    tag = (await kept.get("clinician", one)).headers["etag"]
    early = {**DONE, "followedUpOn": "2025-06-18"}
    refused = await kept.post("clinician", f"{one}/follow-ups", early, if_match=tag)
    assert refused.json()["errors"][0]["code"] == "wrong_order"
    await kept.act("clinician", one, "follow-ups", DONE)
    for party in ("coach", "alfa", "clinician"):
        found = await kept.seen(party, one)
        assert {name: found[name] for name in DONE} == DONE
    tag = (await kept.get("clinician", one)).headers["etag"]
    again = await kept.post("clinician", f"{one}/follow-ups", DONE, if_match=tag)
    assert again.json()["errors"][0]["code"] == "followed_up_before"
    kept.on("2025-09-01")
    tasks = [await kept.seen(party, "/v1/tasks") for party in ("clinician", "coach")]
    assert all(made["id"] not in str(found) for found in tasks)


async def test_a_block_shuts_the_recipient_out_and_a_representative_never_reads_along(
    kept: Stage,
) -> None:
    alfa, path = await alfa_in_june(kept)
    await alfa.consent("clinician", Category.FEEDBACK)
    made = await reported(kept, path)
    await with_mandate(alfa, scope=["identity", "existence", "status", "feedback"])
    told = await kept.made("coach", f"{alfa.of_trajectory}/feedback", FEEDBACK)
    assert await sees(kept, "helper", f"{alfa.of_trajectory}/feedback", told["id"])
    assert not await sees(kept, "helper", path, made["id"])
    block = {
        "membershipId": to(kept, "clinician")["to"],
        "categories": ["feedback"],
    }
    await kept.made("alfa", f"{alfa.of_client}/blocks", block)
    assert not await sees(kept, "clinician", path, made["id"])
    assert await sees(kept, "alfa", path, made["id"])
