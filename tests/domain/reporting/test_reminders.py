"""Reminders are kept by the job, for one reader each, and come to rest by act or by hand."""

from datetime import date
from typing import Any

from app.access.facts import Participant
from app.domain.reporting.actions.reminding import look_at_everyone, remind
from app.domain.trajectory.tables import TrajectoryCourse, TrajectoryEvent
from app.platform.db import engine
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage

EVERYONE = ["client", "clinician", "reintegration_coach", "labour_expert"]
CONTACT = {
    "kind": "client_contact",
    "happenedOn": "2025-06-03",
    "mode": "face_to_face",
    "place": "workplace",
    "minutes": 30,
}


async def job(stage: Stage, *, daily: bool = False) -> int:
    if daily:
        worker = engine(stage.database.worker, pool_size=1)
        await look_at_everyone(worker)
        await worker.dispose()
    return await remind(stage.app.state.services.engines.writer)


async def active(stage: Stage) -> Situation:
    alfa = await wgb_at_uwv(stage)
    course = {"kind": "wgb", "duration_months": 12, "clock_start_basis": "start_conversation"}
    await alfa.put(TrajectoryCourse, trajectory_id=alfa.trajectory, **course)
    stage.on("2025-06-02")
    return alfa


async def started(alfa: Situation, milestone: str = "placement_started") -> None:
    day = date(2025, 6, 2)
    event = {"milestone": milestone, "occurred_on": day, "recorded_at": day, "audience": EVERYONE}
    await alfa.put(TrajectoryEvent, trajectory_id=alfa.trajectory, **event)
    await job(alfa.stage, daily=True)


async def mine(stage: Stage, party: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await stage.seen(party, "/v1/reminders"))["items"]
    return items


async def test_the_job_reminds_the_coach_of_contact_after_a_start_and_the_act_closes_it(
    stage: Stage,
) -> None:
    alfa = await active(stage)
    await started(alfa)
    [reminder] = await mine(stage, "coach")
    assert (reminder["kind"], reminder["dueOn"]) == ("contact_after_start", "2025-06-05")
    [task] = [one for one in (await stage.seen("coach", "/v1/tasks"))["items"] if "dueOn" in one
              and one["kind"] == "reminder"]  # fmt: skip
    assert (task["what"], task["dueOn"]) == ("contact_after_start", "2025-06-05")
    assert await job(stage, daily=True) == 1, "safe to repeat"
    assert len(await mine(stage, "coach")) == 1
    stage.on("2025-06-03")
    await stage.made("coach", f"{alfa.of_trajectory}/contacts", CONTACT)
    assert await job(stage) == 1, "what was written is looked at, without waiting for a day"
    assert await mine(stage, "coach") == []
    done = await stage.seen("coach", f"{alfa.of_trajectory}/reminders/{reminder['id']}")
    assert (done["outcome"], done["closedOn"]) == ("done_by_act", "2025-06-03")


async def test_a_reminder_is_for_its_reader_alone_and_hidden_with_the_grant(stage: Stage) -> None:
    alfa = await active(stage)
    await started(alfa)
    [reminder] = await mine(stage, "coach")
    path = f"{alfa.of_trajectory}/reminders/{reminder['id']}"
    for party in ("coach_colleague", "expert", "clinician", "psychologist", "other_expert"):
        assert await mine(stage, party) == [], party
        assert (await stage.get(party, path)).status_code == 404, party
    with stage.straight() as db:
        db.execute(
            "UPDATE participant SET valid_until = '2025-06-02' WHERE membership_id = %s",
            [stage.parties["coach"].membership],
        )
    await stage.recompile(alfa.client)
    assert await mine(stage, "coach") == []
    assert (await stage.get("coach", path)).status_code == 404


