"""Privacy on pages: breaking the glass and looking back, requests of a client, and the log."""

from typing import Any

import pytest

from app.facades.web.rendering import coded
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import BSN, Stage
from tests.domain.privacy.officers import account_of, officers
from tests.domain.rights.asking import QUESTION, WISH, File, asked, with_file
from tests.facades.web.visiting import sheet, visitor

WHY = {"reason": "psychiatric_crisis", "explanation": "Client staat verward aan de balie."}
ABSENT = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
async def alfa(stage: Stage) -> Situation:
    officers(stage)
    return await wgb_at_uwv(stage)


async def broken(stage: Stage, alfa: Situation, by: str = "colleague") -> str:
    body = {**WHY, "clientId": str(alfa.client)}
    made = await stage.made(by, "/v1/emergency-accesses", body, purpose_of_use="emergency")
    return f"/emergency-accesses/{made['id']}"


async def test_in_an_emergency_a_clinician_opens_a_client_and_stops_with_one_button(
    stage: Stage, alfa: Situation
) -> None:
    colleague = await visitor(stage, "colleague")
    client = f"/clients/{alfa.client}"
    assert (await colleague.get(client)).status_code == 404
    form = await colleague.read(f"/emergency-accesses/new?client={alfa.client}")
    assert "privacyloket" in form.text
    page = await colleague.done(f"/emergency-accesses/new?client={alfa.client}", **WHY)
    assert page.url.path == client
    assert page.status_code == 200
    told = sheet(page)
    assert "U werkt met noodtoegang" in told.text
    assert "Alfa" in told.text
    new = [link for link in told.links if link.partition("?")[0].endswith("/new")]
    assert new == [], "an emergency adds nothing, and leads to no other one"
    stop = told.form_to("/emergency-accesses/stops")
    assert (await colleague.post("/emergency-accesses/stops", stop)).status_code == 303
    assert (await colleague.get(client)).status_code == 404
    assert "U werkt met noodtoegang" not in (await colleague.read("/teams")).text


async def test_who_stopped_too_soon_goes_on_under_the_same_emergency(
    stage: Stage, alfa: Situation
) -> None:
    colleague = await visitor(stage, "colleague")
    breaking = f"/emergency-accesses/new?client={alfa.client}"
    stop = sheet(await colleague.done(breaking, **WHY)).form_to("/emergency-accesses/stops")
    await colleague.post("/emergency-accesses/stops", stop)
    assert (await colleague.get(f"/clients/{alfa.client}")).status_code == 404
    colleague.csrf = (await colleague.read("/teams")).form("csrf")["csrf"]
    again = sheet(await colleague.fill(breaking, **WHY))
    onward = again.form_to("/emergency-accesses/resumptions")
    answer = await colleague.post("/emergency-accesses/resumptions", onward)
    assert answer.headers["location"] == f"/clients/{alfa.client}"
    assert (await colleague.get(f"/clients/{alfa.client}")).status_code == 200


async def test_a_client_is_found_by_the_number_it_carries_and_the_number_is_in_no_address(
    stage: Stage, alfa: Situation
) -> None:
    colleague = await visitor(stage, "colleague")
    wrong = await colleague.fill("/emergency-accesses/new", **WHY, bsn="123456789")
    assert wrong.status_code == 422
    assert "#bsn" in sheet(wrong).links
    without = await colleague.fill("/emergency-accesses/new", **WHY)
    assert "#bsn" in sheet(without).links
    answer = await colleague.fill("/emergency-accesses/new", **WHY, bsn=BSN["alfa"])
    assert answer.headers["location"] == f"/clients/{alfa.client}"
    assert BSN["alfa"] not in str(answer.headers)


async def test_an_emergency_elsewhere_finds_no_client_and_opens_nothing(
    stage: Stage, alfa: Situation
) -> None:
    stranger = await visitor(stage, "other_clinician")
    answer = await stranger.fill(f"/emergency-accesses/new?client={alfa.client}", **WHY)
    assert answer.status_code == 404
    assert "U werkt met noodtoegang" not in (await stranger.read("/teams")).text


async def test_the_desk_finds_what_is_due_and_judges_it_once(stage: Stage, alfa: Situation) -> None:
    access = await broken(stage, alfa)
    desk = await visitor(stage, "desk")
    due = await desk.read("/privacy-desk")
    assert access in due.links
    assert "Behandelaar-A2" in due.text
    assert f"{access}/reviews" in (await desk.read(access)).links
    page = await desk.done(f"{access}/reviews", outcome="justified", finding="Er was spoed.")
    assert "Er was spoed." in sheet(page).text
    assert access not in (await desk.read("/privacy-desk")).links
    again = await desk.fill(f"{access}/reviews", outcome="justified", finding="Nog eens.")
    assert again.status_code == 422
    assert "Nog eens." in again.text


