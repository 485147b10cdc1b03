"""What a record system sends is kept by the API, or refused by the name of what cannot be."""

import asyncio
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class

from tests.build.stage import BSN, Stage
from tests.domain.trajectory.courses import TOLD, Course, started
from tests.facades.fhir.asking import XML, ask, found, issue

Json = dict[str, Any]
BSN_SYSTEM = "http://fhir.nl/fhir/NamingSystem/bsn"
OWN = "https://trede.example/fhir"
BIRTH = {
    "url": "http://hl7.org/fhir/StructureDefinition/iso21090-EN-qualifier",
    "valueCode": "BR",
}


def patient(bsn: str = BSN["bravo"], **more: Any) -> Json:
    return {
        "resourceType": "Patient",
        "meta": {"profile": ["http://nictiz.nl/fhir/StructureDefinition/nl-core-Patient"]},
        "text": {"status": "generated", "div": '<div xmlns="http://www.w3.org/1999/xhtml">x</div>'},
        "identifier": [{"system": BSN_SYSTEM, "value": bsn}],
        "active": True,
        "name": [
            {
                "use": "official",
                "family": "Bravo",
                "given": ["Testclient", "Tweede"],
                "_given": [{"extension": [BIRTH]}, {"extension": [BIRTH]}],
            }
        ],
        "telecom": [{"system": "phone", "value": "0612345678"}],
        "birthDate": "1990-05-17",
        **more,
    }


def as_xml(resource: Json) -> bytes:
    model = get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    written: str | bytes = model.model_dump_xml()
    return written if isinstance(written, bytes) else written.encode()


async def test_a_patient_is_registered_as_a_client(stage: Stage) -> None:
    answer = await ask(stage, "clinician", "Patient", "POST", patient())
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert answer.headers["location"].endswith(f"/fhir/r4/Patient/{made['id']}")
    client = await stage.seen("clinician", f"/v1/clients/{made['id']}")
    assert (client["givenName"], client["familyName"]) == ("Testclient Tweede", "Bravo")
    assert client["telephone"] == "0612345678"
    again = await ask(stage, "clinician", f"Patient/{made['id']}")
    assert again.headers["etag"] == answer.headers["etag"]
    held = await ask(
        stage, "clinician", f"Patient/{made['id']}", if_none_match=answer.headers["etag"]
    )
    assert held.status_code == 304


async def test_a_patient_is_taken_as_xml_too(stage: Stage) -> None:
    body = as_xml(patient())
    answer = await ask(stage, "clinician", "Patient", "POST", body, content_type=XML)
    assert answer.status_code == 201, answer.text
    client = await stage.seen("clinician", f"/v1/clients/{answer.json()['id']}")
    assert client["givenName"] == "Testclient Tweede"


async def registered(stage: Stage) -> tuple[Json, str]:
    """A patient and its tag, as the record system holds them."""
    answer = await ask(stage, "clinician", "Patient", "POST", patient())
    return answer.json(), answer.headers["etag"]


async def put(stage: Stage, party: str, resource: Json, tag: str) -> Any:
    path = f"{resource['resourceType']}/{resource['id']}"
    return await ask(stage, party, path, "PUT", resource, if_match=tag)


def fault(answer: Any) -> str:
    """Our own code of the one issue."""
    [told] = answer.json()["issue"]
    [coding] = told["details"]["coding"]
    assert coding["system"] == f"{OWN}/CodeSystem/fault"
    return str(coding["code"])


