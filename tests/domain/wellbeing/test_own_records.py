"""What is the client's own: marks and words, choices about telling, life events."""

from typing import Any

import pytest

from app.access.vocabulary import Category
from tests.build.situations import wgb_at_uwv
from tests.build.stage import Stage

OWN: dict[str, dict[str, Any]] = {
    "wellbeing": {
        "kind": "positive_health",
        "measuredOn": "2025-01-14",
        "scores": [{"subject": "meaning", "score": 7}],
    },
    "disclosure-decisions": {"discussedOn": ["2025-01-10"], "choice": "do_not_tell"},
    "life-events": {"kind": "moving", "happensOn": "2025-10-01"},
}
EVERYTHING = tuple(Category)


@pytest.mark.parametrize("path", OWN)
async def test_the_clients_own_records_open_by_consent_and_never_for_funders(
    stage: Stage, path: str
) -> None:
    alfa = await wgb_at_uwv(stage)
    records = f"{alfa.of_trajectory}/{path}"
    one = f"{records}/{(await stage.made('alfa', records, OWN[path]))['id']}"
    others = ("clinician", "psychologist", "coach", "expert", "physician")
    for party in others:
        assert (await stage.get(party, one)).status_code == 404, party
        assert (await stage.seen(party, records))["items"] == []
    for party in others:
        await alfa.consent(party, *EVERYTHING)
        expected = 404 if party in {"expert", "physician"} else 200
        assert (await stage.get(party, one)).status_code == expected, party


async def test_nobody_writes_for_the_client(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    for path in ("wellbeing", "disclosure-decisions"):
        for party in ("clinician", "coach", "expert"):
            answer = await stage.post(party, f"{alfa.of_trajectory}/{path}", OWN[path])
            assert answer.status_code == 403, (party, path)


async def test_a_life_event_leaves_no_trace_in_the_course_of_the_trajectory(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    await stage.made("alfa", f"{alfa.of_trajectory}/life-events", OWN["life-events"])
    with stage.database.connect_as_superuser() as db:
        found = db.execute("SELECT count(*) FROM trajectory_event").fetchone()
    assert found == (0,)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "positive_health", "scores": [{"subject": "social", "score": 5}]},
        {"kind": "green_mechanisms", "scores": [{"subject": "social", "score": 5}] * 2},
        {"kind": "own_words", "scores": [{"subject": "own", "score": 5}]},
        {"kind": "green_mechanisms", "scores": [{"subject": "social", "score": 11}]},
        {"kind": "reflection"},
    ],
)
async def test_marks_must_belong_to_their_kind(stage: Stage, wrong: dict[str, Any]) -> None:
    alfa = await wgb_at_uwv(stage)
    sent = {"measuredOn": "2025-01-14", **wrong}
    answer = await stage.post("alfa", f"{alfa.of_trajectory}/wellbeing", sent)
    assert answer.status_code == 400


async def test_the_client_thinks_again_with_a_later_decision(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_trajectory}/disclosure-decisions"
    first = await stage.made("alfa", path, OWN["disclosure-decisions"])
    later = {
        "choice": "tell",
        "toWhom": ["mijn leidinggevende"],
        "what": "Dat ik een rustige plek nodig heb.",
        "supersedes": first["id"],
    }
    second = await stage.made("alfa", path, later)
    decisions = (await stage.seen("alfa", path))["items"]
    assert [decision["choice"] for decision in decisions] == ["do_not_tell", "tell"]
    assert decisions[0]["supersededBy"] == second["id"]
