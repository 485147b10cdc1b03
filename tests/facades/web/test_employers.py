"""Employers on pages: finding one, keeping what is known of it, and taking words back."""

from app.access.vocabulary import Role
from tests.build.stage import Stage
from tests.domain.employer.test_directory import BAKERY, known
from tests.facades.web.visiting import sheet, visitor

GREEN = dict.fromkeys(("stimuli", "teamCohesion", "colleagues", "supervisor", "customer"), "green")


async def test_a_coach_adds_an_employer_and_finds_it_by_name(stage: Stage) -> None:
    coach = await visitor(stage, "coach")
    page = await coach.done("/employers/new", name="Bakkerij Proefkorst", kvk="90001354")
    assert "Bakkerij Proefkorst" in sheet(page).text
    assert page.url.path in (await coach.read("/employers?name=bakk")).links
    assert page.url.path not in (await coach.read("/employers?name=slager")).links
    changed = await coach.done(f"{page.url.path}/change", sector="bakkerij", sroi="true")
    assert "bakkerij" in sheet(changed).text
    other = await visitor(stage, "expert")
    assert "Proefkorst" not in (await other.read("/employers")).text


async def test_what_is_known_of_an_employer_stands_on_one_page_and_grows_there(
    stage: Stage,
) -> None:
    coach = await visitor(stage, "coach")
    one = str((await coach.done("/employers/new", **_sent())).url.path)
    await coach.done(f"{one}/sites/new", name="Winkel", town="Proefstad")
    [site] = (await stage.seen("coach", f"/v1{one}/sites"))["items"]
    form = await coach.get(f"{one}/people/new")
    assert "Winkel, Proefstad" in form.text, "a place is chosen by its name"
    await coach.done(f"{one}/people/new", name="Ploegbaas-B1", siteId=site["id"])
    await coach.done(f"{one}/notes/new", text="Belt liever dan mailt.")
    met = {"mode": "face_to_face", "purpose": "acquaintance", "outcome": "keep_in_touch"}
    await coach.done(f"{one}/contacts/new", **met, happenedOn="13-01-2025")
    page = await coach.done(f"{one}/workplace-scans/new", **GREEN, scannedOn="13-01-2025")
    assert page.url.path == one, "one stays with the employer"
    told = sheet(page).text
    for words in ("Ploegbaas-B1", "Vestiging Winkel", "Belt liever", "13 januari 2025"):
        assert words in told


async def test_words_are_taken_back_and_a_contact_person_leaves(stage: Stage) -> None:
    one = (await known(stage))[0].removeprefix("/v1")
    coach = await visitor(stage, "coach")
    page = await coach.read(one)
    withdrawal = next(
        link for link in page.links if "/notes/" in link and link.endswith("withdrawals")
    )
    gone = await coach.done(withdrawal, key="11111111-2222-4333-8444-555555555555")
    assert "Belt liever" not in sheet(gone).text
    assert withdrawal not in sheet(gone).links, "what is done is not offered again"
    leaving = next(link for link in page.links if "/people/" in link and link.endswith("ends"))
    left = await coach.done(leaving, on="14-01-2025")
    assert "Ploegbaas-B1" not in sheet(left).text
    assert leaving not in sheet(left).links


async def test_words_of_care_are_refused_at_the_field_and_stay_on_the_form(stage: Stage) -> None:
    one = (await known(stage))[0].removeprefix("/v1")
    coach = await visitor(stage, "coach")
    answer = await coach.fill(f"{one}/notes/new", text="Nam een cliënt van de ggz aan.")
    assert answer.status_code == 422
    assert "#text" in sheet(answer).links
    assert "Nam een cliënt" in answer.text


async def test_pages_of_employers_refuse_as_the_api_does(stage: Stage) -> None:
    one = (await known(stage))[0].removeprefix("/v1")
    stage.member("lead", Role.SUPERVISOR, "company", "Teamleider-R1")
    lead = await visitor(stage, "lead")
    assert f"{one}/notes/new" not in (await lead.read(one)).links
    assert (await lead.get(f"{one}/notes/new")).status_code == 403
    for party in ("expert", "clinician", "employer", "lead"):
        person = await visitor(stage, party)
        for path in ("/employers", one, f"{one}/notes"):
            api = (await stage.get(party, f"/v1{path}")).status_code
            assert (await person.get(path)).status_code == api, (party, path)


def _sent() -> dict[str, str]:
    return {"name": str(BAKERY["name"]), "kvk": str(BAKERY["kvk"])}
