"""UWV, the municipality and the workplace on pages: what task or consent lets them know."""

from uuid import uuid4

from app.access.vocabulary import Category, Role
from tests.build.situations import wgb_at_uwv
from tests.build.stage import BSN, Stage
from tests.domain.trajectory.courses import started
from tests.facades.web.visiting import Sheet, Visitor, sheet, visitor

STATUS = "/trajectory-statuses"


async def asked(person: Visitor, bsn: str, **more: str) -> Sheet:
    answer = await person.fill(STATUS, bsn=bsn, **more)
    assert answer.status_code == 200, sheet(answer).text
    assert bsn not in answer.text + str(answer.headers), "the number is not repeated"
    return sheet(answer)


async def test_the_expert_is_told_whose_trajectory_it_is_where_it_stands_and_why(
    stage: Stage,
) -> None:
    situation = await wgb_at_uwv(stage)
    stage.on("2025-03-03")
    body = {"measuredOn": "2025-03-03", "rung": 3, "occasion": "six_monthly"}
    await stage.made("coach", f"{situation.of_trajectory}/ladder-measurements", body)
    told = await asked(await visitor(stage, "expert"), BSN["alfa"], birthDate="17-05-1990")
    assert "Testclient Alfa" in told.text
    assert "Deelname aan georganiseerde activiteiten" in told.text, "a rung is told by its name"
    assert "Coach-A1" in told.text
    assert "Dat is een taak volgens de wet." in told.text
    assert f"/trajectories/{situation.trajectory}" in told.links


async def test_not_allowed_and_unknown_are_answered_in_the_same_words(stage: Stage) -> None:
    await wgb_at_uwv(stage)
    expert = await visitor(stage, "expert")
    stranger = await visitor(stage, "other_expert")
    answers = [
        await asked(stranger, BSN["alfa"]),
        await asked(stranger, BSN["bravo"]),
        await asked(expert, BSN["bravo"]),
        await asked(expert, BSN["alfa"], birthDate="01-01-1980"),
    ]
    told = [each.text.partition("Antwoord")[2] for each in answers]
    assert len(set(told)) == 1
    assert "Wij zeggen niet welke het is." in told[0]
    causes = (await stage.made("expert", f"/v1{STATUS}/_search", {"bsn": BSN["bravo"]}))[
        "possibleCauses"
    ]
    assert len(causes) == 3


async def test_a_wrong_number_or_day_is_told_at_its_own_field(stage: Stage) -> None:
    expert = await visitor(stage, "expert")
    answer = await expert.fill(STATUS, bsn="123456789", birthDate="17-05-1990")
    assert answer.status_code == 422
    assert "#bsn" in sheet(answer).links
    answer = await expert.fill(STATUS, bsn=BSN["alfa"], birthDate="41-05-1990")
    links = sheet(answer).links
    assert "#birthDate" in links
    assert "#bsn" not in links


async def test_a_number_that_was_typed_is_kept_nowhere(stage: Stage) -> None:
    expert = await visitor(stage, "expert")
    expert.csrf, right = "of-another-time", expert.csrf
    await expert.post(STATUS, {"bsn": BSN["alfa"], "birthDate": "17-05-1990"})
    expert.csrf = right
    page = await expert.get(STATUS)
    assert BSN["alfa"] not in page.text
    assert 'autocomplete="off"' in page.text
    assert "bsn" not in str((await expert.get("/drafts")).text).lower()


async def test_only_who_may_ask_finds_the_search(stage: Stage) -> None:
    await wgb_at_uwv(stage)
    for party in ("clinician", "coach", "employer", "ggz_admin", "alfa"):
        person = await visitor(stage, party)
        told = await stage.post(party, f"/v1{STATUS}/_search", {"bsn": BSN["alfa"]})
        assert (await person.get(STATUS)).status_code == told.status_code == 403, party
        assert (await person.post(STATUS, {"bsn": BSN["alfa"]})).status_code == 403, party


