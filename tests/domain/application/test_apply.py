"""Asking a body to pay for IPS: who writes which paper, in which order, and until when it pays."""

from typing import Any

import pytest

from app.access.vocabulary import Category, Role
from tests.build.stage import Stage
from tests.domain.trajectory.courses import TOLD, Course, started

ASKED = {"scheme": "uwv_24_months", "appliedOn": "2025-01-14", "signedOn": "2025-01-14"}
DATED = {"datedOn": "2025-01-14"}
YES = {"datedOn": "2025-01-14", "outcome": "approved"}
NO = {"datedOn": "2025-01-14", "outcome": "refused", "reason": "budget_spent"}


@pytest.fixture
async def course(stage: Stage) -> Course:
    """An IPS trajectory with its coach, referred to UWV and accepted there."""
    stage.member("ips", Role.IPS_COACH, "ggz", "IPS-coach-A1")
    found = await started(stage, kind="ips")
    await found.treat("ips")
    await stage.made("clinician", f"{found.of_trajectory}/participants", member(stage, "ips"))
    await found.accepted()
    return found


def member(stage: Stage, party: str) -> dict[str, str]:
    return {"membershipId": str(stage.parties[party].membership)}


async def applied(course: Course, **more: str) -> str:
    made = await course.stage.made("ips", f"{course.of_trajectory}/applications", ASKED | more)
    return f"{course.of_trajectory}/applications/{made['id']}"


async def refused(course: Course, party: str, path: str, body: Any) -> tuple[int, list[str]]:
    """Status and codes of a paper that may not be written."""
    resource = path.rpartition("/")[0].removesuffix("/stop-notices")
    tag = (await course.stage.get(party, resource)).headers["etag"]
    answer = await course.stage.post(party, path, body, if_match=tag)
    return answer.status_code, [fault["code"] for fault in answer.json().get("errors", [])]


async def test_nobody_asks_a_body_that_was_not_told(stage: Stage) -> None:
    course = await started(stage, kind="ips")
    path = f"{course.of_trajectory}/applications"
    answer = await stage.post("clinician", path, ASKED)
    assert answer.status_code == 409
    assert [fault["code"] for fault in answer.json()["errors"]] == ["referred"]


async def test_other_kinds_have_no_application(stage: Stage) -> None:
    course = await started(stage)
    answer = await stage.post("clinician", f"{course.of_trajectory}/applications", ASKED)
    assert [fault["code"] for fault in answer.json()["errors"]] == ["not_applicable"]


async def test_care_applies_and_the_body_decides(course: Course) -> None:
    path = f"{course.of_trajectory}/applications"
    assert (await course.stage.post("expert", path, ASKED)).status_code == 403
    application = await applied(course)
    assert (await refused(course, "ips", f"{application}/decisions", YES))[0] == 403
    assert (await refused(course, "expert", f"{application}/stop-notices", DATED))[0] in {400, 403}
    decided = await course.stage.act("expert", application, "decisions", YES)
    assert (decided["outcome"], decided["fundedUntil"]) == ("approved", "2027-01-14")


async def test_the_insurance_physician_reads_no_application(course: Course) -> None:
    application = await applied(course)
    path = f"{course.of_trajectory}/applications"
    assert (await course.stage.seen("physician", path))["items"] == []
    assert (await course.stage.get("physician", application)).status_code == 404
    assert len((await course.stage.seen("expert", path))["items"]) == 1


async def test_a_second_application_waits_for_the_refusal_of_the_first(course: Course) -> None:
    first = await applied(course)
    again = await course.stage.post("ips", f"{course.of_trajectory}/applications", ASKED)
    assert [fault["code"] for fault in again.json()["errors"]] == ["already_done"]
    await course.stage.act("expert", first, "decisions", NO)
    codes = await refused(course, "expert", f"{first}/decisions", YES)
    assert codes == (409, ["application_refused"])
    second = await applied(course)
    await course.stage.act("expert", second, "decisions", YES)
    items = await course.stage.seen("ips", f"{course.of_trajectory}/applications")
    assert [item["outcome"] for item in items["items"]] == ["refused", "approved"]


async def test_a_scheme_pays_so_long_and_with_its_extension_no_longer(course: Course) -> None:
    application = await applied(course)
    too_long = YES | {"fundedUntil": "2028-01-15"}
    assert await refused(course, "expert", f"{application}/decisions", too_long) == (
        400,
        ["out_of_range"],
    )
    await course.stage.act("expert", application, "decisions", YES)
    more = YES | {"fundedUntil": "2028-01-14"}
    await course.stage.act("expert", application, "decisions", more)
    for party in ("alfa", "clinician", "ips", "expert"):
        seen = await course.stage.seen(party, course.of_trajectory)
        assert (seen["approvedOn"], seen["fundedUntil"]) == ("2025-01-14", "2028-01-14")


async def test_what_was_approved_is_stopped_and_not_refused(course: Course) -> None:
    application = await applied(course)
    await course.stage.act("expert", application, "decisions", YES)
    codes = await refused(course, "expert", f"{application}/decisions", NO)
    assert codes == (409, ["already_done"])


async def test_papers_follow_each_other_and_stand_once(course: Course) -> None:
    application = await applied(course)
    early = await refused(course, "expert", f"{application}/final-determinations", DATED)
    assert early == (409, ["application_approved"])
    await course.stage.act("expert", application, "decisions", YES)
    early = await refused(course, "expert", f"{application}/stop-notices/forwards", DATED)
    assert early == (409, ["stop_notice_1"])
    stop = DATED | {"reason": "ended_early"}
    await course.stage.act("ips", application, "stop-notices", stop)
    again = await refused(course, "ips", f"{application}/stop-notices", stop)
    assert again == (409, ["already_done"])
    await course.stage.act("expert", application, "stop-notices/forwards", DATED)
    await course.stage.act("expert", application, "final-determinations", DATED)
    papers = (await course.stage.seen("alfa", application))["papers"]
    assert [paper["kind"] for paper in papers] == [
        "decision",
        "stop_notice_1",
        "stop_notice_2",
        "final_determination",
    ]


async def test_a_scheme_of_another_body_is_not_approved(course: Course) -> None:
    application = await applied(course, scheme="municipal_24_months")
    codes = await refused(course, "expert", f"{application}/decisions", YES)
    assert codes == (409, ["other_body"])


async def test_a_refusal_needs_a_reason_and_pays_nothing(course: Course) -> None:
    application = await applied(course)
    wrong = (YES | {"reason": "other"}, NO | {"fundedUntil": "2026-01-14"}, NO | {"reason": None})
    for body in wrong:
        assert (await refused(course, "expert", f"{application}/decisions", body))[0] == 400


async def test_the_consent_to_refer_opens_no_application_before_acceptance(stage: Stage) -> None:
    stage.member("ips", Role.IPS_COACH, "ggz", "IPS-coach-A1")
    course = await started(stage, kind="ips")
    await course.treat("ips")
    await stage.made("clinician", f"{course.of_trajectory}/participants", member(stage, "ips"))
    await course.consent_to("expert", *TOLD, Category.STATUS)
    await course.refer()
    application = await applied(course)
    assert (await stage.get("expert", application)).status_code == 404
