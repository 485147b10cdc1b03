"""Guardians, parents and relatives: by decision, until the client can weigh it again."""

from typing import Any

from app.access.vocabulary import Role
from tests.build.situations import wgb_at_uwv
from tests.build.stage import BSN, Party, Stage
from tests.domain.consent.asking import with_question
from tests.domain.consent.test_act_for_a_client import with_mandate

FINDING: dict[str, Any] = {
    "decision": "Delen van het behandelplan",
    "finding": "Gesproken; overziet de gevolgen nu niet.",
    "categories": ["work_question", "medical"],
    "validUntil": "2025-02-14",
}
SCOPE = ["identity", "existence", "consent", "work_question", "medical"]


async def test_a_relative_sees_only_what_the_client_was_found_unable_to_weigh(
    stage: Stage,
) -> None:
    alfa, question = await with_question(stage)
    await with_mandate(alfa, kind="relative", scope=SCOPE)
    assert (await stage.get("helper", question)).status_code == 404
    path = f"{alfa.of_client}/incapacities"
    for party in ("psychologist", "alfa", "coach", "colleague"):
        refused = await stage.post(party, path, FINDING)
        assert refused.status_code in {403, 404}, party
    for wrong in ("2025-01-13", "2026-02-01"):
        body = {**FINDING, "validUntil": wrong}
        assert (await stage.post("clinician", path, body)).status_code == 400
    made = await stage.made("clinician", path, FINDING)
    assert (await stage.seen("helper", question))["wish"] == "Iets met hout."
    assert (await stage.get("helper", f"{alfa.of_client}/treatment-team")).status_code == 200
    assert "familyName" not in await stage.seen("helper", alfa.of_client)
    refused = await stage.get("helper", f"{alfa.of_client}/access-overview")
    assert refused.status_code == 403
    (told,) = (await stage.seen("alfa", path))["items"]
    assert told["categories"] == ["work_question", "medical"]
    assert (await stage.seen("alfa", f"{path}/{made['id']}"))["finding"] == FINDING["finding"]
    ended = await stage.made("clinician", f"{path}/{made['id']}/ends", {})
    assert ended["validUntil"] < made["validUntil"]
    assert (await stage.get("helper", question)).status_code == 404
    again = await stage.post("clinician", f"{path}/{made['id']}/ends", {})
    assert again.status_code == 409


async def test_it_ends_by_itself_on_its_day(stage: Stage) -> None:
    alfa, question = await with_question(stage)
    await with_mandate(alfa, kind="relative", scope=SCOPE)
    await stage.made("clinician", f"{alfa.of_client}/incapacities", FINDING)
    stage.on("2025-02-13", hour=23)
    assert (await stage.get("helper", question)).status_code == 200
    stage.on("2025-02-14", hour=0)
    assert (await stage.get("helper", question)).status_code == 404


async def test_a_guardian_is_not_ended_by_the_client_and_reads_no_medical_data_of_who_is_able(
    stage: Stage,
) -> None:
    alfa, question = await with_question(stage)
    one = await with_mandate(alfa, kind="legal_guardian", scope=SCOPE)
    assert (await stage.get("helper", question)).status_code == 200
    team = await stage.seen("helper", f"{alfa.of_client}/treatment-team")
    assert (team["items"], team["withheld"]) == ([], ["medical"])
    assert (await stage.post("alfa", f"{one}/ends", {})).status_code == 403
    bar = {"personId": one.rsplit("/", 1)[1], "categories": ["work_question"]}
    await stage.made("alfa", f"{alfa.of_client}/blocks", bar)
    assert (await stage.get("helper", question)).status_code == 200
    await stage.made("clinician", f"{one}/ends", {})
    assert (await stage.get("helper", question)).status_code in {401, 403}


async def test_the_client_bars_who_was_chosen_from_a_part(stage: Stage) -> None:
    alfa, question = await with_question(stage)
    one = await with_mandate(alfa)
    blocks = f"{alfa.of_client}/blocks"
    person = {"personId": one.rsplit("/", 1)[1]}
    made = await stage.made("alfa", blocks, {**person, "categories": ["work_question"]})
    assert made["personId"] == person["personId"]
    assert (await stage.get("helper", question)).status_code == 404
    assert (await stage.get("helper", alfa.of_client)).status_code == 200
    both = {**person, "organisationId": str(stage.organisations["uwv"]), "categories": ["medical"]}
    absent = {"personId": str(alfa.trajectory), "categories": ["medical"]}
    for body in (both, absent):
        assert (await stage.post("alfa", blocks, body)).status_code == 400
    preview = {"block": {**person, "categories": ["medical"]}}
    looked = await stage.post("alfa", f"{alfa.of_client}/access-overview/_preview", preview)
    assert looked.status_code == 400


async def test_a_parent_speaks_until_the_client_comes_of_age(stage: Stage) -> None:
    """At 17 only where the client was found unable; on the 18th birthday no more."""
    body = {
        "bsn": BSN["bravo"],
        "givenName": "Testclient",
        "familyName": "Bravo",
        "birthDate": "2007-02-01",
    }
    client = (await stage.made("clinician", "/v1/clients", body))["id"]
    of_client = f"/v1/clients/{client}"
    mandate = {"name": "Ouder-B1", "kind": "parent", "scope": SCOPE, "evidence": "Akte gezien"}
    made = await stage.made("clinician", f"{of_client}/representatives", mandate)
    link = {
        "clientId": client,
        "role": "representative",
        "personId": made["id"],
        "issuer": stage.issuer.url,
        "subject": "subject-parent",
    }
    await stage.made("clinician", "/v1/account-links", link)
    stage.parties["parent"] = Party("parent", "subject-parent", role=Role.REPRESENTATIVE)
    assert (await stage.get("parent", of_client)).status_code == 404
    finding = {**FINDING, "categories": ["identity"]}
    await stage.made("clinician", f"{of_client}/incapacities", finding)
    assert (await stage.seen("parent", of_client))["familyName"] == "Bravo"
    stage.on("2025-01-31", hour=23)
    assert (await stage.get("parent", of_client)).status_code == 200
    stage.on("2025-02-01", hour=0)
    assert (await stage.get("parent", of_client)).status_code == 404


async def test_a_clinician_who_only_stands_by_records_no_incapacity(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_client}/incapacities"
    assert (await stage.post("other_clinician", path, FINDING)).status_code == 404
