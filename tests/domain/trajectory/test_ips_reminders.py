"""What an IPS coach is reminded of, and that the work itself lays a reminder to rest."""

from typing import Any

import pytest

from tests.build.stage import Stage
from tests.domain.reporting.test_reminders import job, mine
from tests.domain.trajectory.courses import Course, ips_searching

MET = {
    "employerName": "Bakkerij Proefkorst",
    "purpose": "vacancy",
    "spokenBy": "coach",
    "matchesPlan": "yes",
    "outcome": "keep_in_touch",
}
CONTACT = {"kind": "client_contact", "mode": "telephone", "place": "remote", "minutes": 10}
WORK = {"kind": "regular_paid", "title": "Bakkershulp", "employerName": "Bakkerij Proefkorst"}


@pytest.fixture
async def course(stage: Stage) -> Course:
    return await ips_searching(stage)


async def due(course: Course, kind: str) -> list[str]:
    await job(course.stage, daily=True)
    return [one["dueOn"] for one in await mine(course.stage, "ips") if one["kind"] == kind]


async def add(course: Course, collection: str, body: dict[str, Any]) -> dict[str, Any]:
    return await course.stage.made("ips", f"{course.of_trajectory}/{collection}", body)


async def test_the_first_employer_is_to_be_met_within_thirty_days_of_the_entry(
    course: Course,
) -> None:
    assert await due(course, "first_employer_contact") == ["2025-02-13"]
    course.stage.on("2025-01-20")
    by_telephone = {**MET, "mode": "telephone", "happenedOn": "2025-01-20"}
    await add(course, "employer-contacts", by_telephone)
    assert await due(course, "first_employer_contact") == ["2025-02-13"], "face to face counts"
    await add(course, "employer-contacts", {**by_telephone, "mode": "face_to_face"})
    assert await due(course, "first_employer_contact") == []


async def test_after_a_start_and_after_a_loss_the_coach_is_in_touch_within_three_days(
    course: Course,
) -> None:
    course.stage.on("2025-02-03")
    placed = await add(course, "placements", {**WORK, "startsOn": "2025-02-03"})
    assert await due(course, "contact_after_start") == ["2025-02-06"]
    course.stage.on("2025-02-05")
    await add(course, "contacts", {**CONTACT, "happenedOn": "2025-02-05"})
    assert await due(course, "contact_after_start") == []
    course.stage.on("2025-03-03")
    path = f"{course.of_trajectory}/placements/{placed['id']}"
    ended = {"endedOn": "2025-03-03", "reason": "mismatch_hours"}
    await course.stage.act("ips", path, "ends", ended)
    assert await due(course, "contact_after_loss") == ["2025-03-06"]
    seen = await course.stage.seen("ips", f"{course.of_trajectory}/steps")
    assert "next_job_offered" in seen["possibleTransitions"]
    await add(course, "contacts", {**CONTACT, "happenedOn": "2025-03-03"})
    assert await due(course, "contact_after_loss") == []


async def test_a_consent_that_ends_within_thirty_days_is_told_to_whom_it_lets_see(
    course: Course,
) -> None:
    stage = course.stage
    ips = stage.parties["ips"]
    consent = {
        "kind": "gdpr_consent",
        "trajectoryId": str(course.trajectory),
        "senderOrganisationId": None,
        "recipient": {"organisationId": str(ips.organisation), "role": "ips_coach"},
        "categories": ["wellbeing"],
        "purposes": ["treatment", "reintegration"],
        "textVersion": "2025-01",
        "givenHow": "portal",
        "validUntil": "2025-03-31",
    }
    await stage.made("alfa", f"{course.of_client}/consents", consent)
    assert await due(course, "consent_ends") == []
    stage.on("2025-03-10")
    assert len(await due(course, "consent_ends")) == 1
    others = [one["kind"] for one in await mine(stage, "expert")]
    assert "consent_ends" not in others
