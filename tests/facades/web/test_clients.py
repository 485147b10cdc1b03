"""Clients on pages: finding and registering one, a client's page, and the records under it."""

from app.facades.web.pages.clients.records import KINDS
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import BSN, Stage
from tests.domain.trajectory.courses import started
from tests.facades.web.visiting import Visitor, sheet, visitor

NEW = {"givenName": "Bea", "familyName": "Bravo", "birthDate": "02-03-1991"}


async def a_clinician(stage: Stage) -> tuple[Visitor, Situation]:
    course = await started(stage)
    return await visitor(stage, "clinician"), course


async def test_a_client_is_found_by_a_part_of_the_name_or_by_bsn(stage: Stage) -> None:
    clinician, course = await a_clinician(stage)
    page = f"/clients/{course.client}"
    assert page in (await clinician.read("/clients")).links
    for typed in ({"name": "alf"}, {"bsn": BSN["alfa"]}):
        answer = await clinician.fill("/clients", **typed)
        assert page in sheet(answer).links
        assert "alf" not in str(answer.url), "what is looked for stands in no address"
    for typed in ({"name": "bravo"}, {"bsn": BSN["bravo"]}):
        answer = await clinician.fill("/clients", **typed)
        assert page not in sheet(answer).links
        assert "geen cliënt die u mag zien" in sheet(answer).text
    wrong = await clinician.fill("/clients", bsn="123456789")
    assert (wrong.status_code, "#bsn" in sheet(wrong).links) == (422, True)


async def test_a_client_is_registered_and_a_second_one_of_one_number_is_marked(
    stage: Stage,
) -> None:
    clinician = await visitor(stage, "clinician")
    first = await clinician.done("/clients/new", bsn=BSN["bravo"], **NEW)
    assert "Bea Bravo" in sheet(first).text
    assert "Misschien dubbel" not in sheet(first).text
    second = await clinician.done("/clients/new", bsn=BSN["bravo"], **NEW)
    assert "Misschien dubbel" in sheet(second).text
    for answer in (first, second):
        assert BSN["bravo"] not in answer.text + str(answer.url)


async def test_the_end_of_a_number_is_told_in_words_on_the_page_of_a_client(stage: Stage) -> None:
    path = f"/clients/{await stage.client('alfa')}"
    told = (await (await visitor(stage, "clinician")).read(path)).text
    assert "BSN eindigt op 019" in told
    assert BSN["alfa"] not in told


async def test_a_number_is_never_kept_of_a_form_that_was_not_sent(stage: Stage) -> None:
    clinician = await visitor(stage, "clinician")
    clinician.csrf, right = "of-another-time", clinician.csrf
    lost = await clinician.post("/clients/new", {"bsn": BSN["bravo"], **NEW})
    clinician.csrf = right
    assert lost.status_code == 403
    again = await clinician.read("/clients/new")
    kept = again.form("bsn", "familyName")
    assert kept["familyName"] == "Bravo"
    assert "bsn" not in kept


async def test_what_is_wrong_with_a_new_client_is_told_at_its_field(stage: Stage) -> None:
    clinician = await visitor(stage, "clinician")
    young = {**NEW, "birthDate": "02-03-2015"}
    answer = await clinician.fill("/clients/new", bsn="123456789", **young)
    assert answer.status_code == 422
    assert {"#bsn", "#birthDate"} <= set(sheet(answer).links)


async def test_a_client_s_page_tells_who_treats_what_runs_and_the_plan_in_full(
    stage: Stage,
) -> None:
    clinician, course = await a_clinician(stage)
    plan = {
        "madeOn": "2025-01-14",
        "content": {
            "kind": "signal_plan",
            "phases": [
                {"colour": colour, "signals": [f"Teken {colour}"], "actions": [f"Stap {colour}"]}
                for colour in ("green", "orange", "red")
            ],
        },
    }
    made = await stage.post("clinician", f"{course.of_client}/early-warning-plans", plan)
    assert made.status_code == 201, made.text
    told = await clinician.read(f"/clients/{course.client}")
    assert "Testclient Alfa" in told.text
    assert "Behandelaar-A1" in told.text
    assert "Teken orange" in told.text
    assert f"/trajectories/{course.trajectory}" in told.links
    assert f"/emergency-accesses/new?client={course.client}" in told.links
    title = told.text.partition(" - Trede")[0]
    assert "Alfa" not in title


async def test_a_trajectory_is_started_from_the_page_of_the_client(stage: Stage) -> None:
    clinician = await visitor(stage, "clinician")
    client = await stage.client("alfa")
    page = f"/clients/{client}"
    form = next(x for x in (await clinician.read(page)).links if x.endswith("/trajectories/new"))
    asked = {"askedOn": "14-01-2025", "workStatus": "no_work", "benefitStatus": "wia"}
    await clinician.done(f"{page}/work-questions/new", **asked, wantsWork="yes")
    await clinician.done(form, kind="wgb", durationMonths="12")
    found = (await stage.seen("clinician", f"/v1/trajectories?clientId={client}"))["items"]
    assert len(found) == 1
    assert f"/trajectories/{found[0]['id']}" in (await clinician.read(page)).links


