"""Trajectory H2 (IPS with two jobs): every figure that is expected, and who finds what.

How the table is read (decisions that settle what it leaves open):
- The application is a referral to UWV with the client's consent, and the paper that asks for money.
- The coach's own records are read by authorship; UWV reads plan and placements by its task.
- The consents of 24 September let the coach read work history, benefit and disclosure.
- Benefit and work are explained by UWV (`heldBy`), which counts because its day is known (D3).
- The one contact of November that does not match is that of the 19th; the table only says how many.
- Shares and days are figures here; the bands of the fidelity scale belong to reports.
- Days are half-open: from 2 December to 21 February are 81.
- UWV accepts on 26 September; the table names no day.
"""

from datetime import date

import pytest

from tests.databases import TestDatabase
from tests.scenarios.bravo import AGAIN, BRAVO, MONTHLY
from tests.scenarios.playing import Playing, Promises

ALL = ("bravo", "clinician", "coach", "expert", "clinician-alfa", "expert-alfa", "coach-alfa")
BLAME = ("fail", "no_show", "mislukt", "verwijtbaar")
promises = Promises()
pytestmark = pytest.mark.xdist_group("scenario-bravo")


@pytest.fixture(scope="module")
def kept(
    module_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Exception | None]:
    folder = tmp_path_factory.mktemp("bravo")
    return promises.kept(module_database, folder, BRAVO, "bravo", opening="2024-09-02")


async def reached(h2: Playing, role: str = "coach") -> dict[str, date]:
    """The last day of each milestone that this role knows of."""
    events = await h2.items(role, "transitions?pageSize=100")
    return {event["milestone"]: date.fromisoformat(event["occurredOn"]) for event in events}


@promises.on("2024-09-03")
async def the_wish_is_the_only_condition(h2: Playing) -> None:
    seen = await h2.seen("coach")
    assert (seen["kind"], seen["phase"], seen["phaseSince"]) == ("ips", "intake", "2024-09-03")
    steps = {step["name"]: step for step in (await h2.seen("coach", "steps"))["steps"]}
    assert steps["work_wish"]["state"] == "done"
    assert steps["motivational_talks"]["state"] == "possible"
    assert steps["application"]["lacks"] == ["referred"]
    assert (await reached(h2))["work_wish_expressed"] == date(2024, 9, 3)
    assert await h2.status("expert", h2.scene.of_trajectory) == 404


@promises.on("2024-09-17")
async def two_motivational_talks_were_paid_by_the_zvw(h2: Playing) -> None:
    talks = [c for c in await h2.items("coach", "contacts") if c["kind"] == "motivational_talk"]
    assert [(t["happenedOn"], t["funding"]) for t in talks] == [
        ("2024-09-10", "zvw"),
        ("2024-09-17", "zvw"),
    ]


@promises.on("2024-09-24")
async def uwv_finds_the_referral_and_nothing_of_the_application_before_it_accepts(
    h2: Playing,
) -> None:
    assert await h2.status("expert", f"/v1/referrals/{h2.scene['referral']}") == 200
    assert await h2.status("expert", h2.path("applications/application")) == 404
    assert (await h2.seen("coach", "applications/application"))["outcome"] is None


@promises.on("2024-09-26")
async def uwv_never_learns_of_wish_or_motivational_talks(h2: Playing) -> None:
    known = set(await reached(h2, "expert"))
    assert not known & {"work_wish_expressed", "motivational_talk"}
    everything = await h2.text("expert", "", "steps", "transitions?pageSize=100")
    assert not any(word in everything for word in ("work_wish", "motivational", "zvw"))
    application = await h2.seen("expert", "applications/application")
    assert [paper["kind"] for paper in application["papers"]] == ["cost_request"]


@promises.on("2024-10-08")
async def the_approval_pays_36_months_and_the_support_has_no_end(h2: Playing) -> None:
    for role in ("bravo", "clinician", "coach", "expert"):
        seen = await h2.seen(role)
        assert (seen["approvedOn"], seen["fundedUntil"]) == ("2024-10-08", "2027-10-08")
        assert seen["supportUntil"] is None
    decided = await h2.seen("bravo", "applications/application")
    assert (decided["outcome"], decided["startsOn"]) == ("approved", "2024-10-08")


@promises.on("2024-10-10")
async def the_formal_start_and_the_entry_are_two_days(h2: Playing) -> None:
    seen = await h2.seen("coach")
    assert (seen["approvedOn"], seen["programEnteredOn"]) == ("2024-10-08", "2024-10-10")
    assert (seen["clock"]["basis"], seen["clock"]["startsOn"]) == ("program_entry", "2024-10-10")
    assert seen["clock"]["endsOn"] is None
    assert (await h2.seen("expert", "ladder-measurements/ladder1"))["rung"] == 3


