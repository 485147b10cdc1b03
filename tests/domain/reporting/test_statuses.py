"""The status query by BSN: what a task allows, and one answer for all that it does not."""

from dataclasses import replace
from datetime import date

from app.access.vocabulary import Category
from app.domain.trajectory.tables import TrajectoryCourse, TrajectoryEvent
from app.platform.http.limits import Limiter
from tests.bench.data import bsn_of, is_real
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import BSN, Stage
from tests.leaks.sides import Watch

SEARCH = "/v1/trajectory-statuses/_search"
BATCH = "/v1/trajectory-statuses/_batch"
REQUEST = "11111111-2222-4333-8444-555555555555"
ASK = {"bsn": BSN["alfa"]}


async def alfa_underway(stage: Stage) -> Situation:
    """Active since April, paused in August for a reason that is nobody's business."""
    alfa = await wgb_at_uwv(stage)
    course = {"kind": "wgb", "duration_months": 12, "clock_start_basis": "start_conversation"}
    await alfa.put(TrajectoryCourse, trajectory_id=alfa.trajectory, **course)
    everyone = ["client", "clinician", "reintegration_coach", "labour_expert"]
    care = ["client", "clinician"]
    for milestone, day, audience in (
        ("referral_accepted", date(2025, 2, 4), [*everyone, "insurance_physician"]),
        ("psychological_anamnesis", date(2025, 3, 25), care),
        ("start_conversation", date(2025, 4, 3), everyone),
        ("start_conversation_confirmed", date(2025, 4, 7), everyone),
        ("crisis", date(2025, 8, 25), care),
        ("paused", date(2025, 8, 25), everyone),
    ):
        await alfa.put(
            TrajectoryEvent,
            trajectory_id=alfa.trajectory,
            milestone=milestone,
            occurred_on=day,
            audience=audience,
        )
    stage.on("2025-08-20")
    contact = {
        "kind": "client_contact",
        "mode": "telephone",
        "place": "remote",
        "minutes": 10,
        "note": "Slaapt slecht.",
    }
    path = f"{alfa.of_trajectory}/contacts"
    await stage.made("coach", path, {**contact, "happenedOn": "2025-08-18"})
    wrong = await stage.made("coach", path, {**contact, "happenedOn": "2025-08-20"})
    right = {**contact, "happenedOn": "2025-08-19", "supersedes": wrong["id"]}
    await stage.made("coach", path, right)
    rung = {"rung": 4, "measuredOn": "2025-07-03", "occasion": "six_monthly"}
    await stage.made("coach", f"{alfa.of_trajectory}/ladder-measurements", rung)
    stage.on("2025-08-26")
    return alfa


async def test_the_labour_expert_learns_the_status_and_nothing_of_care(stage: Stage) -> None:
    alfa = await alfa_underway(stage)
    answer = await stage.post("expert", SEARCH, ASK)
    [item] = answer.json()["items"]
    assert "possibleCauses" not in answer.json()
    persons = item.pop("responsiblePersons")
    assert {(p["role"], p["name"]) for p in persons} == {
        ("insurance_physician", "Arts-A1"),
        ("labour_expert", "Deskundige-A1"),
        ("reintegration_coach", "Coach-A1"),
    }
    assert item == {
        "id": str(alfa.trajectory),
        "kind": "wgb",
        "phase": "active",
        "since": "2025-04-07",
        "pausedSince": "2025-08-25",
        "nextDate": "2026-04-03",
        "lastContactOn": "2025-08-19",
        "rung": 4,
        "withheld": [],
    }
    assert not [word for word in ("crisis", "psycholog", "slaapt") if word in answer.text.lower()]


async def test_the_physician_learns_neither_the_rung_nor_the_days_of_contact(
    stage: Stage,
) -> None:
    await alfa_underway(stage)
    [item] = (await stage.made("physician", SEARCH, ASK))["items"]
    assert (item["phase"], item["since"]) == ("accepted", "2025-02-04")
    assert item["lastContactOn"] is None
    assert "rung" not in item
    assert item["withheld"] == ["ladder"]


async def test_unknown_and_not_theirs_give_the_same_bytes_and_the_three_causes(
    stage: Stage,
) -> None:
    alfa = await alfa_underway(stage)
    await alfa.consent("other_expert", Category.EXISTENCE, Category.BSN, Category.STATUS)
    for party in ("expert_colleague", "other_expert", "case_manager"):
        hidden = await stage.post(party, SEARCH, ASK, x_request_id=REQUEST)
        absent = await stage.post(party, SEARCH, {"bsn": BSN["echo"]}, x_request_id=REQUEST)
        assert hidden.status_code == 200
        assert hidden.content == absent.content, party
        assert hidden.json()["items"] == []
        assert len(hidden.json()["possibleCauses"]) == 3
    born = await stage.post("expert", SEARCH, {**ASK, "birthDate": "1990-05-18"})
    assert born.json()["items"] == []
    assert (
        len((await stage.made("expert", SEARCH, {**ASK, "birthDate": "1990-05-17"}))["items"]) == 1
    )


async def test_when_the_body_is_no_longer_responsible_the_answer_is_empty(stage: Stage) -> None:
    alfa = await alfa_underway(stage)
    with stage.database.connect_as_superuser() as db:
        db.execute("UPDATE responsibility SET valid_until = '2025-08-26' WHERE true")
    await stage.recompile(alfa.client)
    assert (await stage.made("expert", SEARCH, ASK))["items"] == []


