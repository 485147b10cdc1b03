"""Work itself: the scan before it, the search for it, its support, and the paper about it."""

from typing import Any
from uuid import uuid4

from app.access.vocabulary import Category
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage
from tests.domain.employer.test_directory import SCAN, VISIT, bakery

WORDS = (
    "ggz", "ips", "wgb", "oad", "diagno", "behandel", "psych", "cliënt", "client", "uwv",
    "trede", "traject", "coach", "uitkering", "re-integratie", "voorbeeldland", "proef bv",
)  # fmt: skip
JOB = {
    "kind": "regular_paid",
    "title": "Bakkershulp",
    "hoursPerWeek": 16,
    "schedule": "maandag en dinsdag",
    "startsOn": "2024-12-02",
    "contractKind": "fixed_term",
}


async def prepared(stage: Stage) -> tuple[Situation, str]:
    """Alfa with a coach, and a bakery in the directory of the coach's organisation."""
    alfa = await wgb_at_uwv(stage)
    stage.on("2025-01-14")
    return alfa, await bakery(stage)


def at(one: str, **more: Any) -> dict[str, Any]:
    return {**JOB, "employerId": one.rpartition("/")[2], **more}


async def test_nobody_is_placed_at_a_known_employer_without_a_green_scan_or_a_reason(
    stage: Stage,
) -> None:
    alfa, one = await prepared(stage)
    path = f"{alfa.of_trajectory}/placements"
    refused = await stage.post("coach", path, at(one))
    assert [e["pointer"] for e in refused.json()["errors"]] == ["#/scanReason"]
    orange = {**SCAN, "customer": "orange", "customerWhy": "Op zaterdag druk."}
    found = await stage.made("coach", f"{one}/workplace-scans", orange)
    with_orange = at(one, workplaceScanId=found["id"])
    refused = await stage.post("coach", path, with_orange)
    assert [e["pointer"] for e in refused.json()["errors"]] == ["#/scanReason"]
    made = await stage.made("coach", path, {**with_orange, "scanReason": "Werkt niet zaterdags."})
    assert made["scanReason"] == "Werkt niet zaterdags."
    green = await stage.made("coach", f"{one}/workplace-scans", SCAN)
    made = await stage.made("coach", path, at(one, workplaceScanId=green["id"]))
    assert (made["employerName"], made["workplaceScanId"]) == ("Bakkerij Proefkorst", green["id"])
    assert (await stage.seen("expert", f"{path}/{made['id']}"))["employerName"] == made[
        "employerName"
    ]
    await stage.made("coach", path, at(one, kind="volunteering"))


async def test_a_scan_elsewhere_and_an_employer_of_another_organisation_are_unknown(
    stage: Stage,
) -> None:
    alfa, one = await prepared(stage)
    other = (await stage.made("coach", "/v1/employers", {"name": "Magazijn Voorbeeld BV"}))["id"]
    scan = await stage.made("coach", f"/v1/employers/{other}/workplace-scans", SCAN)
    path = f"{alfa.of_trajectory}/placements"
    for given in (scan["id"], str(uuid4())):
        refused = await stage.post("coach", path, at(one, workplaceScanId=given))
        assert [(e["pointer"], e["code"]) for e in refused.json()["errors"]] == [
            ("#/workplaceScanId", "unknown_reference")
        ]
    theirs = (await stage.made("expert", "/v1/employers", {"name": "Elders"}))["id"]
    answers = [
        (await stage.post("coach", path, {**JOB, "employerId": given})).json()["errors"]
        for given in (theirs, str(uuid4()))
    ]
    assert answers[0] == answers[1]
    assert answers[0][0]["pointer"] == "#/employerId"


