"""Our own codes: published for everyone, the same as those of the API, and found by their names."""

from pathlib import Path

import pytest

import app.facades.fhir
from app.access.vocabulary import Category, Purpose, Role
from app.domain.ladder.rules.rungs import RUNGS
from app.domain.trajectory.rules.kinds import Kind
from app.domain.trajectory.rules.milestones import Milestone
from app.domain.trajectory.rules.words import Phase
from app.facades.fhir.terminology.published import published
from tests.build.stage import Stage
from tests.facades.fhir.asking import FHIR, XML, issue, valid

FAULTS = "fault"
"""The codes of faults are those of the problems of the API, which is where they are told."""
LISTS = {
    "category": [each.value for each in Category],
    "purpose": [each.value for each in Purpose],
    "role": [each.value for each in Role],
    "trajectory-kind": [each.value for each in Kind],
    "trajectory-phase": [each.value for each in Phase],
    "milestone": [each.value for each in Milestone],
    "participation-ladder": [str(each.rung) for each in RUNGS],
}


@pytest.mark.parametrize("name", LISTS)
async def test_a_vocabulary_is_read_without_a_token_and_has_the_codes_of_the_rules(
    stage: Stage, name: str
) -> None:
    answer = await stage.http.get(f"{FHIR}/CodeSystem/{name}")
    valid(answer)
    content = answer.json()
    assert sorted(one["code"] for one in content["concept"]) == sorted(LISTS[name])
    assert content["url"] == f"https://trede.example/fhir/CodeSystem/{name}"
    bundle = (await stage.http.get(f"{FHIR}/ValueSet?url={content['valueSet']}")).json()
    (entry,) = bundle["entry"]
    assert entry["resource"]["compose"]["include"] == [{"system": content["url"]}]


@pytest.mark.parametrize("kind", ["CodeSystem", "ValueSet", "ConceptMap"])
async def test_all_of_them_are_valid_in_both_formats(stage: Stage, kind: str) -> None:
    for accepted in ("application/fhir+json", XML):
        answer = await stage.http.get(f"{FHIR}/{kind}", headers={"accept": accepted})
        assert answer.status_code == 200
        assert len(valid(answer).entry) == len(published()[kind])


@pytest.mark.parametrize(
    ("path", "same"),
    [
        ("CodeSystem", "CodeSystem?status=active"),
        ("ValueSet", "ValueSet?version=1.0.0"),
        ("CodeSystem?_id=role", "CodeSystem?name=TredeRole&status=active"),
        ("CodeSystem/role", "CodeSystem/role?_format=xml"),
        ("ValueSet?_id=nothing", "ValueSet?url=nowhere"),
        ("metadata", "metadata?_format=application/fhir%2Bxml"),
    ],
)
async def test_what_anybody_may_ask_is_written_once_however_it_is_asked(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, path: str, same: str
) -> None:
    first = await stage.http.get(f"{FHIR}/{path}", headers={"accept": XML})
    assert first.status_code == 200

    def again(_: object) -> bytes:
        raise AssertionError("it is written once more")

    monkeypatch.setattr("app.facades.fhir.wire.to_xml", again)
    answer = await stage.http.get(f"{FHIR}/{same}", headers={"accept": XML})
    assert (answer.status_code, answer.content) == (200, first.content)
    assert answer.headers["content-type"] == first.headers["content-type"]


async def test_what_is_not_published_is_an_outcome(stage: Stage) -> None:
    answer = await stage.http.get(f"{FHIR}/CodeSystem/nothing")
    assert issue(answer) == (404, "not-found")
    answer = await stage.http.get(f"{FHIR}/CodeSystem?_total=accurate")
    assert issue(answer) == (400, "not-supported")


def test_no_code_system_of_ours_is_named_that_is_not_published() -> None:
    known = {*published()["CodeSystem"], FAULTS}
    folder = Path(app.facades.fhir.__file__).parent
    for file in folder.rglob("*.py"):
        for part in file.read_text(encoding="utf-8").split('own_system("')[1:]:
            assert part.partition('"')[0] in known, file.name
