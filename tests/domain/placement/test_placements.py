"""Placements, the employer's own part by contract, adjustments by consent."""

from typing import Any
from uuid import uuid4

from app.access.vocabulary import Category
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage

REQUEST = "11111111-2222-4333-8444-555555555555"
TRIAL = {"months": 2, "intentMonths": 7, "intentSameHours": True}


def placement(**more: Any) -> dict[str, Any]:
    return {
        "kind": "work_experience",
        "title": "Medewerker houtbewerking",
        "hoursPerWeek": 8,
        "schedule": "maandag en donderdag",
        "startsOn": "2025-06-02",
        **more,
    }


def trial(**more: Any) -> dict[str, Any]:
    terms = {
        "kind": "trial",
        "employerName": "Meubelmaker Testhuis",
        "startsOn": "2025-11-03",
        "plannedEndOn": "2026-01-02",
        "trial": TRIAL,
    }
    return placement(**{**terms, **more})


async def at_workplace(stage: Stage) -> tuple[Situation, dict[str, Any]]:
    alfa = await wgb_at_uwv(stage)
    stage.on("2025-06-02")
    body = placement(workplaceOrganisationId=str(stage.organisations["workplace"]))
    return alfa, await stage.made("coach", f"{alfa.of_trajectory}/placements", body)


async def test_an_employer_reads_his_own_contract_and_nothing_that_tells_of_care(
    stage: Stage,
) -> None:
    alfa, made = await at_workplace(stage)
    seen = await stage.seen("employer", f"/v1/placements/{made['id']}")
    assert seen.keys() == {
        "id", "kind", "title", "hoursPerWeek", "schedule", "startsOn", "plannedEndOn", "trial",
        "endedOn",
    }  # fmt: skip
    assert (seen["hoursPerWeek"], seen["startsOn"]) == (8, "2025-06-02")
    listed = await stage.seen("employer", "/v1/placements")
    assert listed == {"items": [seen]}
    for path in (
        alfa.of_trajectory,
        f"{alfa.of_trajectory}/placements",
        f"{alfa.of_trajectory}/placements/{made['id']}",
        alfa.of_client,
    ):
        assert (await stage.get("employer", path)).status_code == 404, path


async def test_the_name_and_the_adjustments_reach_the_employer_by_consent_only(
    stage: Stage,
) -> None:
    alfa, made = await at_workplace(stage)
    quiet = {
        "placementId": made["id"],
        "kind": "workplace",
        "what": "Een rustige werkplek.",
        "requestedBy": "client",
        "requestedOn": "2025-06-02",
    }
    await stage.made("coach", f"{alfa.of_trajectory}/accommodations", quiet)
    path = f"/v1/placements/{made['id']}"
    assert (await stage.seen("employer", f"{path}/accommodations"))["items"] == []
    await alfa.consent("employer", Category.IDENTITY, Category.ACCOMMODATION)
    assert (await stage.seen("employer", path))["familyName"] == "Alfa"
    [item] = (await stage.seen("employer", f"{path}/accommodations"))["items"]
    assert item.keys() == {"id", "kind", "what", "agreedOn", "inPlaceOn"}
    assert item["what"] == "Een rustige werkplek."
    assert (await stage.get("expert", f"{path}/accommodations")).json()["items"] == []


async def test_a_placement_is_hidden_from_whom_neither_task_nor_consent_lets_see(
    stage: Stage,
) -> None:
    alfa, made = await at_workplace(stage)
    path = f"{alfa.of_trajectory}/placements"
    for party in ("clinician", "physician", "coach_colleague", "other_expert"):
        for base in (path, "/v1/placements"):
            hidden = await stage.get(party, f"{base}/{made['id']}", x_request_id=REQUEST)
            absent = await stage.get(party, f"{base}/{uuid4()}", x_request_id=REQUEST)
            assert hidden.status_code == 404, (party, base)
            assert hidden.content == absent.content
    await alfa.consent("clinician", Category.PLACEMENT)
    seen = await stage.seen("clinician", f"{path}/{made['id']}")
    assert seen["employerName"] == "Houtplaats Fictief"