async def test_an_agreement_on_paper_tells_what_was_agreed_and_not_a_word_of_care(
    stage: Stage,
) -> None:
    alfa, one = await prepared(stage)
    path = f"{alfa.of_trajectory}/placements"
    made = await stage.made("coach", path, at(one, scanReason="Al bekend.", jobCoach="external"))
    quiet = {
        "placementId": made["id"],
        "kind": "workplace",
        "what": "Een rustige werkplek.",
        "requestedBy": "occupational_physician",
        "requestedOn": "2025-01-10",
    }
    kept = await stage.made("coach", f"{alfa.of_trajectory}/accommodations", quiet)
    told = await stage.seen("coach", f"/v1/placements/{made['id']}/agreement")
    assert told["adjustments"] == []
    shared = {**quiet, "clientSharesOn": "2025-01-13", "supersedes": kept["id"]}
    await stage.made("coach", f"{alfa.of_trajectory}/accommodations", shared)
    told = await stage.seen("coach", f"/v1/placements/{made['id']}/agreement")
    assert told.pop("id") == made["id"]
    assert told == {
        "employer": "Bakkerij Proefkorst",
        "givenName": "Testclient",
        "familyName": "Alfa",
        "title": "Bakkershulp",
        "nature": "Betaald werk",
        "contract": "Tijdelijk contract",
        "hoursPerWeek": 16,
        "schedule": "maandag en dinsdag",
        "startsOn": "2024-12-02",
        "plannedEndOn": None,
        "adjustments": ["Een rustige werkplek."],
    }
    page = await stage.get(
        "coach", f"/v1/placements/{made['id']}/printed-agreement", accept="text/html"
    )
    assert page.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    for word in WORDS:
        for text in (str(told).casefold(), page.text.casefold()):
            assert word not in text.replace("testclient", ""), word
    for told_too in (
        "Bakkerij Proefkorst",
        "Testclient Alfa",
        "Een rustige werkplek.",
        "2-12-2024",
    ):
        assert told_too in page.text
    assert "<script" not in page.text
    assert "http" not in page.text


async def test_the_paper_is_for_the_coach_and_the_client_alone(stage: Stage) -> None:
    alfa, one = await prepared(stage)
    place = str(stage.organisations["workplace"])
    body = at(one, scanReason="Al bekend.", workplaceOrganisationId=place)
    made = await stage.made("coach", f"{alfa.of_trajectory}/placements", body)
    paths = [f"/v1/placements/{made['id']}/{name}" for name in ("agreement", "printed-agreement")]
    for path in paths:
        for party in ("expert", "employer"):
            answer = await stage.get(party, path, accept="text/html, application/json")
            assert answer.status_code == 403, (party, path)
        for party in ("clinician", "physician", "coach_colleague"):
            hidden = await stage.get(party, path, accept="text/html, application/json")
            assert hidden.status_code == 404, (party, path)
    assert (await stage.seen("alfa", paths[0]))["employer"] == "Houtplaats Fictief"


async def test_an_employer_with_an_account_reads_nothing_of_scans_terms_or_who_asked(
    stage: Stage,
) -> None:
    alfa, one = await prepared(stage)
    place = str(stage.organisations["workplace"])
    body = at(
        one,
        scanReason="Geen tijd voor een scan.",
        workplaceOrganisationId=place,
        returnGuarantee=True,
        setAside=True,
    )
    made = await stage.made("coach", f"{alfa.of_trajectory}/placements", body)
    quiet = {
        "placementId": made["id"],
        "kind": "workplace",
        "what": "Een rustige werkplek.",
        "requestedBy": "occupational_physician",
        "requestedOn": "2025-01-10",
    }
    await stage.made("coach", f"{alfa.of_trajectory}/accommodations", quiet)
    await alfa.consent("employer", Category.ACCOMMODATION)
    seen = await stage.seen("employer", f"/v1/placements/{made['id']}")
    assert seen.keys() == {
        "id", "kind", "title", "hoursPerWeek", "schedule", "startsOn", "plannedEndOn", "trial",
        "endedOn",
    }  # fmt: skip
    [item] = (await stage.seen("employer", f"/v1/placements/{made['id']}/accommodations"))["items"]
    assert item.keys() == {"id", "kind", "what", "agreedOn", "inPlaceOn"}
    for name in ("supports", "retained-jobs", "provisions", "employer-contacts", "job-retention"):
        answer = await stage.get("employer", f"{alfa.of_trajectory}/{name}")
        assert answer.status_code in {403, 404}, name


APPROACH = {
    "happenedOn": "2024-11-05",
    "mode": "face_to_face",
    "purpose": "vacancy",
    "spokenBy": "coach",
    "matchesPlan": "yes",
    "outcome": "interview",
}


async def test_a_contact_for_a_client_is_never_told_by_the_directory_of_employers(
    stage: Stage,
) -> None:
    alfa, one = await prepared(stage)
    employer = one.rpartition("/")[2]
    before = (await stage.get("coach_colleague", f"{one}/contacts")).json()
    path = f"{alfa.of_trajectory}/employer-contacts"
    body = {**APPROACH, "employerId": employer, "note": "Alfa kan op gesprek."}
    made = await stage.made("coach", path, body)
    assert (made["employerName"], made["outcome"]) == ("Bakkerij Proefkorst", "interview")
    assert (await stage.get("coach_colleague", f"{one}/contacts")).json() == before
    visit = await stage.made("coach", f"{one}/contacts", VISIT)
    await stage.made("coach", path, {**body, "visitId": visit["id"], "happenedOn": "2024-11-12"})
    [listed] = (await stage.seen("coach_colleague", f"{one}/contacts"))["items"]
    assert listed == visit
    unknown = await stage.post("coach", path, {**body, "visitId": str(uuid4())})
    assert unknown.json()["errors"][0]["code"] == "unknown_reference"
    assert len((await stage.seen("alfa", path))["items"]) == 2


