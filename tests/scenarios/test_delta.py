"""Trajectory H4 (green activation at a municipality): what is expected, and who finds what.

How the table is read (decisions that settle what it leaves open):
- The municipality registers its own client and is responsible by its own law from then on; there is
  no care in it, so Delta's login is put into the tables as the stage does.
- The service agreement of 10 March is two consents, one for each direction.
- The three trial mornings are a week apart; the table names the first.
- Behandelaar-D1 treats Delta at GGZ Fictie: a fact which that provider records once Delta chose to
  tell, and which the municipality cannot see.
- Extra support around the move stands with the life event, and is transition support of phase 1;
  "contacts" is the area `social_network`.
"""

from uuid import UUID, uuid4

import pytest

from app.access.vocabulary import Role
from tests.databases import TestDatabase
from tests.scenarios.delta import DELTA, THROUGH
from tests.scenarios.playing import Playing, Promises

ALL = ("delta", "manager", "coach", "clinician", "expert-alfa", "physician-alfa", "manager-alfa")
UWV = ("expert-alfa", "physician-alfa", "expert-bravo")
CARE = ("clinician", "treatment", "ggz", "fictie", "behandel")
promises = Promises()
pytestmark = pytest.mark.xdist_group("scenario-delta")


@pytest.fixture(scope="module")
def kept(
    module_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Exception | None]:
    folder = tmp_path_factory.mktemp("delta")
    return promises.kept(module_database, folder, DELTA, "delta", "manager")


async def treats(h4: Playing) -> None:
    """Behandelaar-D1 treats Delta, as GGZ Fictie has it."""
    member = h4.scene.cast.memberships["clinician-delta"]
    with h4.stage.straight() as db:
        db.execute(
            "INSERT INTO treatment_team_member (id, client_id, controller_organisation_id,"
            " author_id, author_role, membership_id, valid_from)"
            " VALUES (%s, %s, %s, %s, %s, %s, '2025-01-01')",
            [
                uuid4(),
                h4.scene["client"],
                h4.scene.cast.organisations["fictie"],
                member,
                Role.CLINICIAN,
                member,
            ],
        )
    await h4.stage.recompile(UUID(h4.scene["client"]))


@promises.on("2025-03-10")
async def the_municipality_is_responsible_for_its_own_client_at_once(h4: Playing) -> None:
    seen = await h4.seen("manager")
    assert seen["responsibleOrganisationId"] == h4.scene.cast.organisations["gemeente"]
    assert (seen["variant"], seen["legalFrame"]) == ("municipal", "participatiewet")
    assert (seen["kind"], seen["voluntary"], seen["funding"]) == (
        "green_activation",
        True,
        "participatiewet",
    )
    assert (await h4.seen("coach", "ladder-measurements/ladder1"))["rung"] == 1
    assert await h4.readers("action-plans/plan1", ALL) == {"delta", "manager", "coach"}


@promises.on("2025-03-17")
async def three_talk_and_agree_what_success_is(h4: Playing) -> None:
    readers = await h4.readers("start-conversations/talk", ALL)
    assert readers == {"delta", "manager", "coach"}
    talk = await h4.seen("coach", "start-conversations/talk")
    assert talk["kind"] == "three_way"
    assert len(talk["attendance"]["present"]) == 3
    assert talk["minutes"]["successDefinition"] == "Twee keer per week de deur uit."
    steps = {step["name"]: step for step in (await h4.seen("coach", "steps"))["steps"]}
    assert steps["start_conversation"]["state"] == "done"
    assert (await h4.seen("coach"))["phase"] == "start_conversation"


@promises.on("2025-04-07")
async def three_mornings_were_a_try_out(h4: Playing) -> None:
    assert (await h4.seen("manager"))["phase"] == "try_out"
    assert len(await h4.items("coach", "contacts")) == 3


@promises.on("2025-04-14")
async def active_one_half_day_a_week_in_a_mixed_group(h4: Playing) -> None:
    activity = await h4.seen("manager", "day-activities/garden1")
    assert (activity["form"], activity["mixed"]) == ("activation_recovery", True)
    assert activity["halfDaysPerWeek"] == 1
    assert await h4.readers("wellbeing/marks1", ALL) == {"delta"}


@promises.on("2025-07-06")
async def nothing_of_care_is_known_before_delta_wishes_it(h4: Playing) -> None:
    assert await h4.status("clinician", h4.scene.of_trajectory) == 404
    assert await h4.status("clinician", h4.scene.of_client) == 404


@promises.on("2025-07-07")
async def behandelaar_d1_finds_that_it_exists_and_the_marks(h4: Playing) -> None:
    await treats(h4)
    seen = await h4.seen("clinician")
    assert seen["id"] == h4.scene["trajectory"]
    assert await h4.readers("wellbeing/marks1", ALL) == {"delta", "clinician"}
    assert await h4.status("clinician", h4.path("ladder-measurements/ladder2")) == 404


@promises.on("2025-09-22")
async def the_move_is_deltas_own(h4: Playing) -> None:
    event = await h4.seen("delta", "life-events/flat")
    assert event["extraSupportUntil"] == "2025-12-22"
    assert await h4.readers("life-events/flat", ALL) == {"delta"}


