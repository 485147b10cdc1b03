"""A coach hands on a caseload: each trajectory wholly or not at all, and consents asked again."""

from typing import Any
from uuid import UUID

import pytest

from app.access.facts import Consent
from app.access.vocabulary import Category, Purpose, Role, mask_of
from tests.build.situations import Situation
from tests.build.stage import Stage

BSNS = ("999990019", "999990020", "999990032")


@pytest.fixture
def team(stage: Stage) -> Stage:
    """Two IPS coaches beside the parties of the stage."""
    stage.member("ips", Role.IPS_COACH, "ggz", "Coach-B1")
    stage.member("ips_colleague", Role.IPS_COACH, "ggz", "Coach-B2")
    return stage


async def trajectory(stage: Stage, number: int, *parties: str) -> Situation:
    """Of another client, with these taking part."""
    client = await stage.client(f"client{number}", bsn=BSNS[number])
    situation = Situation(stage, client)
    await situation.begin()
    await situation.responsible("uwv")
    await situation.assign(*parties)
    if "ips" in parties:  # both are of the team that treats, as every IPS coach is
        await situation.treat("ips", "ips_colleague")
    return situation


def body(stage: Stage, to: str, *trajectories: Situation | UUID, **more: Any) -> dict[str, Any]:
    ids = [str(getattr(one, "trajectory", one)) for one in trajectories]
    return {
        "toMembershipId": str(stage.parties[to].membership),
        "trajectories": [{"trajectoryId": one, **more} for one in ids],
    }


def path(stage: Stage, party: str) -> str:
    return f"/v1/memberships/{stage.parties[party].membership}/hand-overs"


async def seats(stage: Stage, of: Situation, client: str) -> set[str]:
    """Who takes part now, as the client sees it."""
    found = await stage.seen(client, f"{of.of_trajectory}/participants")
    return {item["name"] for item in found["items"] if item["validUntil"] is None}


async def test_a_coach_hands_on_all_at_once_and_sees_no_more_of_it(team: Stage) -> None:
    first = await trajectory(team, 0, "ips")
    second = await trajectory(team, 1, "ips")
    made = await team.made("ips", path(team, "ips"), body(team, "ips_colleague", first, second))
    assert made["refused"] == []
    assert {one["trajectoryId"] for one in made["handedOn"]} == {
        str(first.trajectory), str(second.trajectory),
    }  # fmt: skip
    assert await seats(team, first, "client0") == {"Coach-B2"}
    for one in (first, second):
        assert (await team.get("ips_colleague", one.of_trajectory)).status_code == 200
        events = (await team.seen("ips_colleague", f"{one.of_trajectory}/transitions"))["items"]
        assert events[-1]["milestone"] in {"coach_linked", "coach_changed"}
    listed = (await team.seen("ips", "/v1/trajectories"))["items"]
    assert all("phase" not in one or one["phase"] is None for one in listed)


async def test_one_that_cannot_be_handed_on_stays_wholly_as_it_was(team: Stage) -> None:
    own = await trajectory(team, 0, "ips")
    both = await trajectory(team, 1, "ips", "ips_colleague")
    hidden = await trajectory(team, 2, "coach")
    made = await team.made("ips", path(team, "ips"), body(team, "ips_colleague", own, both, hidden))
    assert [one["trajectoryId"] for one in made["handedOn"]] == [str(own.trajectory)]
    assert {one["trajectoryId"]: one["reason"] for one in made["refused"]} == {
        str(both.trajectory): "takes_part_already",
        str(hidden.trajectory): "not_found",
    }
    assert (await team.get("ips", f"{both.of_trajectory}/steps")).status_code == 200
    events = (await team.seen("ips", f"{both.of_trajectory}/transitions"))["items"]
    assert events == []


async def test_a_consent_that_names_the_one_who_leaves_is_asked_again(team: Stage) -> None:
    alfa = await trajectory(team, 0, "ips")
    coach = team.parties["ips"]
    await alfa.put(
        Consent,
        trajectory_id=alfa.trajectory,
        kind="secrecy_waiver",
        given_by="client",
        sender_organisation_id=coach.organisation,
        recipient_organisation_id=coach.organisation,
        recipient_role=Role.IPS_COACH,
        recipient_membership_id=coach.membership,
        categories=mask_of({Category.WELLBEING}),
        purposes=Purpose.REINTEGRATION.bit,
    )
    made = await team.made("ips", path(team, "ips"), body(team, "ips_colleague", alfa))
    assert [one["askedAgain"] for one in made["handedOn"]] == [1]
    [asked] = (await team.seen("client0", f"{alfa.of_client}/consent-requests"))["items"]
    assert asked["recipient"]["membershipId"] == str(team.parties["ips_colleague"].membership)
    assert (asked["state"], asked["categories"]) == ("open", ["wellbeing"])


async def test_a_hired_coach_is_changed_by_who_let_him_in_with_the_yes_of_the_client(
    team: Stage,
) -> None:
    alfa = await trajectory(team, 0, "expert")
    added = {
        "membershipId": str(team.parties["coach"].membership),
        "clientAgreement": {"agreedOn": "2025-01-10", "how": "spoken"},
    }
    await team.made("expert", f"{alfa.of_trajectory}/participants", added)
    where, other = path(team, "coach"), body(team, "coach_colleague", alfa)
    refused = (await team.made("coach", where, other))["refused"]
    assert [one["reason"] for one in refused] == ["not_yours_to_hand_on"]
    refused = (await team.made("expert", where, other))["refused"]
    assert [one["reason"] for one in refused] == ["client_agreement_needed"]
    yes = {"agreedOn": "2025-01-12", "how": "spoken"}
    told = body(team, "coach_colleague", alfa, clientAgreement=yes)
    assert len((await team.made("expert", where, told))["handedOn"]) == 1
    assert (await team.get("coach_colleague", alfa.of_trajectory)).status_code == 200


async def test_it_goes_to_a_colleague_of_the_same_role_only(team: Stage) -> None:
    alfa = await trajectory(team, 0, "ips")
    for party in ("coach", "clinician", "ips"):
        answer = await team.post("ips", path(team, "ips"), body(team, party, alfa))
        assert answer.status_code == 400, party
        assert answer.json()["errors"][0]["code"] == "not_allowed_value"