async def test_the_search_is_for_the_coach_and_the_client_and_for_no_funder(stage: Stage) -> None:
    alfa, _ = await prepared(stage)
    path = f"{alfa.of_trajectory}/employer-contacts"
    declined = {
        **APPROACH,
        "employerName": "Magazijn Voorbeeld BV",
        "matchesPlan": "no",
        "outcome": "declined_by_coach",
        "declinedReason": "no_social_heart",
    }
    made = await stage.made("coach", path, declined)
    assert (await stage.seen("alfa", f"{path}/{made['id']}"))["declinedReason"] == "no_social_heart"
    for party in ("expert", "physician", "psychologist"):
        assert (await stage.get(party, f"{path}/{made['id']}")).status_code == 404, party
        assert (await stage.get(party, path)).json().get("items", []) == [], party
    for party in ("expert", "psychologist", "alfa"):
        assert (await stage.post(party, path, declined)).status_code in {403, 404}, party
    without = {**declined, "declinedReason": None}
    assert (await stage.post("coach", path, without)).status_code == 400


async def test_the_first_time_face_to_face_is_a_moment_of_the_process_for_coach_and_client(
    stage: Stage,
) -> None:
    alfa, _ = await prepared(stage)
    path = f"{alfa.of_trajectory}/employer-contacts"
    named = {**APPROACH, "employerName": "Bakkerij Proefkorst"}
    await stage.made("coach", path, {**named, "mode": "telephone", "happenedOn": "2024-11-01"})
    assert await first_contacts(alfa, "coach") == []
    await stage.made("coach", path, {**named, "happenedOn": "2024-11-12"})
    await stage.made("coach", path, {**named, "happenedOn": "2024-11-19"})
    assert await first_contacts(alfa, "alfa") == ["2024-11-12"]
    await stage.made("coach", path, {**named, "happenedOn": "2024-11-05"})
    assert await first_contacts(alfa, "coach") == ["2024-11-05", "2024-11-12"]
    for party in ("expert", "psychologist"):
        assert await first_contacts(alfa, party) == []


async def first_contacts(alfa: Situation, party: str) -> list[str]:
    answer = await alfa.stage.get(party, f"{alfa.of_trajectory}/transitions")
    found = answer.json().get("items", [])
    return sorted(e["occurredOn"] for e in found if e["milestone"] == "employer_contact")


async def test_what_an_authority_pays_is_written_by_it_and_read_by_others_by_consent(
    stage: Stage,
) -> None:
    alfa, _ = await prepared(stage)
    subsidy = {
        "kind": "wage_cost_subsidy",
        "authority": "uwv",
        "wageValuePercent": 60,
        "startsOn": "2025-01-01",
        "until": "2026-01-01",
    }
    register = {"registered": "yes", "checkedOn": "2025-01-10", "source": "register"}
    made = {}
    for name, body in (("provisions", subsidy), ("target-group-statuses", register)):
        path = f"{alfa.of_trajectory}/{name}"
        for party in ("coach", "alfa"):
            assert (await stage.post(party, path, body)).status_code == 403, (party, name)
        made[name] = await stage.made("expert", path, body)
        one = f"{path}/{made[name]['id']}"
        assert await stage.seen("alfa", one)
        for party in ("coach", "psychologist", "physician"):
            assert (await stage.get(party, one)).status_code == 404, (party, name)
    await alfa.consent("coach", Category.BENEFIT)
    path = f"{alfa.of_trajectory}/target-group-statuses"
    earlier = made["target-group-statuses"]["id"]
    assert (await stage.seen("coach", f"{path}/{earlier}"))["registered"] == "yes"
    newer = {**register, "registered": "no", "supersedes": earlier}
    await stage.made("expert", path, newer)
    assert [i["registered"] for i in (await stage.seen("alfa", path))["items"]] == ["yes", "no"]
    told = await stage.post(
        "expert", f"{alfa.of_trajectory}/provisions", {**subsidy, "note": "Na een depressie."}
    )
    assert told.json()["errors"][0]["code"] == "tells_of_care"


