"""The client's own pages: plain words, everything that is the client's, and nothing of another."""

from collections.abc import Sequence
from uuid import UUID

import httpx

from app.access.vocabulary import Category, Role
from app.domain.treatment.rules import PlanKind
from app.facades.web.pages.own import chapters as of_file
from app.facades.web.pages.work.waiting import page_of
from app.facades.web.site import places_of
from app.platform.http.openapi import document
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage
from tests.domain.consent.asking import linked
from tests.facades.web.visiting import Visitor, sheet, visitor

PAGES = (
    "/my-trajectory",
    "/my-ladder",
    "/my-plans",
    "/my-wellbeing",
    "/my-access",
    "/my-log",
    "/my-file",
    "/my-requests",
    "/my-reports",
)
MOST_BYTES = 200_000
MEASUREMENT = {
    "rung": 2,
    "measuredOn": "2025-01-14",
    "occasion": "start",
    "clientWords": "Ik zie mijn zus elke week.",
}
COLOURS = {
    "green": ("Ik slaap goed.", "Elke dag lopen."),
    "orange": ("Ik sla de lunch over.", "Mijn zus bellen."),
    "red": ("Ik kom niet meer buiten.", "De crisisdienst bellen."),
}


async def a_client(stage: Stage) -> tuple[Situation, Visitor]:
    alfa = await wgb_at_uwv(stage)
    return alfa, await visitor(stage, "alfa")


async def a_representative(
    alfa: Situation, scope: Sequence[str] = ("identity", "existence", "consent", "status")
) -> Visitor:
    mandate = {
        "name": "Gemachtigde-E1",
        "kind": "written_authorisation",
        "scope": list(scope),
        "evidence": "Machtiging getekend op 3 januari",
    }
    stage = alfa.stage
    made = await stage.made("clinician", f"{alfa.of_client}/representatives", mandate)
    await linked(alfa, "clinician", Role.REPRESENTATIVE, made["id"], "helper")
    stage.parties["helper"].membership = UUID(made["id"])
    return await visitor(stage, "helper")


async def test_a_client_finds_all_own_pages_small_enough_for_a_phone_and_without_a_name_in_sight(
    stage: Stage,
) -> None:
    _, client = await a_client(stage)
    for path in PAGES:
        answer = await client.get(path)
        assert answer.status_code == 200, path
        assert len(answer.content) < MOST_BYTES, path
        assert "Alfa" not in answer.text.partition("</title>")[0], path
    own = [place.path for place in places_of() if place.path.startswith("/my-")]
    assert not [path for path in own if "client_id" in path]


async def test_who_has_no_client_of_its_own_finds_nothing_there(stage: Stage) -> None:
    await a_client(stage)
    for party in ("coach", "clinician", "expert"):
        stranger = await visitor(stage, party)
        for path in (*PAGES, "/my-file/download.json", "/my-file/consents"):
            assert (await stranger.get(path)).status_code == 404, (party, path)


async def test_another_clients_trajectory_is_as_unknown_as_one_that_does_not_exist(
    stage: Stage,
) -> None:
    alfa, _ = await a_client(stage)
    await stage.client("bravo")
    other = await visitor(stage, "bravo")
    for path in ("/my-trajectory", "/my-ladder", "/my-wellbeing"):
        hidden = await other.get(f"{path}/{alfa.trajectory}")
        unknown = await other.get(f"{path}/{alfa.client}")
        assert hidden.status_code == unknown.status_code == 404
        assert sheet(hidden).text == sheet(unknown).text


async def test_the_own_trajectory_says_where_it_stands_who_is_there_and_what_a_no_show_does(
    stage: Stage,
) -> None:
    _, client = await a_client(stage)
    told = (await client.read("/my-trajectory")).text
    for words in ("Waar ik ben", "Wat er nu komt", "Coach-A1", "UWV Testdistrict"):
        assert words in told, words
    assert "Een afspraak missen kan iedereen gebeuren" in told
    assert "stuurt vanzelf niets naar UWV of de gemeente" in told