async def test_a_request_is_decided_kind_by_kind_and_answered(stage: Stage) -> None:
    file: File = await with_file(stage)
    request = (await asked(stage, file)).removeprefix("/v1")
    desk = await visitor(stage, "desk")
    assert request in (await desk.read("/data-subject-requests")).links
    page = await desk.read(request)
    assert WISH not in page.text, "what is held is told without what it says"
    ways = [link for link in page.links if "category=" in link and "record=" not in link]
    assert f"{request}/answers/new" not in page.links, "first there is a decision on all"
    for way in ways:
        await desk.done(way, outcome="refuse", ground="interest_of_another")
    page = await desk.read(request)
    assert f"{request}/answers/new" in page.links
    await desk.done(f"{request}/answers/new", answer="Wij bewaren alles.")
    assert request not in (await desk.read("/data-subject-requests")).links
    told = await stage.seen("alfa", f"/v1{request}")
    assert told["answer"] == "Wij bewaren alles."


async def test_one_record_is_decided_on_by_itself(stage: Stage) -> None:
    file: File = await with_file(stage)
    await stage.made("clinician", f"{file.alfa.of_client}/work-questions", QUESTION)
    request = (await asked(stage, file)).removeprefix("/v1")
    desk = await visitor(stage, "desk")
    way = next(link for link in (await desk.read(request)).links if "record=" in link)
    await desk.done(way, outcome="refuse", ground="legal_claim", explanation="Er loopt een zaak.")
    [decision] = (await stage.seen("desk", f"/v1{request}"))["decisions"]
    assert decision["recordId"] in way
    assert "Er loopt een zaak." in (await desk.read(request)).text


async def test_the_officer_draws_a_sample_and_sees_who_looked_and_no_content(
    stage: Stage, alfa: Situation
) -> None:
    await stage.made("clinician", f"{alfa.of_client}/work-questions", QUESTION)
    await stage.get("clinician", alfa.of_client)
    officer = await visitor(stage, "officer")
    answer = await officer.fill("/privacy-desk/log", day="14-01-2025", drawn="20", seed="week 3")
    assert answer.status_code == 200
    told = sheet(answer).text
    assert "Behandelaar-A1" in told
    assert str(alfa.client) in told
    for hidden in (WISH, "Alfa", BSN["alfa"]):
        assert hidden not in answer.text


async def test_the_officer_sees_what_a_member_or_a_login_saw_in_a_period(
    stage: Stage, alfa: Situation
) -> None:
    await stage.get("clinician", alfa.of_client)
    officer = await visitor(stage, "officer")
    clinician = str(stage.parties["clinician"].membership)
    chosen: dict[str, Any] = {"membershipId": clinician, "since": "14-01-2025"}
    page = await officer.done("/privacy-desk/impact", **chosen)
    assert str(alfa.client) in sheet(page).text
    assert "Behandelaar-A1" in sheet(page).text
    later = await officer.done("/privacy-desk/impact", **{**chosen, "since": "15-01-2025"})
    assert str(alfa.client) not in sheet(later).text
    login = {"kind": "accounts", "id": str(account_of(stage, "clinician"))}
    assert str(alfa.client) in sheet(await officer.done("/privacy-desk/impact", **login)).text


async def test_the_register_and_the_state_of_the_log_are_told_in_words(stage: Stage) -> None:
    officers(stage)
    await stage.client("alfa")
    for party in ("officer", "desk", "ggz_admin"):
        page = await (await visitor(stage, party)).read("/privacy-desk/register")
        assert "GGZ Voorbeeldland" in page.text
        assert "Alfa" not in page.text
    told = (await (await visitor(stage, "officer")).read("/privacy-desk/log")).text
    assert "controlepunt" in told
    assert (await stage.http.get("/v1/access-log/verifier-key")).text.strip() in told
    state = (await stage.seen("officer", "/v1/privacy-desk/access-log/verification"))["state"]
    assert coded("log_state", state) in told


@pytest.mark.usefixtures("alfa")
@pytest.mark.parametrize(
    ("page", "path"),
    [
        ("/privacy-desk", "/v1/privacy-desk/reviews-due"),
        ("/privacy-desk/retention", "/v1/privacy-desk/retention-list"),
        ("/privacy-desk/register", "/v1/privacy-desk/processing-register"),
        ("/emergency-accesses", "/v1/emergency-accesses"),
        (f"/emergency-accesses/{ABSENT}", f"/v1/emergency-accesses/{ABSENT}"),
        ("/data-subject-requests", "/v1/data-subject-requests"),
        (f"/data-subject-requests/{ABSENT}", f"/v1/data-subject-requests/{ABSENT}"),
        (
            f"/privacy-desk/impact/memberships/{ABSENT}",
            f"/v1/privacy-desk/memberships/{ABSENT}/breach-impact",
        ),
    ],
)
async def test_pages_of_privacy_refuse_as_the_api_does(stage: Stage, page: str, path: str) -> None:
    for party in ("coach", "ggz_admin", "desk"):
        api = (await stage.get(party, path)).status_code
        assert (await (await visitor(stage, party)).get(page)).status_code == api, party
