"""Several interactions in one request are each what they would be by themselves."""

from typing import Any

import pytest

from tests.build.stage import BSN, Stage
from tests.domain.trajectory.courses import started
from tests.facades.fhir.asking import XML, ask, issue
from tests.facades.fhir.test_writing import BSN_SYSTEM, as_xml, patient


def batch(*entries: dict[str, Any], kind: str = "batch") -> dict[str, Any]:
    found = {"resourceType": "Bundle", "type": kind, "entry": list(entries)}
    return {name: value for name, value in found.items() if value}


def get(url: str, **more: str) -> dict[str, Any]:
    return {"request": {"method": "GET", "url": url, **more}}


def post(kind: str, body: dict[str, Any], **more: str) -> dict[str, Any]:
    return {"resource": body, "request": {"method": "POST", "url": kind, **more}}


async def test_each_entry_is_answered_by_itself(stage: Stage) -> None:
    course = await started(stage)
    condition = {"ifNoneExist": f"identifier={BSN_SYSTEM}|{BSN['bravo']}"}
    sent = batch(
        get(f"Patient/{course.client}"),
        get("Patient/unknown"),
        get(f"EpisodeOfCare?patient={course.client}"),
        post("Patient", patient(), **condition),
        post("Patient", patient(), **condition),
        post("Patient", patient(bsn=BSN["echo"], gender="male")),
        get(f"Patient?identifier={BSN['alfa']}"),
    )
    for body, media, made in ((sent, "application/fhir+json", "201"), (as_xml(sent), XML, "200")):
        answer = await ask(stage, "clinician", "", "POST", body, content_type=media)
        assert answer.status_code == 200, answer.text
        entries = answer.json()["entry"]
        told = [entry["response"]["status"].partition(" ")[0] for entry in entries]
        assert told == ["200", "404", "200", made, "200", "422", "400"]
        assert entries[3]["resource"]["id"] == entries[4]["resource"]["id"]
        refused = entries[5]["response"]["outcome"]["issue"][0]
        assert refused["expression"] == ["Patient.gender"]
        assert BSN["alfa"] not in answer.text


async def test_who_may_not_alone_may_not_in_a_batch(stage: Stage) -> None:
    course = await started(stage)
    alone = await ask(stage, "other_clinician", f"Patient/{course.client}")
    sent = batch(get(f"Patient/{course.client}"))
    answer = await ask(stage, "other_clinician", "", "POST", sent)
    assert answer.json()["entry"][0]["response"]["outcome"] == alone.json()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (batch(kind="transaction"), 422),
        (batch({"request": {"method": "DELETE", "url": "Patient/x"}}), 422),
        (batch(post("Patient", patient()), get("$export-file/x/Patient")), 422),
        (batch(post("Patient", patient()), get("Patient/$export")), 422),
        (batch(post("Patient", patient()), get("Patient/x?_format=xml")), 422),
        (batch({"resource": patient()}), 400),
        (batch(*[get("Patient/x")] * 51), 400),
        ({"resourceType": "Patient"}, 400),
        (" " * 300_000, 413),
    ],
)
async def test_what_is_no_batch_is_refused(stage: Stage, body: Any, status: int) -> None:
    answer = await ask(stage, "clinician", "", "POST", body)
    assert issue(answer)[0] == status
