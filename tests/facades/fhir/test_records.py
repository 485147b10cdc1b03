"""Plans, measurements, consents, conversations, tasks and looks, as each party reads them."""

from typing import Any

import pytest

from app.access.vocabulary import Category
from tests.build.stage import Stage
from tests.domain.startconversation.table import HELD, Table, table_of_four
from tests.domain.trajectory.courses import Course, started
from tests.facades.fhir.asking import ask, found, issue, seen

WORDS = "Twee dagen met hout, dat past bij mij."
MEASURED = {
    "rung": 4,
    "measuredOn": "2025-01-14",
    "occasion": "start",
    "clientAgrees": "yes",
    "criteria": {"hasContract": False, "responsibilityToOthers": True, "weekly": True},
    "clientWords": WORDS,
}
PLAN = {
    "madeOn": "2025-01-14",
    "goals": [
        {
            "goal": "Twee dagen met hout",
            "owner": "client",
            "chosenBy": "client",
            "steps": [{"what": "Kijken bij een werkplaats", "owner": "coach"}],
        }
    ],
}


@pytest.fixture
async def course(stage: Stage) -> Course:
    course = await started(stage)
    await course.with_coach()
    return course


async def test_a_measurement_is_an_observation_and_its_words_go_to_whom_they_are_open(
    stage: Stage, course: Course
) -> None:
    await course.consent_to("expert", Category.LADDER)
    await stage.made("coach", f"{course.of_trajectory}/ladder-measurements", MEASURED)
    (told,) = await _found(stage, course, "coach", "Observation?code=participation-ladder")
    (less,) = await _found(stage, course, "expert", "Observation?code=participation-ladder")
    assert told["valueCodeableConcept"]["coding"][0]["code"] == "4"
    assert told["valueCodeableConcept"] == less["valueCodeableConcept"]
    assert WORDS in str(told)
    assert WORDS not in str(less)
    again = await seen(stage, "coach", f"Observation/{told['id']}")
    assert again["component"] == told["component"]


async def test_a_plan_and_its_goals_refer_to_each_other(stage: Stage, course: Course) -> None:
    await stage.made("coach", f"{course.of_trajectory}/action-plans", PLAN)
    (plan,) = await _found(stage, course, "coach", "CarePlan?status=draft")
    (goal,) = await _found(stage, course, "coach", "Goal?lifecycle-status=proposed")
    assert plan["goal"] == [{"reference": f"Goal/{goal['id']}"}]
    assert goal["description"]["text"] == "Twee dagen met hout"
    assert plan["activity"][0]["detail"]["description"] == "Kijken bij een werkplaats"
    again = await seen(stage, "coach", f"Goal/{goal['id']}")
    assert again["subject"] == {"reference": f"Patient/{course.client}"}
    for hidden in (f"CarePlan/{plan['id']}", f"Goal/{goal['id']}", f"Provenance/p-{plan['id']}"):
        answer = await ask(stage, "other_expert", hidden)
        assert issue(answer) == (404, "not-found")


async def test_provenance_tells_as_what_and_when_it_was_recorded(
    stage: Stage, course: Course
) -> None:
    made = await stage.made("coach", f"{course.of_trajectory}/action-plans", PLAN)
    (plan,) = await _found(stage, course, "coach", "CarePlan?category=action-plan")
    bundle = await seen(stage, "coach", f"Provenance?target=CarePlan/{plan['id']}")
    (entry,) = bundle["entry"]
    assert entry["resource"]["recorded"] == made["recordedAt"]
    assert "reintegration_coach" in str(entry["resource"]["contained"])
    assert issue(await ask(stage, "coach", "Provenance")) == (400, "required")


async def test_a_consent_is_told_by_what_it_is_worth_and_stays_when_it_is_withdrawn(
    stage: Stage,
) -> None:
    course = await started(stage)
    consent = (await stage.made("alfa", f"{course.of_client}/consents", _consent(course)))["id"]
    told = await seen(stage, "alfa", f"Consent/{consent}")
    labels = [each["code"] for each in told["provision"]["securityLabel"]]
    assert (told["status"], labels) == ("active", ["ladder", "work_advice"])
    assert issue(await ask(stage, "other_clinician", f"Consent/{consent}")) == (404, "not-found")
    await stage.made("alfa", f"/v1/consents/{consent}/withdrawals", {})
    told = await seen(stage, "alfa", f"Consent/{consent}")
    assert told["status"] == "inactive"
    assert await _found(stage, course, "alfa", "Consent?status=active") == []