@promises.on("2024-10-24")
async def the_profile_came_out_of_three_talks_and_stays_with_coach_and_client(h2: Playing) -> None:
    seen = await h2.seen("bravo", "career-profiles/profile1")
    assert (seen["version"], len(seen["sessions"])) == (1, 3)
    # Work history is UWV's by its task; the treating clinician needs a consent.
    assert await h2.readers("career-profiles/profile1", ALL) == {"bravo", "coach", "expert"}


@promises.on("2024-10-24")
async def benefit_and_work_were_explained_before_the_first_job(h2: Playing) -> None:
    for role in ("bravo", "coach", "expert"):
        talk = await h2.seen(role, "benefits-counselling/counselling")
        assert (talk["heldOn"], talk["heldBy"]) == ("2024-10-24", "uwv")
        assert (talk["beforeFirstJob"], talk["fallbackRight"]) == (True, True)
    assert await h2.readers("benefits-counselling/counselling", ALL) == {"bravo", "coach", "expert"}
    assert (await reached(h2))["benefits_counselled"] == date(2024, 10, 24)


@promises.on("2024-10-29")
async def the_search_plan_tells_what_bravo_wants(h2: Playing) -> None:
    seen = await h2.seen("coach", "job-search-plans/search1")
    assert seen["kindsOfWork"] == ["bakkerij", "logistiek"]
    assert (seen["travelsBy"], seen["travelMinutes"], seen["agreedBy"]) == ("bike", 30, "client")
    assert (await h2.seen("coach"))["phase"] == "job_search"


@promises.on("2024-11-05")
async def the_first_employer_was_met_26_days_after_entry(h2: Playing) -> None:
    met = await h2.items("coach", "employer-contacts")
    first = min(date.fromisoformat(c["happenedOn"]) for c in met if c["mode"] == "face_to_face")
    entry = date.fromisoformat((await h2.seen("coach"))["programEnteredOn"])
    assert (first - entry).days == 26
    for role in ("bravo", "coach"):
        assert (await reached(h2, role))["employer_contact"] == first
    assert "employer_contact" not in await reached(h2, "expert")


@promises.on("2024-12-02")
async def of_four_employers_before_the_job_three_matched_the_plan(h2: Playing) -> None:
    for role in ("bravo", "coach"):
        told = [c["matchesPlan"] for c in await h2.items(role, "employer-contacts")]
        assert (told.count("yes"), len(told)) == (3, 4)
    (declined,) = [
        c for c in await h2.items("coach", "employer-contacts") if c["matchesPlan"] == "no"
    ]
    assert (declined["outcome"], declined["declinedReason"]) == ("declined_by_client", "bad_match")
    assert await h2.readers("employer-contacts/met 2024-11-05", ALL) == {"bravo", "coach"}


@promises.on("2024-12-02")
async def from_entry_to_the_first_job_took_53_days(h2: Playing) -> None:
    seen = await h2.seen("coach")
    entry = date.fromisoformat(seen["programEnteredOn"])
    job = date.fromisoformat((await h2.seen("coach", "placements/j1"))["startsOn"])
    assert (job - entry).days == 53
    assert (seen["phase"], seen["phaseSince"]) == ("at_work", "2024-12-02")
    measured = await h2.seen("coach", "ladder-measurements/ladder2")
    assert (measured["rung"], measured["suggestion"]["rung"]) == (5, 5)


@promises.on("2024-12-02")
async def benefit_was_talked_about_before_work_began(h2: Playing) -> None:
    job = await h2.seen("coach", "placements/j1")
    (talk,) = await h2.items("coach", "benefits-counselling")
    assert (talk["heldOn"] < job["startsOn"], talk["beforeFirstJob"]) == (True, True)
    before = [c["happenedOn"] for c in await h2.items("coach", "contacts")]
    assert "2024-11-28" in before


@promises.on("2024-12-04")
async def support_at_work_began_within_three_days(h2: Playing) -> None:
    steps = {step["name"]: step for step in (await h2.seen("coach", "steps"))["steps"]}
    assert (steps["follow_along"]["state"], steps["follow_along"]["since"]) == (
        "current",
        "2024-12-04",
    )


@promises.on("2025-02-21")
async def j1_lasted_81_days_so_13_weeks_were_not_reached(h2: Playing) -> None:
    job = await h2.seen("coach", "placements/j1")
    assert (job["days"], job["weeks13On"], job["endReason"]) == (81, None, "mismatch_hours")
    seen = await h2.seen("coach")
    assert (seen["phase"], seen["phaseSince"]) == ("job_search", "2025-02-21")
    steps = await h2.seen("coach", "steps")
    assert "next_job_offered" in steps["possibleTransitions"]
    assert (await h2.seen("expert", "placements/j1"))["endReason"] == "other"


