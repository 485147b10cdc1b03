"""Decisions asked as AuthZEN 1.0 words it: what the API would do, and not a word more."""

from typing import Any
from uuid import uuid4

import pytest

from app.access.vocabulary import Category
from tests.build.machines import system_of
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage

ONE, MANY = "/access/v1/evaluation", "/access/v1/evaluations"
REQUEST = "11111111-2222-4333-8444-555555555555"


def subject(stage: Stage, party: str) -> dict[str, Any]:
    return {"type": "membership", "id": str(stage.parties[party].membership)}


def question(
    stage: Stage, party: str, resource: Any, category: str = "ladder", action: str = "read"
) -> dict[str, Any]:
    return {
        "subject": subject(stage, party),
        "action": {"name": action},
        "resource": {
            "type": "trajectory",
            "id": str(resource),
            "properties": {"category": category},
        },
        "context": {"time": "2025-08-20T10:00:00Z"},
    }


async def decided(stage: Stage, party: str, *about: Any, **more: Any) -> dict[str, Any]:
    return await stage.made(party, ONE, question(stage, party, *about, **more))


async def test_a_task_opens_what_the_api_opens_and_the_reason_is_told(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    assert await decided(stage, "expert", alfa.trajectory) == {
        "decision": True,
        "context": {"reason": "statutory"},
    }
    assert await decided(stage, "expert", alfa.trajectory, "medical") == {"decision": False}
    assert (await decided(stage, "coach", alfa.trajectory, "ladder", "add"))["decision"]
    assert not (await decided(stage, "employer", alfa.trajectory))["decision"]


async def test_where_only_a_part_opens_all_of_it_is_refused_and_any_of_it_is_not(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    whole = await decided(stage, "expert", alfa.trajectory, "consent")
    part = await decided(stage, "expert", alfa.trajectory, "consent", "read_any")
    assert (whole["decision"], part["decision"]) == (False, True)
    assert whole["context"]["limits"] == part["context"]["limits"] == ["own_records"]


async def test_hidden_and_unknown_are_the_same_bare_no_for_each_who_asks(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    for party in ("other_expert", "case_manager", "other_clinician"):
        for resource, there in (("trajectory", alfa.trajectory), ("client", alfa.client)):
            answers = []
            for asked in (there, uuid4()):
                body = question(stage, party, asked)
                body["resource"]["type"] = resource
                answers.append(await stage.post(party, ONE, body, x_request_id=REQUEST))
            assert answers[0].content == answers[1].content == b'{"decision":false}'


async def test_nobody_is_told_about_another_but_the_client(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    about_expert = question(stage, "expert", alfa.trajectory)
    for party in ("expert_colleague", "coach", "clinician", "ggz_admin"):
        assert await stage.made(party, ONE, about_expert) == {"decision": False}, party
    told = await stage.made("alfa", ONE, about_expert)
    assert told == {"decision": True, "context": {"reason": "statutory"}}
    assert await stage.made("alfa", ONE, question(stage, "other_expert", alfa.trajectory)) == {
        "decision": False
    }


async def test_a_client_system_asks_about_colleagues_of_its_own_organisation_only(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    system = await system_of(stage)
    token = await system.token()
    about = question(stage, "clinician", alfa.trajectory, "medical")
    told = await system.call("POST", ONE, about, token=token)
    assert told.json()["decision"], told.text
    for party in ("expert", "coach"):
        asked = question(stage, party, alfa.trajectory)
        refused = await system.call("POST", ONE, asked, token=token)
        assert (refused.status_code, refused.content) == (200, b'{"decision":false}')
    several = {
        "action": {"name": "read"},
        "resource": about["resource"],
        "evaluations": [
            {"subject": subject(stage, party)} for party in ("expert", "clinician", "colleague")
        ],
    }
    answers = await system.call("POST", MANY, several, token=token)
    assert [each["decision"] for each in answers.json()["evaluations"]] == [False, True, False]


@pytest.mark.parametrize(
    ("semantic", "decisions"),
    [
        (None, [True, False, True]),
        ("execute_all", [True, False, True]),
        ("deny_on_first_deny", [True, False]),
        ("permit_on_first_permit", [True]),
    ],
)
async def test_many_are_answered_until_the_one_that_settles_it(
    stage: Stage, semantic: str | None, decisions: list[bool]
) -> None:
    alfa = await wgb_at_uwv(stage)
    whole = question(stage, "expert", alfa.trajectory)
    kinds = ("ladder", "medical", "status")
    asked: dict[str, Any] = {
        "subject": whole["subject"],
        "action": whole["action"],
        "evaluations": [
            {"resource": {**whole["resource"], "properties": {"category": kind}}} for kind in kinds
        ],
    }
    if semantic is not None:
        asked["options"] = {"evaluations_semantic": semantic}
    told = await stage.made("expert", MANY, asked)
    assert [each["decision"] for each in told["evaluations"]] == decisions
    assert len(_looks(stage, alfa)) == len(decisions)


async def test_the_top_alone_is_one_question_and_what_is_lacking_is_named(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    whole = question(stage, "expert", alfa.trajectory)
    assert (await stage.made("expert", MANY, whole))["decision"]
    lacking = {**whole, "evaluations": [{}]}
    del lacking["subject"]
    refused = await stage.post("expert", MANY, lacking)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == "#/evaluations/0/subject"
    unknown = {**whole, "evaluations": [{}], "options": {"evaluations_semantic": "any"}}
    assert (await stage.post("expert", MANY, unknown)).status_code == 400


UNKNOWN: list[tuple[str, dict[str, Any], str]] = [
    ("action", {"name": "delete"}, "unknown_action"),
    ("resource", {"type": "document"}, "unknown_resource_type"),
    ("subject", {"type": "user"}, "unknown_subject_type"),
    ("resource", {"properties": {"category": "secrets"}}, "unknown_category"),
    ("resource", {"properties": {}}, "unknown_category"),
    ("resource", {"properties": {"category": ["ladder"]}}, "unknown_category"),
    ("resource", {"properties": {"category": {"of": "ladder"}}}, "unknown_category"),
    ("context", {"purpose": ["statutory"]}, "unknown_purpose"),
    ("context", {"purpose": "fun"}, "unknown_purpose"),
]


@pytest.mark.parametrize(("part", "words", "reason"), UNKNOWN)
async def test_a_word_that_nobody_knows_is_a_no_that_says_so_whatever_the_ids(
    stage: Stage, part: str, words: dict[str, Any], reason: str
) -> None:
    alfa = await wgb_at_uwv(stage)
    for party, about in (("expert", alfa.trajectory), ("other_expert", uuid4()), ("expert", "x")):
        asked = question(stage, party, about)
        asked[part] |= words
        answer = await stage.post("expert", ONE, asked)
        told = {"decision": False, "context": {"reason": reason}}
        assert (answer.status_code, answer.json()) == (200, told)
    assert _looks(stage, alfa) == []


async def test_an_id_that_is_none_is_a_bare_no(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    for part, words in (
        ("subject", {"id": "alice"}),
        ("resource", {"id": "alice"}),
        ("resource", {"properties": {"category": "ladder", "organisationId": "uwv"}}),
    ):
        asked = question(stage, "expert", alfa.trajectory)
        asked[part] |= words
        assert await stage.made("expert", ONE, asked) == {"decision": False}


async def test_who_does_not_ask_as_somebody_is_refused(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    assert (await stage.http.post(ONE, json={})).status_code in {400, 401}
    nobody = question(stage, "expert", alfa.trajectory)
    assert (await stage.http.post(ONE, json=nobody)).status_code == 401


@pytest.mark.parametrize("party", ["expert", "system"])
async def test_one_question_that_names_nothing_does_not_spoil_the_others(
    stage: Stage, party: str
) -> None:
    alfa = await wgb_at_uwv(stage)
    about = ("expert", alfa.trajectory, "ladder")
    if party == "system":
        about = ("clinician", alfa.trajectory, "medical")
    good = question(stage, *about)
    nothing = []
    for value in ("alice", "é", "1", str(uuid4()).replace("-", "")):
        nothing += [{**good, part: {**good[part], "id": value}} for part in ("subject", "resource")]
    odd: tuple[Any, ...] = ("alice", 1, ["a"], {"of": "a"})
    for value in odd:
        narrowed = {**good["resource"]["properties"], "organisationId": value}
        nothing.append({**good, "resource": {**good["resource"], "properties": narrowed}})
    body = {"evaluations": [good, *nothing, good]}
    if party == "expert":
        told = await stage.made(party, MANY, body)
    else:
        system = await system_of(stage)
        answer = await system.call("POST", MANY, body, token=await system.token())
        assert answer.status_code == 200, answer.text
        told = answer.json()
    first, *between, last = [each["decision"] for each in told["evaluations"]]
    assert first
    assert last
    assert not any(between), between


async def test_after_a_withdrawal_the_answer_is_no(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    before = await decided(stage, "expert", alfa.trajectory)
    with stage.straight() as db:
        db.execute("UPDATE responsibility SET valid_until = '2025-08-26' WHERE true")
    stage.on("2025-08-27")
    await stage.recompile(alfa.client)
    assert (before["decision"], (await decided(stage, "expert", alfa.trajectory))["decision"]) == (
        True,
        False,
    )


async def test_each_question_is_a_look_on_the_log(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    await decided(stage, "expert", alfa.trajectory)
    await stage.made("alfa", ONE, question(stage, "expert", alfa.trajectory))
    await decided(stage, "other_expert", alfa.trajectory)
    assert _looks(stage, alfa) == [
        ("labour_expert", Category.EXISTENCE.bit),
        ("client", Category.CONSENT.bit),
    ]
    with stage.straight() as db:
        refused = db.execute("SELECT asked_id, role, status FROM access_refusal").fetchall()
    assert (alfa.trajectory, "labour_expert", 200) in refused


def _looks(stage: Stage, alfa: Situation) -> list[Any]:
    with stage.straight() as db:
        return db.execute(
            "SELECT role, shown FROM access_log_entry"
            " WHERE client_id = %s AND resource = 'AccessDecision' ORDER BY at, role DESC",
            [alfa.client],
        ).fetchall()


async def test_the_document_tells_where_to_ask(stage: Stage) -> None:
    found = (await stage.http.get("/.well-known/authzen-configuration")).json()
    url = str(stage.http.base_url).rstrip("/")
    assert found == {
        "policy_decision_point": url,
        "access_evaluation_endpoint": f"{url}{ONE}",
        "access_evaluations_endpoint": f"{url}{MANY}",
    }


MAKING = {
    "ladder": (
        "ladder-measurements",
        {"rung": 4, "measuredOn": "2025-01-10", "occasion": "six_monthly"},
    ),
    "contact_log": (
        "contacts",
        {
            "kind": "client_contact",
            "mode": "telephone",
            "place": "remote",
            "minutes": 10,
            "happenedOn": "2025-01-10",
            "note": "Gebeld.",
        },
    ),
}


async def test_whoever_may_add_by_the_answer_may_add_by_the_api_and_nobody_else(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    answers = set()
    for party in ("coach", "expert", "clinician", "physician", "employer", "other_clinician"):
        for category, (path, body) in MAKING.items():
            said = await decided(stage, party, alfa.trajectory, category, "add")
            made = await stage.post(party, f"{alfa.of_trajectory}/{path}", body)
            assert (made.status_code == 201) is said["decision"], f"{party} {category} {made.text}"
            answers.add(said["decision"])
    assert answers == {True, False}


async def test_who_asks_too_much_is_told_once_when_to_come_back(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    alfa = await wgb_at_uwv(stage)
    limiter = stage.app.state.services.limiter
    monkeypatch.setattr(limiter, "_burst", 0)
    monkeypatch.setattr(limiter, "_per_second", 0.1)
    answer = await stage.post("expert", ONE, question(stage, "expert", alfa.trajectory))
    assert answer.status_code == 429
    [wait] = answer.headers.get_list("retry-after")
    assert int(wait) > 1
