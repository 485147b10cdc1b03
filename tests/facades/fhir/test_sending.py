"""Consents, measurements, plans and the end of a task, sent as FHIR and kept by the API."""

import asyncio
from typing import Any

import pytest

from tests.build.stage import Stage
from tests.domain.reporting.test_reminders import active
from tests.domain.reporting.test_reminders import started as begun
from tests.domain.trajectory.courses import Course, started
from tests.facades.fhir.asking import ask, found, issue, seen

Json = dict[str, Any]
OWN = "https://trede.example/fhir"
EPISODE = "http://hl7.org/fhir/StructureDefinition/workflow-episodeOfCare"
HL7 = "http://terminology.hl7.org/CodeSystem"


@pytest.fixture
async def course(stage: Stage) -> Course:
    course = await started(stage)
    await course.with_coach()
    return course


def own(vocabulary: str, code: str) -> Json:
    return {"system": f"{OWN}/CodeSystem/{vocabulary}", "code": code}


def coded(vocabulary: str, code: str) -> Json:
    return {"coding": [own(vocabulary, code)]}


def of(course: Course) -> Json:
    episode = {"reference": f"EpisodeOfCare/{course.trajectory}"}
    return {
        "subject": {"reference": f"Patient/{course.client}"},
        "extension": [{"url": EPISODE, "valueReference": episode}],
    }


def measurement(course: Course, **more: Any) -> Json:
    return {
        "resourceType": "Observation",
        **of(course),
        "status": "final",
        "code": coded("observable", "participation-ladder"),
        "effectiveDateTime": "2025-01-14",
        "valueCodeableConcept": coded("participation-ladder", "4"),
        "component": [
            {
                "code": coded("observable", "occasion"),
                "valueCodeableConcept": coded("ladder-occasion", "start"),
            },
            {"code": coded("observable", "weekly"), "valueBoolean": True},
            {"code": coded("observable", "client-words"), "valueString": "Met hout."},
        ],
        **more,
    }


async def test_a_measurement_that_is_sent_is_the_measurement_of_the_api(
    stage: Stage, course: Course
) -> None:
    answer = await ask(stage, "coach", "Observation", "POST", measurement(course))
    assert answer.status_code == 201, answer.text
    listed = await stage.seen("coach", f"{course.of_trajectory}/ladder-measurements")
    (kept,) = listed["items"]
    assert (kept["rung"], kept["measuredOn"], kept["occasion"]) == (4, "2025-01-14", "start")
    assert (kept["criteria"]["weekly"], kept["clientWords"]) == (True, "Met hout.")
    told = answer.json()
    assert told["valueCodeableConcept"]["coding"][0]["code"] == "4"
    assert {one["code"]["coding"][0]["code"] for one in told["component"]} >= {
        one["code"]["coding"][0]["code"] for one in measurement(course)["component"]
    }


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"note": [{"text": "x"}]}, "Observation.note[0].text"),
        ({"identifier": [{"value": "1"}]}, "Observation.identifier[0].value"),
        ({"status": "preliminary"}, "Observation.status"),
        ({"effectiveDateTime": "2025"}, "Observation.effectiveDateTime"),
        ({"valueCodeableConcept": coded("participation-ladder", "9")}, "Observation"),
        ({"code": coded("observable", "weekly")}, "Observation.code"),
        (
            {
                "valueCodeableConcept": {
                    "coding": [own("participation-ladder", "4"), own("participation-ladder", "5")]
                }
            },
            "Observation.valueCodeableConcept",
        ),
        (
            {"category": [{"coding": [{"system": f"{HL7}/observation-category", "code": "exam"}]}]},
            "Observation.category",
        ),
        ({"extension": []}, "Observation.extension"),
        ({"subject": {"reference": "Patient/" + "1" * 8}}, "Observation.subject"),
    ],
)
async def test_what_of_a_measurement_cannot_be_kept_is_named_and_nothing_is_kept(
    stage: Stage, course: Course, changed: Json, where: str
) -> None:
    sent = {name: value for name, value in measurement(course, **changed).items() if value}
    answer = await ask(stage, "coach", "Observation", "POST", sent)
    assert answer.status_code in {400, 422}, answer.text
    issues = answer.json()["issue"]
    assert any(each["expression"][0].startswith(where) for each in issues), issues
    listed = await stage.seen("coach", f"{course.of_trajectory}/ladder-measurements")
    assert listed["items"] == []


