"""What working does to the benefit: said before the first job, read by few, known as a moment."""

from typing import Any

from app.access.vocabulary import Category
from tests.build.situations import wgb_at_uwv
from tests.build.stage import Stage

TALK: dict[str, Any] = {
    "heldOn": "2025-01-14",
    "heldBy": "uwv",
    "beforeFirstJob": True,
    "fallbackRight": True,
    "fallbackUntil": "2030-01-14",
    "explained": "Vijf jaar recht op de oude uitkering.",
}


async def test_the_content_is_for_client_and_body_and_care_never_reads_it(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_trajectory}/benefits-counselling"
    for party in ("coach", "clinician", "alfa", "physician"):
        assert (await stage.post(party, path, TALK)).status_code == 403, party
    one = f"{path}/{(await stage.made('expert', path, TALK))['id']}"
    for party in ("alfa", "expert"):
        assert (await stage.seen(party, one))["fallbackRight"] is True
    for party in ("coach", "clinician", "physician"):
        assert (await stage.get(party, one)).status_code == 404, party
    for party in ("coach", "clinician"):
        await alfa.consent(party, *Category)
    assert (await stage.seen("coach", one))["explained"] == TALK["explained"]
    assert (await stage.get("clinician", one)).status_code == 404


async def test_that_it_was_said_is_a_moment_that_the_coach_knows(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_trajectory}/benefits-counselling"
    first = await stage.made("expert", path, TALK)
    await stage.made("expert", path, {**TALK, "supersedes": first["id"]})
    moments = (await stage.seen("coach", f"{alfa.of_trajectory}/transitions"))["items"]
    assert [moment["milestone"] for moment in moments] == ["benefits_counselled"]
    assert "fallback" not in str(moments)


async def test_a_day_goes_with_a_right_to_fall_back(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    body = {**TALK, "fallbackRight": False}
    path = f"{alfa.of_trajectory}/benefits-counselling"
    assert (await stage.post("expert", path, body)).status_code == 400