@promises.on("2025-02-24")
async def the_next_search_began_within_three_days_of_the_loss(h2: Playing) -> None:
    found = await reached(h2)
    assert (found["next_job_offered"] - found["job_ended"]).days == 3


@promises.on("2025-02-27")
async def the_profile_was_updated_after_the_job(h2: Playing) -> None:
    seen = await h2.seen("coach", "career-profiles/profile2")
    assert (seen["version"], seen["supersedes"]) == (2, h2.scene["profile1"])
    assert seen["lessons"] == ["Vroege uren passen niet."]
    talks = [c for c in await h2.items("coach", "contacts") if c["kind"] == "disclosure_talk"]
    assert [(t["happenedOn"], t["note"]) for t in talks] == [
        ("2024-10-24", None),
        ("2025-02-27", None),
    ]


@promises.on("2025-04-01")
async def between_the_jobs_lay_39_days(h2: Playing) -> None:
    first, second = await h2.items("coach", "job-retention")
    assert (first["endedOn"], second["startsOn"]) == ("2025-02-21", "2025-04-01")
    assert (first["gapDaysBefore"], second["gapDaysBefore"]) == (None, 39)
    assert (first["tenureDays"], first["weeks13On"]) == (81, None)


@promises.on("2025-06-30")
async def on_the_day_before_13_weeks_they_are_not_reached(h2: Playing) -> None:
    assert (await h2.seen("coach", "placements/j2"))["weeks13On"] is None


@promises.on("2025-09-30")
async def j2_kept_13_and_26_weeks_which_nobody_entered(h2: Playing) -> None:
    job = await h2.seen("coach", "placements/j2")
    assert (job["weeks13On"], job["weeks26On"]) == ("2025-07-01", "2025-09-30")
    jobs = await h2.items("coach", "placements")
    assert len({job["employerName"] for job in jobs}) == len(jobs) == 2
    assert len({job["title"] for job in jobs}) == 2
    assert [job["competitive"] for job in jobs] == [True, True]
    assert {(job["kind"], job["contractKind"]) for job in jobs} == {("regular_paid", "fixed_term")}
    retained = {job["id"]: job["weeks26On"] for job in await h2.items("coach", "job-retention")}
    assert retained == {h2.scene["j1"]: None, h2.scene["j2"]: "2025-09-30"}


@promises.on("2026-04-14")
async def bravo_agreed_to_who_takes_over(h2: Playing) -> None:
    seen = await h2.seen("clinician", "transfers/transfer")
    assert (seen["toRole"], seen["agreedOn"]) == ("clinician", "2026-04-14")
    assert (await h2.seen("bravo"))["phase"] == "transfer"


@promises.on("2026-05-01")
async def support_at_work_was_weekly_and_then_monthly_and_never_stopped(h2: Playing) -> None:
    days = [c["happenedOn"] for c in await h2.items("coach", "contacts?pageSize=100")
            if c["kind"] == "follow_along" and c["happenedOn"] > "2025-04-01"]  # fmt: skip
    assert sorted(days) == [*AGAIN, *MONTHLY]
    benefit = await h2.seen("expert", "benefit/benefit")
    assert (benefit["kind"], benefit["endsOn"]) == ("wajong", "2026-05-01")
    assert await h2.readers("benefit/benefit", ALL) == {"bravo", "coach", "expert"}


@promises.on("2026-05-12")
async def the_ladder_went_3_5_3_5_6_with_one_lower_measurement(h2: Playing) -> None:
    for role in ("bravo", "coach", "expert"):
        ladder = await h2.seen(role, "ladder")
        assert [point["rung"] for point in ladder["path"]] == [3, 5, 3, 5, 6]
        assert (ladder["netChange"], ladder["lowerMeasurements"]) == (3, 1)
        assert ladder["goalAt12"] is None


@promises.on("2026-05-12")
async def it_ended_because_paid_work_goes_on_without_support(h2: Playing) -> None:
    told = {
        e["milestone"]: e["detail"] for e in await h2.items("coach", "transitions?pageSize=100")
    }
    assert told["end_reason"] == "paid_work_continues_without_support"
    everywhere = ("", "steps", "transitions?pageSize=100", "ladder", "placements", "applications")
    for role in ("bravo", "coach", "expert"):
        text = (await h2.text(role, *everywhere)).casefold()
        assert not any(word in text for word in BLAME)


@promises.on("2026-05-20")
async def the_papers_stand_in_their_order(h2: Playing) -> None:
    papers = (await h2.seen("expert", "applications/application"))["papers"]
    assert [paper["kind"] for paper in papers] == [
        "cost_request",
        "decision",
        "stop_notice_1",
        "final_determination",
    ]
    assert papers[2]["reason"] == "goal_reached"


@pytest.mark.parametrize("promise", promises.names)
def test_bravo(kept: dict[str, Exception | None], promise: str) -> None:
    wrong = kept[promise]
    if wrong is not None:
        raise wrong