async def test_who_may_not_know_of_a_trajectory_learns_nothing_by_sending(
    stage: Stage, course: Course
) -> None:
    hidden = await ask(stage, "other_expert", "Observation", "POST", measurement(course))
    assert issue(hidden) == (404, "not-found")


async def put(stage: Stage, party: str, resource: Json, tag: str) -> Any:
    return await ask(stage, party, f"Observation/{resource['id']}", "PUT", resource, if_match=tag)


async def test_a_corrected_measurement_stands_in_the_place_of_the_earlier_one(
    stage: Stage, course: Course
) -> None:
    made = await ask(stage, "coach", "Observation", "POST", measurement(course))
    told, tag = made.json(), made.headers["etag"]
    wanted = {**told, "valueCodeableConcept": coded("participation-ladder", "3")}
    answer = await put(stage, "coach", wanted, tag)
    assert answer.status_code == 201, answer.text
    kept = answer.json()
    assert kept["id"] != told["id"]
    assert answer.headers["location"].endswith(f"/fhir/r4/Observation/{kept['id']}")
    assert (kept["status"], rung_of(kept)) == ("corrected", "3")
    assert words_of(kept) == words_of(told)
    earlier = {"reference": f"Observation/{told['id']}"}
    assert earlier in [each["valueReference"] for each in kept["extension"]]
    before = await ask(stage, "coach", f"Observation/{told['id']}")
    assert (before.json()["status"], rung_of(before.json())) == ("entered-in-error", "4")
    late = await put(stage, "coach", before.json() | {"component": []}, before.headers["etag"])
    assert issue(late)[0] in {409, 422}
    again = await put(stage, "coach", {**wanted, "status": "amended"}, tag)
    assert issue(again)[0] == 412
    listed = await stage.seen("coach", f"{course.of_trajectory}/ladder-measurements")
    assert [each["rung"] for each in listed["items"]] == [4, 3]


def rung_of(told: Json) -> str:
    found: str = told["valueCodeableConcept"]["coding"][0]["code"]
    return found


def words_of(told: Json) -> set[str]:
    return {each["valueString"] for each in told["component"] if "valueString" in each}


async def test_of_two_corrections_at_once_one_stands(stage: Stage, course: Course) -> None:
    made = await ask(stage, "coach", "Observation", "POST", measurement(course))
    told, tag = made.json(), made.headers["etag"]
    both = await asyncio.gather(
        *(
            put(stage, "coach", {**told, "valueCodeableConcept": value}, tag)
            for value in (coded("participation-ladder", "2"), coded("participation-ladder", "3"))
        )
    )
    first, second = sorted(answer.status_code for answer in both)
    assert first == 201
    assert second in {409, 412}
    listed = await stage.seen("coach", f"{course.of_trajectory}/ladder-measurements")
    assert len(listed["items"]) == 2


async def test_of_a_measurement_only_what_was_measured_is_corrected(
    stage: Stage, course: Course
) -> None:
    made = await ask(stage, "coach", "Observation", "POST", measurement(course))
    told, tag = made.json(), made.headers["etag"]
    other = {"reference": "Patient/11111111-1111-4111-8111-111111111111"}
    for what, element in (
        ({"status": "entered-in-error"}, "Observation.status"),
        ({"status": "amended"}, "Observation.status"),
        ({"subject": other}, "Observation.subject"),
        ({"note": [{"text": "x"}]}, "Observation.note"),
        ({"issued": "2025-01-14T10:00:00Z"}, "Observation.issued"),
        ({"extension": []}, "Observation.extension"),
        ({"performer": []}, "Observation.performer"),
        ({"component": [*told["component"], {"code": {"text": "x"}}]}, "Observation.component"),
    ):
        refused = await put(stage, "coach", {**told, **what}, tag)
        assert refused.status_code in {400, 422}, (what, refused.text)
        assert element in str(refused.json()["issue"]), (what, refused.text)
    wanted = {**told, "valueCodeableConcept": coded("participation-ladder", "3")}
    seen = await ask(stage, "alfa", f"Observation/{told['id']}")
    by_client = {**seen.json(), "valueCodeableConcept": coded("participation-ladder", "3")}
    assert issue(await put(stage, "alfa", by_client, seen.headers["etag"]))[0] == 403
    assert issue(await put(stage, "other_expert", wanted, tag))[0] == 404


