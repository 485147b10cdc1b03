"""What is sent to be taken in two ways, or to cost more than it says, is refused and keeps nothing.

An odd id leads to no other operation, and who is named beside the client must be the client.
"""

from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest

from tests.build.stage import BSN, Stage
from tests.domain.trajectory.courses import Course, started
from tests.facades.fhir.asking import XML, ask, by_form, found, issue, seen
from tests.facades.fhir.test_sending import coded, consent, measurement, plan

Json = dict[str, Any]
QUANTITY = (
    '<Observation xmlns="http://hl7.org/fhir"><status value="final"/><code><text value="x"/></code>'
    '<valueQuantity><value value="{}"/></valueQuantity></Observation>'
)


@pytest.fixture
async def course(stage: Stage) -> Course:
    course = await started(stage)
    await course.with_coach()
    return course


@pytest.mark.parametrize("number", ["1e30000", "-1.5E+30000", " 1e9_999 ", "1e٩٩٩٩"])
async def test_a_number_of_a_few_letters_is_not_written_out(stage: Stage, number: str) -> None:
    body = QUANTITY.format(number).encode()
    answer = await ask(stage, "coach", "Observation", "POST", body, content_type=XML)
    assert issue(answer) == (400, "structure")


@pytest.mark.parametrize(
    "odd",
    [
        {"contained": [{"resourceType": "Nothing"}]},
        {"contained": [{"resourceType": ["Patient"]}]},
        {"contained": [{"resourceType": 1}]},
        {"meta": None},
        {"meta": {"profile": None}},
        {"text": None},
        {BSN["alfa"]: "x"},
    ],
)
async def test_what_is_no_resource_in_some_part_is_refused_without_a_word_of_it(
    stage: Stage, odd: Json
) -> None:
    answer = await ask(stage, "clinician", "Patient", "POST", {"resourceType": "Patient", **odd})
    assert answer.status_code == 400, answer.text
    assert BSN["alfa"] not in answer.text


