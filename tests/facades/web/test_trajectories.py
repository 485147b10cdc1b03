"""A coach's day on pages: the caseload, a trajectory, recording and putting right."""

from unittest.mock import patch

import httpx

from app.facades import contract
from app.facades.web.pages.trajectories.kinds import KINDS
from tests.build.situations import wgb_at_uwv
from tests.build.stage import Stage
from tests.domain.reporting.test_reminders import active, started
from tests.facades.web.visiting import Visitor, sheet, visitor

MET = {
    "happenedOn": "17-11-2026",
    "mode": "face_to_face",
    "place": "workplace",
    "kind": "client_contact",
}


async def a_coach(stage: Stage) -> tuple[Visitor, str]:
    situation = await wgb_at_uwv(stage)
    stage.on("2026-11-18")
    return await visitor(stage, "coach"), f"/trajectories/{situation.trajectory}"


async def test_a_coach_finds_the_trajectory_on_the_caseload_and_opens_it(stage: Stage) -> None:
    coach, trajectory = await a_coach(stage)
    assert trajectory in (await coach.read("/caseload")).links
    page = await coach.read(trajectory)
    assert "Testclient Alfa" in page.text


async def test_a_caseload_says_what_waits_and_tells_hidden_from_not_there(stage: Stage) -> None:
    alfa = await active(stage)
    await started(alfa)
    page = await (await visitor(stage, "coach")).read("/caseload")
    assert "1 herinnering" in page.text
    assert "Nog niet gemeten" in page.text
    hidden = await (await visitor(stage, "physician")).read("/caseload")
    assert "Nog niet gemeten" not in hidden.text
    assert "Trede" not in hidden.text.partition("Wat wacht")[2].partition("Doen")[0]


async def test_a_contact_is_recorded_on_a_form_and_stands_on_the_list(stage: Stage) -> None:
    coach, trajectory = await a_coach(stage)
    form = await coach.read(f"{trajectory}/contacts/new")
    assert "Testclient Alfa" in form.text, "a form says whom it is about"
    assert form.form("happenedOn")["happenedOn"] == "18-11-2026", "today is filled in"
    page = await coach.done(f"{trajectory}/contacts/new", **MET, minutes="45", note="Gesproken.")
    told = sheet(page).text
    assert "Gesproken." in told
    assert "17 november 2026" in told
    assert "Het contact is vastgelegd" in told, "what was done is told once"
    assert "Het contact is vastgelegd" not in (await coach.read(f"{trajectory}/contacts")).text


async def test_a_form_is_one_look_at_the_trajectory_that_it_is_about(stage: Stage) -> None:
    situation = await wgb_at_uwv(stage)
    coach = await visitor(stage, "coach")
    log = f"{situation.of_client}/access-log?pageSize=100"
    before = len((await stage.seen("alfa", log))["items"])
    form = await coach.read(f"{situation.of_trajectory.removeprefix('/v1')}/contacts/new")
    assert "Testclient Alfa" in form.text
    found = (await stage.seen("alfa", log))["items"][before:]
    assert [e["resource"] for e in found if e["role"] == "reintegration_coach"] == ["Trajectory"]


async def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(stage: Stage) -> None:
    coach, trajectory = await a_coach(stage)
    wrong = {**MET, "happenedOn": "31-02-2026", "minutes": "veel", "note": "Dit blijft staan."}
    answer = await coach.fill(f"{trajectory}/contacts/new", **wrong)
    assert answer.status_code == 422
    told = sheet(answer)
    assert {"#happenedOn", "#minutes"} <= set(told.links), "each fault leads to its field"
    kept = told.form("happenedOn")
    assert kept["happenedOn"] == "31-02-2026"
    assert "Dit blijft staan." in told.text


async def test_a_record_is_put_right_where_it_stands_and_the_earlier_one_is_marked(
    stage: Stage,
) -> None:
    coach, trajectory = await a_coach(stage)
    await coach.done(f"{trajectory}/contacts/new", **MET, minutes="45", note="Eerste.")
    listed = await coach.read(f"{trajectory}/contacts")
    better = next(link for link in listed.links if "supersedes=" in link)
    assert "Eerste." in (await coach.read(better)).text, "what stands there is filled in"
    await coach.done(better, note="Verbeterd.")
    told = (await coach.read(f"{trajectory}/contacts")).text
    assert told.index("Verbeterd.") < told.index("Vervangen") < told.index("Eerste.")


async def test_a_pause_is_begun_and_ended_and_only_what_is_possible_is_offered(
    stage: Stage,
) -> None:
    coach, trajectory = await a_coach(stage)
    assert f"{trajectory}/pauses/new" in (await coach.read(trajectory)).links
    await coach.done(f"{trajectory}/pauses/new", reason="client_wish")
    links = (await coach.read(trajectory)).links
    assert f"{trajectory}/pauses/new" not in links
    ending = next(link for link in links if link.endswith("/resumptions"))
    await coach.done(ending, resumedOn="18-11-2026")
    assert f"{trajectory}/pauses/new" in (await coach.read(trajectory)).links


async def test_a_form_sent_twice_is_recorded_once(stage: Stage) -> None:
    coach, trajectory = await a_coach(stage)
    path = f"{trajectory}/contacts/new"
    sent = {**(await coach.read(path)).form("happenedOn"), **MET, "minutes": "5"}
    assert [(await coach.post(path, sent)).status_code for _ in range(2)] == [303, 303]
    found = (await stage.seen("coach", f"/v1{trajectory}/contacts"))["items"]
    assert len(found) == 1


async def test_a_stranger_gets_the_same_refusal_as_the_api_gives(stage: Stage) -> None:
    _, trajectory = await a_coach(stage)
    stranger = await visitor(stage, "other_clinician")
    for path in (trajectory, f"{trajectory}/contacts", f"{trajectory}/contacts/new"):
        assert (await stranger.get(path)).status_code == 404
    assert (await stranger.post(f"{trajectory}/contacts/new", MET)).status_code == 404


async def test_all_kinds_of_records_have_a_list_and_a_form_for_who_may(stage: Stage) -> None:
    coach, trajectory = await a_coach(stage)
    overview = await coach.read(trajectory)
    kinds = {kind.name for kind in KINDS}
    lists = [link for link in overview.links if link.rpartition("/")[2] in kinds]
    assert len(lists) > 30
    for link in lists:
        answer = await coach.get(link)
        told = await same_as_the_api(stage, "coach", link)
        assert answer.status_code in {200, 303} or answer.status_code == told, link


async def same_as_the_api(stage: Stage, party: str, path: str) -> int:
    found: httpx.Response = await stage.get(party, f"/v1{path}")
    return found.status_code


async def test_what_is_made_once_is_there_before_the_first_page(stage: Stage) -> None:
    coach, trajectory = await a_coach(stage)
    stage.app.state.contract = None
    async with stage.app.router.lifespan_context(stage.app):
        with patch.object(contract, "document", side_effect=AssertionError("made too late")):
            assert "Testclient Alfa" in (await coach.read(f"{trajectory}/contacts/new")).text
