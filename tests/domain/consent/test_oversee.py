"""The client sees who may see, what a choice would change, and who looked."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from app.access.attribution import attribute
from app.access.log import leaf_of
from app.platform.db import engine
from tests.build.stage import BSN, Stage
from tests.domain.consent.asking import ABSENT, consent, with_question


def reasons(overview: dict[str, Any], role: str) -> dict[str, dict[str, Any]]:
    party = next(p for p in overview["parties"] if p["role"] == role)
    return {reason["basis"]: reason for reason in party["reasons"]}


async def test_the_overview_tells_who_may_see_what_and_why_in_dutch(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    given = await stage.made(
        "alfa", f"{alfa.of_client}/consents", consent(alfa, "ggz", "coach", "work_question")
    )
    overview = await stage.seen("alfa", f"{alfa.of_client}/access-overview")
    roles = {party["role"] for party in overview["parties"]}
    assert {"clinician", "psychologist", "labour_expert", "reintegration_coach"} <= roles
    bases = {reason["basis"] for party in overview["parties"] for reason in party["reasons"]}
    assert "self" not in bases
    by_consent = reasons(overview, "reintegration_coach")["consent"]
    assert by_consent["consentId"] == given["id"]
    assert by_consent["categories"] == [
        {"category": "work_question", "label": "uw vraag en wens over werk"}
    ]
    by_law = reasons(overview, "labour_expert")["statutory"]
    assert by_law["article"] == "Wet SUWI, artikel 30a"
    assert "Coach-A1" not in str(overview)
    named = await stage.seen("alfa", f"{alfa.of_client}/access-overview?names=true")
    assert "Coach-A1" in str(named)
    for party in ("coach", "clinician"):
        refused = await stage.get(party, f"{alfa.of_client}/access-overview")
        assert refused.status_code == 403, party
    assert (await stage.get("employer", f"{alfa.of_client}/access-overview")).status_code == 404


async def test_a_preview_shows_the_change_and_changes_nothing(stage: Stage) -> None:
    alfa, question = await with_question(stage)
    preview = f"{alfa.of_client}/access-overview/_preview"
    body = consent(alfa, "ggz", "coach", "work_question")
    choice = {name: body[name] for name in body if name not in {"textVersion", "givenHow"}}
    would = (await stage.post("alfa", preview, {"giveConsent": choice})).json()
    assert would["parties"][0]["starts"] == ["work_question"]
    assert (await stage.get("coach", question)).status_code == 404
    given = await stage.made("alfa", f"{alfa.of_client}/consents", body)
    back = (await stage.post("alfa", preview, {"withdrawConsentId": given["id"]})).json()
    assert back["parties"][0]["stops"] == ["work_question"]
    assert (await stage.get("coach", question)).status_code == 200
    uwv = str(stage.organisations["uwv"])
    block = {"block": {"organisationId": uwv, "categories": ["ladder", "status"]}}
    barred = (await stage.post("alfa", preview, block)).json()
    expert = next(p for p in barred["parties"] if p["role"] == "labour_expert")
    assert expert["stops"] == []
    assert {"ladder", "status"} <= set(expert["keptByLaw"])
    for party in ("coach", "clinician"):
        assert (await stage.post(party, preview, block)).status_code == 403, party
    assert (await stage.post("alfa", preview, {})).status_code == 400
    assert (await stage.seen("alfa", f"{alfa.of_client}/blocks"))["items"] == []


async def test_the_log_tells_who_looked_and_is_for_the_client_alone(stage: Stage) -> None:
    alfa, question = await with_question(stage)
    await stage.seen("psychologist", question)
    await stage.seen("clinician", f"{alfa.of_client}/work-questions")
    path = f"{alfa.of_client}/access-log?pageSize=100"
    items = (await stage.seen("alfa", path))["items"]
    assert [item["at"] for item in items] == sorted(item["at"] for item in items)
    opened = [i for i in items if i["role"] == "psychologist" and i["kind"] == "opened"]
    assert opened[0]["shown"][0]["category"] == "work_question"
    assert opened[0]["grounds"][0]["article"] == "Burgerlijk Wetboek 7:457, lid 2"
    assert opened[0]["organisationName"] == "GGZ Voorbeeldland"
    assert opened[0]["name"] is None
    assert any(item["kind"] == "seen_in_list" for item in items)
    named = (await stage.seen("alfa", f"{path}&names=true"))["items"]
    assert "Psycholoog-A1" in {item["name"] for item in named}
    assert [i["resource"] for i in named if i["role"] == "client"] == ["AccessLog"]
    first = await stage.seen("alfa", f"{alfa.of_client}/access-log?pageSize=1")
    second = await stage.seen(
        "alfa", f"{alfa.of_client}/access-log?pageSize=1&cursor={first['nextCursor']}"
    )
    assert [first["items"][0], second["items"][0]] == items[:2]
    assert (await stage.get("clinician", path)).status_code == 403
    await stage.client("echo", by="other_clinician")
    hidden = await stage.get("echo", path, x_request_id=ABSENT)
    absent = await stage.get("echo", f"/v1/clients/{uuid4()}/access-log", x_request_id=ABSENT)
    assert hidden.status_code == 404
    assert hidden.content == absent.content


async def test_the_log_can_be_read_of_some_dutch_days_alone(stage: Stage) -> None:
    alfa, question = await with_question(stage)
    late = datetime(2025, 3, 30, 21, 59, 59, tzinfo=UTC)  # that night the clocks went forward
    for at in (late, late + timedelta(seconds=1), late + timedelta(days=1, seconds=1)):
        stage.on(at)
        await stage.seen("psychologist", question)
    path = f"{alfa.of_client}/access-log?pageSize=100"

    async def told(query: str) -> list[str]:
        items = (await stage.seen("alfa", f"{path}{query}"))["items"]
        return [item["at"][:16] for item in items if item["role"] == "psychologist"]

    looks = ["2025-03-30T21:59", "2025-03-30T22:00", "2025-03-31T22:00"]
    assert await told("&periodFrom=2025-03-30&periodUntil=2025-03-30") == looks[:1]
    assert await told("&periodFrom=2025-03-31&periodUntil=2025-03-31") == looks[1:2]
    assert await told("&periodFrom=2025-03-31") == looks[1:]
    assert await told("&periodUntil=2025-03-31&newestFirst=true") == looks[1::-1]
    assert await told("&periodUntil=2025-03-29") == []
    assert await told("") == looks
    turned = await stage.get("alfa", f"{path}&periodFrom=2025-03-31&periodUntil=2025-03-30")
    assert turned.status_code == 400
    assert [fault["pointer"] for fault in turned.json()["errors"]] == ["#/periodUntil"]


async def test_a_cursor_of_one_period_of_the_log_opens_no_page_of_another_one(
    stage: Stage,
) -> None:
    alfa, _ = await with_question(stage)
    path = f"{alfa.of_client}/access-log?pageSize=1&periodFrom=2025-01-01"
    cursor = (await stage.seen("alfa", path))["nextCursor"]
    assert len((await stage.seen("alfa", f"{path}&cursor={cursor}"))["items"]) == 1
    for other in (path.replace("01-01", "01-02"), f"{path}&periodUntil=2025-12-31"):
        answer = await stage.get("alfa", f"{other}&cursor={cursor}")
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["pointer"] == "#/cursor"


async def test_refused_looks_reach_the_log_of_the_client_they_were_about(stage: Stage) -> None:
    alfa, question = await with_question(stage)
    await stage.get("coach", question)
    await stage.get("coach", f"{alfa.of_client}/work-questions/{uuid4()}")
    await stage.post("other_clinician", "/v1/clients/_search", {"bsn": BSN["alfa"]})
    worker = engine(stage.database.worker, pool_size=1)
    try:
        assert await attribute(worker) == 2
        assert await attribute(worker) == 0
    finally:
        await worker.dispose()
    items = (await stage.seen("alfa", f"{alfa.of_client}/access-log?pageSize=100"))["items"]
    refused = {item["role"]: item for item in items if item["kind"] == "refused"}
    assert set(refused) == {"reintegration_coach", "clinician"}
    assert refused["reintegration_coach"]["notShown"][0]["category"] == "work_question"
    assert refused["clinician"]["notShown"][0]["category"] == "bsn"
    with stage.database.connect_as_superuser() as db:
        rows = db.execute("SELECT * FROM access_log_entry WHERE outcome = 'refused'")
        names = [column.name for column in rows.description or ()]
        for row in rows.fetchall():
            entry = dict(zip(names, row, strict=True))
            del entry["xid"]
            assert leaf_of(entry) == entry["leaf_hash"]


async def test_the_texts_are_public_and_hold_a_sentence_for_all_that_can_be_shared(
    stage: Stage,
) -> None:
    listed = (await stage.http.get("/v1/consent-texts")).json()["items"]
    text = (await stage.http.get(f"/v1/consent-texts/{listed[0]['version']}")).json()
    sentences = {(s["category"], s["role"]): s["text"] for s in text["sentences"]}
    assert sentences["ladder", "clinician"].startswith("Uw behandelaar")
    assert ("medical", "reintegration_coach") not in sentences
    assert not [key for key in sentences if key[0] == "bsn"]
    assert max(len(words.split()) for words in sentences.values()) <= 25
    assert (await stage.http.get("/v1/consent-texts/ooit")).status_code == 404