async def test_a_changed_name_or_number_of_a_patient_is_kept(stage: Stage) -> None:
    told, tag = await registered(stage)
    told["telecom"] = [{"system": "email", "value": "bravo@voorbeeld.example"}]
    told["name"] = [{"family": "Bravo-Proef", "given": ["Testclient"]}]
    answer = await put(stage, "clinician", {**told, "birthDate": "1990-05-18"}, tag)
    assert answer.status_code == 200, answer.text
    kept = answer.json()
    assert kept["meta"]["lastUpdated"] > told["meta"]["lastUpdated"]
    assert answer.headers["etag"] != tag
    client = await stage.seen("clinician", f"/v1/clients/{told['id']}")
    assert (client["familyName"], client["birthDate"]) == ("Bravo-Proef", "1990-05-18")
    assert (client["telephone"], client["email"]) == (None, "bravo@voorbeeld.example")
    late = await put(stage, "clinician", told, tag)
    assert issue(late)[0] == 412
    assert fault(late) == "precondition_failed"
    path = f"Patient/{told['id']}"
    untagged = await ask(stage, "clinician", path, "PUT", told)
    assert issue(untagged)[0] == 428
    assert fault(untagged) == "precondition_required"
    assert issue(await put(stage, "other_clinician", told, tag))[0] == 404
    same = await put(stage, "clinician", kept, answer.headers["etag"])
    assert same.headers["etag"] == answer.headers["etag"]


async def test_a_patient_is_sent_in_the_words_of_the_sender_with_a_bsn_that_is_right(
    stage: Stage,
) -> None:
    told, tag = await registered(stage)
    mine = patient(id=told["id"], telecom=[{"system": "phone", "value": "0687654321"}])
    answer = await put(stage, "clinician", mine, tag)
    assert answer.status_code == 200, answer.text
    assert answer.json()["telecom"] == mine["telecom"]
    tag = answer.headers["etag"]
    for what, element in (
        ({"identifier": [{"system": BSN_SYSTEM, "value": BSN["alfa"]}]}, "Patient.identifier"),
        ({"identifier": []}, "Patient.identifier"),
        ({"gender": "female"}, "Patient.gender"),
        ({"active": False}, "Patient.active"),
        ({"managingOrganization": {"reference": "Organization/1"}}, "Patient.managingOrganization"),
        ({"telecom": [{"system": "fax", "value": "1"}]}, "Patient.telecom[0].system"),
        ({"birthDate": "2015-01-01"}, "Patient.birthDate"),
    ):
        refused = await put(stage, "clinician", {**mine, **what}, tag)
        assert refused.status_code in {400, 422}, (what, refused.text)
        assert element in str(refused.json()["issue"]), (what, refused.text)
        assert BSN["alfa"] not in refused.text
    assert (await ask(stage, "clinician", f"Patient/{told['id']}")).headers["etag"] == tag


async def test_who_reads_a_patient_does_not_rename_one(stage: Stage) -> None:
    course = await started(stage)
    await course.with_coach()
    told: Json = {}
    tag = ""
    for party in ("coach", "alfa"):
        answer = await ask(stage, party, f"Patient/{course.client}")
        told, tag = answer.json(), answer.headers["etag"]
        renamed = {**told, "name": [{"family": "Ander", "given": ["Testclient"]}]}
        assert issue(await put(stage, party, renamed, tag))[0] == 403, party
    number = {**told, "telecom": [{"system": "phone", "value": "0687654321"}]}
    answer = await put(stage, "alfa", number, tag)
    assert answer.status_code == 200, answer.text
    assert (await stage.seen("coach", course.of_client))["telephone"] == "0687654321"


async def test_what_cannot_be_kept_is_refused_by_name_and_without_its_value(stage: Stage) -> None:
    odd = patient(
        gender="female",
        maritalStatus={"text": "Gehuwd-met-geheim"},
        telecom=[
            {"system": "phone", "value": "0612345678", "use": "home"},
            {"system": "fax", "value": "0101234567"},
        ],
    )
    for body, media in ((odd, "application/fhir+json"), (as_xml(odd), XML)):
        answer = await ask(stage, "clinician", "Patient", "POST", body, content_type=media)
        assert issue(answer) == (422, "not-supported")
        named = {each["expression"][0] for each in answer.json()["issue"]}
        assert {
            "Patient.gender",
            "Patient.maritalStatus.text",
            "Patient.telecom[0].use",
            "Patient.telecom[1].system",
            "Patient.telecom[1].value",
        } == named
        assert "geheim" not in answer.text
    assert await found(stage, "clinician", "Patient") == []


