"""Drafts of work capacity and work advice, and their release."""

from typing import Any
from uuid import uuid4

from app.access.vocabulary import Category
from tests.build.situations import wgb_at_uwv
from tests.build.stage import Stage

REQUEST = "11111111-2222-4333-8444-555555555555"
CONDITIONS: dict[str, Any] = {
    "talkOn": "2025-02-18",
    "hoursPerDay": 4,
    "nights": "not_suitable",
    "workplace": "Een rustige plek.",
    "instructions": "Duidelijke opdrachten.",
}
ADVICE = {"madeOn": "2025-03-25", "advice": ["Een taak tegelijk."]}


async def test_a_draft_of_conditions_is_for_the_physician_and_the_client(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    await alfa.consent("coach", Category.WORK_CAPACITY)
    await alfa.consent("clinician", Category.WORK_CAPACITY)
    stage.on("2025-02-18")
    path = f"{alfa.of_trajectory}/work-capacity"
    before = await stage.get("expert", path, x_request_id=REQUEST)
    draft = await stage.made("physician", path, CONDITIONS)
    assert draft["releasedAt"] is None
    for party in ("physician", "alfa"):
        assert (await stage.seen(party, f"{path}/{draft['id']}"))["hoursPerDay"] == 4
    for party in ("expert", "coach", "clinician", "psychologist", "employer", "other_expert"):
        hidden = await stage.get(party, f"{path}/{draft['id']}", x_request_id=REQUEST)
        absent = await stage.get(party, f"{path}/{uuid4()}", x_request_id=REQUEST)
        assert hidden.status_code == 404, party
        assert hidden.content == absent.content
    after = await stage.get("expert", path, x_request_id=REQUEST)
    assert after.content == before.content
    assert after.json() == {"items": [], "withheld": []}


async def test_after_release_the_expert_reads_by_task_and_the_coach_by_consent(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    stage.on("2025-02-20")
    path = f"{alfa.of_trajectory}/work-capacity"
    draft = await stage.made("physician", path, CONDITIONS)
    released = await stage.act("physician", f"{path}/{draft['id']}", "releases")
    assert released["releasedAt"] is not None
    assert (await stage.seen("expert", f"{path}/{draft['id']}"))["nights"] == "not_suitable"
    assert (await stage.get("coach", f"{path}/{draft['id']}")).status_code == 404
    await alfa.consent("coach", Category.WORK_CAPACITY)
    assert (await stage.seen("coach", f"{path}/{draft['id']}"))["hoursPerDay"] == 4
    at_once = await stage.made("physician", path, {**CONDITIONS, "release": True})
    assert (await stage.get("expert", f"{path}/{at_once['id']}")).status_code == 200


async def test_conditions_are_released_once_by_the_physician_with_if_match(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    stage.on("2025-02-20")
    path = f"{alfa.of_trajectory}/work-capacity"
    one = f"{path}/{(await stage.made('physician', path, CONDITIONS))['id']}"
    tag = (await stage.get("alfa", one)).headers["etag"]
    assert (await stage.post("alfa", f"{one}/releases", if_match=tag)).status_code == 403
    assert (await stage.post("expert", f"{one}/releases", if_match='"x"')).status_code == 404
    assert (await stage.post("physician", f"{one}/releases")).status_code == 428
    assert (await stage.post("physician", f"{one}/releases", if_match='"x"')).status_code == 412
    await stage.act("physician", one, "releases")
    tag = (await stage.get("physician", one)).headers["etag"]
    assert (await stage.post("physician", f"{one}/releases", if_match=tag)).status_code == 409


async def test_only_the_physician_records_conditions(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    stage.on("2025-02-20")
    path = f"{alfa.of_trajectory}/work-capacity"
    for party in ("expert", "alfa", "clinician"):
        assert (await stage.post(party, path, CONDITIONS)).status_code == 403, party
    hidden = await stage.post("other_expert", path, CONDITIONS, x_request_id=REQUEST)
    absent = await stage.post(
        "other_expert",
        f"/v1/trajectories/{uuid4()}/work-capacity",
        CONDITIONS,
        x_request_id=REQUEST,
    )
    assert hidden.status_code == 404
    assert hidden.content == absent.content


async def test_advice_reaches_coach_and_expert_only_after_the_client_released_it(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    await alfa.consent("coach", Category.WORK_ADVICE)
    await alfa.consent("expert", Category.WORK_ADVICE)
    stage.on("2025-03-25")
    path = f"{alfa.of_trajectory}/work-advice"
    one = f"{path}/{(await stage.made('psychologist', path, ADVICE))['id']}"
    for party in ("psychologist", "clinician", "alfa"):
        assert (await stage.get(party, one)).status_code == 200, party
    for party in ("coach", "expert"):
        assert (await stage.get(party, one)).status_code == 404, party
        assert (await stage.seen(party, path))["items"] == []
    tag = (await stage.get("psychologist", one)).headers["etag"]
    assert (await stage.post("psychologist", f"{one}/releases", if_match=tag)).status_code == 403
    stage.on("2025-03-27")
    released = await stage.act("alfa", one, "releases")
    assert released["releasedBy"] == "client"
    for party in ("coach", "expert"):
        assert (await stage.seen(party, one))["advice"] == ["Een taak tegelijk."]
    assert (await stage.get("physician", one)).status_code == 404


async def test_a_later_draft_shows_nowhere_in_what_was_released(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    stage.on("2025-02-20")
    path = f"{alfa.of_trajectory}/work-capacity"
    first = await stage.made("physician", path, {**CONDITIONS, "release": True})
    one = f"{path}/{first['id']}"
    before = await stage.get("expert", one, x_request_id=REQUEST)
    draft = await stage.made(
        "physician", path, {**CONDITIONS, "hoursPerDay": 6, "supersedes": first["id"]}
    )
    after = await stage.get("expert", one, x_request_id=REQUEST)
    assert after.content == before.content
    assert after.headers["etag"] == before.headers["etag"]
    assert (await stage.seen("physician", one))["supersededBy"] == draft["id"]


async def test_notes_and_anamnesis_stay_where_they_were_made(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    await alfa.consent("expert", *Category)
    await alfa.consent("coach", *Category)
    stage.on("2025-03-25")
    notes = f"{alfa.of_trajectory}/insurance-physician-notes"
    note = await stage.made("physician", notes, {"talkOn": "2025-02-18", "notes": "Verslag."})
    anamneses = f"{alfa.of_trajectory}/psychological-anamneses"
    body = {"talkOn": "2025-03-25", "coping": "Rust.", "interpersonalRelations": "Vaste collega."}
    anamnesis = await stage.made("psychologist", anamneses, body)
    seen_by = {
        f"{notes}/{note['id']}": {"physician", "alfa"},
        f"{anamneses}/{anamnesis['id']}": {"psychologist", "clinician", "alfa"},
    }
    for path, readers in seen_by.items():
        for party in ("physician", "alfa", "psychologist", "clinician", "expert", "coach"):
            expected = 200 if party in readers else 404
            assert (await stage.get(party, path)).status_code == expected, (party, path)