async def test_a_trial_at_uwv_keeps_to_two_months_and_intends_a_contract(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    stage.on("2025-11-03")
    path = f"{alfa.of_trajectory}/placements"
    long = trial(
        plannedEndOn="2026-03-02",
        trial={"months": 4, "intentMonths": 5, "intentSameHours": False},
    )
    refused = await stage.post("coach", path, long)
    assert refused.status_code == 400
    assert {error["pointer"] for error in refused.json()["errors"]} == {
        "#/trial/months", "#/trial/intentMonths", "#/trial/intentSameHours",
    }  # fmt: skip
    by_exception = {**TRIAL, "months": 4, "exceptionallyLong": True}
    await stage.made("coach", path, trial(plannedEndOn="2026-03-02", trial=by_exception))
    made = await stage.made("coach", path, trial())
    assert made["plannedDays"] == 60
    elsewhere = await stage.post("coach", path, placement(workplaceOrganisationId=str(uuid4())))
    assert elsewhere.json()["errors"][0]["code"] == "unknown_reference"


async def test_the_responsible_body_agrees_once_and_nobody_else_does(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    stage.on("2025-11-03")
    made = await stage.made("coach", f"{alfa.of_trajectory}/placements", trial())
    one = f"{alfa.of_trajectory}/placements/{made['id']}"
    body = {"agreedOn": "2025-11-03"}
    assert (await stage.post("expert", f"{one}/agreements", body)).status_code == 428
    for party in ("coach", "alfa"):
        tag = (await stage.get(party, one)).headers["etag"]
        refused = await stage.post(party, f"{one}/agreements", body, if_match=tag)
        assert refused.status_code == 403, party
    tag = (await stage.get("expert", one)).headers["etag"]
    agreed = await stage.post("expert", f"{one}/agreements", body, if_match=tag)
    assert agreed.json()["agreedByRole"] == "labour_expert"
    stale = await stage.post("expert", f"{one}/agreements", body, if_match=tag)
    assert stale.status_code == 412
    tag = (await stage.get("expert", one)).headers["etag"]
    again = await stage.post("expert", f"{one}/agreements", body, if_match=tag)
    assert again.status_code == 409


async def test_an_end_counts_days_and_funders_learn_its_reason_coarsely(stage: Stage) -> None:
    alfa, made = await at_workplace(stage)
    one = f"{alfa.of_trajectory}/placements/{made['id']}"
    stage.on("2025-08-22")
    ended = await stage.act("coach", one, "ends", {"endedOn": "2025-08-22", "reason": "own_pace"})
    assert (ended["days"], ended["endReason"]) == (81, "own_pace")
    assert (await stage.seen("alfa", one))["endReason"] == "own_pace"
    assert (await stage.seen("expert", one))["endReason"] == "other"
    twice = await stage.get("coach", one)
    body = {"endedOn": "2025-08-22", "reason": "own_pace"}
    refused = await stage.post("coach", f"{one}/ends", body, if_match=twice.headers["etag"])
    assert refused.status_code == 409
    workplace = f"/v1/placements/{made['id']}"
    assert (await stage.seen("employer", workplace))["endedOn"] == "2025-08-22"
    stage.on("2025-09-22")
    assert (await stage.get("employer", workplace)).status_code == 404


async def test_new_terms_are_a_new_version_and_the_workplace_reads_the_newest(
    stage: Stage,
) -> None:
    alfa, made = await at_workplace(stage)
    workplace = str(stage.organisations["workplace"])
    more = placement(workplaceOrganisationId=workplace, hoursPerWeek=12, supersedes=made["id"])
    newer = await stage.made("coach", f"{alfa.of_trajectory}/placements", more)
    listed = await stage.seen("employer", "/v1/placements")
    assert [item["id"] for item in listed["items"]] == [newer["id"]]
    assert (await stage.get("employer", f"/v1/placements/{made['id']}")).status_code == 404
    old = await stage.seen("alfa", f"{alfa.of_trajectory}/placements/{made['id']}")
    assert (old["hoursPerWeek"], old["supersededBy"]) == (8, newer["id"])


async def test_what_a_workplace_reads_names_no_care(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    stage.on("2025-06-02")
    place = str(stage.organisations["workplace"])
    for title in ("Medewerker via GGZ", "Werk na depressie"):
        body = placement(title=title, workplaceOrganisationId=place)
        refused = await stage.post("coach", f"{alfa.of_trajectory}/placements", body)
        assert refused.json()["errors"][0]["code"] == "tells_of_care"
        assert title not in refused.text


async def test_only_coaches_record_placements_and_the_same_key_records_one(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    stage.on("2025-06-02")
    path = f"{alfa.of_trajectory}/placements"
    body = placement(employerName="Houtplaats Fictief")
    for party in ("clinician", "expert", "alfa"):
        assert (await stage.post(party, path, body)).status_code == 403, party
    key = str(uuid4())
    first = await stage.made("coach", path, body, idempotency_key=key)
    again = await stage.made("coach", path, body, idempotency_key=key)
    assert first == again
    assert len((await stage.seen("alfa", path))["items"]) == 1