async def test_a_refusal_of_the_api_points_at_the_element_that_was_sent(stage: Stage) -> None:
    answer = await ask(stage, "clinician", "Patient", "POST", patient(bsn="123456780"))
    assert answer.status_code == 400
    assert answer.json()["issue"][0]["expression"] == ["Patient.identifier[0].value"]
    assert "123456780" not in answer.text
    young = await ask(stage, "clinician", "Patient", "POST", patient(birthDate="2020-01-01"))
    assert young.json()["issue"][0]["expression"] == ["Patient.birthDate"]


async def test_of_two_who_create_on_a_condition_one_patient_comes(stage: Stage) -> None:
    condition = {"if_none_exist": f"identifier={BSN_SYSTEM}|{BSN['bravo']}"}
    answers = await asyncio.gather(
        *(ask(stage, "clinician", "Patient", "POST", patient(), **condition) for _ in range(3))
    )
    assert {answer.status_code for answer in answers} <= {200, 201}
    again = await ask(stage, "clinician", "Patient", "POST", patient(), **condition)
    assert again.status_code == 200
    assert len({answer.json()["id"] for answer in (*answers, again)}) == 1
    assert len(await found(stage, "clinician", "Patient")) == 1


async def test_who_prefers_little_is_told_little(stage: Stage) -> None:
    one = await ask(stage, "clinician", "Patient", "POST", patient(), prefer="return=minimal")
    assert (one.status_code, one.content) == (201, b"")
    other = patient(bsn=BSN["echo"])
    two = await ask(stage, "clinician", "Patient", "POST", other, prefer="return=OperationOutcome")
    assert two.json()["resourceType"] == "OperationOutcome"
    assert "Patient/" in two.headers["location"]


@pytest.mark.parametrize(
    ("body", "media", "status"),
    [
        ("{", "application/fhir+json", 400),
        ('{"resourceType":"Organization","name":"x"}', "application/fhir+json", 400),
        ('{"resourceType":"Patient","shoeSize":43}', "application/fhir+json", 400),
        ('{"resourceType":"Patient"}', "text/plain", 415),
        ("<Patient/>", XML, 400),
        ('<Patient xmlns="http://hl7.org/fhir"><shoe value="4"/></Patient>', XML, 400),
        ('<!DOCTYPE Patient [<!ENTITY x "y">]><Patient>&x;</Patient>', XML, 400),
        (
            '<Patient xmlns="http://hl7.org/fhir">' + "<a>" * 40 + "</a>" * 40 + "</Patient>",
            XML,
            400,
        ),
    ],
)
async def test_a_body_that_is_no_such_resource_is_refused(
    stage: Stage, body: str, media: str, status: int
) -> None:
    answer = await ask(stage, "clinician", "Patient", "POST", body, content_type=media)
    assert answer.json()["resourceType"] == "OperationOutcome"
    assert answer.status_code == status


BORN, ACTIVE = '<birthDate value="1990-05-17"/>', '<active value="true"/>'


@pytest.mark.parametrize(
    ("known", "odd"),
    [
        (BORN, '<birthDate value="1990-05-17" odd="y"/>'),
        (BORN, f'<birthDate value="1991-01-01"/>{BORN}'),
        (BORN, f"<gender/>{BORN}"),
        (ACTIVE, '<active value="true">woord</active>'),
        (ACTIVE, '<q:active xmlns:q="urn:q" value="true"/>'),
    ],
)
async def test_nothing_in_xml_is_passed_over(stage: Stage, known: str, odd: str) -> None:
    whole = as_xml(patient()).decode()
    assert known in whole
    body = whole.replace(known, odd)
    answer = await ask(stage, "clinician", "Patient", "POST", body, content_type=XML)
    assert answer.status_code == 400, answer.text
    (told,) = answer.json()["issue"]
    assert told["details"]["coding"][0]["code"] == "unknown_field"
    assert await found(stage, "clinician", "Patient") == []


