"""What the API tells a party is what that party reads as FHIR, and nothing more."""

from uuid import uuid4

import pytest

from tests.build.stage import BSN, Stage
from tests.domain.trajectory.courses import Course, started
from tests.facades.fhir.asking import FHIR, XML, ask, by_form, found, issue, seen, valid


@pytest.fixture
async def course(stage: Stage) -> Course:
    return await started(stage)


async def test_a_client_is_a_patient_with_a_masked_bsn(stage: Stage, course: Course) -> None:
    patient = await seen(stage, "clinician", f"Patient/{course.client}")
    assert patient["name"][0]["family"] == "Alfa"
    assert patient["meta"]["profile"] == [
        "http://nictiz.nl/fhir/StructureDefinition/nl-core-Patient"
    ]
    assert BSN["alfa"] not in str(patient)


async def test_a_trajectory_is_an_episode_of_care(stage: Stage, course: Course) -> None:
    episode = await seen(stage, "clinician", f"EpisodeOfCare/{course.trajectory}")
    assert episode["patient"]["reference"] == f"Patient/{course.client}"
    assert episode["status"] == "planned"
    (again,) = await found(stage, "clinician", f"EpisodeOfCare?patient={course.client}")
    assert {**again, "meta": 0} == {**episode, "meta": 0}


async def test_a_referral_is_a_service_request_for_both_sides(stage: Stage, course: Course) -> None:
    await course.refer()
    (sent,) = await found(stage, "clinician", "ServiceRequest")
    (received,) = await found(stage, "expert", "ServiceRequest?status=active")
    assert sent["subject"]["reference"] == f"Patient/{course.client}"
    assert sent["id"] == received["id"]
    again = await seen(stage, "expert", f"ServiceRequest/{sent['id']}")
    assert again["subject"] == received["subject"]
    assert await found(stage, "expert", "ServiceRequest?status=completed") == []


@pytest.mark.parametrize("kind", ["Patient", "EpisodeOfCare", "Organization", "ServiceRequest"])
async def test_unknown_hidden_and_odd_are_the_same_404(
    stage: Stage, course: Course, kind: str
) -> None:
    await course.refer()
    hidden = {"Patient": course.client, "EpisodeOfCare": course.trajectory}
    ids = [str(hidden.get(kind, uuid4())), str(uuid4()), "odd", "referral-x.y", "a" * 64]
    answers = [await ask(stage, "other_clinician", f"{kind}/{each}") for each in ids]
    assert {issue(answer) for answer in answers} == {(404, "not-found")}
    assert len({answer.content for answer in answers}) == 1


async def test_without_a_token_every_interaction_is_an_outcome(stage: Stage) -> None:
    for path in ("Patient", "Patient/x", "Nothing", "Nothing/x"):
        answer = await stage.http.get(f"{FHIR}/{path}")
        assert issue(answer) == (401, "login")
        assert "www-authenticate" in answer.headers


@pytest.mark.parametrize("path", ["Nothing", "Nothing/x", "Patient/a/b/c", "Patient/"])
async def test_what_is_not_there_is_told_as_an_outcome(stage: Stage, path: str) -> None:
    answer = await ask(stage, "clinician", path)
    assert issue(answer) == (404, "not-found")


async def test_another_method_is_refused_with_an_outcome(stage: Stage) -> None:
    answer = await ask(stage, "clinician", "Patient/x", "DELETE")
    assert issue(answer) == (405, "not-supported")


async def test_a_resource_leaves_as_xml_too(stage: Stage, course: Course) -> None:
    for path in (f"Patient/{course.client}", "Patient", "metadata", "Patient/odd"):
        answer = await ask(stage, "clinician", path, accept=XML)
        assert answer.headers["content-type"].startswith(XML)
    answer = await ask(stage, "clinician", f"Patient/{course.client}?_format=xml")
    assert valid(answer).id == str(course.client)


async def test_a_form_says_its_format_too(stage: Stage, course: Course) -> None:
    answer = await by_form(stage, "clinician", "Patient", _format="xml", _count="1")
    assert answer.headers["content-type"].startswith(XML)
    assert str(course.client) in answer.text


async def test_a_format_that_is_not_ours_is_refused(stage: Stage) -> None:
    answer = await ask(stage, "clinician", "Patient", accept="text/turtle")
    assert issue(answer) == (406, "not-supported")


async def test_a_bsn_finds_by_form_and_never_by_address(stage: Stage, course: Course) -> None:
    number = f"http://fhir.nl/fhir/NamingSystem/bsn|{BSN['alfa']}"
    refused = await ask(stage, "clinician", f"Patient?identifier={number}")
    assert issue(refused)[0] == 400
    assert BSN["alfa"] not in refused.text
    answer = await by_form(stage, "clinician", "Patient", identifier=number)
    assert [e["resource"]["id"] for e in answer.json()["entry"]] == [str(course.client)]
    assert BSN["alfa"] not in answer.text
    hidden = await by_form(stage, "other_clinician", "Patient", identifier=number)
    unknown = await by_form(stage, "other_clinician", "Patient", identifier=BSN["echo"])
    assert hidden.content == unknown.content


