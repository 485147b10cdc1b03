"""Measuring on the ladder, the client's answer, and the path read back."""

from typing import Any
from uuid import uuid4

from app.access.vocabulary import Category
from app.domain.trajectory.tables import TrajectoryCourse, TrajectoryEvent
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage

REQUEST = "11111111-2222-4333-8444-555555555555"
START: dict[str, Any] = {
    "rung": 2,
    "measuredOn": "2025-03-04",
    "occasion": "start",
    "criteria": {"hasContract": False, "weekly": True},
    "context": "Gaat vaak bij de buren langs.",
    "clientWords": "Ik mis het ritme.",
    "growthPotential": {"rung": 4, "horizonMonths": 12, "reasoning": "Heeft eerder gewerkt."},
}


def measured(rung: int, day: str, occasion: str = "change", **more: Any) -> dict[str, Any]:
    return {"rung": rung, "measuredOn": day, "occasion": occasion, **more}


async def alfa_on(stage: Stage, day: str) -> tuple[Situation, str]:
    alfa = await wgb_at_uwv(stage)
    stage.on(day)
    return alfa, f"{alfa.of_trajectory}/ladder-measurements"


async def test_the_labour_expert_writes_notes_and_never_reads_them(stage: Stage) -> None:
    _, path = await alfa_on(stage, "2025-03-04")
    made = await stage.made("expert", path, START)
    assert made["rung"] == 2
    assert made["withheld"] == ["ladderNotes"]
    assert not {"context", "clientWords", "growthPotential", "suggestion"} & made.keys()
    again = await stage.seen("expert", f"{path}/{made['id']}")
    assert again["withheld"] == ["ladderNotes"]
    for party in ("coach", "alfa"):
        seen = await stage.seen(party, f"{path}/{made['id']}")
        assert seen["clientWords"] == "Ik mis het ritme."
        assert seen["growthPotential"]["rung"] == 4
        assert seen["growthPotential"]["byRole"] == "labour_expert"
        assert seen["withheld"] == []


async def test_a_measurement_is_for_the_assigned_and_hidden_from_others(stage: Stage) -> None:
    alfa, path = await alfa_on(stage, "2025-07-03")
    made = await stage.made("coach", path, measured(4, "2025-07-03", "six_monthly"))
    one = f"{path}/{made['id']}"
    for party in ("physician", "clinician", "coach_colleague", "employer", "other_expert"):
        hidden = await stage.get(party, one, x_request_id=REQUEST)
        absent = await stage.get(party, f"{path}/{uuid4()}", x_request_id=REQUEST)
        assert hidden.status_code == 404, party
        assert hidden.content == absent.content
    await alfa.consent("clinician", Category.LADDER)
    seen = await stage.seen("clinician", one)
    assert (seen["rung"], seen["measuredBy"]) == (4, "reintegration_coach")


async def test_only_roles_that_measure_may_record_a_rung(stage: Stage) -> None:
    alfa, path = await alfa_on(stage, "2025-03-04")
    assert (await stage.post("alfa", path, START)).status_code == 403
    assert (await stage.post("psychologist", path, START)).status_code == 403
    assert (await stage.post("coach_colleague", path, START)).status_code == 404
    assert (await stage.seen("alfa", path))["items"] == []
    assert (await stage.seen("alfa", f"{alfa.of_trajectory}/ladder"))["startRung"] is None


async def test_a_rung_that_its_own_criteria_rule_out_needs_a_reason(stage: Stage) -> None:
    _, path = await alfa_on(stage, "2025-07-03")
    of_work = {"responsibilityToOthers": True, "weekly": True, "inPerson": True}
    no_work = {"hasContract": False, "selfEmployed": False}
    for rung, criteria in (
        (5, no_work),
        (6, no_work),
        (6, {"hasContract": True, "supportInstruments": ["job_coach"]}),
        (6, {"selfEmployed": True, "supplementaryBenefit": True}),
        (4, {"hasContract": True}),
        (4, {**of_work, "inPerson": False}),
        (3, {"organised": False}),
        (3, of_work),
        (2, {"weekly": False}),
        (2, {"weekly": True, "organised": True}),
        (1, {"weekly": True}),
    ):
        body = measured(rung, "2025-07-03", criteria=criteria)
        answer = await stage.post("coach", path, body)
        assert answer.status_code == 400, (rung, criteria)
        (fault,) = answer.json()["errors"]
        assert (fault["pointer"], fault["code"]) == ("#/reason", "required")
        made = await stage.made("coach", path, {**body, "reason": "Zo zagen wij het samen."})
        assert made["rung"] == rung