@pytest.mark.parametrize("party", ["expert", "coach", "employer", "other_clinician", "ggz_admin"])
async def test_who_may_not_register_at_the_api_may_not_here(stage: Stage, party: str) -> None:
    body = {
        "bsn": BSN["bravo"],
        "givenName": "Testclient",
        "familyName": "Bravo",
        "birthDate": "1990-05-17",
    }
    there = await stage.post(party, "/v1/clients", body)
    here = await ask(stage, party, "Patient", "POST", patient())
    assert here.status_code == there.status_code


def service_request(course: Course, consent: str, **more: Any) -> Json:
    expert = course.stage.parties["expert"]
    return {
        "resourceType": "ServiceRequest",
        "extension": [
            {
                "url": f"{OWN}/StructureDefinition/client-agreed-on",
                "valueDate": "2025-01-14",
            },
            {
                "url": f"{OWN}/StructureDefinition/uwv-benefit-confirmed",
                "valueBoolean": True,
            },
        ],
        "status": "active",
        "intent": "order",
        "subject": {"reference": f"Patient/{course.client}"},
        "performerType": {
            "coding": [{"system": f"{OWN}/CodeSystem/role", "code": "labour_expert"}]
        },
        "performer": [{"reference": f"Organization/{expert.organisation}"}],
        "reasonCode": [{"text": "Weer iets met hout doen."}],
        "supportingInfo": [
            {"reference": f"EpisodeOfCare/{course.trajectory}"},
            {"reference": f"Consent/{consent}"},
        ],
        **more,
    }


async def test_a_referral_is_sent_and_taken_back(stage: Stage) -> None:
    course = await started(stage)
    consent = await course.consent_to("expert", *TOLD)
    sent = await ask(stage, "clinician", "ServiceRequest", "POST", service_request(course, consent))
    assert sent.status_code == 201, sent.text
    (arrived,) = await found(stage, "expert", "ServiceRequest")
    assert arrived["id"] == sent.json()["id"]
    path, revoked = f"ServiceRequest/{arrived['id']}", {**sent.json(), "status": "revoked"}
    without = await ask(stage, "clinician", path, "PUT", revoked)
    assert issue(without) == (428, "required")
    stale = await ask(stage, "clinician", path, "PUT", revoked, if_match=f'W/"{"0" * 36}"')
    assert issue(stale) == (412, "conflict")
    tag = sent.headers["etag"]
    more = await ask(
        stage, "clinician", path, "PUT", {**revoked, "priority": "urgent"}, if_match=tag
    )
    assert issue(more) == (422, "not-supported")
    done = await ask(stage, "clinician", path, "PUT", revoked, if_match=tag)
    assert done.status_code == 200, done.text
    assert done.json()["status"] == "revoked"
    assert issue(await ask(stage, "expert", path)) == (404, "not-found")


async def test_a_referral_about_somebody_else_is_refused(stage: Stage) -> None:
    course = await started(stage)
    consent = await course.consent_to("expert", *TOLD)
    other = await stage.client("echo")
    about = {"subject": {"reference": f"Patient/{other}"}}
    answer = await ask(
        stage, "clinician", "ServiceRequest", "POST", service_request(course, consent, **about)
    )
    assert answer.json()["issue"][0]["expression"] == ["ServiceRequest.subject"]
    hidden = await ask(
        stage, "other_clinician", "ServiceRequest", "POST", service_request(course, consent)
    )
    assert issue(hidden) == (404, "not-found")
    assert await found(stage, "expert", "ServiceRequest") == []


async def test_what_is_not_written_here_says_so(stage: Stage) -> None:
    body = {"resourceType": "Organization", "name": "x"}
    for method, path in (("POST", "Organization"), ("PUT", "Organization/x")):
        answer = await ask(stage, "clinician", path, method, body)
        assert issue(answer) == (405, "not-supported")
        assert answer.headers["allow"] == "GET"