def consent(course: Course, **more: Any) -> Json:
    to = course.stage.parties["coach"]
    return {
        "resourceType": "Consent",
        "meta": {
            "profile": [
                "https://profiles.ihe.net/ITI/PCF/StructureDefinition/IHE.PCF.consentFoundation"
            ]
        },
        "contained": [
            {
                "resourceType": "PractitionerRole",
                "id": "to",
                "organization": {"reference": f"Organization/{to.organisation}"},
                "code": [coded("role", "reintegration_coach")],
            }
        ],
        "status": "active",
        "scope": {"coding": [{"system": f"{HL7}/consentscope", "code": "patient-privacy"}]},
        "category": [
            {"coding": [{"system": "http://loinc.org", "code": "59284-0"}]},
            coded("consent-kind", "secrecy_waiver"),
            coded("given-how", "portal"),
        ],
        "patient": {"reference": f"Patient/{course.client}"},
        "performer": [{"reference": f"Patient/{course.client}"}],
        "organization": [{"reference": f"Organization/{course.stage.organisations['ggz']}"}],
        "policy": [{"uri": f"{OWN}/consent-text/2025-01"}],
        "provision": {
            "type": "permit",
            "actor": [
                {
                    "role": {"coding": [{"system": f"{HL7}/v3-ParticipationType", "code": "IRCP"}]},
                    "reference": {"reference": "#to"},
                }
            ],
            "securityLabel": [own("category", "ladder"), own("category", "work_advice")],
            "purpose": [
                own("purpose", "reintegration"),
                {"system": f"{HL7}/v3-ActReason", "code": "COC"},
            ],
            "data": [
                {
                    "meaning": "related",
                    "reference": {"reference": f"EpisodeOfCare/{course.trajectory}"},
                }
            ],
        },
        **more,
    }


async def test_a_consent_that_the_client_sends_opens_what_it_names_until_it_is_withdrawn(
    stage: Stage,
) -> None:
    course = await started(stage)
    answer = await ask(stage, "alfa", "Consent", "POST", consent(course))
    assert answer.status_code == 201, answer.text
    made = answer.json()
    kept = await stage.seen("alfa", f"/v1/consents/{made['id']}")
    assert kept["categories"] == ["ladder", "work_advice"]
    assert (kept["trajectoryId"], kept["textVersion"]) == (str(course.trajectory), "2025-01")
    assert kept["recipient"]["role"] == "reintegration_coach"
    assert (kept["state"], kept["givenBy"]) == ("in_force", "client")
    withdrawn = {**made, "status": "inactive"}
    path, tag = f"Consent/{made['id']}", answer.headers["etag"]
    answer = await ask(stage, "alfa", path, "PUT", withdrawn, if_match=tag)
    assert answer.status_code == 200, answer.text
    assert answer.json()["status"] == "inactive"
    assert (await stage.seen("alfa", f"/v1/consents/{made['id']}"))["state"] == "withdrawn"


async def test_a_consent_may_be_for_one_colleague_of_an_organisation(stage: Stage) -> None:
    course = await started(stage)
    coach = stage.parties["coach"]
    sent = consent(course)
    del sent["contained"]
    to = {"reference": f"PractitionerRole/{coach.membership}"}
    sent["provision"]["actor"][0]["reference"] = to
    answer = await ask(stage, "alfa", "Consent", "POST", sent)
    assert answer.status_code == 201, answer.text
    kept = await stage.seen("alfa", f"/v1/consents/{answer.json()['id']}")
    assert kept["recipient"]["membershipId"] == str(coach.membership)
    assert answer.json()["provision"]["actor"][0]["reference"] == to
    sent["provision"]["actor"][0]["reference"] = {"reference": f"PractitionerRole/{course.client}"}
    assert issue(await ask(stage, "alfa", "Consent", "POST", sent)) == (400, "not-found")


async def test_a_consent_is_never_edited(stage: Stage) -> None:
    course = await started(stage)
    answer = await ask(stage, "alfa", "Consent", "POST", consent(course))
    made, tag = answer.json(), answer.headers["etag"]
    wider = [*made["provision"]["securityLabel"], own("category", "contact_log")]
    more = {**made, "provision": {**made["provision"], "securityLabel": wider}}
    answer = await ask(stage, "alfa", f"Consent/{made['id']}", "PUT", more, if_match=tag)
    assert issue(answer) == (422, "not-supported")
    more = {**made, "status": "inactive", "dateTime": "2025-01-01"}
    answer = await ask(stage, "alfa", f"Consent/{made['id']}", "PUT", more, if_match=tag)
    assert issue(answer) == (422, "not-supported")
    assert (await stage.seen("alfa", f"/v1/consents/{made['id']}"))["state"] == "in_force"