async def test_a_resource_that_cannot_be_read_counts_as_a_call(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    limiter = stage.app.state.services.limiter
    monkeypatch.setattr(limiter, "_burst", 1)
    monkeypatch.setattr(limiter, "_per_second", 0.001)
    answers = [
        (await ask(stage, "clinician", path, "POST", b"<", content_type=XML)).status_code
        for path in ("", "Patient")
    ]
    assert answers == [400, 429]


async def test_a_search_by_form_counts_as_a_call_and_has_so_many_fields(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To read a form is work, also one that is refused for its size before anything is asked."""
    limiter = stage.app.state.services.limiter
    monkeypatch.setattr(limiter, "_burst", 1)
    monkeypatch.setattr(limiter, "_per_second", 0.001)
    headers = {
        "Authorization": f"Bearer {stage.token('clinician')}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    url = "/fhir/r4/Patient/_search"
    answers = [await stage.http.post(url, content=b"a&" * 201, headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [400, 429]


@pytest.mark.parametrize("name", ["_lastUpdated", "status"])
async def test_a_search_has_so_many_values_and_no_more(stage: Stage, name: str) -> None:
    of = {"patient": str((await started(stage)).client)}
    value = "ge1900" if name == "_lastUpdated" else "finished"
    some, many = ({name: [value] * number} for number in (100, 201))
    answer = await by_form(stage, "clinician", "Encounter", **of, **some)
    assert answer.status_code == 200, answer.text
    for words in (many, {name: ",".join([value] * 201)}):
        assert (await by_form(stage, "clinician", "Encounter", **of, **words)).status_code == 400


async def test_a_status_that_is_not_there_is_no_act(stage: Stage) -> None:
    course = await started(stage)
    answer = await ask(stage, "alfa", "Consent", "POST", consent(course))
    made, tag = answer.json(), answer.headers["etag"]
    without = {name: value for name, value in made.items() if name != "status"}
    without["_status"] = {"extension": [{"url": "urn:x", "valueCode": "y"}]}
    answer = await ask(stage, "alfa", f"Consent/{made['id']}", "PUT", without, if_match=tag)
    assert answer.status_code == 422, answer.text
    assert (await seen(stage, "alfa", f"Consent/{made['id']}"))["status"] == "active"


@pytest.mark.parametrize("rung", ["9" * 5000, "٤", "44"])
async def test_a_rung_is_one_digit(stage: Stage, course: Course, rung: str) -> None:
    sent = measurement(course, valueCodeableConcept=coded("participation-ladder", rung))
    answer = await ask(stage, "coach", "Observation", "POST", sent)
    assert answer.status_code == 400, answer.text


@pytest.mark.parametrize("below", ["consents", "access-log", "..", "%2e", "?x=1", "#"])
async def test_an_id_leads_to_a_record_and_not_to_what_lies_below_it(
    stage: Stage, course: Course, below: str
) -> None:
    for kind, party in (("Patient", "alfa"), ("Provenance", "alfa"), ("AuditEvent", "alfa")):
        head = "p-" if kind == "Provenance" else ""
        odd = f"{head}{course.client}/{below}"
        answer = await stage.http.get(
            f"/fhir/r4/{kind}",
            params={"_id": odd},
            headers={"Authorization": f"Bearer {stage.token(party)}"},
        )
        assert answer.status_code == 200, answer.text
        assert "entry" not in answer.json()


async def test_a_plan_brings_no_goal_or_step_of_somebody_else(stage: Stage, course: Course) -> None:
    other = {"reference": f"Patient/{uuid4()}"}
    goal = plan(course)
    goal["contained"][0]["subject"] = other
    step = plan(course)
    step["activity"][0]["detail"]["performer"] = [other]
    for sent in (goal, step):
        answer = await ask(stage, "coach", "CarePlan", "POST", sent)
        assert answer.status_code == 400, answer.text
    assert (await stage.seen("coach", f"{course.of_trajectory}/action-plans"))["items"] == []


async def test_nobody_consents_who_acts_for_another_client(stage: Stage) -> None:
    course = await started(stage)
    sent = consent(course, performer=[{"reference": "#who"}])
    sent["contained"].append(
        {
            "resourceType": "RelatedPerson",
            "id": "who",
            "patient": {"reference": f"Patient/{uuid4()}"},
            "relationship": [coded("role", "legal_representative")],
        }
    )
    answer = await ask(stage, "clinician", "Consent", "POST", sent)
    assert answer.status_code == 400, answer.text
    assert answer.json()["issue"][0]["details"]["coding"][0]["code"] == "wrong_combination"


async def test_who_stands_on_another_server_is_not_who_has_that_id_here(
    stage: Stage, course: Course
) -> None:
    base = f"{stage.app.state.services.issuer.url}/fhir/r4"
    for at, status in ((base, 201), (f"{base}/x", 400), ("https://other.example/fhir", 400)):
        subject = {"reference": f"{at}/Patient/{course.client}"}
        sent = measurement(course, subject=subject)
        answer = await ask(stage, "coach", "Observation", "POST", sent)
        assert answer.status_code == status, answer.text
        people = await found(stage, "coach", f"Observation?patient={quote(subject['reference'])}")
        assert bool(people) == (status == 201)
        episode = quote(f"{at}/EpisodeOfCare/{course.trajectory}")
        own = f"Observation?patient={course.client}&episode-of-care={episode}"
        held = await found(stage, "coach", own)
        assert bool(held) == (status == 201)


@pytest.mark.parametrize("lacking", ["method", "url"])
async def test_an_entry_of_a_batch_that_does_not_say_what_is_asked_is_refused(
    stage: Stage, lacking: str
) -> None:
    asked: Json = {"method": "GET", "url": "Patient"}
    del asked[lacking]
    asked[f"_{lacking}"] = {"extension": [{"url": "urn:x", "valueCode": "y"}]}
    sent = {"resourceType": "Bundle", "type": "batch", "entry": [{"request": asked}]}
    answer = await ask(stage, "clinician", "", "POST", sent)
    assert answer.status_code in {200, 400, 422}, answer.text
    if answer.status_code == 200:
        (entry,) = answer.json()["entry"]
        assert entry["response"]["status"].startswith("4")
