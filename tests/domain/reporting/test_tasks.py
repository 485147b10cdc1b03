"""What waits for whom: derived, dated, and out of visible rows only."""

from datetime import date
from typing import Any

from app.access.facts import Referral
from app.access.vocabulary import Category
from app.domain.trajectory.tables import TrajectoryCourse, TrajectoryEvent
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage

EVERYONE = ["client", "clinician", "reintegration_coach", "labour_expert"]
REPORT = {
    "periodFrom": "2025-04-03",
    "periodUntil": "2025-07-03",
    "activities": "Werkervaringsplaats.",
    "progress": "De twee dagen worden volgehouden.",
}


async def reached(alfa: Situation, milestone: str, day: date) -> None:
    await alfa.put(
        TrajectoryEvent,
        trajectory_id=alfa.trajectory,
        milestone=milestone,
        occurred_on=day,
        recorded_at=day,
        audience=EVERYONE,
    )


async def waits(stage: Stage, party: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await stage.seen(party, "/v1/tasks"))["items"]
    return items


async def test_a_report_waits_for_the_client_until_it_is_read(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    stage.on("2025-07-04")
    path = f"{alfa.of_trajectory}/progress-reports"
    made = await stage.made("coach", path, REPORT)
    [task] = await waits(stage, "alfa")
    assert (task["kind"], task["path"]) == ("report_to_read", f"{path}/{made['id']}")
    assert await waits(stage, "expert") == []
    await stage.act("alfa", task["path"], "readings")
    assert await waits(stage, "alfa") == []


async def test_a_question_waits_for_the_asked_side_until_it_is_answered(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    stage.on("2025-07-04")
    path = f"{alfa.of_trajectory}/questions"
    made = await stage.made("coach", path, {"to": "labour_expert", "text": "Kan het?"})
    [task] = await waits(stage, "expert")
    assert (task["kind"], task["id"], task["since"]) == (
        "question_to_answer", made["id"], "2025-07-04",
    )  # fmt: skip
    for party in ("coach", "expert_colleague", "other_expert", "alfa", "physician"):
        assert await waits(stage, party) == [], party
    await stage.made("expert", f"{path}/{made['id']}/answers", {"text": "Ja."})
    assert await waits(stage, "expert") == []


async def test_an_undecided_referral_waits_in_the_inbox_it_was_sent_to(stage: Stage) -> None:
    alfa = Situation(stage, await stage.client("alfa"))
    await alfa.begin()
    expert = stage.parties["expert"]
    sent = {
        "trajectory_id": alfa.trajectory,
        "organisation_id": expert.organisation,
        "inbox_id": expert.inbox,
        "role": "labour_expert",
        "goal": "Werk met hout",
        "client_agreed_on": date(2025, 1, 10),
    }
    await alfa.put(Referral, **sent)
    assert await waits(stage, "expert") == []
    await alfa.consent("expert", Category.EXISTENCE)
    for party in ("expert", "expert_colleague"):
        [task] = await waits(stage, party)
        assert task["kind"] == "referral_to_decide"
    assert await waits(stage, "other_expert") == []


async def test_steps_wait_for_those_who_act_and_reviews_have_a_date(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    course = {"kind": "wgb", "duration_months": 12, "clock_start_basis": "start_conversation"}
    await alfa.put(TrajectoryCourse, trajectory_id=alfa.trajectory, **course)
    await reached(alfa, "referral_accepted", date(2025, 2, 4))
    stage.on("2025-02-05")
    tasks = await waits(stage, "expert")
    assert {task["kind"] for task in tasks} == {"step_to_take"}
    assert {task["what"] for task in tasks} == {"uwv_medical_talk", "assignment"}
    assert await waits(stage, "expert_colleague") == []
    await reached(alfa, "start_conversation", date(2025, 4, 3))
    await reached(alfa, "start_conversation_confirmed", date(2025, 4, 7))
    stage.on("2026-03-05")
    assert "review_to_hold" not in [task["kind"] for task in await waits(stage, "coach")]
    stage.on("2026-03-20")
    first = (await waits(stage, "coach"))[0]
    assert (first["kind"], first["dueOn"], first["what"]) == (
        "review_to_hold", "2026-04-03", "final_review",
    )  # fmt: skip
    await reached(alfa, "paused", date(2026, 3, 19))
    assert await waits(stage, "coach") == []