@pytest.mark.parametrize("missing", ["securityLabel", "purpose", "data", "actor"])
async def test_nothing_of_a_consent_follows_from_saying_nothing(stage: Stage, missing: str) -> None:
    course = await started(stage)
    sent = consent(course)
    del sent["provision"][missing]
    answer = await ask(stage, "alfa", "Consent", "POST", sent)
    assert issue(answer)[0] == 400, answer.text
    assert answer.json()["issue"][0]["expression"][0].startswith("Consent.provision")
    assert (await stage.seen("alfa", f"{course.of_client}/consents"))["items"] == []


@pytest.mark.parametrize(
    "changed",
    [
        {"type": "deny"},
        {"action": [{"coding": [{"code": "disclose"}]}]},
        {"provision": [{"type": "deny"}]},
        {"dataPeriod": {"start": "2020-01-01"}},
        {"purpose": [own("purpose", "reintegration"), {"system": "urn:x", "code": "TREAT"}]},
        {"securityLabel": [own("category", "ladder"), {"system": "urn:x", "code": "PSY"}]},
    ],
)
async def test_a_consent_with_a_limit_that_is_not_kept_is_refused_whole(
    stage: Stage, changed: Json
) -> None:
    course = await started(stage)
    sent = consent(course)
    sent["provision"] |= changed
    answer = await ask(stage, "alfa", "Consent", "POST", sent)
    assert answer.status_code == 422, answer.text
    assert "Consent.provision" in str(answer.json()["issue"][0]["expression"])
    assert (await stage.seen("alfa", f"{course.of_client}/consents"))["items"] == []


def plan(course: Course, **more: Any) -> Json:
    subject = {"reference": f"Patient/{course.client}"}
    return {
        "resourceType": "CarePlan",
        **of(course),
        "contained": [
            {
                "resourceType": "Goal",
                "id": "g1",
                "extension": [
                    {
                        "url": f"{OWN}/StructureDefinition/goal-owner",
                        "valueCodeableConcept": coded("owner", "client"),
                    }
                ],
                "lifecycleStatus": "proposed",
                "description": {"text": "Twee dagen met hout"},
                "subject": subject,
                "target": [{"dueDate": "2025-06-01"}],
                "expressedBy": subject,
            },
            {
                "resourceType": "PractitionerRole",
                "id": "coach",
                "code": [coded("owner", "coach")],
            },
        ],
        "status": "draft",
        "intent": "plan",
        "category": [coded("plan", "action-plan")],
        "created": "2025-01-14",
        "goal": [{"reference": "#g1"}],
        "activity": [
            {
                "detail": {
                    "goal": [{"reference": "#g1"}],
                    "status": "not-started",
                    "description": "Werkplaatsen bellen",
                    "scheduledPeriod": {"end": "2025-02-01"},
                    "performer": [{"reference": "#coach"}],
                }
            }
        ],
        **more,
    }


async def test_an_action_plan_brings_its_goals_and_the_client_agrees_with_it(
    stage: Stage, course: Course
) -> None:
    answer = await ask(stage, "coach", "CarePlan", "POST", plan(course))
    assert answer.status_code == 201, answer.text
    (kept,) = (await stage.seen("coach", f"{course.of_trajectory}/action-plans"))["items"]
    step = {"what": "Werkplaatsen bellen", "owner": "coach", "dueOn": "2025-02-01"}
    goal = {"goal": "Twee dagen met hout", "owner": "client", "dueOn": "2025-06-01"}
    assert kept["goals"] == [{**goal, "chosenBy": "client", "steps": [step]}]
    made = await seen(stage, "alfa", f"CarePlan/{answer.json()['id']}")
    tag = (await ask(stage, "alfa", f"CarePlan/{made['id']}")).headers["etag"]
    active = {**made, "status": "active"}
    refused = await ask(stage, "coach", f"CarePlan/{made['id']}", "PUT", active, if_match=tag)
    assert refused.status_code in {403, 412}, refused.text
    agreed = await ask(stage, "alfa", f"CarePlan/{made['id']}", "PUT", active, if_match=tag)
    assert agreed.status_code == 200, agreed.text
    assert agreed.json()["status"] == "active"
    (goal,) = await found(stage, "coach", f"Goal?patient={course.client}")
    assert goal["lifecycleStatus"] == "active"


