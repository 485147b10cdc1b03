"""FHIR Bulk Data tells of the own clients what a search tells, and stops when they say so."""

import asyncio
import json
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fhir.resources.R4B import get_fhir_model_class

from app.access.vocabulary import Role
from app.facades.bulk import streaming
from app.facades.fhir.export import files
from app.platform.http.limits import Limiter
from tests.build.machines import System, system_of
from tests.build.situations import Situation
from tests.build.stage import Stage
from tests.facades.bulk.bringing import NUMBERS
from tests.facades.fhir.asking import FHIR, ask, found, seen

ASYNC = {"prefer": "respond-async"}
MEASURED = {"rung": 4, "measuredOn": "2025-01-14", "occasion": "start"}
TYPES = ("Patient", "EpisodeOfCare", "Observation", "CareTeam")


async def kicked(stage: Stage, party: str, path: str = "Patient/$export") -> httpx.Response:
    headers = {"Authorization": f"Bearer {stage.token(party)}", **ASYNC}
    return await stage.http.get(f"{FHIR}/{path}", headers=headers)


async def fetched(stage: Stage, party: str, address: str, **headers: str) -> httpx.Response:
    sent = {"Authorization": f"Bearer {stage.token(party)}", **headers}
    return await stage.http.get(address, headers=sent)


async def manifest_of(stage: Stage, party: str, path: str) -> dict[str, Any]:
    answer = await kicked(stage, party, path)
    assert answer.status_code == 202, answer.text
    told = await fetched(stage, party, answer.headers["content-location"])
    assert told.status_code == 200, told.text
    manifest: dict[str, Any] = told.json()
    return manifest


async def exported(stage: Stage, party: str, path: str) -> dict[str, list[dict[str, Any]]]:
    """Each type with its resources, every one of them valid."""
    manifest = await manifest_of(stage, party, path)
    assert manifest["requiresAccessToken"] is True
    files_: dict[str, list[dict[str, Any]]] = {}
    for output in manifest["output"]:
        answer = await fetched(stage, party, output["url"])
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].startswith("application/fhir+ndjson")
        resources = [json.loads(line) for line in answer.text.splitlines()]
        for each in resources:
            get_fhir_model_class(output["type"]).model_validate_json(json.dumps(each))
        files_[output["type"]] = resources
    return files_


async def two_clients(stage: Stage) -> list[Situation]:
    """Of the clinician; the first was measured."""
    made = []
    for number, key in enumerate(("alfa", "echo")):
        situation = Situation(stage, await stage.client(key, bsn=NUMBERS[number]))
        await situation.begin()
        made.append(situation)
    await stage.made("clinician", f"{made[0].of_trajectory}/ladder-measurements", MEASURED)
    return made


def in_order(resources: list[dict[str, Any]]) -> list[str]:
    return sorted(json.dumps(each, sort_keys=True) for each in resources)


async def test_each_file_holds_what_searches_of_the_same_caller_find(stage: Stage) -> None:
    made = await two_clients(stage)
    told = await exported(stage, "clinician", f"Patient/$export?_type={','.join(TYPES)}")
    assert tuple(told) == TYPES
    assert in_order(told["Patient"]) == in_order(await found(stage, "clinician", "Patient"))
    for kind in TYPES[1:]:
        by_search = [
            resource
            for each in made
            for resource in await found(stage, "clinician", f"{kind}?patient=Patient/{each.client}")
        ]
        assert in_order(told[kind]) == in_order(by_search), kind
    assert told["Observation"]


async def test_without_types_there_is_a_file_of_each_that_hangs_on_a_client(stage: Stage) -> None:
    await two_clients(stage)
    manifest = await manifest_of(stage, "clinician", "$export")
    kinds = {output["type"] for output in manifest["output"]}
    assert {"Patient", "EpisodeOfCare", "Consent", "Goal", "Observation"} <= kinds
    assert not kinds & {"AuditEvent", "Provenance", "Organization"}
    assert manifest["request"].endswith("/fhir/r4/$export")


async def test_since_a_moment_only_what_changed_after_it(stage: Stage) -> None:
    made = await two_clients(stage)
    manifest = await manifest_of(stage, "clinician", "Patient/$export?_type=Observation")
    stage.on("2025-02-03")
    stage.tokens.clear()
    await stage.made("clinician", f"{made[1].of_trajectory}/ladder-measurements", MEASURED)
    since = manifest["transactionTime"]
    told = await exported(stage, "clinician", f"Patient/$export?_type=Observation&_since={since}")
    of = {each["subject"]["reference"] for each in told["Observation"]}
    assert of == {f"Patient/{made[1].client}"}


async def test_clients_of_another_organisation_are_not_in_it(stage: Stage) -> None:
    alfa, _ = await two_clients(stage)
    await alfa.responsible("uwv")
    await alfa.assign("expert")
    assert await found(stage, "expert", "Patient")
    assert (await exported(stage, "expert", "Patient/$export?_type=Patient"))["Patient"] == []


@pytest.fixture
async def records(stage: Stage) -> System:
    return await system_of(stage)


