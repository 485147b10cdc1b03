"""The public lists follow the rules of the application and name every code in two languages."""

from typing import Any

import pytest

from app.access.vocabulary import Category, Role
from app.domain.placement.rules.contacts import ContactKind
from app.domain.reference.rules import glossary
from app.domain.trajectory.rules.kinds import Kind
from tests.build.stage import Stage

LISTS = (
    "roles",
    "categories",
    "purposes",
    "matrix",
    "glossary",
    "end-reasons",
    "processes",
    "practices",
    "sroi-blocks",
    "wellbeing-kinds",
    "meaning-elements",
    "building-blocks",
    "programmes",
    "concern-routes",
    "funding",
    "code-lists",
)


@pytest.mark.parametrize("name", LISTS)
async def test_a_list_is_there_for_anyone_and_for_no_method_but_get(
    stage: Stage, name: str
) -> None:
    assert await items(stage, name)
    assert (await stage.http.post(f"/v1/reference/{name}", json={})).status_code == 405


async def test_the_matrix_is_total_and_the_second_policy_opens_the_ladder_to_the_team(
    stage: Stage,
) -> None:
    first, second = await items(stage, "matrix"), await items(stage, "matrix?policyVersion=2")
    assert len(first) == len(second) == len(Category) * len(Role)
    cell = {"category": "ladder", "role": "clinician"}
    grounds = [
        next(c["ground"] for c in found if {k: c[k] for k in cell} == cell)
        for found in (first, second)
    ]
    assert grounds == ["consent", "treatment"]
    unknown = await stage.http.get("/v1/reference/matrix?policyVersion=3")
    assert unknown.status_code == 400


async def test_the_process_names_what_comes_before_the_start_conversation(stage: Stage) -> None:
    found = await items(stage, "processes")
    wgb = next(process for process in found if process["code"] == "wgb")
    assert {process["code"] for process in found if process["offered"]} == set(Kind)
    assert all(process["steps"] for process in found)
    assert wgb["months"] == [12, 18]
    talk = next(step for step in wgb["steps"] if step["code"] == "start_conversation")
    assert "preparation_done" in talk["needs"]
    assert talk["labelNl"] == "Startgesprek"


async def test_the_house_differs_nowhere_and_says_so(stage: Stage) -> None:
    (everyone,) = await items(stage, "practices")
    assert everyone["offers"] == [kind.value for kind in Kind]
    assert (everyone["oadName"], everyone["leavesOut"]) == ("ondersteuningsgericht", [])


async def test_the_route_of_a_concern_follows_from_who_has_it_and_whether_it_is_acute(
    stage: Stage,
) -> None:
    found = {
        (row["code"], row["acute"]): [route["labelNl"] for route in row["routes"]]
        for row in await items(stage, "concern-routes")
    }
    assert len(found) == 8
    assert found["person", False] == ["Huisarts", "POH-GGZ", "Eigen hulpverlener"]
    assert found["citizen", True] == ["Regionale crisisdienst", "112"]
    assert found["professional", False][0] == "Sociaal (wijk)team"


async def test_every_kind_of_trajectory_and_contact_tells_which_law_pays(stage: Stage) -> None:
    found = {row["code"]: row["funding"] for row in await items(stage, "funding")}
    assert set(found) == {*Kind, *ContactKind}
    assert found["motivational_talk"] == ["zvw"]
    assert all("zvw" not in found[kind] for kind in Kind)


async def test_no_end_reason_tells_a_funder_about_health(stage: Stage) -> None:
    found = {reason["code"]: reason["coarse"] for reason in await items(stage, "end-reasons")}
    assert found["health"] == found["client_stopped"] == found["other"]


async def items(stage: Stage, name: str) -> list[dict[str, Any]]:
    answer = await stage.http.get(f"/v1/reference/{name}")
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


def test_a_word_has_one_translation() -> None:
    dutch = [word.strip() for term in glossary() for word in term.dutch.split(";")]
    assert len(dutch) == len(set(dutch))
    assert all(term.english for term in glossary())


async def test_each_way_to_tell_how_it_goes_names_its_subjects_in_plain_dutch(
    stage: Stage,
) -> None:
    kinds = {kind["code"]: kind for kind in await items(stage, "wellbeing-kinds")}
    dimensions = {subject["labelNl"] for subject in kinds["positive_health"]["subjects"]}
    assert dimensions == {
        "Lichaamsfuncties",
        "Mentaal welbevinden",
        "Zingeving",
        "Kwaliteit van leven",
        "Meedoen",
        "Dagelijks functioneren",
    }
    assert [len(kinds[k]["subjects"]) for k in ("four_dimensions", "quality_criteria")] == [4, 7]
    prompts = await items(stage, "meaning-elements")
    assert [p["code"] for p in prompts] == ["direction", "significance", "coherence"]