async def test_one_party_may_have_several_steps_of_a_plan(stage: Stage, course: Course) -> None:
    sent = plan(course)
    sent["activity"] = sent["activity"] * 2
    answer = await ask(stage, "coach", "CarePlan", "POST", sent)
    assert answer.status_code == 201, answer.text
    (kept,) = (await stage.seen("coach", f"{course.of_trajectory}/action-plans"))["items"]
    assert [step["owner"] for step in kept["goals"][0]["steps"]] == ["coach", "coach"]


async def test_a_goal_or_step_of_somebody_else_does_not_come_along(
    stage: Stage, course: Course
) -> None:
    other = {"reference": f"Patient/{await stage.client('echo')}"}
    strange = plan(course)
    strange["contained"][0]["subject"] = other
    step = plan(course)
    step["activity"][0]["detail"]["performer"] = [other]
    for sent in (strange, step):
        answer = await ask(stage, "coach", "CarePlan", "POST", sent)
        assert issue(answer)[0] == 400, answer.text
    assert (await stage.seen("coach", f"{course.of_trajectory}/action-plans"))["items"] == []


async def test_a_plan_that_says_two_things_at_once_is_refused(stage: Stage, course: Course) -> None:
    kinds = [coded("plan", "action-plan"), coded("plan", "treatment-plan")]
    owners = plan(course)
    other = {**owners["contained"][0]["extension"][0]}
    other["valueCodeableConcept"] = coded("owner", "coach")
    owners["contained"][0]["extension"].append(other)
    for sent in (plan(course, category=kinds), owners):
        answer = await ask(stage, "coach", "CarePlan", "POST", sent)
        assert issue(answer) == (422, "not-supported")
    assert (await stage.seen("coach", f"{course.of_trajectory}/action-plans"))["items"] == []


async def test_nobody_agrees_in_the_place_of_the_client(stage: Stage, course: Course) -> None:
    answer = await ask(stage, "coach", "CarePlan", "POST", plan(course, status="active"))
    assert issue(answer) == (422, "not-supported")
    assert answer.json()["issue"][0]["expression"] == ["CarePlan.status"]


async def test_a_treatment_plan_keeps_medical_goals_apart_from_those_that_lead_to_work(
    stage: Stage, course: Course
) -> None:
    sent = plan(course, status="active", category=[coded("plan", "treatment-plan")])
    del sent["extension"]
    sent["contained"][0]["extension"][0]["valueCodeableConcept"] = coded("role", "clinician")
    medical = {"lifecycleStatus": "active", "description": {"text": "Beter slapen"}}
    sent["contained"][1] = {
        "resourceType": "Goal",
        "id": "g2",
        "subject": {"reference": f"Patient/{course.client}"},
        **medical,
    }
    del sent["contained"][0]["expressedBy"]
    sent["goal"].append({"reference": "#g2"})
    del sent["activity"][0]["detail"]["performer"]
    del sent["activity"][0]["detail"]["scheduledPeriod"]
    answer = await ask(stage, "clinician", "CarePlan", "POST", sent)
    assert answer.status_code == 201, answer.text
    (kept,) = (await stage.seen("clinician", f"{course.of_client}/treatment-plans"))["items"]
    assert [each["goal"] for each in kept["goals"]] == ["Beter slapen"]
    assert [each["goal"] for each in kept["workGoals"]] == ["Twee dagen met hout"]
    assert kept["workGoals"][0]["steps"] == ["Werkplaatsen bellen"]
    assert issue(await ask(stage, "coach", f"CarePlan/{answer.json()['id']}"))[0] == 404


async def test_a_step_of_the_process_is_not_ticked_off(stage: Stage, course: Course) -> None:
    tasks = await found(stage, "coach", f"Task?patient={course.client}")
    one = next(each for each in tasks if each["status"] != "completed")
    sent = {**one, "status": "completed"}
    answer = await ask(stage, "coach", f"Task/{one['id']}", "PUT", sent, if_match='W/"x"')
    assert answer.status_code in {412, 422}, answer.text


