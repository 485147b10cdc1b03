"""Consent on pages: given step by step, seen through the other's eyes, withdrawn at once."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.build.situations import Situation
from tests.build.stage import Stage
from tests.domain.consent.asking import consent, party, seen_by_sender, with_question
from tests.domain.consent.test_act_for_a_client import MANDATE, with_mandate
from tests.domain.rights.asking import PLAN
from tests.facades.web.visiting import Visitor, sheet, visitor

QUESTION = "uw vraag en wens over werk"


def value(stage: Stage, key: str) -> str:
    """How a form names the role of this party at its organisation."""
    found = party(stage, key)
    return f"{found['organisationId']}|{found['role']}"


async def chosen(client: Visitor, new: str, stage: Stage, to: str = "coach") -> httpx.Response:
    """As far as the last page: the work question, from the care provider, for a year."""
    await client.done(new, party=value(stage, to))
    await client.done(f"{new}/from", sender=str(stage.organisations["ggz"]))
    await client.done(f"{new}/data", category="work_question")
    return await client.done(f"{new}/terms", validUntil="14-01-2026")


async def given(alfa: Situation, **more: Any) -> str:
    """The coach may see the work question, as the client said on another screen."""
    body = {**consent(alfa, "ggz", "coach", "work_question"), **more}
    return str((await alfa.stage.made("alfa", f"{alfa.of_client}/consents", body))["id"])


def ticked(page: httpx.Response) -> int:
    return page.text.count(" checked") + page.text.count(" selected")


async def test_a_client_gives_step_by_step_and_the_other_sees_it_at_the_next_request(
    stage: Stage,
) -> None:
    alfa, question = await with_question(stage)
    client, new = await visitor(stage, "alfa"), f"/clients/{alfa.client}/consents/new"
    last = sheet(await chosen(client, new, stage))
    assert "Dit komt erbij:" in last.words, "through the eyes of the coach something is new"
    assert (await stage.get("coach", question)).status_code == 404, "nothing before the last page"
    told = sheet(await client.done(f"{new}/look", party=value(stage, "coach")))
    assert (await stage.get("coach", question)).status_code == 200
    assert QUESTION in told.text
    assert "tot 14 januari 2026" in told.text
    listed = await client.read(f"/clients/{alfa.client}/consents")
    assert "tot 14 januari 2026" in listed.text
    seen = await client.read("/my-access")
    assert "tot 14 januari 2026" in seen.text, "every page says the same end"
    (made,) = (await stage.seen("alfa", f"{alfa.of_client}/consents"))["items"]
    assert f"/consents/{made['id']}" in seen.links
    assert (made["categories"], made["textVersion"]) == (["work_question"], "2025-01")


async def test_a_yes_for_one_person_does_not_count_for_a_colleague(stage: Stage) -> None:
    alfa, question = await with_question(stage)
    await alfa.assign("coach_colleague")
    client, new = await visitor(stage, "alfa"), f"/clients/{alfa.client}/consents/new"
    await chosen(client, new, stage)
    form = sheet(await client.get(f"{new}/terms"))
    assert all(name in form.text for name in ("Iedereen in deze rol", "Coach-A1", "Coach-A2"))
    person = str(stage.parties["coach"].membership)
    last = sheet(await client.done(f"{new}/terms", person=person))
    assert "Alleen Coach-A1, niet" in last.text
    await client.done(f"{new}/look", party=value(stage, "coach"))
    assert (await stage.get("coach", question)).status_code == 200
    assert (await stage.get("coach_colleague", question)).status_code == 404
    (made,) = (await stage.seen("alfa", f"{alfa.of_client}/consents"))["items"]
    assert "Alleen voor Coach-A1" in (await client.read(f"/consents/{made['id']}")).text


async def test_a_yes_for_one_person_who_left_becomes_a_yes_for_nobody(stage: Stage) -> None:
    alfa, question = await with_question(stage)
    await alfa.assign("coach_colleague")
    client, new = await visitor(stage, "alfa"), f"/clients/{alfa.client}/consents/new"
    await chosen(client, new, stage)
    person = str(stage.parties["coach"].membership)
    await client.done(f"{new}/terms", person=person)
    forms = sheet(await client.get(f"{new}/look")).forms
    look = next(form for form in forms if form["action"] == f"{new}/look")
    with stage.straight() as db:
        db.execute(
            "UPDATE participant SET valid_until = moment() WHERE membership_id = %s", [person]
        )
    await stage.recompile(alfa.client)
    answer = await client.post(f"{new}/look", look["fields"])
    assert answer.status_code == 422
    assert "Kies opnieuw voor wie het is." in sheet(answer).text
    assert (await stage.seen("alfa", f"{alfa.of_client}/consents"))["items"] == []
    assert (await stage.get("coach_colleague", question)).status_code == 404


async def test_nothing_is_ticked_whatever_a_link_says(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    client, new = await visitor(stage, "alfa"), f"/clients/{alfa.client}/consents/new"
    link = f"?party={value(stage, 'coach')}&category=work_question&answer=yes&purpose=reintegration"
    assert ticked(await client.get(new + link)) == 0
    await client.done(new, party=value(stage, "coach"))
    for step in ("", "/from", "/data", "/terms"):
        assert ticked(await client.get(f"{new}{step}{link}")) == 0, step
    coach = party(stage, "coach")
    asked = {
        **consent(alfa, "ggz", "coach", "work_question"),
        "recipient": coach,
        "reason": "Dan kan ik meedenken.",
    }
    for name in ("textVersion", "givenHow"):
        del asked[name]
    made = await stage.made("coach", f"{alfa.of_client}/consent-requests", asked)
    request = f"/clients/{alfa.client}/consent-requests/{made['id']}"
    page = await client.get(request + link)
    assert ticked(page) == 0
    assert "Dan kan ik meedenken." in sheet(page).text
    assert ticked(await client.get(f"/clients/{alfa.client}/blocks/new{link}")) == 0


async def test_only_who_can_be_shown_something_is_offered_by_name(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    client, new = await visitor(stage, "alfa"), f"/clients/{alfa.client}/consents/new"
    page = (await client.get(new)).text
    assert value(stage, "coach") in page
    admin = f"{stage.organisations['ggz']}|organisation_admin"
    assert admin not in page, "whom no consent opens anything for is not a choice"
    found = (await client.get(f"{new}?name=houtplaats")).text
    assert value(stage, "employer") in found
    assert value(stage, "coach") not in found
    refused = await client.post(new, {"party": admin})
    assert refused.status_code == 422


async def test_withdrawing_is_one_act_and_holds_at_the_next_request(stage: Stage) -> None:
    alfa, question = await with_question(stage)
    client, coach = await visitor(stage, "alfa"), await visitor(stage, "coach")
    one = f"/consents/{await given(alfa)}"
    assert (await stage.get("coach", question)).status_code == 200
    before = await client.read(f"{one}/withdrawals/new")
    assert QUESTION in before.text, "what stops at once is told first"
    told = sheet(await client.done(f"{one}/withdrawals/new", reason=""))
    assert (await stage.get("coach", question)).status_code == 404
    assert "Ingetrokken" in told.text
    assert f"{one}/withdrawals/new" not in told.links, "it is offered once"
    seen = await coach.read(one)
    assert "De cliënt trok het in." in seen.text


async def test_before_withdrawing_the_page_says_what_the_body_keeps_by_law(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    body = consent(alfa, "ggz", "expert", "status", "work_question")
    made = await stage.made("alfa", f"{alfa.of_client}/consents", body)
    client = await visitor(stage, "alfa")
    page = await client.read(f"/consents/{made['id']}/withdrawals/new")
    assert "omdat de wet dat zegt" in page.text
    (stop,) = [link for link in page.links if "/stops/new" in link]
    match = (await client.read(stop)).form("match")
    assert (await client.post(stop, match)).status_code == 303
    bodies = await stage.seen("alfa", f"{alfa.of_trajectory}/responsibilities")
    assert bodies["items"][0]["validUntil"] is not None
    still = await stage.seen("alfa", f"/v1/consents/{made['id']}")
    assert still["state"] == "in_force", "stopping there withdraws nothing by itself"


async def test_the_preview_is_what_happens_after(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    client, new = await visitor(stage, "alfa"), f"/clients/{alfa.client}/consents/new"
    last = sheet(await chosen(client, new, stage))
    daarna = last.words.index("Daarna")
    after = last.words[daarna + 1 : last.words.index("Goed om te weten")]
    promised = {each for each in after if each != "nieuw" and not each.startswith("Dit ziet")}
    await client.done(f"{new}/look", party=value(stage, "coach"))
    overview = await stage.seen("alfa", f"{alfa.of_client}/access-overview")
    coach = party(stage, "coach")
    seen = {
        category["label"]
        for each in overview["parties"]
        if (each["organisationId"], each["role"]) == (coach["organisationId"], coach["role"])
        for why in each["reasons"]
        for category in why["categories"]
    }
    assert promised == seen


async def test_a_stranger_gets_the_refusal_of_the_api_on_every_page(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    one = await given(alfa)
    stranger = await visitor(stage, "other_clinician")
    for path in (
        f"{alfa.of_client}/consents",
        f"{alfa.of_client}/consent-requests",
        f"{alfa.of_client}/blocks",
        f"{alfa.of_client}/restrictions",
        f"/v1/consents/{one}",
    ):
        status = (await stage.get("other_clinician", path)).status_code
        assert status == 404, path
        assert (await stranger.get(path.removeprefix("/v1"))).status_code == status, path
    of = f"/clients/{alfa.client}"
    for path in (f"{of}/consents/new", f"{of}/consents/form", f"{of}/blocks/new"):
        assert (await stranger.get(path)).status_code == 404, path
    assert (await stranger.get("/my-access")).status_code == 404


async def test_a_professional_reads_of_the_client_and_the_client_reads_u(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    one = f"/consents/{await given(alfa)}"
    client, coach = await visitor(stage, "alfa"), await visitor(stage, "coach")
    mine, theirs = await client.read(one), await coach.read(one)
    assert QUESTION in mine.text
    assert "Testclient" not in mine.text
    assert "de vraag en de wens over werk" in theirs.text
    assert "Testclient Alfa" in theirs.text, "a page says whom it is about"
    for page in (theirs, await coach.read(f"/clients/{alfa.client}/consents")):
        words = f" {page.text.lower()} "
        assert " uw toestemming" not in words
        assert QUESTION not in words
    assert f"{one}/withdrawals/new" not in theirs.links


@pytest.mark.parametrize("covers", [True, False])
async def test_who_acts_for_the_client_decides_as_far_as_the_mandate_covers_consents(
    stage: Stage, covers: bool
) -> None:
    alfa, question = await with_question(stage)
    scope = [each for each in MANDATE["scope"] if covers or each != "consent"]
    person = (await with_mandate(alfa, scope=scope)).rpartition("/")[2]
    stage.parties["helper"].membership = UUID(person)
    helper, new = await visitor(stage, "helper"), f"/clients/{alfa.client}/consents/new"
    listed = await helper.read(f"/clients/{alfa.client}/consents")
    assert "Testclient Alfa" in listed.text
    assert (new in listed.links) is covers
    assert (await helper.get(new)).status_code == (200 if covers else 403)
    if covers:
        assert QUESTION not in sheet(await chosen(helper, new, stage)).text
        await helper.done(f"{new}/look", party=value(stage, "coach"))
    assert (await stage.get("coach", question)).status_code == (200 if covers else 404)


async def test_nobody_else_is_told_of_blocks_or_can_make_one(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    coach, blocks = await visitor(stage, "coach"), f"/clients/{alfa.client}/blocks"
    body = {"organisationId": str(stage.organisations["company"]), "categories": ["ladder"]}
    before = (await coach.read(blocks)).text
    await stage.made("alfa", f"{alfa.of_client}/blocks", body)
    assert (await coach.read(blocks)).text == before
    assert "Alleen de cliënt ziet" in before
    assert (await coach.get(f"{blocks}/new")).status_code == 403


async def test_a_sender_records_what_was_signed_with_evidence(stage: Stage) -> None:
    alfa, question = await with_question(stage)
    clinician = await visitor(stage, "clinician")
    new = f"/clients/{alfa.client}/consents/new"
    await clinician.done(new, party=value(stage, "coach"))
    await clinician.done(f"{new}/data", category="work_question")
    await clinician.done(f"{new}/terms", validUntil="")
    wrong = await clinician.fill(f"{new}/evidence", givenBy="client")
    assert wrong.status_code == 422
    assert {"#givenHow", "#evidence"} <= set(sheet(wrong).links)
    signed = {"givenBy": "client", "givenHow": "paper", "evidence": "Getekend op 14 januari."}
    last = sheet(await clinician.done(f"{new}/evidence", **signed))
    assert "U hoeft geen ja te zeggen" in last.text, "what the client must have read"
    told = sheet(await clinician.done(f"{new}/look", party=value(stage, "coach")))
    assert "Getekend op 14 januari." in told.text
    assert (await stage.get("coach", question)).status_code == 200


async def test_what_is_wrong_with_a_day_leads_back_to_its_step(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    client, new = await visitor(stage, "alfa"), f"/clients/{alfa.client}/consents/new"
    await chosen(client, new, stage)
    await client.done(f"{new}/terms", validUntil="14-01-2024")
    wrong = await client.fill(f"{new}/look", party=value(stage, "coach"))
    assert wrong.status_code == 422
    assert "#validUntil" in sheet(wrong).links
    assert sheet(wrong).form("validUntil")["validUntil"] == "14-01-2024"
    assert (await stage.seen("alfa", f"{alfa.of_client}/consents"))["items"] == []


@pytest.mark.parametrize("answer", ["yes", "no", "later"])
async def test_what_was_asked_is_answered_from_the_task_with_yes_no_or_later(
    stage: Stage, answer: str
) -> None:
    alfa, question = await with_question(stage)
    client, coach = await visitor(stage, "alfa"), await visitor(stage, "coach")
    new = f"/clients/{alfa.client}/consent-requests/new"
    await coach.done(new, party=value(stage, "coach"))
    await coach.done(f"{new}/from", sender=str(stage.organisations["ggz"]))
    await coach.done(f"{new}/data", category="work_question")
    await coach.done(f"{new}/terms", reason="Dan kan ik meedenken.")
    asked = sheet(await coach.done(f"{new}/look", party=value(stage, "coach")))
    assert "Wacht op antwoord" in asked.text
    (task,) = (await stage.seen("alfa", "/v1/tasks"))["items"]
    page = task["path"].removeprefix("/v1")
    assert "re-integratiecoach bij Re-integratie Proef BV" in (await client.read(page)).text
    first = await client.fill(page, answer=answer, category="work_question")
    if answer == "yes":
        assert first.status_code == 200, "before a yes one sees what it opens"
        assert (await stage.get("coach", question)).status_code == 404
        sure = sheet(first).form("sure", "category")
        first = await client.post(page, sure)
    assert first.status_code == 303
    expected = 200 if answer == "yes" else 404
    assert (await stage.get("coach", question)).status_code == expected
    state = (await stage.seen("alfa", f"/v1{page}"))["state"]
    assert state == answer


async def test_who_is_barred_sees_nothing_at_the_next_request_until_it_is_lifted(
    stage: Stage,
) -> None:
    alfa, question = await with_question(stage)
    await given(alfa)
    client, new = await visitor(stage, "alfa"), f"/clients/{alfa.client}/blocks/new"
    company = f"organisation|{stage.organisations['company']}"
    look = await client.fill(new, target=company, category="work_question")
    assert "Dit stopt meteen:" in sheet(look).words
    assert (await stage.get("coach", question)).status_code == 200, "looking bars nobody"
    made = await client.post(new, sheet(look).form("sure", "target"))
    assert made.status_code == 303
    assert (await stage.get("coach", question)).status_code == 404
    one = made.headers["location"]
    assert "Re-integratie Proef BV" in (await client.read(one)).text
    assert "Er is 1 partij uitgesloten." in (await client.read("/my-access")).text
    lifted = await client.post(f"{one}/lifts", (await client.read(one)).form("match"))
    assert lifted.status_code == 303
    assert (await stage.get("coach", question)).status_code == 200
    assert "Er is niemand uitgesloten." in (await client.read("/my-access")).text


async def test_of_a_file_that_opens_by_the_document_one_document_is_given(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    plans = f"{alfa.of_client}/treatment-plans"
    earlier, one = [(await stage.made("clinician", plans, PLAN))["id"] for _ in range(2)]
    client, new = await visitor(stage, "alfa"), f"/clients/{alfa.client}/consents/new"
    await client.done(new, party=value(stage, "physician"))
    await client.done(f"{new}/from", sender=str(stage.organisations["ggz"]))
    both = {"category": "status", "record": f"medical|{one}"}
    refused = await client.fill(f"{new}/data", **both)
    assert refused.status_code == 422, "a document and whole kinds of data are two consents"
    await client.done(f"{new}/data", category="", record=f"medical|{one}")
    await client.done(f"{new}/terms", validUntil="14-01-2026")
    last = await client.done(f"{new}/look", party=value(stage, "physician"))
    assert "één document" in sheet(last).text
    assert (await stage.get("physician", f"{plans}/{one}")).status_code == 200
    assert (await stage.get("physician", f"{plans}/{earlier}")).status_code == 404


async def test_the_paper_form_prints_what_was_chosen_with_every_box_empty(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    client, new = await visitor(stage, "alfa"), f"/clients/{alfa.client}/consents/new"
    last = sheet(await chosen(client, new, stage))
    form = next(f for f in last.forms if f["action"].endswith("/consents/form"))
    paper = sheet(await client.post(form["action"], form["fields"]))
    assert paper.text.count("☐") == 1
    assert "☐ Uw re-integratiecoach mag dan zien: uw vraag over werk" in paper.text
    assert "Re-integratie Proef BV" in paper.text
    assert "14 januari 2026" in paper.text
    clinician = await visitor(stage, "clinician")
    choose = f"/clients/{alfa.client}/consents/form"
    whole = sheet(await clinician.fill(choose, party=value(stage, "coach")))
    assert whole.text.count("☐") > 10
    assert "GGZ Voorbeeldland" in whole.text
    assert "Handtekening" in (await clinician.read(f"{choose}/blank")).text


PDF = b"%PDF-1.7\nhandtekening"


async def uploaded(who: Visitor, path: str, content: bytes, media: str) -> httpx.Response:
    """A form with a file, as a browser sends it."""
    request = httpx.Request(
        "POST",
        f"{who.http.base_url}{path}",
        data={"csrf": who.csrf},
        files={"file": ("scan", content, media)},
    )
    cookie = "; ".join(f"{name}={value}" for name, value in who.cookies.items())
    headers = {"content-type": request.headers["content-type"], "cookie": cookie}
    return await who.http.post(path, content=request.read(), headers=headers)


async def test_a_signed_form_is_kept_and_taken_out_as_a_file_by_sender_and_client_only(
    stage: Stage,
) -> None:
    alfa, _ = await with_question(stage)
    body = seen_by_sender(consent(alfa, "ggz", "coach", "work_question"))
    made = await stage.made("clinician", f"{alfa.of_client}/consents", body)
    one, clinician = f"/consents/{made['id']}", await visitor(stage, "clinician")
    assert f"{one}/scans/new" in (await clinician.read(one)).links
    none = await uploaded(clinician, f"{one}/scans/new", b"", "application/pdf")
    false = await uploaded(clinician, f"{one}/scans/new", b"<html>", "application/pdf")
    assert (none.status_code, false.status_code) == (422, 422)
    assert "#file" in sheet(none).links
    done = await uploaded(clinician, f"{one}/scans/new", PDF, "application/pdf")
    assert done.status_code == 303
    scan = next(each for each in (await clinician.read(one)).links if f"{one}/scans/" in each)
    for key in ("clinician", "alfa"):
        reader = await visitor(stage, key)
        assert scan in (await reader.read(one)).links
        file = await reader.get(scan)
        assert file.content == PDF
        assert file.headers["content-disposition"].startswith("attachment;")
        assert "sandbox" in file.headers["content-security-policy"]
        assert file.headers["x-content-type-options"] == "nosniff"
    coach = await visitor(stage, "coach")
    assert not [each for each in (await coach.read(one)).links if "/scans/" in each]
    assert (await coach.get(scan)).status_code == 404
    assert (await coach.get(f"{one}/scans/new")).status_code == 403
