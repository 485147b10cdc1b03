"""What ended or was barred stays closed, and leaves no side door open."""

from typing import Any
from uuid import UUID

from tests.build.machines import system_of
from tests.build.situations import wgb_at_uwv
from tests.build.stage import Stage
from tests.domain.consent.asking import QUESTION, consent
from tests.domain.trajectory.courses import started
from tests.security.test_self_service import registered

WORK: dict[str, Any] = {"kind": "work_experience", "title": "Hout", "startsOn": "2025-01-02"}


async def test_an_ended_participation_opens_nothing_that_taking_part_did_not(
    stage: Stage,
) -> None:
    alfa = await started(stage)
    question = await stage.made("clinician", f"{alfa.of_client}/work-questions", QUESTION)
    path = f"{alfa.of_trajectory}/participants"
    member = {"membershipId": str(stage.parties["colleague"].membership)}
    made = await stage.made("clinician", path, member)
    await stage.act("clinician", f"{path}/{made['id']}", "ends")
    for hidden in (
        alfa.of_client,
        alfa.of_trajectory,
        f"{alfa.of_client}/treatment-team",
        f"{alfa.of_client}/work-questions/{question['id']}",
    ):
        assert (await stage.get("colleague", hidden)).status_code == 404, hidden
    assert (await stage.seen("colleague", "/v1/clients"))["items"] == []


async def test_a_barred_person_sees_nothing_through_the_inbox_of_their_role(stage: Stage) -> None:
    alfa = await started(stage)
    await alfa.refer()
    body = {
        "membershipId": str(stage.parties["expert"].membership),
        "categories": ["existence", "identity"],
    }
    made = await stage.made("alfa", f"{alfa.of_client}/blocks", body)
    assert (await stage.seen("expert", "/v1/referrals"))["items"] == []
    assert len((await stage.seen("expert_colleague", "/v1/referrals"))["items"]) == 1
    await stage.act("alfa", f"{alfa.of_client}/blocks/{made['id']}", "lifts")
    assert len((await stage.seen("expert", "/v1/referrals"))["items"]) == 1


async def test_a_barred_employer_reads_no_name_that_a_consent_gave_to_his_organisation(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    work = {**WORK, "workplaceOrganisationId": str(stage.organisations["workplace"])}
    made = await stage.made("coach", f"{alfa.of_trajectory}/placements", work)
    named = {**consent(alfa, None, "employer", "identity"), "kind": "gdpr_consent"}
    await stage.made("alfa", f"{alfa.of_client}/consents", named)
    path = f"/v1/placements/{made['id']}"
    assert "familyName" in await stage.seen("employer", path)
    member = str(stage.parties["employer"].membership)
    barred = {"membershipId": member, "categories": ["identity"]}
    await stage.made("alfa", f"{alfa.of_client}/blocks", barred)
    assert "familyName" not in await stage.seen("employer", path)


async def test_a_barred_organisation_is_barred_with_its_client_systems(stage: Stage) -> None:
    records = await system_of(stage)
    client = await registered(records)
    await stage.link("alfa", UUID(client))
    own = str(stage.organisations["ggz"])
    barred = {"organisationId": own, "categories": ["existence", "identity", "bsn"]}
    await stage.made("alfa", f"/v1/clients/{client}/blocks", barred)
    assert (await records.call("GET", f"/v1/clients/{client}")).status_code == 404


async def test_an_end_that_is_dated_back_takes_the_reading_days_from_nobody(stage: Stage) -> None:
    alfa = await started(stage)
    await alfa.with_coach()
    await alfa.move("expert", "ended", on="2019-01-01", reason="relocated")
    for party in ("coach", "expert", "clinician"):
        assert (await stage.get(party, alfa.of_trajectory)).status_code == 200, party
