"""What is new among the nouns: taken back wholly, told to nobody else, kept where it was asked."""

from typing import Any

import pytest

from app.access.facts import Consent
from app.access.vocabulary import Category, Purpose, Role, mask_of
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage
from tests.domain.employer.test_directory import SCAN, VISIT, bakery
from tests.domain.team.test_hand_over import body as handing
from tests.domain.team.test_hand_over import path as hand_overs

DAY = "2025-01-13"
RUNG = {"rung": 4, "measuredOn": DAY, "occasion": "start"}
CONTACT = {
    "kind": "client_contact",
    "happenedOn": DAY,
    "mode": "telephone",
    "place": "remote",
    "minutes": 20,
}
JOB = {"kind": "regular_paid", "title": "Bakkershulp", "startsOn": DAY}
APPROACH = {
    "employerName": "Bakkerij Proefkorst",
    "happenedOn": DAY,
    "mode": "face_to_face",
    "purpose": "vacancy",
    "spokenBy": "coach",
    "matchesPlan": "yes",
    "outcome": "interview",
}


def misplaced(record: str, category: str) -> dict[str, Any]:
    return {"category": category, "recordId": record}


async def taken_back(stage: Stage, of: Situation, record: str, category: str) -> dict[str, Any]:
    return await stage.made(
        "coach", f"{of.of_client}/misplaced-records", misplaced(record, category)
    )


async def line(stage: Stage, party: str) -> dict[str, Any]:
    (one,) = (await stage.seen(party, "/v1/caseload"))["items"]
    found: dict[str, Any] = one
    return found


