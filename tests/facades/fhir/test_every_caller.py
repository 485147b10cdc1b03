"""Every role, other tenants and whoever lost a consent read here what the API lets them read."""

from typing import Any

import pytest

from app.facades.fhir import ids
from app.facades.fhir.registry import Kind
from app.facades.fhir.resources import TYPES
from tests.build.stage import Stage
from tests.domain.consent.asking import consent, with_question
from tests.domain.trajectory.courses import Course, started
from tests.facades.fhir.asking import XML, ask, found, issue

DAY = "2025-01-14"
READ_ALIKE = [
    (name, kind) for name, each in TYPES.items() if each.read is None for kind in each.kinds
]
OTHERS = ("other_clinician", "other_expert", "case_manager", "employer", "coach_colleague")


@pytest.fixture
async def course(stage: Stage) -> Course:
    """With a referral that was accepted, a coach, and something recorded by several."""
    course = await started(stage)
    await course.with_coach()
    asked = {"askedOn": DAY, "workStatus": "no_work", "wantsWork": "yes", "benefitStatus": "wia"}
    await stage.made("clinician", f"/v1/clients/{course.client}/work-questions", asked)
    rung = {"rung": 2, "measuredOn": DAY, "reason": "Komt wekelijks op de club."}
    await stage.post("clinician", f"{course.of_trajectory}/ladder-measurements", rung)
    return course


def at_the_api(kind: Kind, id_: str) -> str:
    ref = ids.read(id_, nested=bool(kind.under)) if kind.key else ids.Ref("", "", id_)
    above = f"/{kind.under}/{ref.parent}" if kind.under else ""
    return f"/v1{above}/{kind.path}/{ref.record}"


async def all_ids(stage: Stage, course: Course) -> set[tuple[str, Kind, str]]:
    """What any of those concerned is told of."""
    seen = set()
    for party in ("clinician", "expert", "coach", "alfa"):
        path = f"Patient/{course.client}/$everything?_count=100"
        for each in await found(stage, party, path):
            key = ids.kind_of(each["id"])
            kinds = [kind for name, kind in READ_ALIKE if name == each["resourceType"]]
            fitting = [k for k in kinds if k.key == key] or [k for k in kinds if not k.key]
            seen |= {(each["resourceType"], kind, each["id"]) for kind in fitting[:1]}
    return seen


async def test_each_party_reads_by_id_what_the_api_lets_it_read(
    stage: Stage, course: Course
) -> None:
    everything = await all_ids(stage, course)
    assert len({name for name, _, _ in everything}) >= 3
    for party in stage.parties:
        for name, kind, id_ in sorted(everything, key=lambda each: each[2]):
            here = await ask(stage, party, f"{name}/{id_}")
            there = await stage.get(party, at_the_api(kind, id_))
            assert here.status_code == there.status_code, (party, name, id_)


async def test_a_search_tells_the_version_of_a_read_without_a_look_more(
    stage: Stage, course: Course
) -> None:
    plain = {name for name, each in TYPES.items() if each.read is None}
    told = set()
    for party in ("clinician", "expert", "coach", "alfa"):
        everything = await found(stage, party, f"Patient/{course.client}/$everything?_count=100")
        by_id = await found(stage, party, f"Patient?_id={course.client}")
        for each in [*everything, *by_id, *await found(stage, party, "Patient")]:
            if each["resourceType"] in plain:
                read = await ask(stage, party, f"{each['resourceType']}/{each['id']}")
                assert read.headers["etag"] == f'W/"{each["meta"]["versionId"]}"', each
                assert read.json() == each
                told.add(each["resourceType"])
    assert "x-item-tags" not in (await stage.get("clinician", "/v1/clients")).headers
    assert told >= {"Patient", "EpisodeOfCare", "Consent", "ServiceRequest", "Observation"}


async def test_who_is_not_concerned_finds_nothing_of_a_patient(
    stage: Stage, course: Course
) -> None:
    for party in OTHERS:
        answer = await ask(stage, party, f"Patient/{course.client}/$everything")
        assert issue(answer) == (404, "not-found")
        for name, each in TYPES.items():
            if each.patient is None:
                continue
            here = await ask(stage, party, f"{name}?patient={course.client}")
            unknown = await ask(stage, party, f"{name}?patient={stage.parties['coach'].membership}")
            assert here.status_code == unknown.status_code
            assert entries(here) == entries(unknown) == []


async def test_a_consent_that_was_withdrawn_is_felt_at_the_next_read(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    path = f"Observation?patient={alfa.client}"
    body = consent(alfa, "ggz", "coach", "work_question")
    given = await stage.made("alfa", f"{alfa.of_client}/consents", body)
    (before,) = await found(stage, "coach", path)
    await stage.made("alfa", f"/v1/consents/{given['id']}/withdrawals", {})
    assert await found(stage, "coach", path) == []
    assert issue(await ask(stage, "coach", f"Observation/{before['id']}")) == (404, "not-found")
    everything = await ask(stage, "coach", f"Patient/{alfa.client}/$everything?_count=100")
    assert before["id"] not in everything.text


async def test_every_type_leaves_valid_in_both_formats(stage: Stage, course: Course) -> None:
    for party in ("clinician", "expert", "coach", "alfa"):
        for name, each in TYPES.items():
            query = f"?patient={course.client}" if each.patient else ""
            query = (
                f"?target=EpisodeOfCare/{course.trajectory}" if "target" in each.params else query
            )
            for media in ("application/fhir+json", XML):
                answer = await ask(stage, party, f"{name}{query}", accept=media)
                assert answer.status_code in {200, 403}, (party, name, answer.text)


async def test_no_address_in_an_answer_holds_a_number_or_a_name(
    stage: Stage, course: Course
) -> None:
    for name, each in TYPES.items():
        query = f"?patient={course.client}" if each.patient else ""
        answer = await ask(stage, "clinician", f"{name}{query}")
        content = answer.json()
        links = [link["url"] for link in content.get("link", [])]
        links += [entry["fullUrl"] for entry in content.get("entry", [])]
        assert "total" not in content
        assert not any("99999" in link or "Alfa" in link for link in links)


def entries(answer: Any) -> list[Any]:
    content = answer.json()
    return list(content.get("entry", [])) if answer.status_code == 200 else []
