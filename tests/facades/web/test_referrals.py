"""Referrals on pages: from a trajectory to its acceptance, and what stands in the way."""

from urllib.parse import urlsplit
from uuid import uuid4

from app.access.vocabulary import Category
from tests.build.stage import BSN, Stage
from tests.domain.consent.asking import consent
from tests.domain.trajectory.courses import TOLD, Course, started
from tests.facades.web.visiting import sheet, visitor

GOAL = "Weer iets met hout doen."


async def agreed(course: Course, to: str, *categories: Category) -> str:
    """The client lets the clinician's organisation tell this party; the id of the consent."""
    body = consent(course, "ggz", to, *(category.value for category in categories))
    given = await course.stage.made("alfa", f"{course.of_client}/consents", body)
    return str(given["id"])


async def test_a_referral_goes_from_a_trajectory_to_acceptance_through_pages(stage: Stage) -> None:
    course = await started(stage)
    given = await agreed(course, "expert", *TOLD)
    clinician, expert = await visitor(stage, "clinician"), await visitor(stage, "expert")
    whom = await clinician.read("/referrals/new")
    form = next(link for link in whom.links if link.endswith("/referrals/new"))
    assert str(course.trajectory) in form
    asked = await clinician.read(form)
    assert "UWV Testdistrict, arbeidsdeskundige" in asked.text
    assert "Toestemming van 14 januari 2025" in asked.text, "the consent is told in words"
    sent = await clinician.done(
        form,
        consentId=given,
        goal=GOAL,
        clientAgreedOn="14-01-2025",
        uwvBenefitConfirmed="true",
    )
    assert "Wacht op antwoord" in sheet(sent).text
    inbox = await expert.read("/referrals?state=open")
    assert "GGZ Voorbeeldland" in inbox.text
    one = next(link for link in inbox.links if link.startswith("/referrals/"))
    page = await expert.read(one)
    assert GOAL in page.text
    accepting = next(link for link in page.links if link.endswith("/acceptances"))
    choices = await expert.read(accepting)
    assert "Arts-A1, verzekeringsarts" in choices.text
    assert "Deskundige-A2, arbeidsdeskundige" in choices.text
    assert "Deskundige-A1, arbeidsdeskundige" not in choices.text, "one does not choose oneself"
    colleague = str(stage.parties["physician"].membership)
    trajectory = await expert.done(accepting, participants=colleague)
    assert "Uw organisatie is nu verantwoordelijk" in sheet(trajectory).text
    people = await stage.seen("expert", f"{course.of_trajectory}/participants")
    assert "insurance_physician" in {each["role"] for each in people["items"]}


async def test_without_a_consent_the_page_asks_for_one_and_for_nothing_else(stage: Stage) -> None:
    course = await started(stage)
    await agreed(course, "physician", Category.EXISTENCE)
    clinician = await visitor(stage, "clinician")
    path = f"/trajectories/{course.trajectory}/referrals/new"
    page = await clinician.read(path)
    assert f"/clients/{course.client}/consents/new" in page.links
    assert not any("goal" in form["asks"] for form in page.forms)
    answer = await clinician.post(path, {"goal": GOAL, "consentId": str(course.client)})
    assert answer.status_code == 422


async def test_what_the_operation_refuses_stands_at_the_field_and_what_was_typed_stays(
    stage: Stage,
) -> None:
    course = await started(stage)
    given = await agreed(course, "expert", *TOLD)
    clinician = await visitor(stage, "clinician")
    path = f"/trajectories/{course.trajectory}/referrals/new"
    typed = {"consentId": given, "goal": GOAL, "clientAgreedOn": "14-01-2025"}
    unconfirmed = sheet(await clinician.fill(path, **typed))
    assert "#uwvBenefitConfirmed" in unconfirmed.links
    assert GOAL in unconfirmed.text
    medical = {**typed, "goal": "Werk dat past bij schizofrenie.", "uwvBenefitConfirmed": "true"}
    assert "#goal" in sheet(await clinician.fill(path, **medical)).links
    assert (await stage.seen("clinician", "/v1/referrals"))["items"] == []


