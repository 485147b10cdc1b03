"""The coach's contact log, and the bare day of contact that others may know."""

from typing import Any

from app.access.vocabulary import Category
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage


def contact(kind: str = "client_contact", day: str = "2025-06-05", **more: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "happenedOn": day,
        "mode": "face_to_face",
        "place": "workplace",
        "minutes": 45,
        "funding": "uwv",
        **more,
    }


async def alfa_on(stage: Stage, day: str = "2025-06-05") -> tuple[Situation, str]:
    alfa = await wgb_at_uwv(stage)
    stage.on(day)
    return alfa, f"{alfa.of_trajectory}/contacts"


async def test_the_log_is_for_client_and_coach_and_never_for_a_funder(stage: Stage) -> None:
    alfa, path = await alfa_on(stage)
    made = await stage.made("coach", path, contact(note="Eerste week besproken."))
    assert (await stage.seen("alfa", f"{path}/{made['id']}"))["note"] == "Eerste week besproken."
    await alfa.consent("expert", Category.CONTACT_LOG)
    for party in ("expert", "physician", "clinician"):
        assert (await stage.get(party, f"{path}/{made['id']}")).status_code == 404, party
    listed = await stage.seen("expert", path)
    assert listed == {"items": [], "withheld": ["contactLog"]}
    await alfa.consent("clinician", Category.CONTACT_LOG)
    assert (await stage.seen("clinician", f"{path}/{made['id']}"))["minutes"] == 45


async def test_of_a_talk_about_disclosure_only_the_day_is_kept(stage: Stage) -> None:
    _, path = await alfa_on(stage, "2025-09-11")
    talk = contact("disclosure_talk", "2025-09-11")
    refused = await stage.post("coach", path, {**talk, "note": "Vertelt het aan de chef."})
    assert refused.status_code == 400
    made = await stage.made("coach", path, talk)
    assert made["note"] is None


async def test_a_correction_stands_beside_the_own_entry(stage: Stage) -> None:
    _, path = await alfa_on(stage)
    made = await stage.made("coach", path, contact())
    newer = await stage.made("coach", path, contact(day="2025-06-04", supersedes=made["id"]))
    old = await stage.seen("coach", f"{path}/{made['id']}")
    assert (old["happenedOn"], old["supersededBy"]) == ("2025-06-05", newer["id"])
    assert newer["supersedes"] == made["id"]
    twice = await stage.post("coach", path, contact(supersedes=made["id"]))
    assert twice.status_code == 409
    future = await stage.post("coach", path, contact(day="2025-06-06"))
    assert future.json()["errors"][0]["code"] == "in_the_future"
    for party in ("expert", "alfa"):
        assert (await stage.post(party, path, contact())).status_code == 403, party


async def test_outreach_counts_as_a_milestone_that_a_funder_does_not_know(stage: Stage) -> None:
    alfa, path = await alfa_on(stage)
    await stage.made("coach", path, contact("outreach"))
    with stage.database.connect_as_superuser() as db:
        found = db.execute(
            "SELECT milestone, audience FROM trajectory_event WHERE trajectory_id = %s",
            [alfa.trajectory],
        ).fetchall()
    assert [milestone for milestone, _ in found] == ["outreach"]
    assert "labour_expert" not in found[0][1]