async def test_a_representative_reads_about_the_client_and_only_within_the_mandate(
    stage: Stage,
) -> None:
    alfa, _ = await a_client(stage)
    await stage.made("coach", f"{alfa.of_trajectory}/ladder-measurements", MEASUREMENT)
    helper = await a_representative(alfa)
    told = (await helper.read("/my-trajectory")).text
    assert "Waar de cliënt is" in told
    assert "Waar ik ben" not in told
    ladder = (await helper.read("/my-ladder")).text
    assert "Ik zie mijn zus elke week." not in ladder
    assert "geen meting die u mag zien" in ladder
    log = await stage.get("helper", f"{alfa.of_client}/access-log")
    assert log.status_code == 403
    assert "alleen als de machtiging hierover gaat" in (await helper.read("/my-log")).text
    overview = (await helper.read("/my-access")).text
    assert "uw " not in overview.partition("Zelf kiezen")[0].lower()


async def test_the_ladder_shows_the_own_words_the_softer_name_and_takes_a_no(
    stage: Stage,
) -> None:
    alfa, client = await a_client(stage)
    body = {**MEASUREMENT, "rung": 1}
    made = await stage.made("coach", f"{alfa.of_trajectory}/ladder-measurements", body)
    told = (await client.read("/my-ladder")).text
    for words in ("Geïsoleerd", "vooral thuis", "Ik zie mijn zus elke week.", "Nog niet gevraagd"):
        assert words.lower() in told.lower(), words
    form = f"/my-ladder/{alfa.trajectory}/{made['id']}/agreement"
    await client.done(form, agrees="no", words="Ik kom vaker buiten dan dit.")
    told = (await client.read("/my-ladder")).text
    assert "niet mee eens" in told
    assert "Ik kom vaker buiten dan dit." in told


async def a_signal_plan(
    client: Visitor, path: str = "/my-plans/new/signal_plan", **changed: str
) -> httpx.Response:
    blocks = {
        f"content.phases.{nth}.{name}": text
        for nth, colour in enumerate(COLOURS)
        for name, text in zip(("signals", "actions"), COLOURS[colour], strict=True)
    }
    return await client.fill(path, *{**blocks, **changed}.items())


async def test_a_signal_plan_of_three_colours_is_shown_in_full_and_renewed_out_of_what_stands(
    stage: Stage,
) -> None:
    _, client = await a_client(stage)
    empty = await a_signal_plan(client, **{"content.phases.2.actions": ""})
    assert empty.status_code == 422, "a colour without what to do helps nobody"
    assert "#content.phases.2.actions" in sheet(empty).links
    assert "Mijn zus bellen." in empty.text
    assert (await a_signal_plan(client)).status_code == 303
    page = await client.read("/my-plans")
    for words in ("Groen", "Oranje", "Rood", *(text for each in COLOURS.values() for text in each)):
        assert words in page.text, words
    assert page.text.index("Ik slaap goed.") < page.text.index("Ik sla de lunch over.")
    renewing = next(link for link in page.links if "supersedes=" in link)
    assert "Mijn zus bellen." in (await client.get(renewing)).text, "what stands is filled in"
    changed = {"content.phases.1.actions": "Mijn broer bellen."}
    assert (await a_signal_plan(client, renewing, **changed)).status_code == 303
    told = (await client.read("/my-plans")).text
    assert "Mijn broer bellen." in told.partition("Vorige versies")[0]
    assert "Mijn zus bellen." in told.partition("Vorige versies")[2]


async def test_a_help_card_without_anyone_to_call_is_refused_and_keeps_what_was_typed(
    stage: Stage,
) -> None:
    _, client = await a_client(stage)
    answer = await client.fill("/my-plans/new/help_card", ("content.whatHelps", "Even stil zijn."))
    assert answer.status_code == 422
    assert "Even stil zijn." in answer.text
    typed = {"content.contacts.0.who": "Mijn zus", "content.whatHelps": "Even stil zijn."}
    await client.done("/my-plans/new/help_card", *typed.items())
    told = (await client.read("/my-plans")).text
    assert "Hulpkaart" in told
    assert "Mijn zus" in told


async def test_each_kind_of_plan_has_a_form_that_says_what_is_needed(stage: Stage) -> None:
    _, client = await a_client(stage)
    forms = [link for link in (await client.read("/my-plans/new")).links if "/new/" in link]
    assert len(forms) == len(PlanKind)
    for form in forms:
        assert "Nodig:" in (await client.read(form)).text, form


