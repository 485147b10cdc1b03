"""A funder reads no reason out of what stands beside it, and nobody a number by asking."""

from app.access.vocabulary import Role
from tests.build.situations import wgb_at_uwv
from tests.build.stage import BSN, Stage
from tests.domain.consent.asking import consent, linked
from tests.domain.trajectory.courses import started
from tests.security.test_what_stays_closed import WORK


async def test_a_funder_does_not_learn_who_ended_the_trajectory(stage: Stage) -> None:
    """The client can end it for one reason only, so the author would be the reason."""
    alfa = await started(stage)
    await alfa.accepted()
    await alfa.move("alfa", "ended", reason="client_stopped")
    path = f"{alfa.of_trajectory}/transitions?pageSize=100"
    for party in ("expert", "physician"):
        found = (await stage.seen(party, path))["items"]
        last = next(item for item in found if item["milestone"] == "ended")
        assert (last["detail"], last["authorRole"]) == ("ended_early", None), party
        assert "client_stopped" not in str(found)


async def test_a_supervisor_reads_the_end_of_a_placement_as_coarsely_as_a_funder(
    stage: Stage,
) -> None:
    stage.member("lead", Role.SUPERVISOR, "uwv", "Leidinggevende-U1")
    stage.member("uwv_admin", Role.ORGANISATION_ADMIN, "uwv", "Beheerder-U1")
    alfa = await wgb_at_uwv(stage)
    pair = {
        "supervisorMembershipId": str(stage.parties["lead"].membership),
        "supervisedMembershipId": str(stage.parties["expert"].membership),
    }
    await stage.made("uwv_admin", "/v1/supervisions", pair)
    path = f"{alfa.of_trajectory}/placements"
    made = await stage.made("coach", path, {**WORK, "employerName": "Meubelmaker Testhuis"})
    end = {"endedOn": "2025-01-10", "reason": "harmful_work"}
    await stage.act("coach", f"{path}/{made['id']}", "ends", end)
    for party, told in (("coach", "harmful_work"), ("expert", "other"), ("lead", "other")):
        seen = await stage.seen(party, f"{path}/{made['id']}")
        assert seen["endReason"] == told, party


async def test_only_the_receiving_body_checks_a_number_against_a_referral(stage: Stage) -> None:
    """A supporter never sees the number, so a yes or no about it is not theirs either."""
    alfa = await started(stage)
    sent = await alfa.refer()
    helper = {"name": "Naaste-A1", "scope": ["existence"]}
    made = await stage.made("alfa", f"{alfa.of_client}/supporters", helper)
    await linked(alfa, "alfa", Role.SUPPORTER, made["id"], "friend")
    path = f"/v1/referrals/{sent['id']}"
    assert (await stage.get("friend", path)).status_code == 200
    for number in (BSN["alfa"], BSN["bravo"]):
        asked = await stage.post("friend", f"{path}/bsn-checks", {"bsn": number})
        assert asked.status_code == 403


async def test_a_labour_expert_reads_no_health_in_why_the_physician_asks_for_consent(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    requests = f"{alfa.of_client}/consent-requests"
    body = consent(alfa, "ggz", "physician", "work_history")
    asked = {name: body[name] for name in body if name not in {"textVersion", "givenHow"}}
    told = await stage.post("physician", requests, {**asked, "reason": "Vanwege uw psychose."})
    assert told.status_code == 400
    assert told.json()["errors"][0]["pointer"] == "#/reason"
    assert (await stage.seen("expert", requests))["items"] == []
    await stage.made("physician", requests, {**asked, "reason": "Voor ons gesprek over werk."})
    assert len((await stage.seen("expert", requests))["items"]) == 1