async def test_what_was_not_asked_rules_no_rung_out(stage: Stage) -> None:
    _, path = await alfa_on(stage, "2025-07-03")
    for rung, criteria in (
        (6, {"hasContract": True}),
        (5, {"hasContract": True, "selfEmployed": False}),
        (5, {"supplementaryBenefit": True}),
        (4, {"weekly": True}),
        (3, {"organised": True, "responsibilityToOthers": True}),
        (2, {"organised": False}),
        (1, {}),
        (1, {"organised": True, "hasContract": False}),
    ):
        body = measured(rung, "2025-07-03", criteria=criteria)
        assert (await stage.made("coach", path, body))["rung"] == rung


async def test_the_criteria_suggest_a_rung_and_the_person_decides(stage: Stage) -> None:
    _, path = await alfa_on(stage, "2025-07-03")
    criteria = {"responsibilityToOthers": True, "weekly": True, "inPerson": True}
    body = measured(3, "2025-07-03", criteria=criteria, reason="Nog onder begeleiding.")
    made = await stage.made("coach", path, body)
    assert made["suggestion"]["rung"] == 4
    assert made["suggestion"]["differs"] is True
    assert "responsibility_weekly_in_person" in made["suggestion"]["reasons"]
    assert made["reason"] == "Nog onder begeleiding."
    plain = await stage.made("coach", path, measured(3, "2025-07-03"))
    assert plain["suggestion"] is None


async def test_skipping_and_lower_rungs_are_recorded_like_any_other(stage: Stage) -> None:
    alfa, path = await alfa_on(stage, "2026-09-01")
    for rung, day in ((2, "2025-03-04"), (5, "2025-06-01"), (1, "2025-09-01")):
        occasion = "start" if day == "2025-03-04" else "change"
        answer = await stage.made("coach", path, measured(rung, day, occasion))
        assert "fail" not in str(answer).lower()
    course = await stage.seen("expert", f"{alfa.of_trajectory}/ladder")
    assert [point["rung"] for point in course["path"]] == [2, 5, 1]
    assert (course["netChange"], course["lowerMeasurements"], course["stable"]) == (-1, 1, False)
    assert "goalAt12" not in course


async def test_what_does_not_fit_is_refused_with_its_place(stage: Stage) -> None:
    _, path = await alfa_on(stage, "2025-03-04")
    level = {"level": 3}
    wrong = (
        (measured(7, "2025-03-04"), "#/rung", "too_large"),
        (measured(2, "2025-03-05"), "#/measuredOn", "in_the_future"),
        (measured(3, "2025-03-04", imported=level), "#/imported/scheme", "required"),
        (
            measured(5, "2025-03-04", imported={**level, "scheme": "five_levels"}),
            "#",
            "wrong_scheme",
        ),
        (measured(2, "2025-03-04", supersedes=str(uuid4())), "#/supersedes", "unknown_reference"),
    )
    for body, pointer, code in wrong:
        answer = await stage.post("coach", path, body)
        assert answer.status_code == 400
        assert [(f["pointer"], f["code"]) for f in answer.json()["errors"]] == [(pointer, code)]
    taken = {**level, "scheme": "five_levels"}
    made = await stage.made("coach", path, measured(4, "2025-03-04", imported=taken))
    assert made["imported"] == {"scheme": "five_levels", "level": 3}


async def test_a_correction_is_a_new_version_of_ones_own_measurement(stage: Stage) -> None:
    alfa, path = await alfa_on(stage, "2025-07-03")
    first = await stage.made("coach", path, measured(3, "2025-07-01"))
    body = measured(4, "2025-07-01", supersedes=first["id"])
    assert (await stage.post("expert", path, body)).status_code == 403
    second = await stage.made("coach", path, body)
    assert second["supersedes"] == first["id"]
    earlier = await stage.seen("expert", f"{path}/{first['id']}")
    assert (earlier["rung"], earlier["supersededBy"]) == (3, second["id"])
    assert (await stage.post("coach", path, body)).status_code == 409
    course = await stage.seen("coach", f"{alfa.of_trajectory}/ladder")
    assert [point["rung"] for point in course["path"]] == [4]