async def reminded(stage: Stage) -> Json:
    """The coach is reminded of something, and reads it as a Task."""
    alfa = await active(stage)
    await begun(alfa)
    tasks = await found(stage, "coach", f"Task?patient={alfa.client}&status=requested")
    (one,) = [each for each in tasks if each["id"].startswith("reminder-")]
    assert one["owner"]["reference"].startswith("Practitioner/")
    profile = "http://koppeltaal.nl/fhir/StructureDefinition/KT2Task"
    path = f"Task?patient={alfa.client}&_profile={profile}"
    assert [each["id"] for each in await found(stage, "coach", path)] == [one["id"]]
    assert await found(stage, "coach", "Task?status=requested") != []
    return one


async def test_a_reminder_that_was_done_is_a_task_that_is_completed(stage: Stage) -> None:
    one = await reminded(stage)
    answer = await ask(stage, "coach", f"Task/{one['id']}")
    tag, sent = answer.headers["etag"], {**answer.json(), "status": "completed"}
    others = await ask(stage, "expert", f"Task/{one['id']}", "PUT", sent, if_match=tag)
    assert issue(others) == (404, "not-found")
    done = await ask(stage, "coach", f"Task/{one['id']}", "PUT", sent, if_match=tag)
    assert done.status_code == 200, done.text
    assert done.json()["status"] == "completed"
    again = await ask(stage, "coach", f"Task/{one['id']}", "PUT", sent, if_match=tag)
    assert again.status_code == 412, "the version is another one now"


async def test_a_reminder_is_laid_aside_for_a_reason_of_the_list(stage: Stage) -> None:
    one = await reminded(stage)
    answer = await ask(stage, "coach", f"Task/{one['id']}")
    tag, sent = answer.headers["etag"], {**answer.json(), "status": "cancelled"}
    refused = await ask(stage, "coach", f"Task/{one['id']}", "PUT", sent, if_match=tag)
    assert issue(refused) == (400, "required")
    sent["statusReason"] = coded("drop-reason", "agreed_otherwise")
    laid = await ask(stage, "coach", f"Task/{one['id']}", "PUT", sent, if_match=tag)
    assert (laid.status_code, laid.json()["status"]) == (200, "cancelled"), laid.text
    failed = {**laid.json(), "status": "failed"}
    tag = laid.headers["etag"]
    answer = await ask(stage, "coach", f"Task/{one['id']}", "PUT", failed, if_match=tag)
    assert issue(answer) == (422, "not-supported")


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ("scope", {"coding": [{"system": f"{HL7}/consentscope", "code": "research"}]}),
        ("category", {"coding": [{"system": "http://loinc.org", "code": "64292-6"}]}),
        ("category", coded("consent-kind", "gdpr_consent")),
        ("data", {"meaning": "related", "reference": {"reference": "EpisodeOfCare/x"}}),
        ("role", {"coding": [{"system": f"{HL7}/v3-ParticipationType", "code": "CST"}]}),
    ],
)
async def test_what_else_a_consent_says_is_refused_and_not_passed_over(
    stage: Stage, element: str, value: Json
) -> None:
    course = await started(stage)
    sent = consent(course)
    if element == "scope":
        sent["scope"] = value
    elif element == "category":
        sent["category"].append(value)
    elif element == "data":
        sent["provision"]["data"].append(value)
    else:
        sent["provision"]["actor"][0]["role"] = value
    answer = await ask(stage, "alfa", "Consent", "POST", sent)
    assert answer.status_code == 422, answer.text
    assert (await stage.seen("alfa", f"{course.of_client}/consents"))["items"] == []


async def test_the_day_of_a_consent_on_paper_is_kept_with_what_proves_it(stage: Stage) -> None:
    course = await started(stage)
    sent = consent(course, dateTime="2025-01-10", sourceAttachment={"title": "Getekend formulier"})
    sent["category"][2] = coded("given-how", "paper")
    answer = await ask(stage, "clinician", "Consent", "POST", sent)
    assert answer.status_code == 201, answer.text
    kept = await stage.seen("clinician", f"/v1/consents/{answer.json()['id']}")
    assert (kept["evidence"], kept["givenHow"]) == ("Getekend formulier, 2025-01-10", "paper")
    assert kept["givenBy"] == "client"