async def test_a_funder_reads_the_plan_and_whether_the_client_agreed(stage: Stage) -> None:
    situation = await wgb_at_uwv(stage)
    plan = {
        "madeOn": "2025-01-14",
        "goals": [
            {
                "goal": "Twee ochtenden in de werkplaats.",
                "owner": "client",
                "steps": [{"what": "Kennismaken met de baas.", "owner": "coach"}],
            }
        ],
    }
    path = f"{situation.of_trajectory}/action-plans"
    made = await stage.made("coach", path, plan)
    expert = await visitor(stage, "expert")
    page = f"/trajectories/{situation.trajectory}/funding"
    told = (await expert.read(page)).text
    assert "Twee ochtenden in de werkplaats." in told
    assert "Kennismaken met de baas." in told
    assert "ging nog niet akkoord" in told
    await stage.made("alfa", f"{path}/{made['id']}/statements", {"words": "Liever de middag."})
    await stage.act("alfa", f"{path}/{made['id']}", "agreements")
    told = (await expert.read(page)).text
    assert "Liever de middag." in told
    assert "ging op 14 januari 2025 akkoord" in told
    listed = await expert.read("/responsibilities")
    assert page in listed.links
    assert "Testclient Alfa" in listed.text


async def test_a_body_decides_on_an_application_and_nothing_follows_on_a_no(stage: Stage) -> None:
    stage.member("ips", Role.IPS_COACH, "ggz", "IPS-coach-A1")
    course = await started(stage, kind="ips")
    member = {"membershipId": str(stage.parties["ips"].membership)}
    await stage.made("clinician", f"{course.of_trajectory}/participants", member)
    await course.accepted()
    expert, page = await visitor(stage, "expert"), f"/trajectories/{course.trajectory}/funding"
    path = f"{course.of_trajectory}/applications"
    asked = {"scheme": "uwv_24_months", "appliedOn": "2025-01-14", "signedOn": "2025-01-14"}
    await stage.made("clinician", path, asked)
    told = await expert.read(page)
    assert "nog geen besluit" in told.text
    deciding = next(link for link in told.links if link.endswith("/decisions"))
    no = {"datedOn": "14-01-2025", "outcome": "refused", "reason": "budget_spent"}
    await expert.done(deciding, **no)
    told = await expert.read(page)
    assert "Afgewezen" in told.text
    assert deciding not in told.links
    assert not any(link.endswith("/cost-requests") for link in told.links)


async def test_what_funders_see_is_refused_to_others_as_by_the_api(stage: Stage) -> None:
    situation = await wgb_at_uwv(stage)
    for party in ("expert", "coach", "clinician", "other_expert", "employer", "ggz_admin"):
        person = await visitor(stage, party)
        for path in ("/responsibilities", f"/trajectories/{situation.trajectory}/funding"):
            api = path.removesuffix("/funding") if "funding" in path else "/trajectories"
            told = (await stage.get(party, f"/v1{api}")).status_code
            assert (await person.get(path)).status_code == told, (party, path)


async def test_a_workplace_reads_its_own_agreement_and_nothing_of_care(stage: Stage) -> None:
    situation = await wgb_at_uwv(stage)
    body = {
        "kind": "work_experience",
        "title": "Medewerker hout",
        "workplaceOrganisationId": str(stage.organisations["workplace"]),
        "startsOn": "2025-01-14",
        "hoursPerWeek": 12,
        "schedule": "Maandag en dinsdag",
        "jobCoach": "none",
    }
    made = await stage.made("coach", f"{situation.of_trajectory}/placements", body)
    await situation.consent("employer", Category.EXISTENCE, Category.PLACEMENT)
    employer = await visitor(stage, "employer")
    listed = await employer.read("/workplaces")
    page = f"/workplaces/{made['id']}"
    assert page in listed.links
    told = await employer.read(page)
    assert "Maandag en dinsdag" in told.text
    assert not any("/trajectories/" in link or "/clients/" in link for link in told.links)
    assert "GGZ" not in told.text
    for party in ("employer", "coach", "other_expert"):
        person = await visitor(stage, party)
        for path in (f"/placements/{made['id']}", f"/placements/{made['id']}/agreement"):
            shown = path if path.endswith("agreement") else page
            status = (await stage.get(party, f"/v1{path}")).status_code
            assert (await person.get(shown)).status_code == status, (party, path)
    assert (await employer.get(f"/workplaces/{uuid4()}")).status_code == 404


async def test_before_acceptance_a_body_is_told_nothing_by_number(stage: Stage) -> None:
    course = await started(stage)
    await course.refer()
    told = await asked(await visitor(stage, "expert"), BSN["alfa"])
    assert "Wij kunnen u niets laten zien" in told.text