async def test_looks_stand_on_the_log_and_empty_ones_with_the_blind_index_only(
    stage: Stage,
) -> None:
    alfa = await alfa_underway(stage)
    await stage.made("expert", SEARCH, ASK)
    await stage.made("other_expert", SEARCH, ASK)
    with stage.database.connect_as_superuser() as db:
        looks = db.execute(
            "SELECT verb, grounds FROM access_log_entry"
            " WHERE client_id = %s AND resource = 'Status'",
            [alfa.client],
        ).fetchall()
        refusals = db.execute(
            "SELECT asked_index FROM access_refusal WHERE asked_index IS NOT NULL"
        ).fetchall()
    assert [verb for verb, _ in looks] == ["search"]
    assert all(ground.startswith("statutory:") for ground in looks[0][1])
    assert len(refusals) == 1
    assert BSN["alfa"].encode() not in refusals[0][0]


async def test_only_staff_of_an_authority_ask_and_a_wrong_number_is_a_fault(
    stage: Stage,
) -> None:
    await alfa_underway(stage)
    for party in ("clinician", "coach", "alfa", "employer"):
        assert (await stage.post(party, SEARCH, ASK)).status_code == 403, party
    wrong = await stage.post("expert", SEARCH, {"bsn": "999990018"})
    assert wrong.json()["errors"][0]["code"] == "not_a_bsn"
    assert "999990018" not in wrong.text


async def test_many_numbers_are_answered_in_their_order_as_if_each_were_asked_alone(
    stage: Stage,
) -> None:
    await alfa_underway(stage)
    [item] = (await stage.made("expert", SEARCH, ASK))["items"]
    asked = [BSN["echo"], BSN["alfa"], BSN["bravo"], BSN["alfa"]]
    told = await stage.made("expert", BATCH, {"bsns": asked})
    assert [answer["statuses"] for answer in told["answers"]] == [[], [item], [], [item]]
    assert len(told["possibleCauses"]) == 3


async def test_of_many_unknown_and_not_theirs_give_the_same_bytes(stage: Stage) -> None:
    alfa = await alfa_underway(stage)
    await alfa.consent("other_expert", Category.EXISTENCE, Category.BSN, Category.STATUS)
    hidden, absent = {"bsns": [BSN["alfa"]] * 3}, {"bsns": [BSN["echo"]] * 3}
    for party in ("expert_colleague", "other_expert", "case_manager"):
        answers = [
            await stage.post(party, BATCH, asked, x_request_id=REQUEST)
            for asked in (hidden, absent)
        ]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert answers[0].content == answers[1].content, party
        assert answers[0].json()["answers"] == [{"statuses": []}] * 3


async def test_a_thousand_numbers_take_as_many_statements_as_one(stage: Stage) -> None:
    await alfa_underway(stage)
    numbers = [bsn for bsn in map(bsn_of, range(2000, 4000)) if is_real(bsn)][:999]
    watch = Watch()
    with watch.on(stage.app.state.services.engines):
        await stage.made("expert", BATCH, {"bsns": [BSN["echo"], BSN["alfa"]]})
        few = [*watch.statements]
        watch.clear()
        told = await stage.made("expert", BATCH, {"bsns": [*numbers, BSN["alfa"]]})
    assert watch.statements == few
    assert [len(answer["statuses"]) for answer in told["answers"]] == [0] * 999 + [1]
    refused = await stage.post("expert", BATCH, {"bsns": [BSN["alfa"]] * 1001})
    assert refused.json()["errors"][0]["code"] == "too_long"


async def test_each_of_many_looks_stands_on_the_log_as_one_alone_would(stage: Stage) -> None:
    alfa = await alfa_underway(stage)
    await stage.made("expert", BATCH, {"bsns": [BSN["alfa"], BSN["echo"], BSN["bravo"]]})
    with stage.straight() as db:
        looks = db.execute(
            "SELECT verb, resource FROM access_log_entry WHERE client_id = %s AND verb = 'search'",
            [alfa.client],
        ).fetchall()
        refusals = db.execute(
            "SELECT DISTINCT asked_index, method, role, status FROM access_refusal"
            " WHERE asked_index IS NOT NULL"
        ).fetchall()
    assert looks == [("search", "Status")]
    assert [row[1:] for row in refusals] == [("POST", "labour_expert", 200)] * 2


async def test_of_many_those_that_are_no_number_are_named_by_their_place_alone(
    stage: Stage,
) -> None:
    await alfa_underway(stage)
    wrong = await stage.post("expert", BATCH, {"bsns": ["999990018", BSN["alfa"], "12a"]})
    assert wrong.status_code == 400
    assert [(fault["pointer"], fault["code"]) for fault in wrong.json()["errors"]] == [
        ("#/bsns/0", "not_a_bsn"),
        ("#/bsns/2", "not_a_bsn"),
    ]
    assert "999990018" not in wrong.text
    assert (await stage.post("coach", BATCH, {"bsns": [BSN["alfa"]]})).status_code == 403


async def test_who_asks_about_many_too_often_waits(stage: Stage) -> None:
    await alfa_underway(stage)
    services = stage.app.state.services
    stage.app.state.services = replace(services, batches=Limiter(0.01, 2))
    try:
        asked = {"bsns": [BSN["alfa"]]}
        answers = [await stage.post("expert", BATCH, asked) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert int(answers[2].headers["retry-after"]) > 1
        assert (await stage.post("physician", BATCH, asked)).status_code == 200
        assert (await stage.post("expert", SEARCH, ASK)).status_code == 200
    finally:
        stage.app.state.services = services
