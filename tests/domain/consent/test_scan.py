"""A signed form is scanned: evidence for the client and the sender, hidden from the recipient."""

from base64 import b64encode
from typing import Any
from uuid import uuid4

import pytest

from app.domain.consent.rules.scanning import MOST_BYTES, MOST_SCANS
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage
from tests.domain.consent.asking import consent, seen_by_sender
from tests.domain.consent.test_act_for_a_client import with_mandate

BEGINS = {
    "application/pdf": b"%PDF-1.7\n",
    "image/jpeg": b"\xff\xd8\xff\xe0",
    "image/png": b"\x89PNG\r\n\x1a\n",
}


def scan(media: str = "application/pdf", more: bytes = b"handtekening", **of: Any) -> Any:
    return {"mediaType": media, "content": b64encode(BEGINS[media] + more).decode(), **of}


async def on_paper(stage: Stage, sender: str = "ggz", to: str = "coach") -> tuple[Situation, str]:
    """A consent that the clinician saw signed, and the address of its scans."""
    alfa = await wgb_at_uwv(stage)
    body = seen_by_sender(consent(alfa, sender, to, "work_question"))
    given = await stage.made("clinician", f"{alfa.of_client}/consents", body)
    return alfa, f"/v1/consents/{given['id']}/scans"


async def test_a_scan_is_read_back_by_the_client_and_by_the_sender_and_by_nobody_else(
    stage: Stage,
) -> None:
    _, scans = await on_paper(stage)
    body = scan()
    made = await stage.made("clinician", scans, body)
    assert "content" not in made
    assert made["bytes"] == len(BEGINS["application/pdf"] + b"handtekening")
    for party in ("alfa", "clinician", "psychologist"):
        (listed,) = (await stage.seen(party, scans))["items"]
        assert "content" not in listed
        assert listed["recordedByOrganisationId"] == str(stage.organisations["ggz"])
        assert listed["authorRole"] == "clinician"
        read = await stage.seen(party, f"{scans}/{made['id']}")
        assert (read["content"], read["mediaType"]) == (body["content"], body["mediaType"])
    assert (await stage.seen("coach", scans))["items"] == []
    assert (await stage.get("coach", f"{scans}/{made['id']}")).status_code == 404
    for party in ("expert", "physician", "other_clinician", "coach_colleague"):
        assert (await stage.get(party, scans)).status_code == 404, party
        assert (await stage.get(party, f"{scans}/{made['id']}")).status_code == 404, party


async def test_the_log_tells_who_opened_the_form(stage: Stage) -> None:
    alfa, scans = await on_paper(stage)
    made = await stage.made("clinician", scans, scan())
    await stage.seen("psychologist", scans)
    await stage.seen("psychologist", f"{scans}/{made['id']}")
    log = (await stage.seen("alfa", f"{alfa.of_client}/access-log?pageSize=100"))["items"]
    lines = [(line["role"], line["kind"]) for line in log if line["recordId"] == made["id"]]
    assert lines[-2:] == [("psychologist", "seen_in_list"), ("psychologist", "opened")]
    assert ("clinician", "added") in lines


async def test_the_client_adds_a_form_too_and_the_recipient_never(stage: Stage) -> None:
    _, scans = await on_paper(stage)
    made = await stage.made("alfa", scans, scan("image/jpeg"))
    assert made["recordedByOrganisationId"] is None
    assert (await stage.seen("clinician", f"{scans}/{made['id']}"))["mediaType"] == "image/jpeg"
    assert (await stage.post("coach", scans, scan())).status_code == 403
    for party in ("expert", "other_clinician"):
        assert (await stage.post(party, scans, scan())).status_code == 404, party


async def test_who_acts_for_the_client_has_the_form_as_far_as_the_mandate_goes(
    stage: Stage,
) -> None:
    alfa, scans = await on_paper(stage)
    made = (await stage.made("clinician", scans, scan()))["id"]
    await with_mandate(alfa)
    assert (await stage.seen("helper", f"{scans}/{made}"))["id"] == made
    assert (await stage.made("helper", scans, scan()))["authorRole"] == "representative"
    ladder = seen_by_sender(consent(alfa, "ggz", "coach", "ladder_notes"))
    given = await stage.made("clinician", f"{alfa.of_client}/consents", ladder)
    beyond = await stage.post("helper", f"/v1/consents/{given['id']}/scans", scan())
    assert beyond.status_code == 403


async def test_without_a_mandate_over_consents_nobody_acts_on_a_form(stage: Stage) -> None:
    alfa, scans = await on_paper(stage)
    made = (await stage.made("clinician", scans, scan()))["id"]
    await with_mandate(alfa, scope=["identity", "existence", "work_question"])
    for path in (scans, f"{scans}/{made}"):
        assert (await stage.get("helper", path)).status_code == 404
    assert (await stage.post("helper", scans, scan())).status_code == 404