async def test_the_client_answers_once_with_the_version_that_was_read(stage: Stage) -> None:
    _, path = await alfa_on(stage, "2025-07-03")
    made = await stage.made("coach", path, measured(4, "2025-07-03"))
    one, body = f"{path}/{made['id']}", {"agrees": "no", "words": "Het voelt als minder."}
    assert made["clientAgrees"] == "not_asked"
    assert (await stage.post("alfa", f"{one}/agreements", body)).status_code == 428
    stale = await stage.post("alfa", f"{one}/agreements", body, if_match='"stale"')
    assert stale.status_code == 412
    tag = (await stage.get("coach", one)).headers["etag"]
    assert (await stage.post("coach", f"{one}/agreements", body, if_match=tag)).status_code == 403
    answered = await stage.act("alfa", one, "agreements", body)
    assert (answered["clientAgrees"], answered["clientStatement"]) == (
        "no",
        "Het voelt als minder.",
    )
    for_expert = await stage.seen("expert", one)
    assert (for_expert["clientAgrees"], for_expert["rung"]) == ("no", 4)
    assert "clientStatement" not in for_expert
    tag = (await stage.get("alfa", one)).headers["etag"]
    assert (await stage.post("alfa", f"{one}/agreements", body, if_match=tag)).status_code == 409


async def test_the_same_request_twice_measures_once(stage: Stage) -> None:
    _, path = await alfa_on(stage, "2025-03-04")
    key = str(uuid4())
    first = await stage.post("coach", path, START, idempotency_key=key)
    second = await stage.post("coach", path, START, idempotency_key=key)
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert len((await stage.seen("coach", path))["items"]) == 1


async def test_the_goal_of_echo_is_not_met_at_twelve_months_and_met_at_eighteen(
    stage: Stage,
) -> None:
    echo, path = await alfa_on(stage, "2026-10-01")
    here = {"trajectory_id": echo.trajectory}
    await echo.put(TrajectoryCourse, **here, kind="wgb", duration_months=18)
    for milestone, day in (
        ("start_conversation", "2025-03-03"),
        ("start_conversation_confirmed", "2025-03-03"),
        ("paused", "2025-08-25"),
        ("resumed", "2025-11-10"),
    ):
        moment = f"{day}T12:00:00Z"
        audience = ["client", "labour_expert", "reintegration_coach"]
        event = {"milestone": milestone, "occurred_on": day, "recorded_at": moment}
        await echo.put(TrajectoryEvent, **here, **event, audience=audience)
    for rung, day, occasion in (
        (3, "2025-03-03", "start"),
        (4, "2025-04-14", "change"),
        (2, "2025-09-15", "change"),
        (2, "2026-03-02", "month_12"),
        (3, "2026-04-20", "change"),
        (4, "2026-09-01", "end"),
    ):
        await stage.made("coach", path, measured(rung, day, occasion))
    ladder = await stage.seen("expert", f"{echo.of_trajectory}/ladder")
    assert (ladder["startRung"], ladder["lastRung"], ladder["netChange"]) == (3, 4, 1)
    assert ladder["lowerMeasurements"] == 1
    assert ladder["goalRule"] == "last_at_or_before"
    assert ladder["goalAt12"] == {"date": "2026-03-03", "rung": 2, "met": False, "final": True}
    moved = ladder["goalAt12WithoutPauses"]
    assert (moved["date"], moved["rung"], moved["met"]) == ("2026-05-19", 3, False)
    assert (ladder["goalAt18"]["date"], ladder["goalAt18"]["met"]) == ("2026-09-03", True)
    assert (ladder["clockStart"], ladder["pausedDays"]) == ("2025-03-03", 77)


async def test_whoever_only_measured_sees_a_partial_path_of_their_own(stage: Stage) -> None:
    alfa, path = await alfa_on(stage, "2025-07-03")
    await stage.made("coach", path, measured(3, "2025-06-01"))
    own = await stage.made("clinician", path, measured(4, "2025-07-01"))
    ladder = await stage.seen("clinician", f"{alfa.of_trajectory}/ladder")
    assert ladder["partial"] is True
    assert [point["id"] for point in ladder["path"]] == [own["id"]]
    assert (await stage.seen("coach", f"{alfa.of_trajectory}/ladder"))["partial"] is False
    for party in ("physician", "psychologist"):
        assert (await stage.get(party, f"{alfa.of_trajectory}/ladder")).status_code == 404


async def test_the_rungs_are_public_reference_data(stage: Stage) -> None:
    answer = await stage.http.get("/v1/reference/ladder")
    assert answer.status_code == 200
    assert [rung["rung"] for rung in answer.json()["rungs"]] == [1, 2, 3, 4, 5, 6]
    assert answer.json()["rungs"][0]["nameNl"] == "Geïsoleerd"
