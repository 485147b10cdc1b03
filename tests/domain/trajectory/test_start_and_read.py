"""Starting a trajectory, the caseload, and the same not-found for hidden and for absent."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

from app.domain.trajectory.rules.kinds import Kind
from tests.build.stage import Stage
from tests.domain.trajectory.courses import Course, started


async def test_only_who_treats_the_client_starts_a_trajectory(stage: Stage) -> None:
    client = await stage.client("alfa")
    body = {"clientId": str(client), "kind": "wgb"}
    for party in ("psychologist", "colleague", "expert", "coach", "other_clinician"):
        answer = await stage.post(party, "/v1/trajectories", body)
        absent = await stage.post(party, "/v1/trajectories", {**body, "clientId": str(uuid4())})
        assert answer.status_code == absent.status_code == 404, party
    assert (await stage.post("alfa", "/v1/trajectories", body)).status_code == 403
    made = await stage.made("clinician", "/v1/trajectories", body)
    assert (made["kind"], made["voluntary"], made["durationMonths"]) == ("wgb", True, 12)


async def test_one_wgb_trajectory_of_a_client_is_open_at_a_provider(stage: Stage) -> None:
    course = await started(stage)
    body = {"clientId": str(course.client), "kind": "wgb"}
    refused = await stage.post("clinician", "/v1/trajectories", body)
    assert refused.status_code == 409
    fault = refused.json()["errors"][0]
    assert (fault["pointer"], fault["code"]) == ("#/kind", "already_open")
    await course.treat("psychologist")
    for party in ("psychologist", "alfa"):  # whoever may never start one, may not now either
        assert (await stage.post(party, "/v1/trajectories", body)).status_code == 403, party
    await course.treat("other_clinician")
    await stage.made("other_clinician", "/v1/trajectories", body)
    await course.move("clinician", "ended", reason="relocated")
    again = await stage.made("clinician", "/v1/trajectories", body)
    assert (await stage.seen("clinician", f"/v1/trajectories/{again['id']}"))["kind"] == "wgb"


async def test_a_kind_that_the_provider_does_not_offer_and_another_duration_are_refused_together(
    stage: Stage, tmp_path: Path
) -> None:
    file = tmp_path / "practice.csv"
    file.write_text("organisation,setting,value\n*,offers,wgb\n")
    services = stage.app.state.services
    stage.app.state.services = replace(services, practices=file)
    try:
        client = await stage.client("alfa")
        body = {"clientId": str(client), "kind": "ips", "durationMonths": 15}
        answer = await stage.post("clinician", "/v1/trajectories", body)
    finally:
        stage.app.state.services = services
    assert answer.status_code == 400
    assert {fault["pointer"] for fault in answer.json()["errors"]} == {"#/kind", "#/durationMonths"}


async def test_every_kind_starts_with_the_months_that_its_process_knows(stage: Stage) -> None:
    client = await stage.client("alfa")
    found = {}
    for kind in Kind:
        body = {"clientId": str(client), "kind": kind.value}
        found[kind] = (await stage.made("clinician", "/v1/trajectories", body))["durationMonths"]
    assert found == dict.fromkeys(Kind) | {Kind.WGB: 12, Kind.OAD: 6}


async def test_only_a_municipality_registers_and_starts_in_one(stage: Stage) -> None:
    person = {"bsn": "999990044", "givenName": "Testclient", "familyName": "Delta"}
    new = {**person, "birthDate": "1982-09-30"}
    body = {"newClient": new, "kind": "green_activation"}
    assert (await stage.post("clinician", "/v1/trajectories", body)).status_code == 403
    made = await stage.made("case_manager", "/v1/trajectories", body)
    assert (made["variant"], made["phase"]) == ("municipal", "accepted")
    for other in ("clinician", "expert", "coach"):
        path = f"/v1/trajectories/{made['id']}"
        assert (await stage.get(other, path)).status_code == 404
    both = {**body, "clientId": made["clientId"]}
    assert (await stage.post("case_manager", "/v1/trajectories", both)).status_code == 400


async def test_hidden_and_absent_trajectories_answer_with_the_same_bytes(stage: Stage) -> None:
    course = await started(stage)
    for below in ("", "/steps", "/transitions", "/participants", "/pauses", "/responsibilities"):
        other, asked = str(uuid4()), str(uuid4())
        hidden = await stage.get("coach", f"{course.of_trajectory}{below}", x_request_id=asked)
        absent = await stage.get("coach", f"/v1/trajectories/{other}{below}", x_request_id=asked)
        assert hidden.status_code == absent.status_code == 404
        assert hidden.text.replace(str(course.trajectory), other) == absent.text


async def test_the_caseload_pages_through_ones_own_trajectories_only(stage: Stage) -> None:
    first = await started(stage)
    bravo = await stage.client("bravo")
    body = {"clientId": str(bravo), "kind": "wgb", "workQuestionAskedOn": "2025-01-14"}
    second = Course(
        stage, bravo, UUID((await stage.made("clinician", "/v1/trajectories", body))["id"])
    )
    await first.accepted()
    page = await stage.seen("clinician", "/v1/trajectories?pageSize=1")
    rest = await stage.seen("clinician", f"/v1/trajectories?pageSize=1&cursor={page['nextCursor']}")
    found = [item["id"] for item in page["items"] + rest["items"]]
    assert found == sorted([str(first.trajectory), str(second.trajectory)])
    assert "nextCursor" not in rest
    mine = await stage.seen("expert", "/v1/trajectories")
    assert [(item["id"], item["phase"]) for item in mine["items"]] == [
        (str(first.trajectory), "accepted")
    ]
    one = await stage.seen("clinician", f"/v1/trajectories?clientId={bravo}")
    assert [item["id"] for item in one["items"]] == [str(second.trajectory)]
    for stranger in ("colleague", "expert_colleague", "coach", "other_clinician"):
        assert (await stage.seen(stranger, "/v1/trajectories"))["items"] == []