@promises.on("2025-09-22")
async def support_through_the_move_has_three_areas_and_no_fourth(h4: Playing) -> None:
    seen = await h4.seen("delta", "transition-support/through")
    assert (seen["phase"], seen["areas"]) == ("plan", ["housing", "money", "social_network"])
    assert await h4.readers("transition-support/through", ALL) == {"delta"}
    four = {**THROUGH, "areas": [*THROUGH["areas"], "health"]}  # type: ignore[misc]
    path = h4.path("transition-support")
    answer = await h4.stage.post(h4.who("delta"), path, four)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "#/areas")


@promises.on("2025-10-13")
async def delta_read_each_mark_as_given(h4: Playing) -> None:
    told = [
        [score["score"] for score in record["scores"]]
        for record in await h4.items("delta", "wellbeing")
    ]
    assert told == [[4, 3, 3, 2], [6, 5, 5, 6]]
    days = [(a["since"], a["halfDaysPerWeek"]) for a in await h4.items("coach", "day-activities")]
    assert days == [("2025-04-14", 1), ("2025-06-30", 2)]


@promises.on("2026-03-16")
async def staying_is_a_valid_outcome(h4: Playing) -> None:
    events = await h4.items("manager", "transitions?pageSize=100")
    assert [e["detail"] for e in events if e["milestone"] == "reviewed"] == ["stays"]
    seen = await h4.seen("manager")
    assert (seen["phase"], seen["phaseSince"]) == ("active", "2025-04-14")
    activity = await h4.seen("coach", "day-activities/garden3")
    assert (activity["halfDaysPerWeek"], activity["tasks"]) == (
        2,
        ["Water geven.", "De tuin openen."],
    )
    measured = await h4.seen("coach", "ladder-measurements/ladder4")
    assert measured["reason"] == "Opent zelf de tuin: anderen rekenen daarop."
    assert "reason" not in await h4.seen("manager", "ladder-measurements/ladder4")


@promises.on("2026-03-23")
async def it_has_no_end_and_that_is_valid(h4: Playing) -> None:
    for role in ("delta", "manager", "coach"):
        seen = await h4.seen(role)
        assert seen["phase"] == "active"
        assert seen["durationMonths"] is None
        assert (seen["clock"]["startsOn"], seen["clock"]["endsOn"]) == ("2025-04-14", None)


@promises.on("2026-03-23")
async def three_rungs_up_in_twelve_months_and_no_goal_of_wgb(h4: Playing) -> None:
    for role in ("delta", "manager", "coach"):
        ladder = await h4.seen(role, "ladder")
        assert [point["rung"] for point in ladder["path"]] == [1, 2, 3, 4]
        assert (ladder["netChange"], ladder["lowerMeasurements"]) == (3, 0)
        assert ladder["goalAt12"] is None
        days = [point["measuredOn"] for point in ladder["path"]]
        assert (days[0], days[-1]) == ("2025-03-10", "2026-03-16")


@promises.on("2026-03-23")
async def the_mechanisms_changed_by_3_3_3_and_5(h4: Playing) -> None:
    for role in ("delta", "clinician"):
        told = await h4.seen(role, "mechanisms")
        assert {c["subject"]: c["change"] for c in told["changes"]} == {
            "biological": 3,
            "psychological": 3,
            "mental_recovery": 3,
            "social": 5,
        }
        assert (told["firstOn"], told["lastOn"]) == ("2025-04-14", "2026-03-23")


@promises.on("2026-03-23")
async def klantmanager_d1_sees_status_plan_and_ladder_and_never_the_marks_nor_care(
    h4: Playing,
) -> None:
    assert await h4.readers("wellbeing/marks3", ALL) == {"delta", "clinician"}
    assert (await h4.seen("manager", "mechanisms"))["changes"] == []
    assert (await h4.seen("manager", "action-plans/plan1"))["agreedBy"] == "client"
    lists = ("", "participants", "transitions?pageSize=100", "ladder", "action-plans", "contacts")
    everything = (await h4.text("manager", *lists)).casefold()
    assert not any(word in everything for word in CARE)
    team = await h4.stage.seen(h4.who("manager"), f"{h4.scene.of_client}/treatment-team")
    assert (team["items"], team["withheld"]) == ([], ["medical"])


@promises.on("2026-03-23")
async def no_role_of_uwv_finds_delta(h4: Playing) -> None:
    for role in UWV:
        assert await h4.status(role, h4.scene.of_trajectory) == 404
        assert await h4.status(role, h4.scene.of_client) == 404
        listed = await h4.stage.seen(role, "/v1/trajectories")
        assert h4.scene["trajectory"] not in {item["id"] for item in listed["items"]}
        asked = {"bsn": "999990044"}
        answer = await h4.stage.post(role, "/v1/trajectory-statuses/_search", asked)
        assert answer.json()["items"] == []
        found = await h4.stage.post(role, "/v1/clients/_search", asked)
        assert found.json()["items"] == []


@pytest.mark.parametrize("promise", promises.names)
def test_delta(kept: dict[str, Exception | None], promise: str) -> None:
    wrong = kept[promise]
    if wrong is not None:
        raise wrong