async def test_with_a_contact_its_day_leaves_the_wrong_client(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    contacts = f"{alfa.of_trajectory}/contacts"
    first = await stage.made("coach", contacts, CONTACT)
    await stage.made("coach", contacts, {**CONTACT, "minutes": 30, "supersedes": first["id"]})
    assert (await line(stage, "expert"))["lastContactOn"] == DAY
    await taken_back(stage, alfa, first["id"], "contact_log")
    for party in ("expert", "coach", "alfa"):
        assert (await line(stage, party))["lastContactOn"] is None, party


async def test_with_a_placement_its_employer_leaves_the_wrong_client(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    at = {**JOB, "workplaceOrganisationId": str(stage.organisations["workplace"])}
    made = await stage.made("coach", f"{alfa.of_trajectory}/placements", at)
    assert len((await stage.seen("employer", "/v1/placements"))["items"]) == 1
    await taken_back(stage, alfa, made["id"], "placement")
    assert (await stage.seen("employer", "/v1/placements"))["items"] == []
    told = await stage.get("alfa", f"{alfa.of_client}/access-overview")
    assert told.status_code == 200
    assert "Houtplaats Fictief" not in told.text
    assert str(stage.organisations["workplace"]) not in told.text


async def test_every_moment_that_came_with_a_record_can_be_taken_back(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    await stage.made("coach", f"{alfa.of_trajectory}/employer-contacts", APPROACH)
    course = f"{alfa.of_trajectory}/transitions"
    (moment,) = (await stage.seen("coach", course))["items"]
    assert moment["milestone"] == "employer_contact"
    await taken_back(stage, alfa, moment["id"], "status")
    assert (await stage.seen("alfa", course))["items"] == []


async def test_what_the_client_had_restricted_is_not_taken_back(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_trajectory}/ladder-measurements"
    record = (await stage.made("coach", path, RUNG))["id"]
    held = {
        "organisationId": str(stage.organisations["company"]),
        "category": "ladder",
        "recordId": record,
        "ground": "accuracy_contested",
        "explanation": "Dit heb ik nodig als bewijs.",
    }
    made = await stage.post("alfa", f"{alfa.of_client}/restrictions", held)
    assert made.status_code == 201, made.text
    where = f"{alfa.of_client}/misplaced-records"
    answer = await stage.post("coach", where, misplaced(record, "ladder"))
    assert answer.status_code == 409, answer.text
    assert (await stage.get("alfa", f"{path}/{record}")).status_code == 200


async def test_who_may_not_know_of_a_kind_of_record_does_not_hear_that_one_was_taken_back(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    note = {"talkOn": DAY, "notes": "Spreekuur geweest."}
    made = await stage.made("physician", f"{alfa.of_trajectory}/insurance-physician-notes", note)
    where = f"{alfa.of_client}/misplaced-records"
    back = await stage.made("physician", where, misplaced(made["id"], "insurance_physician_notes"))
    for party, count in (("alfa", 1), ("physician", 1), ("expert", 0)):
        assert len((await stage.seen(party, where))["items"]) == count, party
    assert (await stage.get("expert", f"{where}/{back['id']}")).status_code == 404


async def test_an_organisation_whose_people_left_a_team_reads_no_more_of_it(stage: Stage) -> None:
    team = await stage.made("ggz_admin", "/v1/teams", {"kind": "fact", "name": "FACT Noord"})
    path = f"/v1/teams/{team['id']}"
    for party in ("clinician", "coach"):
        seat = {"membershipId": str(stage.parties[party].membership)}
        await stage.made("ggz_admin", f"{path}/members", seat)
    assert (await stage.get("coach_colleague", path)).status_code == 200
    with stage.database.connect_as_superuser() as db:
        db.execute(
            "UPDATE membership SET valid_until = '2025-01-10' WHERE id = %s",
            [stage.parties["coach"].membership],
        )
    assert (await stage.get("coach_colleague", path)).status_code == 404
    assert (await stage.get("coach_colleague", f"{path}/meetings")).status_code == 404
    assert (await stage.seen("coach_colleague", "/v1/teams"))["items"] == []


async def test_who_handed_on_a_trajectory_reads_nothing_by_a_consent_with_his_name(
    stage: Stage,
) -> None:
    stage.member("ips", Role.IPS_COACH, "ggz", "Coach-B1")
    stage.member("ips_colleague", Role.IPS_COACH, "ggz", "Coach-B2")
    alfa = Situation(stage, await stage.client("alfa"))
    await alfa.begin()
    await alfa.assign("ips")
    await alfa.treat("ips_colleague")
    coach = stage.parties["ips"]
    told = {"kind": "own_words", "measuredOn": DAY, "ownWords": "Ik slaap beter."}
    made = await stage.made("alfa", f"{alfa.of_trajectory}/wellbeing", told)
    await alfa.put(
        Consent,
        trajectory_id=alfa.trajectory,
        kind="secrecy_waiver",
        given_by="client",
        sender_organisation_id=None,
        recipient_organisation_id=coach.organisation,
        recipient_role=Role.IPS_COACH,
        recipient_membership_id=coach.membership,
        categories=mask_of({Category.WELLBEING, Category.EXISTENCE}),
        purposes=Purpose.REINTEGRATION.bit | Purpose.TREATMENT.bit,
    )
    own = f"{alfa.of_trajectory}/wellbeing/{made['id']}"
    assert (await stage.get("ips", own)).status_code == 200
    given = await stage.made("ips", hand_overs(stage, "ips"), handing(stage, "ips_colleague", alfa))
    assert given["refused"] == []
    assert (await stage.get("ips", own)).status_code == 404


@pytest.mark.parametrize(
    ("collection", "body", "field"),
    [
        ("notes", {"text": "Testclient Alfa werkte hier."}, "text"),
        ("contacts", {**VISIT, "note": "Testclient Alfa werkte hier."}, "note"),
        (
            "workplace-scans",
            {**SCAN, "customer": "red", "customerWhy": "Testclient Alfa werkte hier."},
            "customerWhy",
        ),
    ],
)
async def test_words_on_an_employer_that_name_someone_can_be_taken_out(
    stage: Stage, collection: str, body: dict[str, Any], field: str
) -> None:
    one = await bakery(stage)
    made = await stage.made("coach", f"{one}/{collection}", body)
    path = f"{one}/{collection}/{made['id']}"
    tag = (await stage.get("coach", path)).headers["etag"]
    for party, status in (("expert", 404), ("employer", 403), ("clinician", 403)):
        refused = await stage.post(party, f"{path}/withdrawals", if_match=tag)
        assert refused.status_code == status, party
    gone = await stage.act("coach_colleague", path, "withdrawals")
    assert (field in gone, gone["withdrawnOn"]) == (False, "2025-01-14")
    with stage.straight() as db:
        for table in ("employer_note", "employer_contact", "workplace_scan"):
            kept = db.execute(f"SELECT t::text FROM {table} t").fetchall()
            assert "Testclient" not in str(kept), table
    tag = (await stage.get("coach", path)).headers["etag"]
    assert (await stage.post("coach", f"{path}/withdrawals", if_match=tag)).status_code == 409