async def test_a_body_refuses_with_a_reason_and_then_knows_nothing_of_it(stage: Stage) -> None:
    course = await started(stage)
    one = f"/referrals/{(await course.refer())['id']}"
    expert = await visitor(stage, "expert")
    page = await expert.done(f"{one}/refusals", reason="other_region")
    assert one not in sheet(page).links
    assert (await expert.get(one)).status_code == 404
    told = await (await visitor(stage, "clinician")).read(one)
    assert "Andere regio" in told.text


async def test_who_sent_it_takes_it_back_and_the_newest_stands_first(stage: Stage) -> None:
    course = await started(stage)
    first = f"/referrals/{(await course.refer())['id']}"
    clinician = await visitor(stage, "clinician")
    page = sheet(await clinician.done(f"{first}/withdrawals", key=str(uuid4())))
    assert "Ingetrokken" in page.text
    assert f"{first}/withdrawals" not in page.links, "what is over offers nothing more"
    stage.on("2025-01-15")
    second = f"/referrals/{(await course.refer())['id']}"
    links = (await clinician.read("/referrals")).links
    assert links.index(second) < links.index(first)


async def test_the_client_takes_a_referral_back_on_a_page(stage: Stage) -> None:
    course = await started(stage)
    one = f"/referrals/{(await course.refer())['id']}"
    alfa = await visitor(stage, "alfa")
    assert f"{one}/withdrawals" in (await alfa.read(one)).links
    await alfa.done(f"{one}/withdrawals", key=str(uuid4()))
    expert = await visitor(stage, "expert")
    assert (await expert.get(one)).status_code == 404


async def test_a_bsn_is_compared_without_a_trace_of_it(stage: Stage) -> None:
    course = await started(stage)
    one = f"/referrals/{(await course.refer())['id']}"
    expert = await visitor(stage, "expert")
    path = f"{one}/bsn-checks"
    answers = [await expert.fill(path, bsn=BSN[name]) for name in ("alfa", "bravo")]
    assert "Ja." in sheet(answers[0]).text
    assert "Nee." in sheet(answers[1]).text
    wrong = await expert.fill(path, bsn="123456789")
    assert wrong.status_code == 422
    assert "#bsn" in sheet(wrong).links
    for answer in answers:
        assert BSN["alfa"] not in answer.text + str(answer.headers) + str(answer.url)
    with stage.straight() as db:
        assert db.execute("SELECT count(*) FROM draft").fetchone() == (0,)


async def test_a_referral_is_refused_on_pages_as_it_is_by_the_api(stage: Stage) -> None:
    course = await started(stage)
    one = f"/referrals/{(await course.refer())['id']}"
    new = f"/trajectories/{course.trajectory}/referrals/new"
    for party in ("clinician", "other_expert", "case_manager", "coach", "ggz_admin"):
        person = await visitor(stage, party)
        for path in ("/referrals", one):
            told = (await stage.get(party, f"/v1{path}")).status_code
            assert (await person.get(path)).status_code == told, (party, path)
    stranger = await visitor(stage, "other_clinician")
    assert (await stranger.get(new)).status_code == 404
    assert (await stranger.post(new, {"goal": GOAL})).status_code == 404
    expert = await visitor(stage, "expert")
    assert (await expert.get(new)).status_code == 403, "this role refers nobody"


async def test_a_link_from_a_trajectory_opens_the_form_of_that_trajectory(stage: Stage) -> None:
    course = await started(stage)
    clinician = await visitor(stage, "clinician")
    answer = await clinician.get(f"/referrals/new?trajectory={course.trajectory}")
    assert urlsplit(answer.headers["location"]).path == (
        f"/trajectories/{course.trajectory}/referrals/new"
    )
