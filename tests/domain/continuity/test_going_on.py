"""Support through a transition, aftercare, and coming back without a new intake."""

from typing import Any

from app.access.vocabulary import Category
from app.domain.trajectory.tables import TrajectoryCourse, TrajectoryEvent
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage

PLAN: dict[str, Any] = {
    "phase": "plan",
    "startsOn": "2025-01-14",
    "contactsPerMonth": 8,
    "areas": ["work_and_day", "social_network"],
    "agreements": [{"who": "Mijn zus", "what": "Belt op zondag.", "when": "2025-01-19"}],
}
AFTER: dict[str, Any] = {"startsOn": "2025-02-01", "hoursPerMonth": 2}
EVERYONE = ["client", "clinician", "reintegration_coach", "labour_expert"]


def code_of(answer: Any) -> str:
    return str(answer.json()["errors"][0]["code"])


async def test_the_three_phases_follow_each_other_with_less_contact_in_each(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_trajectory}/transition-support"
    early = await stage.post("clinician", path, {**PLAN, "phase": "try_out"})
    assert (early.status_code, code_of(early)) == (409, "plan_comes_first")
    first = await stage.made("clinician", path, PLAN)
    after = {**PLAN, "supersedes": first["id"]}
    skipped = await stage.post("clinician", path, {**after, "phase": "hand_over"})
    assert (skipped.status_code, code_of(skipped)) == (409, "phases_in_order")
    more = await stage.post("clinician", path, {**after, "phase": "try_out"})
    assert (more.status_code, code_of(more)) == (409, "less_contact_than_before")
    less = {**after, "phase": "try_out", "contactsPerMonth": 4}
    second = await stage.made("clinician", path, less)
    last = {**PLAN, "phase": "hand_over", "contactsPerMonth": 1, "supersedes": second["id"]}
    assert (await stage.made("clinician", path, last))["phase"] == "hand_over"


async def test_at_most_three_areas_and_each_once(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_trajectory}/transition-support"
    four = ["housing", "money", "health", "family"]
    for areas in (four, ["money", "money"], []):
        answer = await stage.post("clinician", path, {**PLAN, "areas": areas})
        assert answer.status_code == 400, areas


async def test_transition_support_is_for_whom_the_client_lets_see_it_and_never_a_funder(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_trajectory}/transition-support"
    made = await stage.made("clinician", path, PLAN)
    one = f"{path}/{made['id']}"
    assert (await stage.seen("alfa", one))["agreements"] == PLAN["agreements"]
    for party in ("coach", "psychologist", "expert", "physician"):
        assert (await stage.get(party, one)).status_code == 404, party
        assert (await stage.seen(party, path))["items"] == [], party
    for party in ("coach", "expert", "physician"):
        await alfa.consent(party, *Category)
    assert (await stage.seen("coach", one))["phase"] == "plan"
    for party in ("expert", "physician"):
        assert (await stage.get(party, one)).status_code == 404, party


async def test_who_needs_more_support_begins_anew_and_nothing_is_marked_by_it(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_trajectory}/transition-support"
    first = await stage.made("clinician", path, PLAN)
    less = {**PLAN, "phase": "try_out", "contactsPerMonth": 4, "supersedes": first["id"]}
    await stage.made("clinician", path, less)
    await stage.made("clinician", path, {**PLAN, "contactsPerMonth": 12})
    course = await stage.seen("expert", f"{alfa.of_trajectory}/transitions")
    assert course["items"] == []


async def ended(stage: Stage) -> Situation:
    alfa = await wgb_at_uwv(stage)
    here = {"trajectory_id": alfa.trajectory}
    await alfa.put(TrajectoryCourse, **here, kind="wgb", duration_months=12)
    event = {"milestone": "ended", "occurred_on": "2025-01-14", "audience": EVERYONE}
    await alfa.put(TrajectoryEvent, **here, **event)
    return alfa


async def test_aftercare_says_how_many_hours_a_month_and_the_last_one_counts(
    stage: Stage,
) -> None:
    alfa = await ended(stage)
    path = f"{alfa.of_trajectory}/aftercare"
    for party in ("alfa", "psychologist", "physician"):
        assert (await stage.post(party, path, AFTER)).status_code == 403, party
    await stage.made("coach", path, AFTER)
    await stage.made("coach", path, {**AFTER, "hoursPerMonth": 6})
    for party in ("alfa", "clinician", "expert"):
        hours = [a["hoursPerMonth"] for a in (await stage.seen(party, path))["items"]]
        assert hours == [2, 6], party
    course = (await stage.seen("alfa", f"{alfa.of_trajectory}/transitions"))["items"]
    assert [e["milestone"] for e in course].count("aftercare_agreed") == 1
    assert not any("fail" in str(e).lower() for e in course)


async def test_who_returns_from_aftercare_is_asked_nothing_anew(stage: Stage) -> None:
    alfa = await ended(stage)
    back = {
        "clientId": str(alfa.client),
        "kind": "wgb",
        "previousTrajectoryId": str(alfa.trajectory),
        "returning": True,
    }
    refused = await stage.post("clinician", "/v1/trajectories", back)
    assert (refused.status_code, code_of(refused)) == (409, "no_aftercare")
    await stage.made("coach", f"{alfa.of_trajectory}/aftercare", AFTER)
    other = await stage.post("clinician", "/v1/trajectories", {**back, "kind": "oad"})
    assert code_of(other) == "no_aftercare"
    made = await stage.made("clinician", "/v1/trajectories", back)
    path = f"/v1/trajectories/{made['id']}/transitions"
    told = {event["milestone"] for event in (await stage.seen("alfa", path))["items"]}
    assert "returned" in told


async def test_trajectories_side_by_side_do_not_see_into_each_other(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    body = {"clientId": str(alfa.client), "kind": "ips"}
    beside = await stage.made("clinician", "/v1/trajectories", body)
    mine = (await stage.seen("clinician", "/v1/trajectories"))["items"]
    assert {one["id"] for one in mine} == {str(alfa.trajectory), beside["id"]}
    for party in ("coach", "expert"):
        seen = (await stage.seen(party, "/v1/trajectories"))["items"]
        assert [one["id"] for one in seen] == [str(alfa.trajectory)], party
        assert (await stage.get(party, f"/v1/trajectories/{beside['id']}")).status_code == 404