def _consent(course: Course) -> dict[str, Any]:
    to = course.stage.parties["coach"]
    return {
        "kind": "secrecy_waiver",
        "trajectoryId": str(course.trajectory),
        "senderOrganisationId": str(course.stage.organisations["ggz"]),
        "recipient": {"organisationId": str(to.organisation), "role": "reintegration_coach"},
        "categories": ["ladder", "work_advice"],
        "purposes": ["reintegration"],
        "textVersion": "2025-01",
        "givenHow": "portal",
    }


async def test_the_access_log_is_there_for_the_client_and_not_for_others(
    stage: Stage, course: Course
) -> None:
    await stage.seen("coach", course.of_trajectory)
    events = await _found(stage, course, "alfa", "AuditEvent?_sort=-date")
    assert {"C", "R"} <= {each["action"] for each in events}
    roles = {each["agent"][2]["role"][0]["coding"][0]["code"] for each in events}
    assert {"clinician", "reintegration_coach"} <= roles
    answer = await ask(stage, "coach", f"AuditEvent?patient={course.client}")
    assert answer.status_code == 403
    answer = await ask(stage, "alfa", f"AuditEvent/{events[0]['id']}")
    assert issue(answer) == (404, "not-found")


async def test_the_team_of_a_trajectory_is_who_takes_part(stage: Stage, course: Course) -> None:
    episode = await seen(stage, "coach", f"EpisodeOfCare/{course.trajectory}")
    team = await seen(stage, "coach", episode["team"][0]["reference"])
    roles = [each["role"][0]["coding"][0]["code"] for each in team["participant"]]
    assert roles[0] == "client"
    assert {"labour_expert", "reintegration_coach"} <= set(roles)
    names = [each["member"].get("display") for each in team["participant"]]
    assert "Coach-A1" in names
    (own,) = await _found(stage, course, "coach", "CareTeam")
    assert own["participant"] == team["participant"], "who treats is not told to everyone"
    teams = await _found(stage, course, "clinician", "CareTeam")
    assert {each["name"] for each in teams} == {"Traject", "Behandelteam"}


async def test_a_step_is_a_task_for_the_team(stage: Stage, course: Course) -> None:
    tasks = await _found(stage, course, "coach", "Task")
    steps = {each["code"]["coding"][0]["code"]: each["status"] for each in tasks}
    assert steps["referral"] == "completed"
    one = await seen(stage, "coach", f"Task/{tasks[0]['id']}")
    assert one["for"] == {"reference": f"Patient/{course.client}"}
    path = f"Task?episode-of-care=EpisodeOfCare/{course.trajectory}"
    assert len(await _found(stage, course, "coach", path)) == len(tasks)
    assert await _found(stage, course, "coach", "Task?episode-of-care=x") == []
    assert issue(await ask(stage, "other_expert", f"Task/{one['id']}")) == (404, "not-found")


async def test_an_invited_party_has_an_appointment_and_no_more_before_the_client_consents(
    stage: Stage,
) -> None:
    table = await table_of_four(stage)
    (invited,) = await _talks(table, "expert")
    (organised,) = await _talks(table, "clinician")
    assert invited["id"] == organised["id"]
    assert invited["status"] == "proposed"
    assert len(invited["requestedPeriod"]) == 2
    assert invited["participant"] == organised["participant"]
    assert {each["status"] for each in invited["participant"]} == {"needs-action"}
    again = await seen(stage, "expert", f"Appointment/{invited['id']}")
    assert again["participant"] == invited["participant"]
    assert await _talks(table, "coach_colleague") == []
    path = f"Appointment/{invited['id']}"
    assert issue(await ask(stage, "coach_colleague", path)) == (404, "not-found")


async def test_a_conversation_that_was_held_is_an_encounter_for_whom_it_is_open(
    stage: Stage,
) -> None:
    table = await table_of_four(stage)
    assert await _talks(table, "clinician", "Encounter") == []
    await table.consent("clinician", "expert")
    await table.meet()
    (held,) = await _talks(table, "expert", "Encounter")
    assert held["period"] == {"start": HELD, "end": HELD}
    there = [each["type"][0]["coding"][0]["code"] for each in held["participant"]]
    assert {"labour_expert", "reintegration_coach"} <= set(there)
    appointment = await seen(stage, "expert", held["appointment"][0]["reference"])
    assert appointment["status"] == "fulfilled"
    assert await _talks(table, "coach", "Encounter") == []


async def _talks(table: Table, party: str, kind: str = "Appointment") -> list[dict[str, Any]]:
    return await found(table.stage, party, f"{kind}?patient={table.alfa.client}")


async def _found(stage: Stage, course: Course, party: str, path: str) -> list[dict[str, Any]]:
    joint = "&" if "?" in path else "?"
    return await found(stage, party, f"{path}{joint}patient={course.client}")