async def test_a_record_system_exports_what_it_registered(stage: Stage, records: System) -> None:
    await stage.client("bravo")
    body = {
        "bsn": NUMBERS[4],
        "givenName": "Testclient",
        "familyName": "Delta",
        "birthDate": "1990-05-14",
    }
    made = (await records.call("POST", "/v1/clients", body)).json()
    begun = await records.call("GET", f"{FHIR}/Patient/$export?_type=Patient", **ASYNC)
    status = await records.call("GET", begun.headers["content-location"])
    told = await records.call("GET", status.json()["output"][0]["url"])
    assert [json.loads(line)["id"] for line in told.text.splitlines()] == [made["id"]]


@pytest.mark.parametrize(
    ("query", "headers", "where", "told"),
    [
        ("", {}, "Prefer", "respond-async"),
        ("?_type=Patient,Condition", ASYNC, "_type", "Patient, "),
        ("?_since=yesterday", ASYNC, "_since", "date"),
        ("?_outputFormat=text/csv", ASYNC, "_outputFormat", "application/fhir+ndjson"),
        ("?_typeFilter=x", ASYNC, "", "`_type`"),
    ],
)
async def test_what_cannot_be_asked_is_refused_by_name_with_what_can(
    stage: Stage, query: str, headers: dict[str, str], where: str, told: str
) -> None:
    answer = await ask(stage, "clinician", f"Patient/$export{query}", **headers)
    assert answer.status_code == 400
    [issue] = answer.json()["issue"]
    assert issue.get("expression") == ([f"http.{where}"] if where else None)
    assert where in issue["diagnostics"]
    assert told in issue["diagnostics"]
    assert "Condition" not in answer.text


async def test_an_export_is_of_use_to_its_caller_alone(stage: Stage) -> None:
    await two_clients(stage)
    manifest = await manifest_of(stage, "clinician", "Patient/$export?_type=Patient")
    address = manifest["output"][0]["url"]
    for party in ("colleague", "other_clinician"):
        assert (await fetched(stage, party, address)).status_code == 404
    assert (await stage.http.get(address)).status_code == 401
    other_type = address.rpartition("/")[0] + "/Observation"
    assert (await fetched(stage, "clinician", other_type)).status_code == 404
    assert (await kicked(stage, "alfa")).status_code == 403


async def test_what_is_withdrawn_during_a_file_is_not_in_what_comes_after(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = sorted(await two_clients(stage), key=lambda each: each.client)
    monkeypatch.setattr(files, "PEOPLE", 1)
    renewed = streaming.Turn.stopped
    barred: list[str] = []

    async def meanwhile(turn: streaming.Turn) -> streaming.Stop | None:
        if not barred:
            barred.append(str(made[1].client))
            member = str(stage.parties["clinician"].membership)
            body = {"membershipId": member, "categories": ["existence", "identity", "status"]}
            people = [key for key, who in stage.parties.items() if who.role is Role.CLIENT]
            for key in people:
                if (await stage.get(key, made[1].of_client)).status_code == 200:
                    await stage.made(key, f"{made[1].of_client}/blocks", body)
        return await renewed(turn)

    monkeypatch.setattr(streaming.Turn, "stopped", meanwhile)
    told = await exported(stage, "clinician", "Patient/$export?_type=Patient")
    assert [each["id"] for each in told["Patient"]] == [str(made[0].client)]
    assert barred


async def test_a_file_whose_caller_must_wait_is_whole_all_the_same(stage: Stage) -> None:
    await two_clients(stage)
    manifest = await manifest_of(stage, "clinician", "Patient/$export?_type=Observation")
    whole = await fetched(stage, "clinician", manifest["output"][0]["url"])
    services = stage.app.state.services
    slow = Limiter(per_second=20, burst=2)
    stage.app.state.services = replace(services, limiter=slow)
    try:
        async with asyncio.timeout(60):
            told = await fetched(stage, "clinician", manifest["output"][0]["url"])
    finally:
        stage.app.state.services = services
    assert told.status_code == 200
    assert told.text == whole.text != ""


async def test_a_file_that_is_read_slowly_is_asked_for_again_before_each_client(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await two_clients(stage)
    manifest = await manifest_of(stage, "clinician", "Patient/$export?_type=Patient")
    address = manifest["output"][0]["url"]
    assert len((await fetched(stage, "clinician", address)).text.splitlines()) == 2
    monkeypatch.setattr(streaming, "EVERY", 0.0)
    asked: list[streaming.Turn] = []

    async def at_the_second_look(turn: streaming.Turn) -> streaming.Stop | None:
        asked.append(turn)
        return streaming.Stop.CHANGED if len(asked) == 2 else None

    monkeypatch.setattr(streaming.Turn, "stopped", at_the_second_look)
    cut_off = await fetched(stage, "clinician", address)
    assert len(cut_off.text.splitlines()) == 1, "the rest never comes, and the connection breaks"


async def test_the_capabilities_tell_of_it(stage: Stage) -> None:
    told = await seen(stage, "clinician", "metadata")
    [patient] = [each for each in told["rest"][0]["resource"] if each["type"] == "Patient"]
    assert "export" in {each["name"] for each in patient["operation"]}


async def test_an_export_can_be_given_up(stage: Stage) -> None:
    begun = await kicked(stage, "clinician")
    sent = {"Authorization": f"Bearer {stage.token('clinician')}"}
    answer = await stage.http.delete(begun.headers["content-location"], headers=sent)
    assert answer.status_code == 202