@pytest.mark.parametrize("name", ["patient", "_id", "status", "_include", "shoe-size"])
async def test_a_bsn_stands_in_no_address_under_any_name(stage: Stage, name: str) -> None:
    for prefer in ("handling=strict", "handling=lenient"):
        path = f"EpisodeOfCare?{name}=x|{BSN['alfa']}"
        answer = await ask(stage, "clinician", path, prefer=prefer)
        assert BSN["alfa"] not in answer.text
        assert answer.status_code == 400 or name == "shoe-size"
    form = await by_form(stage, "clinician", "EpisodeOfCare", **{name: BSN["alfa"]})
    assert BSN["alfa"] not in form.text


async def test_what_is_not_understood_is_refused_unless_lenient(stage: Stage) -> None:
    refused = await ask(stage, "clinician", "Patient?shoe-size=43")
    assert issue(refused) == (400, "not-supported")
    lenient = await ask(stage, "clinician", "Patient?shoe-size=43", prefer="handling=lenient")
    assert lenient.status_code == 200
    assert "shoe" not in lenient.text


@pytest.mark.parametrize(
    "query",
    ["_has:Observation:patient:code=1", "organization.name=G", "_total=accurate", "_count=0"],
)
async def test_nothing_counts_or_searches_through_what_is_hidden(stage: Stage, query: str) -> None:
    for prefer in ("handling=strict", "handling=lenient"):
        answer = await ask(stage, "clinician", f"Patient?{query}", prefer=prefer)
        assert answer.status_code == 400


async def test_pages_go_on_without_a_total(stage: Stage) -> None:
    bundle = await seen(stage, "clinician", "Organization?_count=3")
    assert len(bundle["entry"]) == 3
    assert [link["relation"] for link in bundle["link"]] == ["self", "next"]
    names = [each["name"] for each in await found(stage, "clinician", "Organization?_count=3")]
    assert len(names) == len(set(names)) == len(stage.organisations)


async def test_a_cursor_is_of_one_caller_and_one_search(stage: Stage) -> None:
    bundle = await seen(stage, "clinician", "Organization?_count=3")
    onward = bundle["link"][1]["url"].partition(f"{FHIR}/")[2]
    other = await ask(stage, "colleague", onward)
    changed = await ask(stage, "clinician", onward.replace("_count=3", "_count=4"))
    assert (other.status_code, changed.status_code) == (400, 400)


async def test_the_capability_statement_is_public_and_names_what_is_served(stage: Stage) -> None:
    answer = await stage.http.get(f"{FHIR}/metadata")
    statement = valid(answer)
    served = {each.type for each in statement.rest[0].resource}
    assert {"Patient", "Organization", "EpisodeOfCare", "ServiceRequest"} <= served
    smart = await stage.http.get(f"{FHIR}/.well-known/smart-configuration")
    assert smart.json()["token_endpoint"].endswith("/oauth2/token")


async def test_a_membership_is_a_practitioner_role(stage: Stage) -> None:
    expert = stage.parties["expert"]
    role = await seen(stage, "clinician", f"PractitionerRole/{expert.membership}")
    assert role["organization"]["reference"] == f"Organization/{expert.organisation}"
    assert role["code"][0]["coding"][0]["code"] == "labour_expert"
    of = f"PractitionerRole?organization=Organization/{expert.organisation}"
    bundle = await seen(stage, "clinician", f"{of}&_include=PractitionerRole:practitioner")
    kinds = [entry["search"]["mode"] for entry in bundle["entry"]]
    assert (kinds.count("match"), kinds.count("include")) == (3, 3)
    assert role in [entry["resource"] for entry in bundle["entry"]]
    gone = await ask(stage, "clinician", f"PractitionerRole/{uuid4()}")
    assert issue(gone) == (404, "not-found")


@pytest.mark.parametrize("kind", ["EpisodeOfCare", "ServiceRequest", "Observation", "Consent"])
async def test_what_is_no_id_of_a_patient_leads_to_no_other_look(
    stage: Stage, course: Course, kind: str
) -> None:
    for odd in (f"{course.client}?x=1", f"{course.client}%3Fx%3D1", "x%26pageSize%3D1", ".."):
        bundle = await seen(stage, "clinician", f"{kind}?patient={odd}")
        assert "entry" not in bundle


async def test_everything_of_a_patient_is_what_each_party_may_know(
    stage: Stage, course: Course
) -> None:
    await course.refer()
    path = f"Patient/{course.client}/$everything"
    mine = await found(stage, "clinician", f"{path}?_count=1")
    kinds = {each["resourceType"] for each in mine}
    assert {"Patient", "EpisodeOfCare", "ServiceRequest"} <= kinds
    assert len({(each["resourceType"], each["id"]) for each in mine}) == len(mine)
    some = await found(stage, "clinician", f"{path}?_type=EpisodeOfCare")
    assert [each["resourceType"] for each in some] == ["EpisodeOfCare"]
    none = await found(stage, "clinician", f"{path}?_since=2099-01-01")
    assert none == []
    hidden = await ask(stage, "other_clinician", path)
    unknown = await ask(stage, "other_clinician", f"Patient/{uuid4()}/$everything")
    assert issue(hidden) == (404, "not-found")
    assert hidden.content == unknown.content
