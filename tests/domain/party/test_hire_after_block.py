"""Who is hired after a client barred a colleague enters the inbox at once."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from app.access.facts import Block, Referral
from app.access.vocabulary import Category, Role, mask_of
from tests.build.situations import Situation
from tests.build.stage import Stage
from tests.domain.party.test_people import hire


@pytest.fixture
async def referred(stage: Stage) -> Situation:
    """A referral waits at UWV; the client barred one labour expert there."""
    stage.member("uwv_admin", Role.ORGANISATION_ADMIN, "uwv", "Beheerder-U1")
    alfa = Situation(stage, await stage.client("alfa"))
    await alfa.begin()
    await alfa.consent("expert", Category.EXISTENCE)
    uwv = stage.parties["expert"]
    await alfa.put(
        Referral,
        trajectory_id=alfa.trajectory,
        organisation_id=uwv.organisation,
        inbox_id=uwv.inbox,
        role="labour_expert",
    )
    return alfa


async def bar(alfa: Situation, *parties: str) -> None:
    for party in parties:
        member = alfa.stage.parties[party].membership
        categories = mask_of({Category.EXISTENCE})
        await alfa.put(Block, id=uuid4(), membership_id=member, categories=categories)


@pytest.mark.parametrize("barred", [("expert",), ("expert", "expert_colleague")])
async def test_the_new_colleague_reads_the_referral_and_the_barred_one_does_not(
    stage: Stage, referred: Situation, barred: tuple[str, ...]
) -> None:
    await bar(referred, *barred)
    uwv = stage.organisations["uwv"]
    await hire(stage, "uwv_admin", "labour_expert", uwv, "newcomer")
    assert len((await stage.seen("newcomer", "/v1/referrals"))["items"]) == 1
    for party in barred:
        assert (await stage.seen(party, "/v1/referrals"))["items"] == [], party
    await hire(stage, "uwv_admin", "insurance_physician", uwv, "doctor")
    assert (await stage.seen("doctor", "/v1/referrals"))["items"] == []


async def test_who_starts_later_enters_then(stage: Stage, referred: Situation) -> None:
    await bar(referred, "expert")
    uwv = stage.organisations["uwv"]
    person = (await stage.made("uwv_admin", "/v1/practitioners", {"name": "Nieuw-1"}))["id"]
    body = {"practitionerId": person, "role": "labour_expert", "validFrom": "2025-02-01T00:00:00Z"}
    await stage.made("uwv_admin", f"/v1/organisations/{uwv}/memberships", body)
    with stage.database.connect_as_superuser() as db:
        found = db.execute(
            "SELECT g.valid_from FROM access_grant g JOIN membership m ON m.id = g.grantee_id"
            " WHERE m.practitioner_id = %s",
            [person],
        ).fetchall()
    assert {row[0] for row in found} == {datetime(2025, 2, 1, tzinfo=UTC)}