async def test_marks_that_are_left_out_are_not_told(stage: Stage) -> None:
    alfa, client = await a_client(stage)
    form = f"/my-wellbeing/{alfa.trajectory}/new/positive_health"
    await client.done(form, ("scores.0.score", "7"), ownWords="Rustig.")
    (told,) = (await stage.seen("alfa", f"{alfa.of_trajectory}/wellbeing"))["items"]
    assert [score["score"] for score in told["scores"]] == [7]
    assert "7 van 10" in (await client.read("/my-wellbeing")).text


async def test_how_to_reach_the_client_is_told_on_a_form(stage: Stage) -> None:
    _, client = await a_client(stage)
    await client.done("/my-wellbeing/contact-preferences/new", channels="telephone")
    assert "Telefoon" in (await client.read("/my-wellbeing")).text


async def test_the_log_tells_who_looked_with_proof_and_can_be_narrowed(stage: Stage) -> None:
    alfa, client = await a_client(stage)
    await stage.seen("coach", alfa.of_trajectory)
    stage.on("2025-01-16")
    await stage.seen("expert", alfa.of_trajectory)
    told = (await client.read("/my-log")).text
    assert told.index("16 januari 2025") < told.index("14 januari 2025"), "newest first"
    for words in ("Coach-A1", "Re-integratie Proef BV", "Deskundige-A1"):
        assert words in told
    seal = next(link for link in (await client.read("/my-log")).links if "/my-log/" in link)
    assert "wacht nog op het volgende openbare zegel" in (await client.read(seal)).text
    narrowed = (await client.read("/my-log?periodFrom=14-01-2025&periodUntil=14-01-2025")).text
    assert "Coach-A1" in narrowed
    assert "Deskundige-A1" not in narrowed


async def test_a_period_the_wrong_way_round_is_told_at_its_field(stage: Stage) -> None:
    _, client = await a_client(stage)
    answer = await client.get("/my-log?periodFrom=16-01-2025&periodUntil=14-01-2025")
    assert answer.status_code == 422
    assert "#periodUntil" in sheet(answer).links
    assert "Deze dag ligt voor de eerste dag" in sheet(answer).text
    unread = await client.get("/my-log?periodFrom=eergisteren")
    assert unread.status_code == 422
    assert 'value="eergisteren"' in unread.text


async def test_only_a_chapter_that_is_opened_is_looked_at(stage: Stage) -> None:
    alfa, client = await a_client(stage)
    await stage.made("coach", f"{alfa.of_trajectory}/ladder-measurements", MEASUREMENT)
    page = await client.get("/my-file")
    assert "Ik zie mijn zus elke week." not in page.text
    log = await stage.seen("alfa", f"{alfa.of_client}/access-log?newestFirst=true&pageSize=100")
    looks = [entry for entry in log["items"] if entry["role"] == "client"]
    assert "ladder_notes" not in {c["category"] for look in looks for c in look["shown"]}
    chapter = f"/my-file/{alfa.trajectory}/ladder-measurements"
    assert chapter in sheet(page).links
    assert "Ik zie mijn zus elke week." in (await client.read(chapter)).text
    assert (await client.get("/my-file/no-such-chapter")).status_code == 404