async def test_a_reminder_is_done_by_hand_or_dropped_with_a_reason_once(stage: Stage) -> None:
    alfa = await active(stage)
    await started(alfa)
    [reminder] = await mine(stage, "coach")
    path = f"{alfa.of_trajectory}/reminders/{reminder['id']}"
    read = await stage.get("coach", path)
    match = {"if_match": read.headers["etag"]}
    assert (await stage.post("coach", f"{path}/drops", {}, **match)).status_code == 400
    dropped = await stage.made("coach", f"{path}/drops", {"reason": "agreed_otherwise"}, **match)
    assert (dropped["outcome"], dropped["reason"]) == ("dropped", "agreed_otherwise")
    again = await stage.get("coach", path)
    twice = await stage.post("coach", f"{path}/completions", {}, if_match=again.headers["etag"])
    assert twice.status_code == 409
    await job(stage, daily=True)
    assert await mine(stage, "coach") == [], "what was laid aside does not come back"


async def test_what_waits_in_an_inbox_is_told_to_who_takes_part_and_to_no_colleague_before(
    stage: Stage,
) -> None:
    alfa = Situation(stage, await stage.client("alfa"))
    await alfa.begin()
    course = {"kind": "wgb", "duration_months": 12, "clock_start_basis": "start_conversation"}
    await alfa.put(TrajectoryCourse, trajectory_id=alfa.trajectory, **course)
    await alfa.responsible("uwv")
    stage.on("2025-06-02")
    for milestone in ("start_conversation", "start_conversation_confirmed"):
        await started(alfa, milestone)
    with stage.straight() as db:
        [waits] = db.execute("SELECT for_id FROM reminder WHERE closed_on IS NULL").fetchall()
    assert waits == (stage.parties["expert"].inbox,)
    for party in ("expert", "expert_colleague", "other_expert"):
        assert await mine(stage, party) == [], "it is a fact about a client: no grant, no reminder"
    await alfa.assign("expert")
    await job(stage, daily=True)
    assert [one["kind"] for one in await mine(stage, "expert")] == ["measurement_due"]
    assert await mine(stage, "expert_colleague") == []


async def test_a_day_that_goes_by_changes_nothing_else(stage: Stage) -> None:
    alfa = await active(stage)
    await started(alfa)
    before = await stage.seen("alfa", f"{alfa.of_trajectory}/transitions")
    stage.on("2025-09-30")
    await job(stage, daily=True)
    assert await stage.seen("alfa", f"{alfa.of_trajectory}/transitions") == before
    assert [one["kind"] for one in await mine(stage, "coach")] == ["contact_after_start"]


async def test_who_takes_over_is_reminded_in_the_place_of_who_left(stage: Stage) -> None:
    alfa = await active(stage)
    await started(alfa)
    with stage.straight() as db:
        db.execute(
            "UPDATE participant SET valid_until = '2025-06-02' WHERE membership_id = %s",
            [stage.parties["coach"].membership],
        )
    member = stage.parties["coach_colleague"].membership
    await alfa.put(
        Participant, trajectory_id=alfa.trajectory, membership_id=member, commissioned_by="uwv"
    )
    await job(stage, daily=True)
    assert [one["kind"] for one in await mine(stage, "coach_colleague")] == ["contact_after_start"]
    with stage.straight() as db:
        waits = db.execute("SELECT for_id FROM reminder WHERE closed_on IS NULL").fetchall()
    assert waits == [(member,)], "nothing waits for who left"


async def test_two_who_work_on_it_are_each_reminded_and_see_nothing_of_the_other(
    stage: Stage,
) -> None:
    alfa = await active(stage)
    await alfa.assign("coach_colleague")
    await started(alfa)
    [one], [other] = await mine(stage, "coach"), await mine(stage, "coach_colleague")
    assert one["id"] != other["id"]
    for reminder, party in ((one, "coach_colleague"), (other, "coach"), (one, "alfa")):
        path = f"{alfa.of_trajectory}/reminders/{reminder['id']}"
        assert (await stage.get(party, path)).status_code == 404, party
    for party in ("coach", "coach_colleague"):
        [line] = (await stage.seen(party, "/v1/caseload"))["items"]
        assert line["reminders"] == 1, party
