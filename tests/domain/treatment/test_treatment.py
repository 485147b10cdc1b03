"""The work question, treatment plans with work goals apart, and the treatment team."""

from typing import Any
from uuid import uuid4

from app.access.vocabulary import Category, Role
from tests.build.situations import wgb_at_uwv
from tests.build.stage import Stage

QUESTION: dict[str, Any] = {
    "askedOn": "2025-01-14",
    "workStatus": "no_work",
    "withoutWorkSince": "2022-03-01",
    "benefitStatus": "wia",
    "wantsWork": "yes",
    "wish": "Iets met hout.",
}
PLAN: dict[str, Any] = {
    "madeOn": "2025-01-14",
    "standard": "work_as_medicine",
    "goals": [{"goal": "Minder piekeren."}],
    "interventions": [{"what": "Gesprekken."}],
    "workGoals": [
        {"goal": "Een dagritme.", "steps": ["Om acht uur op."], "dueOn": "2025-03-01"},
        {"goal": "Een keer per week naar buiten."},
    ],
}


async def test_the_work_question_is_for_the_ggz_and_comes_back_after_a_year(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_client}/work-questions"
    made = await stage.made("clinician", path, QUESTION)
    assert made["nextDue"] == "2026-01-14"
    one = f"{path}/{made['id']}"
    for party in ("clinician", "psychologist", "alfa"):
        assert (await stage.seen(party, one))["wish"] == "Iets met hout.", party
    for party in ("expert", "coach", "physician", "colleague"):
        assert (await stage.get(party, one)).status_code == 404, party
    assert (await stage.seen("coach", path)) == {"items": [], "withheld": ["workQuestion"]}
    await alfa.consent("coach", Category.WORK_QUESTION)
    assert (await stage.seen("coach", one))["wantsWork"] == "yes"
    assert (await stage.post("coach", path, QUESTION)).status_code == 403
    tomorrow = {**QUESTION, "askedOn": "2025-01-15"}
    refused = await stage.post("clinician", path, tomorrow)
    assert refused.json()["errors"][0]["pointer"] == "#/askedOn"


async def test_work_goals_of_a_treatment_plan_are_shared_apart_from_it(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    plans, goals = f"{alfa.of_client}/treatment-plans", f"{alfa.of_client}/treatment-work-goals"
    made = await stage.made("clinician", plans, PLAN)
    assert [goal["goal"] for goal in made["workGoals"]] == [
        "Een dagritme.",
        "Een keer per week naar buiten.",
    ]
    seen = await stage.seen("psychologist", f"{plans}/{made['id']}")
    assert seen["goals"] == made["goals"]
    assert "workGoals" not in seen
    assert seen["withheld"] == ["actionPlan"]
    await alfa.consent("psychologist", Category.ACTION_PLAN, record=made["workGoals"][0]["id"])
    shared = (await stage.seen("psychologist", goals))["items"]
    assert [goal["goal"] for goal in shared] == ["Een dagritme."]
    for party in ("coach", "expert"):
        assert (await stage.get(party, f"{plans}/{made['id']}")).status_code == 404, party
        assert (await stage.seen(party, plans)) == {"items": [], "withheld": ["medical"]}
        assert "planId" not in str(await stage.seen(party, goals))


async def test_a_treatment_plan_grows_by_versions(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_client}/treatment-plans"
    first = await stage.made("clinician", path, PLAN)
    second = await stage.made("psychologist", path, {**PLAN, "workGoals": []})
    assert (first["version"], second["version"]) == (1, 2)
    assert second["supersedes"] == first["id"]
    assert (await stage.post("psychologist", path, PLAN)).status_code == 403
    assert (await stage.post("alfa", path, PLAN)).status_code == 403


async def test_a_member_brings_a_colleague_in_and_out_of_the_team(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_client}/treatment-team"
    colleague = str(stage.parties["colleague"].membership)
    body = {"membershipId": colleague}
    assert (await stage.get("colleague", alfa.of_client)).status_code == 404
    assert (await stage.post("colleague", path, body)).status_code == 404
    assert (await stage.post("alfa", path, body)).status_code == 403
    member = await stage.made("clinician", path, body)
    assert (await stage.get("colleague", alfa.of_client)).status_code == 200
    assert (await stage.post("clinician", path, body)).status_code == 409
    ended = await stage.act("clinician", f"{path}/{member['id']}", "ends")
    assert ended["validUntil"] is not None
    assert (await stage.get("colleague", alfa.of_client)).status_code == 404
    tag = (await stage.get("clinician", f"{path}/{member['id']}")).headers["etag"]
    again = await stage.post("clinician", f"{path}/{member['id']}/ends", if_match=tag)
    assert again.status_code == 409
    names = [row["name"] for row in (await stage.seen("alfa", path))["items"]]
    assert sorted(names) == ["Behandelaar-A1", "Behandelaar-A2", "Psycholoog-A1"]


async def test_only_ggz_colleagues_of_the_own_organisation_can_join_the_team(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_client}/treatment-team"
    strangers = [stage.parties[p].membership for p in ("other_clinician", "coach", "ggz_admin")]
    answers = []
    for membership in [*strangers, uuid4()]:
        sent = {"membershipId": str(membership)}
        request = "11111111-2222-4333-8444-555555555555"
        answers.append(await stage.post("clinician", path, sent, x_request_id=request))
    assert {answer.status_code for answer in answers} == {400}
    assert len({answer.content for answer in answers}) == 1


async def test_who_leaves_the_team_is_told_so_and_sees_no_more(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_client}/treatment-team"
    members = (await stage.seen("psychologist", path))["items"]
    own = next(m for m in members if m["role"] == Role.PSYCHOLOGIST)
    ended = await stage.act("psychologist", f"{path}/{own['id']}", "ends")
    assert ended["validUntil"] is not None
    assert (await stage.get("psychologist", alfa.of_client)).status_code == 404


async def test_nobody_corrects_what_another_party_recorded(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_client}/work-questions"
    first = await stage.made("clinician", path, QUESTION)
    again = {**QUESTION, "wish": "Iets met steen.", "supersedes": first["id"]}
    assert (await stage.post("psychologist", path, again)).status_code == 403
    assert (await stage.seen("clinician", f"{path}/{first['id']}"))["supersededBy"] is None
    assert (await stage.made("clinician", path, again))["supersedes"] == first["id"]
