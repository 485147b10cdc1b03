"""What a law does not pay for is refused before it is recorded, by the name of the field."""

from typing import Any

import pytest

from tests.build.situations import wgb_at_uwv
from tests.build.stage import Stage


async def faults(stage: Stage, party: str, path: str, body: dict[str, Any]) -> set[tuple[str, str]]:
    answer = await stage.post(party, path, body)
    assert answer.status_code == 400, answer.text
    return {(error["pointer"], error["code"]) for error in answer.json()["errors"]}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "ips", "funding": "zvw"}, "#/funding"),
        ({"kind": "wgb", "funding": "wmo"}, "#/funding"),
        ({"kind": "ips", "funding": "uwv", "legalFrame": "participatiewet"}, "#/legalFrame"),
        ({"kind": "oad", "funding": "participatiewet", "legalFrame": "wia"}, "#/legalFrame"),
    ],
)
async def test_a_trajectory_is_paid_by_a_law_and_benefit_that_fit(
    stage: Stage, body: dict[str, Any], field: str
) -> None:
    client = await stage.client("alfa")
    sent = {"clientId": str(client), **body}
    assert await faults(stage, "clinician", "/v1/trajectories", sent) == {
        (field, "not_allowed_value")
    }


async def test_support_at_work_is_not_paid_by_the_health_insurance(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    stage.on("2025-06-05")
    body = {
        "kind": "follow_along",
        "happenedOn": "2025-06-05",
        "mode": "face_to_face",
        "place": "workplace",
        "minutes": 30,
    }
    path = f"{alfa.of_trajectory}/contacts"
    refused = await faults(stage, "coach", path, {**body, "funding": "zvw"})
    assert refused == {("#/funding", "not_allowed_value")}
    assert (await stage.made("coach", path, {**body, "funding": "uwv"}))["funding"] == "uwv"