async def test_a_municipality_registers_a_client_and_starts_in_one(stage: Stage) -> None:
    manager = await visitor(stage, "case_manager")
    assert "/trajectories/new" in (await manager.read("/clients")).links
    new = [(f"newClient.{name}", value) for name, value in {**NEW, "bsn": BSN["bravo"]}.items()]
    page = sheet(await manager.done("/trajectories/new", *new, kind="green_activation"))
    assert "Bea Bravo" in page.text
    assert "Bea Bravo" in (await manager.read("/clients")).text
    clinician = await visitor(stage, "clinician")
    assert (await clinician.get("/trajectories/new")).status_code == 403


async def test_each_kind_under_a_client_has_a_list_as_the_api_gives_it(stage: Stage) -> None:
    clinician, course = await a_clinician(stage)
    stranger = await visitor(stage, "other_clinician")
    for kind in KINDS:
        path = kind.collection.format(client_id=course.client)
        told = (await stage.get("clinician", f"/v1{path}")).status_code
        assert (await clinician.get(path)).status_code == told, path
        assert (await stranger.get(path)).status_code == 404, path
        if kind.addable:
            assert (await stranger.get(f"{path}/new")).status_code == 404, path


async def test_a_colleague_joins_and_leaves_the_team_by_name(stage: Stage) -> None:
    clinician, course = await a_clinician(stage)
    team = f"/clients/{course.client}/treatment-team"
    form = await clinician.read(f"{team}/new")
    assert "Behandelaar-A2, behandelaar" in form.text
    assert "Behandelaar-E1" not in form.text, "only of one's own organisation"
    member = str(stage.parties["colleague"].membership)
    page = sheet(await clinician.done(f"{team}/new", membershipId=member))
    assert "Behandelaar-A2" in page.text
    assert any(link.endswith("/ends") for link in page.links)


async def test_a_record_of_the_wrong_client_is_chosen_and_taken_away(stage: Stage) -> None:
    clinician, course = await a_clinician(stage)
    base = f"/clients/{course.client}"
    asked = {"askedOn": "14-01-2025", "workStatus": "no_work", "benefitStatus": "wia"}
    wish = "Dit hoort bij iemand anders."
    page = await clinician.done(f"{base}/work-questions/new", **asked, wantsWork="yes", wish=wish)
    assert wish in sheet(page).text
    kinds = await clinician.read(f"{base}/misplaced-records/new")
    way = next(link for link in kinds.links if link.endswith("/work-questions"))
    found = (await stage.seen("clinician", f"{course.of_client}/work-questions"))["items"]
    record = next(each["id"] for each in found if each["wish"] == wish)
    await clinician.done(way, recordId=record)
    assert wish not in (await clinician.read(f"{base}/work-questions")).text


async def test_the_page_of_a_client_is_refused_as_by_the_api(stage: Stage) -> None:
    situation = await wgb_at_uwv(stage)
    page = f"/clients/{situation.client}"
    for party in ("clinician", "expert", "coach", "employer", "ggz_admin"):
        person = await visitor(stage, party)
        for path in (page, "/clients"):
            told = (await stage.get(party, f"/v1{path}")).status_code
            assert (await person.get(path)).status_code == told, (party, path)
        registers = party == "clinician"
        assert (await person.get("/clients/new")).status_code == (200 if registers else 403)


async def test_a_name_or_number_is_mended_on_the_page_and_an_emptied_one_is_gone(
    stage: Stage,
) -> None:
    clinician, course = await a_clinician(stage)
    path = f"/clients/{course.client}"
    assert f"{path}/change" in (await clinician.read(path)).links
    shown = await clinician.done(
        f"{path}/change", familyName="Alfa-Proef", birthDate="18-05-1990", telephone="0612345678"
    )
    assert "Alfa-Proef" in sheet(shown).text
    assert "0612345678" in sheet(shown).text
    emptied = await clinician.done(f"{path}/change", telephone="")
    assert "0612345678" not in sheet(emptied).text
    earlier = await clinician.read(f"{path}/particulars")
    assert "0612345678" in earlier.text
    client = await visitor(stage, "alfa")
    form = await client.read("/my-wellbeing/reach/change")
    assert not any({"familyName", "birthDate"} & asked["asks"] for asked in form.forms)
    await client.done("/my-wellbeing/reach/change", email="alfa@voorbeeld.example")
    assert "alfa@voorbeeld.example" in (await clinician.read(path)).text


async def test_only_who_registered_a_client_is_offered_to_mend_the_name(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    await alfa.treat("other_clinician")
    path = f"/clients/{alfa.client}"
    for party in ("psychologist", "coach", "other_clinician"):
        links = (await (await visitor(stage, party)).read(path)).links
        assert f"{path}/change" not in links, party