async def test_of_what_the_client_gave_from_the_own_hand_the_form_is_for_the_client(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    body = {**consent(alfa, None, "coach", "work_question"), "givenHow": "paper"}
    given = await stage.made("alfa", f"{alfa.of_client}/consents", body)
    scans = f"/v1/consents/{given['id']}/scans"
    made = await stage.made("alfa", scans, scan())
    assert (await stage.seen("alfa", f"{scans}/{made['id']}"))["bytes"] == made["bytes"]
    for party in ("coach", "clinician"):
        assert (await stage.get(party, f"{scans}/{made['id']}")).status_code == 404, party
    assert (await stage.post("coach", scans, scan())).status_code == 403


@pytest.mark.parametrize("media", BEGINS)
async def test_a_file_is_what_it_says_that_it_is(stage: Stage, media: str) -> None:
    _, scans = await on_paper(stage)
    await stage.made("clinician", scans, scan(media))
    for other in BEGINS.keys() - {media}:
        answer = await stage.post("clinician", scans, {**scan(media), "mediaType": other})
        assert answer.status_code == 400
        (fault,) = answer.json()["errors"]
        assert (fault["pointer"], fault["code"]) == ("#/content", "does_not_fit")


async def test_what_is_no_file_or_too_large_is_refused_and_the_largest_is_kept(
    stage: Stage,
) -> None:
    _, scans = await on_paper(stage)
    for content in ("%%%%", "JVBERi0", "JVBER i0x", "é"):
        answer = await stage.post("clinician", scans, {**scan(), "content": content})
        assert answer.status_code == 400, content
        assert answer.json()["errors"][0]["pointer"] == "#/content"
    whole = MOST_BYTES - len(BEGINS["application/pdf"])
    one_more = await stage.post("clinician", scans, scan(more=b"x" * (whole + 1)))
    assert one_more.status_code == 400
    assert one_more.json()["errors"][0]["pointer"] == "#/content"
    far_more = await stage.post("clinician", scans, scan(more=b"x" * (whole + 9000)))
    assert far_more.status_code == 413
    largest = scan(more=b"x" * whole)
    made = await stage.made("clinician", scans, largest)
    assert made["bytes"] == MOST_BYTES
    read = await stage.seen("alfa", f"{scans}/{made['id']}")
    assert read["content"] == largest["content"]
    unknown = await stage.post("clinician", scans, {**scan(), "mediaType": "text/html"})
    assert unknown.status_code == 400


async def test_a_consent_has_five_scans_at_most(stage: Stage) -> None:
    _, scans = await on_paper(stage)
    for _ in range(MOST_SCANS):
        await stage.made("clinician", scans, scan())
    assert (await stage.post("alfa", scans, scan())).status_code == 409
    assert len((await stage.seen("clinician", scans))["items"]) == MOST_SCANS


async def test_nothing_is_added_to_a_consent_that_is_over_and_what_was_there_stays(
    stage: Stage,
) -> None:
    alfa, scans = await on_paper(stage)
    made = await stage.made("clinician", scans, scan())
    until = {**seen_by_sender(consent(alfa, "ggz", "expert", "ladder")), "validUntil": "2025-03-01"}
    other = await stage.made("clinician", f"{alfa.of_client}/consents", until)
    ended = f"/v1/consents/{other['id']}/scans"
    await stage.made("clinician", ended, scan())
    await stage.made("alfa", scans.replace("scans", "withdrawals"), {})
    for party in ("clinician", "alfa"):
        assert (await stage.post(party, scans, scan())).status_code == 409, party
    assert (await stage.seen("alfa", f"{scans}/{made['id']}"))["id"] == made["id"]
    stage.on("2025-03-01")
    assert (await stage.post("clinician", ended, scan())).status_code == 409


async def test_a_yes_in_the_portal_has_no_form(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    body = consent(alfa, "ggz", "coach", "work_question")
    given = await stage.made("alfa", f"{alfa.of_client}/consents", body)
    answer = await stage.post("alfa", f"/v1/consents/{given['id']}/scans", scan())
    assert answer.status_code == 409


async def test_a_sharper_scan_takes_the_place_of_one_of_the_same_consent_and_party(
    stage: Stage,
) -> None:
    _, scans = await on_paper(stage)
    poor = (await stage.made("clinician", scans, scan()))["id"]
    sharp = (await stage.made("clinician", scans, scan(supersedes=poor)))["id"]
    first, second = (await stage.seen("alfa", scans))["items"]
    assert (first["supersededBy"], second["supersedes"]) == (sharp, poor)
    assert (await stage.post("alfa", scans, scan(supersedes=sharp))).status_code == 403
    assert (await stage.post("clinician", scans, scan(supersedes=poor))).status_code == 409
    stranger = scan(supersedes=str(uuid4()))
    assert (await stage.post("clinician", scans, stranger)).status_code == 400


async def test_what_is_on_a_form_lies_in_no_readable_cell(stage: Stage) -> None:
    _, scans = await on_paper(stage)
    body = scan()
    await stage.made("clinician", scans, body)
    with stage.database.connect_as_superuser() as db:
        ((stored,),) = db.execute("SELECT content FROM consent_scan").fetchall()
    assert stored.startswith("sealed:1:")
    assert body["content"] not in stored


async def test_the_form_of_somebody_else_is_taken_back_by_who_scanned_it(stage: Stage) -> None:
    alfa, scans = await on_paper(stage)
    made = (await stage.made("clinician", scans, scan()))["id"]
    where = f"{alfa.of_client}/misplaced-records"
    misplaced = {"category": "consent", "recordId": made}
    assert (await stage.post("coach", where, misplaced)).status_code == 400
    await stage.made("clinician", where, misplaced)
    assert (await stage.get("alfa", f"{scans}/{made}")).status_code == 404
    with stage.database.connect_as_superuser() as db:
        assert db.execute("SELECT count(*) FROM consent_scan").fetchone() == (0,)
    restricted = {
        "organisationId": str(stage.organisations["ggz"]),
        "category": "consent",
        "ground": "accuracy_contested",
        "explanation": "Klopt niet.",
    }
    answer = await stage.post("alfa", f"{alfa.of_client}/restrictions", restricted)
    assert answer.status_code == 400