async def test_support_at_work_and_work_that_is_returned_to_are_the_coachs(stage: Stage) -> None:
    alfa, one = await prepared(stage)
    body = at(one, scanReason="Al bekend.")
    job = await stage.made("coach", f"{alfa.of_trajectory}/placements", body)
    coach = {
        "placementId": job["id"],
        "kind": "job_coach",
        "internal": False,
        "hoursPerWeek": 3,
        "startsOn": "2024-12-02",
    }
    path = f"{alfa.of_trajectory}/supports"
    made = await stage.made("coach", path, coach)
    assert (await stage.seen("expert", f"{path}/{made['id']}"))["hoursPerWeek"] == 3
    assert (await stage.post("expert", path, coach)).status_code == 403
    block = {
        "kind": "sroi_block",
        "sroiRegion": "voorbeeldregio-noord",
        "sroiBlock": "learning_place",
        "startsOn": "2024-12-02",
    }
    await stage.made("coach", path, block)
    unknown = await stage.post("coach", path, {**block, "sroiBlock": "nowhere"})
    assert unknown.json()["errors"][0]["pointer"] == "#/sroiBlock"
    elsewhere = await stage.post("coach", path, {**coach, "placementId": str(uuid4())})
    assert elsewhere.json()["errors"][0]["pointer"] == "#/placementId"
    own = {
        "title": "Medewerker magazijn",
        "employerName": "Magazijn Voorbeeld BV",
        "answersForReturn": "occupational_physician",
        "healthService": "Arbodienst Voorbeeld",
        "startsOn": "2025-01-10",
    }
    retained = f"{alfa.of_trajectory}/retained-jobs"
    made = await stage.made("coach", retained, own)
    assert (await stage.seen("alfa", f"{retained}/{made['id']}"))["title"] == own["title"]
    assert (await stage.get("psychologist", f"{retained}/{made['id']}")).status_code == 404
    ill = await stage.post("coach", retained, {**own, "title": "Magazijn, met psychose thuis"})
    assert ill.json()["errors"][0]["code"] == "tells_of_care"


async def test_weeks_in_work_and_gaps_are_computed_as_in_h2(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_trajectory}/placements"
    yes = dict.fromkeys(
        ("openToAnyone", "paidByEmployer", "wageAtLeastMinimum", "normalSupervision"), True
    )
    stage.on("2025-02-21")
    first = await stage.made("coach", path, {**JOB, "employerName": "Bakkerij Proefkorst", **yes})
    assert first["competitive"] is None
    ending = {"endedOn": "2025-02-21", "reason": "mismatch_hours"}
    await stage.act("coach", f"{path}/{first['id']}", "ends", ending)
    second = {**JOB, "employerName": "Magazijn Voorbeeld BV", "startsOn": "2025-04-01"}
    stage.on("2025-09-29")
    made = await stage.made("coach", path, {**second, **yes, "setAside": False})
    assert (made["competitive"], made["timeLimitedByDesign"]) == (True, False)
    assert (made["weeks13On"], made["weeks26On"]) == ("2025-07-01", None)
    stage.on("2025-09-30")
    retention = f"{alfa.of_trajectory}/job-retention"
    one, two = (await stage.seen("alfa", retention))["items"]
    assert (one["tenureDays"], one["weeks13On"], one["gapDaysBefore"]) == (81, None, None)
    assert (two["gapDaysBefore"], two["weeks13On"]) == (39, "2025-07-01")
    assert two["weeks26On"] == "2025-09-30"
    assert (await stage.seen("expert", retention))["items"] == [one, two]
    assert (await stage.seen("psychologist", retention)) == {
        "items": [],
        "withheld": ["placement"],
    }


PARTICIPATION = {
    **JOB,
    "kind": "participation_place",
    "employerName": "Stadstuin Fictief",
    "plannedEndOn": "2026-12-02",
}


async def test_a_participation_place_is_the_municipalitys_and_lasts_two_years_at_most(
    stage: Stage,
) -> None:
    at_uwv = await wgb_at_uwv(stage)
    refused = await stage.post("coach", f"{at_uwv.of_trajectory}/placements", PARTICIPATION)
    assert [e["pointer"] for e in refused.json()["errors"]] == ["#/kind"]
    delta = Situation(stage, await stage.client("echo"))
    await delta.begin()
    await delta.responsible("municipality")
    await delta.assign("case_manager", "coach")
    path = f"{delta.of_trajectory}/placements"
    longer = {**PARTICIPATION, "plannedEndOn": "2026-12-03"}
    refused = await stage.post("coach", path, longer)
    assert [e["pointer"] for e in refused.json()["errors"]] == ["#/plannedEndOn"]
    made = await stage.made("coach", path, PARTICIPATION)
    assert (made["timeLimitedByDesign"], made["weeks13On"]) == (True, None)
    agreed = await stage.act(
        "case_manager", f"{path}/{made['id']}", "agreements", {"agreedOn": "2025-01-14"}
    )
    assert agreed["agreedByRole"] == "municipal_case_manager"