async def test_every_list_of_the_contract_about_the_client_is_a_chapter(stage: Stage) -> None:
    _, client = await a_client(stage)
    links = (await client.read("/my-file")).links
    elsewhere = {"access-overview", "access-log", "job-retention", "previous-trajectories"}
    for path, item in document(stage.app)["paths"].items():
        owner, _, name = path.rpartition("/")
        of_client = owner in {of_file.OF_CLIENT, of_file.OF_TRAJECTORY}
        if not of_client or "{" in name or "get" not in item or name in elsewhere:
            continue
        answer = item["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        if "/Page" in answer["$ref"] and "client" in item["get"]["x-trede-act"]["roles"]:
            assert any(link.endswith(f"/{name}") for link in links), path


async def test_the_file_can_be_taken_along_to_read_and_for_a_machine(stage: Stage) -> None:
    alfa, client = await a_client(stage)
    await stage.made("coach", f"{alfa.of_trajectory}/ladder-measurements", MEASUREMENT)
    page = await client.get("/my-file/download.html")
    assert page.headers["content-disposition"].startswith("attachment; filename=")
    assert "Alfa" not in page.headers["content-disposition"]
    assert "Ik zie mijn zus elke week." in page.text
    told = (await client.get("/my-file/download.json")).json()
    (measured,) = told["parts"][1]["chapters"]["ladder-measurements"]
    assert measured["clientWords"] == "Ik zie mijn zus elke week."
    log = (await client.read("/my-log")).text
    assert "in de eigen gegevens" in log, "what was taken along stands on the log"


async def test_what_is_contested_is_marked_and_stays_readable(stage: Stage) -> None:
    alfa, client = await a_client(stage)
    question = {
        "askedOn": "2025-01-14",
        "workStatus": "no_work",
        "benefitStatus": "wia",
        "wantsWork": "yes",
        "wish": "Iets met hout.",
    }
    await stage.made("clinician", f"{alfa.of_client}/work-questions", question)
    contested = {
        "organisationId": str(stage.organisations["ggz"]),
        "category": Category.WORK_QUESTION.value,
        "ground": "accuracy_contested",
        "explanation": "Ik wil dit eerst bespreken.",
    }
    await stage.made("alfa", f"{alfa.of_client}/restrictions", contested)
    told = (await client.read("/my-file/work-questions")).text
    assert "Stilgezet" in told
    assert "Iets met hout." in told
    assert "Ik wil dit eerst bespreken." in (await client.read("/my-access")).text


async def test_a_request_is_made_to_an_organisation_by_name_and_followed(stage: Stage) -> None:
    _, client = await a_client(stage)
    form = sheet(await client.get("/my-requests/new?kind=erasure"))
    assert "GGZ Voorbeeldland" in form.text
    ggz = str(stage.organisations["ggz"])
    await client.done("/my-requests/new", kind="erasure", organisationId=ggz, wish="Alles weg.")
    told = (await client.read("/my-requests")).text
    for words in ("Wissen: GGZ Voorbeeldland", "Wacht op antwoord", "14 februari 2025"):
        assert words in told, words
    assert ggz not in told


async def test_a_report_is_read_in_full_first_and_let_go_with_the_own_words(stage: Stage) -> None:
    alfa, client = await a_client(stage)
    body = {
        "periodFrom": "2025-01-02",
        "periodUntil": "2025-01-13",
        "activities": "Drie gesprekken.",
        "progress": "Het gaat vooruit.",
    }
    reports = f"{alfa.of_trajectory}/progress-reports"
    made = await stage.made("coach", reports, body)
    (task,) = (await stage.seen("alfa", "/v1/tasks"))["items"]
    own = page_of(task, own=True)
    for page in ("/my-trajectory", "/tasks"):
        assert own in (await client.read(page)).links, page
    assert "Het gaat vooruit." in (await client.read(own)).text
    assert (await stage.get("expert", f"{reports}/{made['id']}")).status_code == 404
    await client.done(own, statement="Klopt zo.")
    assert "Klopt zo." in (await client.read(own)).text
    assert (await stage.seen("expert", f"{reports}/{made['id']}"))["clientStatement"] == "Klopt zo."


async def test_a_kind_that_does_not_exist_has_no_form_to_send_either(stage: Stage) -> None:
    alfa, client = await a_client(stage)
    for path in ("/my-plans/new/none", f"/my-wellbeing/{alfa.trajectory}/new/none"):
        assert (await client.get(path)).status_code == 404
        assert (await client.post(path, {"more": "x"})).status_code == 404
        assert (await client.post(path, {"content.kind": "none"})).status_code == 404


async def test_what_the_client_wants_to_speak_of_first_is_marked_and_can_still_be_read(
    stage: Stage,
) -> None:
    alfa, client = await a_client(stage)
    await client.done("/my-file/first", categories="contact_log")
    marked = await client.read("/my-file")
    assert "eerst bespreken" in marked.text
    chapter = await client.read(f"/my-file/{alfa.trajectory}/contacts")
    assert "eerst bespreken" in chapter.text
    other = await client.read(f"/my-file/{alfa.trajectory}/placements")
    assert "eerst bespreken" not in other.text
