"""Progress reports: the client reads first, then the responsible body."""

from uuid import uuid4

from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage

REQUEST = "11111111-2222-4333-8444-555555555555"
REPORT = {
    "periodFrom": "2025-04-03",
    "periodUntil": "2025-07-03",
    "activities": "Werkervaringsplaats, twee dagdelen per week.",
    "progress": "Trede 4; de twee dagen worden volgehouden.",
}


async def alfa_in_july(stage: Stage) -> tuple[Situation, str]:
    alfa = await wgb_at_uwv(stage)
    stage.on("2025-07-04")
    return alfa, f"{alfa.of_trajectory}/progress-reports"


async def test_the_funder_finds_a_report_only_after_the_client_has_read_it(stage: Stage) -> None:
    _, path = await alfa_in_july(stage)
    made = await stage.made("coach", path, REPORT)
    one = f"{path}/{made['id']}"
    before = await stage.get("expert", one, x_request_id=REQUEST)
    absent = await stage.get("expert", f"{path}/{uuid4()}", x_request_id=REQUEST)
    assert before.status_code == 404
    assert before.content == absent.content
    assert (await stage.seen("expert", path)) == {"items": [], "withheld": []}
    read = await stage.act("alfa", one, "readings", {"statement": "Dit klopt voor mij."})
    assert read["releasedAt"].startswith("2025-07-04T")
    seen = await stage.seen("expert", one)
    assert seen["progress"] == REPORT["progress"]
    assert seen["clientStatement"] == "Dit klopt voor mij."
    for party in ("clinician", "physician", "employer"):
        assert (await stage.get(party, one)).status_code == 404, party


async def test_nobody_reads_in_the_place_of_the_client_and_once_is_enough(stage: Stage) -> None:
    _, path = await alfa_in_july(stage)
    made = await stage.made("coach", path, REPORT)
    one = f"{path}/{made['id']}"
    tag = (await stage.get("coach", one)).headers["etag"]
    assert (await stage.post("coach", f"{one}/readings", if_match=tag)).status_code == 403
    assert (await stage.post("alfa", f"{one}/readings")).status_code == 428
    await stage.act("alfa", one, "readings")
    tag = (await stage.get("alfa", one)).headers["etag"]
    assert (await stage.post("alfa", f"{one}/readings", if_match=tag)).status_code == 409


async def test_a_correction_is_a_new_draft_that_the_client_reads_again(stage: Stage) -> None:
    _, path = await alfa_in_july(stage)
    first = await stage.made("coach", path, REPORT)
    await stage.act("alfa", f"{path}/{first['id']}", "readings")
    second = await stage.made("coach", path, {**REPORT, "supersedes": first["id"]})
    listed = await stage.seen("expert", path)
    assert [item["id"] for item in listed["items"]] == [first["id"]]
    assert listed["items"][0]["supersededBy"] is None
    await stage.act("alfa", f"{path}/{second['id']}", "readings")
    listed = await stage.seen("expert", path)
    assert [item["id"] for item in listed["items"]] == [first["id"], second["id"]]


async def test_health_content_is_refused_and_only_the_coach_drafts(stage: Stage) -> None:
    _, path = await alfa_in_july(stage)
    sick = {**REPORT, "progress": "De psychose is voorbij.", "prognosis": "Minder medicatie."}
    refused = await stage.post("coach", path, sick)
    assert [error["pointer"] for error in refused.json()["errors"]] == ["#/progress", "#/prognosis"]
    for party in ("expert", "alfa"):
        assert (await stage.post(party, path, REPORT)).status_code == 403, party


async def test_a_proposal_is_made_of_what_the_funder_sees_anyway(stage: Stage) -> None:
    alfa, path = await alfa_in_july(stage)
    work = {
        "kind": "work_experience",
        "title": "Medewerker houtbewerking",
        "employerName": "Houtplaats Fictief",
        "hoursPerWeek": 8,
        "startsOn": "2025-06-02",
    }
    await stage.made("coach", f"{alfa.of_trajectory}/placements", work)
    rung = {"rung": 4, "measuredOn": "2025-07-03", "occasion": "six_monthly", "context": "Blij."}
    await stage.made("coach", f"{alfa.of_trajectory}/ladder-measurements", rung)
    asked = f"{path}/_draft?periodFrom=2025-04-03&periodUntil=2025-07-03"
    seen = await stage.seen("coach", asked)
    assert seen["activities"] == (
        "Werkervaringsplaats: Medewerker houtbewerking, 8 uur per week, vanaf 2-6-2025."
    )
    assert seen["progress"] == "Trede 4 op 3-7-2025."
    assert (await stage.get("alfa", asked)).status_code == 403
    assert (await stage.seen("coach", path))["items"] == []
