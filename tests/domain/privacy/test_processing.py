"""The processing log of an organisation: what was done with whose data, not who did it."""

from typing import Any
from uuid import UUID

import pytest

from app.access.attribution import attribute
from app.access.vocabulary import Role
from app.platform.db import engine
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import BSN, Stage
from tests.domain.privacy.officers import officers

LOG = "/v1/processing-activities"
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
CALLER = "00f067aa0ba902b7"
PARENT = f"00-{TRACE}-{CALLER}-01"
SUBJECT, ACTIVITY = "dpl.core.data_subject_id", "dpl.core.processing_activity_id"


@pytest.fixture
async def alfa(stage: Stage) -> Situation:
    officers(stage)
    stage.member("uwv_officer", Role.DATA_PROTECTION_OFFICER, "uwv", "Functionaris-U1")
    return await wgb_at_uwv(stage)


async def lines(stage: Stage, by: str = "officer", path: str = LOG, **asked: Any) -> list[Any]:
    found: list[Any] = (await stage.made(by, path, asked))["processingActivities"]
    return found


async def test_a_request_is_one_line_with_one_below_it_per_person_and_activity(
    stage: Stage, alfa: Situation
) -> None:
    await stage.get("clinician", alfa.of_client, traceparent=PARENT)
    top, *below = await lines(stage, traceId=TRACE)
    assert (top["traceId"], top["parentSpanId"]) == (str(UUID(TRACE)), CALLER)
    assert SUBJECT not in top["attributes"]
    assert {line["name"] for line in below} == {"read identity", "read bsn", "read existence"}
    assert {line["parentSpanId"] for line in below} == {top["spanId"]}
    assert len({line["spanId"] for line in [top, *below]}) == 4
    assert {line["attributes"][SUBJECT] for line in below} == {below[0]["attributes"][SUBJECT]}
    assert {line["status"] for line in [top, *below]} == {"Ok"}
    assert top["startTime"] <= top["endTime"]
    register = await stage.seen("officer", "/v1/privacy-desk/processing-register")
    known = {each["processingActivityId"] for each in register["activities"]}
    assert {line["attributes"][ACTIVITY] for line in below} <= known


async def test_a_list_is_one_line_and_one_for_each_person_on_it(stage: Stage) -> None:
    officers(stage)
    clients = {str(await stage.client(key)) for key in ("alfa", "echo", "bravo")}
    await stage.get("clinician", "/v1/clients", traceparent=PARENT)
    top, *below = await lines(stage, traceId=TRACE)
    subjects = {line["attributes"][SUBJECT] for line in below}
    assert (len(clients), len(subjects)) == (3, 3)
    assert {line["parentSpanId"] for line in below} == {top["spanId"]}
    paged, page, path = [], {}, f"{LOG}?pageSize=1"
    for _ in clients:
        page = await stage.made("officer", path, {"traceId": TRACE})
        paged += page["processingActivities"]
        path = f"{LOG}?pageSize=1&cursor={page.get('nextCursor')}"
    assert "nextCursor" not in page
    assert paged == [top, *below]


async def test_no_user_and_no_id_or_name_of_a_person_stands_in_it(
    stage: Stage, alfa: Situation
) -> None:
    await stage.get("clinician", alfa.of_client, traceparent=PARENT)
    await stage.get("expert", alfa.of_trajectory, traceparent=PARENT)
    told = (await stage.post("officer", LOG, {"traceId": TRACE})).text
    assert "read existence" in told
    members = [party.membership for party in stage.parties.values()]
    for word in (alfa.client, alfa.trajectory, BSN["alfa"], "Alfa", "Testclient", *members):
        assert str(word) not in told


async def test_a_person_is_found_by_the_name_of_this_log_and_by_no_other(
    stage: Stage, alfa: Situation
) -> None:
    await stage.get("clinician", alfa.of_client, traceparent=PARENT)
    await stage.get("other_clinician", alfa.of_client, traceparent=PARENT)
    _, line, *_ = await lines(stage, traceId=TRACE)
    name = line["attributes"][SUBJECT]
    found = await lines(stage, dataSubjectId=name)
    assert line in found
    assert {each["attributes"].get(SUBJECT, name) for each in found} == {name}
    only = await lines(stage, dataSubjectId=name, processingActivityID=line["attributes"][ACTIVITY])
    assert {each["name"].split()[-1] for each in only} == {"request", line["name"].split()[-1]}
    for nobody in ("00" * 32, "alfa", str(alfa.client), name[:-2] + "00"):
        assert await lines(stage, dataSubjectId=nobody) == []
    assert await lines(stage, "uwv_officer", dataSubjectId=name) == []


async def test_each_organisation_reads_of_its_own_and_calls_a_person_by_another_name(
    stage: Stage, alfa: Situation
) -> None:
    await stage.get("clinician", alfa.of_client, traceparent=PARENT)
    await stage.get("expert", alfa.of_trajectory, traceparent=PARENT)
    names = {}
    for officer in ("officer", "uwv_officer"):
        found = await lines(stage, officer, traceId=TRACE)
        names[officer] = {each["attributes"].get(SUBJECT) for each in found} - {None}
    assert [len(each) for each in names.values()] == [1, 1]
    assert names["officer"] != names["uwv_officer"]


async def test_only_the_officer_reads_it_and_each_look_is_on_the_log(
    stage: Stage, alfa: Situation
) -> None:
    await stage.get("clinician", alfa.of_client, traceparent=PARENT)
    for party in ("clinician", "ggz_admin", "expert", "alfa"):
        assert (await stage.post(party, LOG, {"traceId": TRACE})).status_code == 403, party
    await lines(stage, traceId=TRACE)
    with stage.straight() as db:
        looks = db.execute(
            "SELECT count(*) FROM access_log_entry"
            " WHERE resource = 'ProcessingLog' AND client_id = %s",
            [alfa.client],
        ).fetchone()
    assert looks == (1,)


async def test_what_is_asked_must_be_named_and_well_formed(stage: Stage, alfa: Situation) -> None:
    for asked in ({}, {"startTime": "2025-01-01T00:00:00Z"}):
        assert (await stage.post("officer", LOG, asked)).status_code == 400
    odd = await stage.post("officer", LOG, {"traceId": "one"})
    assert odd.json()["errors"][0]["pointer"] == "#/traceId"
    await stage.get("clinician", alfa.of_client, traceparent=PARENT)
    assert await lines(stage, traceId=TRACE, startTime="2030-01-01T00:00:00Z") == []
    assert await lines(stage, traceId=str(UUID(TRACE)), endTime="2030-01-01T00:00:00Z")
    assert await lines(stage, processingActivityID="https://elsewhere.example/register") == []


async def test_what_was_refused_is_not_processed(stage: Stage, alfa: Situation) -> None:
    refused = await stage.get("colleague", alfa.of_client, traceparent=PARENT)
    assert refused.status_code == 404
    worker = engine(stage.database.worker, pool_size=1)
    await attribute(worker)
    await worker.dispose()
    with stage.straight() as db:
        stood = db.execute(
            "SELECT outcome FROM access_log_entry WHERE trace_id = %s", [TRACE]
        ).fetchall()
    assert stood == [("refused",)]
    assert await lines(stage, traceId=TRACE) == []
